"""Promises between Ana and Ben, for tests."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from holdspace.engagements.models import Engagement
from holdspace.growth.models import Commitment, Move
from holdspace.people.models import User

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
"""A Wednesday: noon for Ana, seven in the morning for Ben."""
TODAY = NOON.date()
PROMISED = "Send the recruiter's name"
HX = {"HX-Request": "true"}


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """A clock to be set by hand."""
    hands = [NOON]
    monkeypatch.setattr(timezone, "now", lambda: hands[-1])
    return hands


def later(clock: list[datetime], **passed: int) -> None:
    """Some days or hours go by."""
    clock.append(clock[-1] + timedelta(**passed))


def promise(
    engagement: Engagement, by: User, *, owner: str = "", due: date | None = None, action: str = PROMISED, **said: Any
) -> Commitment:
    """A promise of whoever writes it down, unless `owner` says otherwise."""
    own = "coach" if by.pk == engagement.coach_id else "client"
    told = {"owner": owner or own, "action": action, "due_on": due, "proposed_by": "joint"} | said
    return Commitment.make(engagement, told, by=by)


def fresh(commitment: Commitment) -> Commitment:
    """The row as it stands now."""
    return Commitment.objects.access_system("in a test").with_people().get(pk=commitment.pk)


def moved(commitment: Commitment, to: date, *, by: User) -> Move:
    """Another day, agreed on."""
    move = Move.ask(commitment, to, by=by)
    move.agree(by=commitment.engagement.other(by))
    return move


def words(there: Client, path: str) -> str:
    """A page as its reader sees it, on one line."""
    return " ".join(there.get(path, follow=True).content.decode().split())
