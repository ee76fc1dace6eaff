"""What the tests of the road begin with: a goal, a concern, a fact, a moment, and the ways to ask."""

from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from holdspace.engagements.models import Engagement
from holdspace.growth.models import Concern, Fact, Goal
from holdspace.people.models import User
from holdspace.vault.models import new_id
from tests.cast import browser, unknown

FIVE = ["I have sent none", "I have sent one", "I have sent three", "I have sent five", "I have an offer"]
LIGHTHOUSE = "What if the lighthouse is the wrong place for me?"


def a_goal(engagement: Engagement, *, by: User, title: str = "Work by the sea", levels: bool = True) -> Goal:
    goal = Goal.propose(engagement, new_id(), title=title, why="The air", weight=2, proposed_by="joint", by=by)
    if levels:
        goal.write_levels(FIVE, by=by)
    return goal


def a_concern(engagement: Engagement, *, by: User, share: bool = False, words: str = LIGHTHOUSE) -> Concern:
    return Concern.voice(engagement, new_id(), words, None, share=share, by=by)


def a_fact(engagement: Engagement, words: str = "Takes tea without milk") -> Fact:
    return Fact.note(engagement, new_id(), words, None, by=engagement.coach)


def a_day(days: int = 3, **said: Any) -> dict[str, Any]:
    """What the form says of a moment so many days from now."""
    told = {"kind": "interview", "label": "The interview", "day": str(timezone.localdate() + timedelta(days=days))}
    return told | {"timezone": "Europe/London", "hour": "", "ask": "on", "once": str(new_id())} | said


def post(person: User, name: str, pk: object, said: dict[str, Any] | None = None, **more: Any) -> Any:
    return browser(person).post(reverse(name, args=[pk]), said or {}, follow=True, **more)


def page(person: User, name: str, pk: object) -> str:
    return browser(person).get(reverse(name, args=[pk])).content.decode()


def once(**said: Any) -> dict[str, Any]:
    return {"once": str(new_id())} | said


def strangers_meet_nothing(others: list[User], names: list[str], pk: object) -> None:
    """Each address answers about this row exactly as about one that doesn't exist."""
    for other in others:
        there = browser(other)
        for name in names:
            answer, nothing = (there.post(reverse(name, args=[one]), {"words": "x"}) for one in (pk, unknown()))
            assert (answer.status_code, answer.content) == (404, nothing.content), name
