"""Ending the work of two people, telling the other, and going on after all."""

from datetime import date

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from holdspace.people.models import User

from .hand_over import answer_as_client
from .models import Engagement, Handover
from .writing import may_write, tell


def end(engagement: Engagement, on: date, gains: str, *, by: User) -> None:
    """End it, by either of the two and without a reason; the other is told that there is something to read."""
    with transaction.atomic():
        engagement.end(on, gains, by=by)
        _tell(engagement, engagement.other(by))


def end_with_seat(engagement: Engagement, *, by: User) -> None:
    """End it with the coach's seat; the client is told that there is something to read."""
    with transaction.atomic():
        engagement.end_with_seat(by=by)
        _tell(engagement, engagement.client)


def reopen(engagement: Engagement, *, by: User) -> None:
    """Go on after all; what was handed over is closed, so that nobody else reads what comes. Raises TooLate."""
    with transaction.atomic():
        engagement.reopen(by=by)
        mine = Handover.objects.visible_to(by).standing().filter(engagement__client=by, accepted_at__isnull=False)
        for handed in mine.filter(engagement=engagement):
            answer_as_client(handed, yes=False, kinds=[], by=by)


def _tell(engagement: Engagement, other: User) -> None:
    if engagement.accepted_at and may_write(engagement, other):
        address = settings.ADDRESS + reverse("ending", args=[engagement.pk])
        idem = f"ending-{engagement.pk}-{engagement.ended_at}"
        tell(engagement, other, address, "You are asked to sign in first.", kind="ending", idem=idem)
