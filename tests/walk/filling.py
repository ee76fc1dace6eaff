"""What two people wrote to each other, promised and walked towards: rows of every state, with a canary in each word."""

from __future__ import annotations

from datetime import time, timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from holdspace.conversations.models import Session, write_note
from holdspace.engagements.models import Engagement
from holdspace.growth.check_in import note_moment
from holdspace.growth.models import (
    Commitment,
    Concern,
    Fact,
    Goal,
    Intensity,
    Milestone,
    Move,
    Option,
    Progress,
    Rating,
    Step,
)
from holdspace.letters.models import Returned, Wish
from holdspace.people.models import User
from holdspace.threads.files import NewFile
from holdspace.threads.models import Draft, Message
from holdspace.threads.send import keep_files, send
from holdspace.vault.models import new_id

from . import canaries
from .relations import rows_of

if TYPE_CHECKING:
    from .world import World


def fill(world: World, busy: set[str]) -> None:
    """For every busy pair: messages, the road, and promises."""
    _write_letters(world, busy)
    _walk_the_road(world, busy)
    _promise(world, busy)


def _write_letters(world: World, busy: set[str]) -> None:
    """Messages of both, gone and held, each with a file; drafts; how mail comes; and an address it came back from."""
    for pair in sorted(busy):
        engagement = world.engagements[pair]
        for writer in (engagement.coach, engagement.client):
            for hours in (0, 9):
                files = [NewFile(f"{canaries.song()}.txt", "txt", canaries.song().encode())]
                message = send(engagement, canaries.song(), by=writer, once=new_id(), files=files)
                if hours:
                    later = timezone.now() + timedelta(hours=hours)
                    rows_of(Message).filter(pk=message.pk).update(goes_at=later)
            keep_files(Draft.keep(engagement, canaries.song(), by=writer), files)
    Wish.make(world.people["ben"], words=True, daily_at=time(7, 30))
    Returned.note(world.people["eve"], "5.1.1")


def _walk_the_road(world: World, busy: set[str]) -> None:
    """Goals, concerns, facts and moments of the busy pairs: a shared one of each, and one for the client alone."""
    for pair in sorted(busy):
        engagement = world.engagements[pair]
        coach, client = engagement.coach, engagement.client
        _goal(engagement)
        for shared in (True, False):
            _concern(world.sessions[f"{pair} heard"], shared=shared)
            _concern(world.sessions[f"{pair} heard"], shared=shared, promised=False)
            fact = Fact.note(engagement, new_id(), canaries.song(), None, by=coach)
            if not shared:
                fact.hide(by=client)
        for days in (0, 3):
            said = {"kind": "interview", "label": canaries.song(), "day": timezone.localdate() + timedelta(days=days)}
            said |= {"time": None, "timezone": "UTC", "starts_at": None, "ask": days > 0}
            moment, _ = note_moment(engagement, new_id(), said, by=client)
            if days == 0:
                moment.tell(canaries.song(), 7, by=client)


def _goal(engagement: Engagement) -> None:
    said = {"title": canaries.song(), "why": canaries.song(), "weight": 2, "proposed_by": "joint"}
    goal = Goal.propose(engagement, new_id(), **said, by=engagement.client)
    for turn in range(2):
        goal.write_levels([f"{canaries.song()} {turn}" for _ in range(5)], by=engagement.coach)
        for person in (engagement.coach, engagement.client):
            Rating.give(goal, new_id(), turn, canaries.song(), by=person)
            for noun in (Milestone, Progress):
                noun(goal=goal, words=canaries.song(), written_by=person).keep("wrote", by=person)


def _concern(session: Session, *, shared: bool, promised: bool = True) -> None:
    coach, client = session.engagement.coach, session.engagement.client
    concern = Concern.voice(session.engagement, new_id(), canaries.song(), session, share=shared, by=client)
    concern.name_it("torn", by=client)
    concern.choose_step(canaries.song(), by=client)
    concern.tell(canaries.song(), by=client)
    if promised:
        said = {"owner": "client", "action": canaries.song(), "due_on": None, "proposed_by": "client"}
        concern.promise_step(said, new_id(), by=client)
    if shared:
        concern.hear(canaries.song(), by=coach)
        concern.not_quite(canaries.song(), by=client)
    for _ in range(2):
        Intensity.say(concern, new_id(), 7, canaries.song(), by=client)
        option = Option(concern=concern, words=canaries.song(), written_by=coach if shared else client)
        option.speaks_for, option.speaks_against = canaries.song(), canaries.song()
        option.keep("wrote", by=option.written_by)


def _promise(world: World, busy: set[str]) -> None:
    """Promises of both in every state, each by its own deed, with steps, wishes for another day, and reminders."""
    for pair in sorted(busy):
        session = world.sessions[f"{pair} heard"]
        coach, client = session.engagement.coach, session.engagement.client
        for by, other in ((coach, client), (client, coach)):
            kept, dropped, released, declined, asked, undated = (_promised(session, by) for _ in range(6))
            kept.keep(by=by)
            dropped.drop(canaries.song(), by=by)
            released.release(by=other)
            Move.ask(asked, asked.today + timedelta(days=9), by=by)
            Step.add(asked, new_id(), canaries.song(), by=by).tick(by=by)
            undated.say_stuck(canaries.song(), help_wanted=True, by=by)
            Step.add(undated, new_id(), canaries.song(), by=by)
            declined, _waits = (_promised(session, other, owner=by) for _ in range(2))
            declined.decline(by=by)


def release_something(session: Session) -> None:
    """One of each kind that a client may release to another coach, so that it is seen who reads it."""
    engagement = session.engagement
    coach, client = engagement.coach, engagement.client
    write_note(session, new_id(), canaries.song(), by=coach).share(by=coach)
    send(engagement, canaries.song(), by=client, once=new_id())
    said = {"title": canaries.song(), "why": canaries.song(), "weight": 2, "proposed_by": "joint"}
    Goal.propose(engagement, new_id(), **said, by=client)
    _promised(session, client)
    Concern.voice(engagement, new_id(), canaries.song(), session, share=True, by=client).name_it("torn", by=client)
    Fact.note(engagement, new_id(), canaries.song(), None, by=coach)


def _promised(session: Session, by: User, owner: User | None = None) -> Commitment:
    """A promise with a canary in each of its words, due in a week."""
    engagement = session.engagement
    said: dict[str, Any] = {name: canaries.song() for name in ("action", "serves")}
    said |= {"owner": "coach" if (owner or by).pk == engagement.coach_id else "client", "proposed_by": "joint"}
    said |= {"due_on": timezone.localdate() + timedelta(days=7), "made_in": session}
    return Commitment.make(engagement, said | {"if_then": {"if": canaries.song(), "then": canaries.song()}}, by=by)
