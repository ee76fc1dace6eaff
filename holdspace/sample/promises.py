"""The sample people's promises: kept, late, moved, stuck, let go with a word, and waiting for a yes."""

from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any

from holdspace.conversations.models import Session
from holdspace.engagements.models import Engagement
from holdspace.growth.models import Commitment, Concern, Move, Reminder, Step
from holdspace.people.models import User
from holdspace.vault.models import new_id

Told = dict[str, Any]
WHY = "a sample's past"


def promise(engagement: Engagement, today: date, told: Told, concern: Concern | None = None) -> Commitment:
    """One promise, or the smallest step of a concern, by the house's own deeds, then put back to its days."""
    owner: User = getattr(engagement, told["owner"])
    made_in = Session.objects.visible_to(owner).filter(engagement=engagement, day=today + timedelta(told["made"])).get()
    said = {name: told[name] for name in ("owner", "action")} | {"proposed_by": told["idea"], "made_in": made_in}
    said |= {"serves": told.get("serves"), "if_then": told.get("plan")}
    writer = engagement.other(owner) if told.get("waiting") else owner
    make = partial(concern.promise_step, pk=new_id()) if concern else partial(Commitment.make, engagement)
    made = make(said, by=writer)
    _become(made, told, by=owner)
    _date(made, today, told)
    made.refresh_from_db()
    made.engagement = engagement
    Reminder.plan(made)
    if "moved" in told:
        _move(made, today, told, by=owner)
    return made


def _move(made: Commitment, today: date, told: Told, *, by: User) -> None:
    """Another day was asked for; `agreed` is when the other said yes, on the same day."""
    move = Move.ask(made, today + timedelta(told["moved"]), by=by)
    if "agreed" in told:
        move.agree(by=made.engagement.other(by))
        day = today + timedelta(told["agreed"])
        at = datetime.combine(day, time(16), made.promiser.zone)
        Move.objects.access_system(WHY).filter(pk=move.pk).update(asked_at=at, asked_on=day, agreed_at=at)


def _become(made: Commitment, told: Told, *, by: User) -> None:
    """What became of it."""
    for step in told.get("steps", ()):
        Step.add(made, new_id(), step, by=by).tick(by=by)
    if "stuck" in told:
        made.say_stuck(told["stuck"], help_wanted=True, by=by)
    if "kept" in told:
        made.keep(by=by)
    if "dropped" in told:
        made.drop(told.get("owned", ""), by=by)


def _date(made: Commitment, today: date, told: Told) -> None:
    """When it was made and due, and when it became what it is."""
    zone = made.promiser.zone

    def at(days: int) -> datetime:
        return datetime.combine(today + timedelta(days), time(16), zone)

    past: Told = {"made_at": at(told["made"])}
    if made.accepted_at:
        past["accepted_at"] = past["made_at"]
    if told["due"] is not None:
        past["due_on"] = today + timedelta(told["due"])
    if "kept" in told:
        past |= {"kept_at": at(told["kept"]), "kept_on": today + timedelta(told["kept"])}
    if "dropped" in told:
        past["dropped_at"] = at(told["dropped"])
    Commitment.objects.access_system(WHY).filter(pk=made.pk).update(**past)
    steps = Step.objects.access_system(WHY).filter(commitment=made)
    steps.update(made_at=past["made_at"], done_at=past.get("kept_at") or past["made_at"])
