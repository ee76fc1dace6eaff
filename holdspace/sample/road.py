"""The sample people's road: their goals, concerns, what is held of them and their moments, dated back."""

import json
from datetime import datetime, timedelta
from datetime import time as Clock
from functools import cache
from pathlib import Path
from typing import Any

from django.utils import timezone

from holdspace.conversations.models import Session, utc_of
from holdspace.engagements.models import Engagement
from holdspace.growth.models import Concern, Fact, Goal, Intensity, Milestone, Moment, Option, Progress, Rating
from holdspace.vault.models import new_id

from .promises import promise

SOON, LATER = 14, 21
"""Days after something was said until somebody went on with it, and until it was told what came of it."""
Told = dict[str, Any]


@cache
def roads() -> Told:
    """What road.json says, by client."""
    told: Told = json.loads((Path(__file__).parent / "road.json").read_text(encoding="utf-8"))
    return told


def walk(engagement: Engagement, key: str) -> None:
    """All of one client's road."""
    told = roads()[key]
    for goal in told["goals"]:
        _goal(engagement, goal)
    for concern in told["concerns"]:
        _concern(engagement, concern)
    for days, words, corrected, hidden in told["facts"]:
        _fact(engagement, days, words, corrected, hidden=hidden)
    for moment in told["moments"]:
        _moment(engagement, moment)


def ago(days: int) -> datetime:
    """So many days from now, at a likely hour."""
    return timezone.now().replace(hour=9, minute=20) + timedelta(days=days)


def date_back(row: Any, **dates: datetime | None) -> None:
    """Give a row the dates of its story."""
    type(row).objects.access_system("a sample's past").filter(pk=row.pk).update(**dates)


def _goal(engagement: Engagement, told: Told) -> None:
    by = engagement.coach if told["proposed_by"] == "coach" else engagement.client
    said = {name: told[name] for name in ("title", "why", "weight", "proposed_by")}
    goal = Goal.propose(engagement, new_id(), **said, by=by)
    if told["levels"]:
        goal.write_levels(told["levels"], by=by)
    for who, days, level, words in told["ratings"]:
        date_back(Rating.give(goal, new_id(), level, words, by=getattr(engagement, who)), at=ago(days))
    for words, days in told["milestones"]:
        row = Milestone(goal=goal, words=words, written_by=by).keep("added a milestone", by=by)
        date_back(row, made_at=ago(told["days"]), reached_at=None if days is None else ago(days))
    for who, days, words in told["progress"]:
        writer = getattr(engagement, who)
        note = Progress(goal=goal, words=words, written_by=writer).keep("wrote a progress note", by=writer)
        date_back(note, written_at=ago(days))
    reached = told.get("reached")
    date_back(goal, made_at=ago(told["days"]), reached_at=ago(reached) if reached else None)


def _concern(engagement: Engagement, told: Told) -> None:
    client, coach = engagement.client, engagement.coach
    session = _session(engagement, told["session"])
    by = getattr(engagement, told["by"])
    concern = Concern.voice(engagement, new_id(), told["words"], session, share=told["share"], by=by)
    if told["label"]:
        concern.name_it(told["label"], by=client)
    dates: dict[str, datetime | None] = {"raised_at": ago(told["days"])}
    if told["share"]:
        dates["shared_at"] = ago(told["days"])
    if told["heard"]:
        concern.hear(told["heard"][1], by=coach)
        dates["heard_at"] = ago(told["heard"][0])
    if told["confirmed"]:
        concern.confirm(by=client)
        dates["acknowledged_at"] = ago(told["confirmed"])
    if told.get("missed"):
        concern.not_quite(told["missed"][1], by=client)
        dates["missed_at"] = ago(told["missed"][0])
    _under(concern, told)
    if told["step"]:
        dates["step_at"] = ago(told["days"] + SOON)
    if told["happened"]:
        dates["happened_at"] = ago(told["days"] + LATER)
    if told["settled"]:
        concern.settle(by=client)
        dates["settled_at"] = ago(told["settled"])
    date_back(concern, **dates)


def _under(concern: Concern, told: Told) -> None:
    engagement = concern.engagement
    for who, words, speaks_for, against, chosen in told["options"]:
        writer = getattr(engagement, who)
        option = Option(concern=concern, words=words, written_by=writer)
        option.speaks_for, option.speaks_against = speaks_for or None, against or None
        option.keep("added an option to a concern", by=writer)
        if chosen:
            option.choose(by=engagement.client)
        date_back(option, made_at=ago(told["days"]), chosen_at=ago(told["days"] + SOON) if chosen else None)
    for days, level, words in told["strong"]:
        date_back(Intensity.say(concern, new_id(), level, words, by=engagement.client), at=ago(days))
    if told["step"]:
        concern.choose_step(told["step"], by=engagement.client)
    if "promised" in told:
        promise(engagement, engagement.coach.today, told["promised"], concern)
    if told["happened"]:
        concern.tell(told["happened"], by=engagement.client)


def _session(engagement: Engagement, title: str | None) -> Session | None:
    mine = Session.objects.visible_to(engagement.coach).filter(engagement=engagement)
    return next((session for session in mine if title and session.title == title), None)


def _fact(engagement: Engagement, days: int, words: str, corrected: str, *, hidden: bool) -> None:
    fact = Fact.note(engagement, new_id(), words, None, by=engagement.coach)
    if corrected:
        fact.correct(corrected, by=engagement.client)
    if hidden:
        fact.hide(by=engagement.client)
    date_back(fact, noted_at=ago(days), corrected_at=ago(days + SOON) if corrected else None)


def _moment(engagement: Engagement, told: Told) -> None:
    """Without a question to ask: no letter ever goes to somebody invented."""
    zone = engagement.client.zone
    day = timezone.localdate(timezone=zone) + timedelta(days=told["days"])
    hour = Clock.fromisoformat(told["time"]) if told["time"] else None
    said = {"kind": told["kind"], "label": told["label"], "day": day, "time": hour, "timezone": zone.key, "ask": False}
    said["starts_at"] = utc_of(datetime.combine(day, hour), zone) if hour else None
    moment = Moment.note(engagement, new_id(), said, by=engagement.client)
    if told["went"]:
        moment.tell(*told["went"], by=engagement.client)
        date_back(moment, told_at=moment.evening_after)
