"""Releasing a session to a mentor: the client is asked, and answers; letters say that there is a word, never which."""

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from holdspace.engagements.models import NotAsked
from holdspace.engagements.writing import may_write, tell, write_to
from holdspace.letters.models import Letter
from holdspace.people.models import Link, User

from .models import Release, Session

LINK_DAYS = 14
SIGN_IN = "You are asked to sign in first."


def ask_to_release(session: Session, mentor: User, parts: list[str], question: str, *, by: User) -> Release:
    """Ask the client to let a mentor read one session; the client is told that there is a question.

    Raises what Release.ask raises; asking twice is asking once.
    """
    with transaction.atomic():
        made = Release.ask(session, mentor, parts, question, by=by)
        engagement = made.engagement
        if may_write(engagement, engagement.client):
            subject = f"{engagement.coach.first} asks you something"
            idem = f"release-{made.pk}-asked"
            write_to(engagement, engagement.client, "release", subject=subject, words=_question(made), idem=idem)
    return made


def link_to_answer(release: Release, *, by: User) -> str:
    """The address of a fresh link by which the client reads and answers without an account, passed on by their coach.

    Raises NotAsked for anybody else, and once it is answered or closed.
    """
    client = release.engagement.client
    waits = Release.objects.visible_to(by).waiting_for(client).filter(pk=release.pk)
    if by.pk != release.engagement.coach_id or not waits.exists():
        raise NotAsked
    token = Link.make(Link.Purpose.RELEASE, about=release.pk, person=client, days=LINK_DAYS)
    return settings.ADDRESS + reverse("release_by_link", args=[token])


def answer(release: Release, *, yes: bool, parts: list[str], by: User, link: Link | None = None) -> None:
    """The client's yes with what they tick, or their no.

    Raises NotAsked, NothingThere, and BadLink for the second of two answers by the same link.
    """
    with transaction.atomic():
        if link:
            link.spend()
        if yes:
            release.agree(parts, by=by)
            _tell_mentor(release)
        else:
            release.close(by=by)
        coach = release.engagement.coach
        if may_write(release.engagement, coach):
            idem = f"release-{release.pk}-answered"
            tell(release.engagement, coach, _address("release", release), SIGN_IN, kind="released", idem=idem)


def _question(release: Release) -> str:
    engagement = release.engagement
    return (
        f"Hello {engagement.first},\n\n"
        f"{engagement.coach.first} would like your answer to one question about a session of yours. "
        "Either answer is fine, and no reason is asked. The question is here, and only for you:\n\n"
        f"{_address('release', release)}\n\n{SIGN_IN}\n"
    )


def _tell_mentor(release: Release) -> None:
    """A letter to the mentor, who is no part of the work; without a name in it."""
    mentor = release.mentor
    if not mentor.email:
        return
    words = (
        f"Hello {mentor.first},\n\n"
        "somebody you mentor and their client have released something for you to read. It is here:\n\n"
        f"{_address('released', release)}\n\n{SIGN_IN}\n"
    )
    idem = f"release-{release.pk}-released"
    key = release.engagement.key
    Letter.write(mentor, "released", subject="Something to read, as a mentor", words=words, key=key, idem=idem)


def _address(name: str, release: Release) -> str:
    return settings.ADDRESS + reverse(name, args=[release.pk])
