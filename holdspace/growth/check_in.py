"""Checking in around a moment: the coach's own word before, if they send it; one question after, if it was wanted."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from holdspace.engagements.models import Engagement
from holdspace.engagements.writing import write_to
from holdspace.letters.models import Letter, NotByEmail
from holdspace.people.models import Link, User

from .models import Moment

OPEN_FOR = 14
"""Days for which the question's link opens."""


class TooLateToThink(Exception):
    """The moment has come, so a word before it comes too late."""


def note_moment(engagement: Engagement, pk: UUID, said: dict[str, Any], *, by: User) -> tuple[Moment, bool]:
    """Remember a moment and plan the question after it; the second says whether the question could be planned."""
    with transaction.atomic():
        moment = Moment.note(engagement, pk, said, by=by)
        return moment, _plan(moment)


def move_moment(moment: Moment, said: dict[str, Any], *, by: User) -> bool:
    """Change it; letters about the old day are taken out of the box and the question is planned anew."""
    with transaction.atomic():
        moment.move(said, by=by)
        _take_back(moment)
        return _plan(moment)


def remove_moment(moment: Moment, *, by: User) -> None:
    """Forget it; nothing that waits is sent, and its links are dead."""
    with transaction.atomic():
        _take_back(moment)
        Link.objects.filter(about=moment.pk, purpose=Link.Purpose.MOMENT).delete()
        moment.remove(by=by)


def draft(moment: Moment) -> str:
    """Words the coach may send, change or leave; the house never sends them by itself, and they name nothing."""
    engagement = moment.engagement
    day = "today" if moment.evening_before <= timezone.now() else "tomorrow"
    return f"Hello {engagement.first},\n\nI'm thinking of you for {day}.\n\n{engagement.coach.first}\n"


def think_of(moment: Moment, once: UUID, words: str, *, by: User) -> datetime:
    """The coach sends a word before it, on the evening before or now if that has passed; says from when it goes.

    The same form sent twice is one letter, and another one takes the place of one that waits.
    Raises TooLateToThink, and NotByEmail where the two agreed on other ways.
    """
    moment.require_coach(by)
    if moment.is_over:
        raise TooLateToThink
    due = max(moment.evening_before, timezone.now())
    engagement = moment.engagement
    with transaction.atomic():
        _recall(moment, "before")
        moment.thought_at = timezone.now()
        moment.change("sent a word before a moment", "thought_at", by=by)
        write_to(
            engagement,
            engagement.client,
            "moment",
            subject=f"A word from {engagement.coach.first}",
            words=words,
            idem=f"moment-{moment.pk}-before-{once}",
            due=due,
        )
    return due


def tell_by_link(moment: Moment, words: str, of_ten: int | None, *, by: User, link: Link) -> None:
    """The client's answer by the link in the letter, which is used up; raises BadLink when it was used before."""
    with transaction.atomic():
        link.spend()
        moment.tell(words, of_ten, by=by)


def ask_address(moment: Moment) -> str:
    """The address of a fresh link by which the client can say how it went."""
    ahead = max(0, ((moment.ask_at or timezone.now()) - timezone.now()).days)
    token = Link.make(Link.Purpose.MOMENT, about=moment.pk, person=moment.engagement.client, days=ahead + OPEN_FOR)
    return settings.ADDRESS + reverse("moment_by_link", args=[token])


def _plan(moment: Moment) -> bool:
    """Put the question into the box for the evening of the day; False where it could not be sent."""
    engagement = moment.engagement
    if moment.ask_at is None or not engagement.client.email:
        return moment.ask_at is None
    idem = f"moment-{moment.pk}-after-{moment.ask_at:%Y%m%dT%H%M%S}"
    if Letter.objects.access_system("is it asked already?").filter(idem=idem).exists():
        return True
    coach = engagement.coach.first
    words = (
        f"Hello {engagement.first},\n\nHow did it go?\n\n"
        f"A word or two is enough, and so is nothing at all. {coach} reads what you write:\n\n{ask_address(moment)}\n\n"
        f"The link opens for {OPEN_FOR} days and needs no password.\n"
    )
    try:
        write_to(
            engagement, engagement.client, "moment", subject="How did it go?", words=words, idem=idem, due=moment.ask_at
        )
    except NotByEmail:
        return False
    return True


def _take_back(moment: Moment) -> None:
    """Nothing that waits in the box about this moment is sent; links to it open no more."""
    for kind in ("before", "after"):
        _recall(moment, kind)
    Link.live().filter(about=moment.pk, purpose=Link.Purpose.MOMENT).update(withdrawn_at=timezone.now())


def _recall(moment: Moment, kind: str) -> None:
    waiting = Letter.objects.access_system("the moment was moved or removed").unsent()
    for idem in waiting.filter(idem__startswith=f"moment-{moment.pk}-{kind}-").values_list("idem", flat=True):
        Letter.recall(idem)
