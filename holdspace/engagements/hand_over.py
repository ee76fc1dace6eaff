"""Handing over: the client is asked, then the other coach; each step is told by a letter that says nothing of what."""

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from holdspace.letters.models import Letter
from holdspace.people.models import Link, User

from .models import Engagement, Handover, NotAsked, others_coaching
from .writing import may_write, tell

LINK_DAYS = 14


def hand_over(engagement: Engagement, successor: User, *, by: User) -> Handover:
    """Ask the client whether they want to go on with another coach. Raises NoSuchCoach and NotYetAccepted."""
    with transaction.atomic():
        made = Handover.propose(engagement, successor, by=by)
        _tell(made, engagement.client, "asked")
    return made


def link_to_answer(handover: Handover, *, by: User) -> str:
    """The address of a fresh link by which the client reads and answers without an account, passed on by their coach.

    Raises NotAsked for anybody else, and once it is answered or closed.
    """
    if by.pk != handover.engagement.coach_id or handover.agreed_at or handover.closed_at:
        raise NotAsked
    client = handover.engagement.client
    token = Link.make(Link.Purpose.HANDOVER, about=handover.pk, person=client, days=LINK_DAYS)
    return settings.ADDRESS + reverse("handover_by_link", args=[token])


def answer_as_client(handover: Handover, *, yes: bool, kinds: list[str], by: User, link: Link | None = None) -> None:
    """The client's yes with what they release, their choosing anew, their no, or their taking it back.

    Raises NotAsked, and BadLink for the second of two answers by the same link.
    """
    with transaction.atomic():
        if link:
            link.spend()
        new = handover.agreed_at is None
        if yes:
            handover.release(kinds, by=by)
        else:
            handover.close(by=by)
        if yes and new:
            _ask(handover)
        elif not yes and new:
            _tell(handover, handover.engagement.coach, "no")
        elif not yes:
            _write(handover, "closed", CLOSED_SUBJECT, CLOSED)


def answer_as_coach(handover: Handover, *, yes: bool, by: User) -> None:
    """The other coach's answer: the two work together from now on, or they don't."""
    with transaction.atomic():
        if yes:
            handover.take_on(by=by)
        else:
            handover.close(by=by)
        for person in (handover.engagement.client, handover.engagement.coach):
            _tell(handover, person, "answered")


def take_back(handover: Handover, *, by: User) -> None:
    """The coach proposes it no longer; whoever was asked is told. Raises NotAsked once the two work together."""
    with transaction.atomic():
        handover.close(by=by)
        _tell(handover, handover.engagement.client, "gone")
        if handover.agreed_at is not None:
            _write(handover, "closed", CLOSED_SUBJECT, CLOSED)


def _tell(handover: Handover, person: User, step: str) -> None:
    """One of the two is told that there is something to read; a coach who left has no page to read it on."""
    engagement = handover.engagement
    here = person.pk == engagement.client_id or person in others_coaching(engagement.practice)
    if here and may_write(engagement, person):
        idem = f"handover-{handover.pk}-{step}-{person.pk}"
        tell(engagement, person, _address(handover), "You are asked to sign in first.", kind="handover", idem=idem)


ASK_SUBJECT = "Somebody would like to go on with you"
ASK = "a client of a colleague of yours would like to go on with you, and waits for your answer. It is here:"
CLOSED_SUBJECT = "Something was taken back"
CLOSED = (
    "what somebody let you read of their earlier work is closed again, or they don't go on with you after all. "
    "No reason is asked, and what you have together goes on as before. It is here:"
)


def _ask(handover: Handover) -> None:
    _write(handover, "offered", ASK_SUBJECT, ASK)


def _write(handover: Handover, step: str, subject: str, words: str) -> None:
    """A letter to the other coach, who is no part of the earlier work; without a name in it."""
    person = handover.successor
    if not person.email:
        return
    Letter.write(
        person,
        "handover",
        subject=subject,
        words=f"Hello {person.first},\n\n{words}\n\n{_address(handover)}\n\nYou are asked to sign in first.\n",
        key=handover.engagement.key,
        idem=f"handover-{handover.pk}-{step}-{person.pk}",
    )


def _address(handover: Handover) -> str:
    return settings.ADDRESS + reverse("handover", args=[handover.pk])
