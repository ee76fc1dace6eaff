"""Who did and read what about one person, in words that person would use."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db.models import CharField, OuterRef, Subquery, UUIDField
from django.utils import timezone

from holdspace.conversations.models import Note, Release, Session, Transcript
from holdspace.engagements.models import Engagement, Handover
from holdspace.growth.models import Concern, Goal
from holdspace.people.models import Seat, User
from holdspace.vault import trail
from holdspace.vault.models import Trace

NOUNS = {
    "conversations.transcript": "what was said",
    "conversations.note": "a note",
    "conversations.session": "the page",
    "conversations.release": "what you asked a mentor",
    "engagements.engagement": "what you come for",
    "engagements.pact": "your agreement",
    "growth.commitment": "a promise",
    "threads.message": "a message",
    "growth.goal": "a goal",
    "growth.milestone": "a place on the way",
    "growth.progress": "how a goal is going",
    "growth.rating": "where a goal is",
    "growth.concern": "a concern",
    "growth.option": "a way to go",
    "growth.fact": "what is held about the client",
    "growth.moment": "a moment that matters",
}
NOBODY = "Somebody no longer here"
OWNER = "An owner of the practice"
HOUSE = "The house itself"


@dataclass(frozen=True)
class Line:
    """One deed or read: who, what, when, and the page it is about if this person has one."""

    who: str
    what: str
    at: datetime
    address: str = ""


@dataclass(frozen=True)
class Day:
    """The lines of one day in the person's own zone, latest first."""

    on: date
    lines: list[Line]


def traces_about(person: User) -> Any:
    """What others did and read about this person, latest first; one's own deeds are one's own affair."""
    return Trace.objects.visible_to(person).filter(subject_id=person.pk).exclude(actor_id=person.pk).order_by("-at")


def days(person: User, traces: Iterable[Trace]) -> list[Day]:
    """Traces as lines in words, by day."""
    shown = list(traces)
    telling = Telling(person, shown)
    by_day = groupby(shown, key=lambda trace: timezone.localtime(trace.at).date())
    return [Day(day, [telling.line(trace) for trace in some]) for day, some in by_day]


class Telling:
    """Names and pages for a page of traces, found in a few queries."""

    def __init__(self, person: User, traces: list[Trace]) -> None:
        went_on = Handover.objects.access_system("who reads by it is told").filter(accepted_at__isnull=False)
        went_on = went_on.filter(engagement=OuterRef("pk")).order_by("-accepted_at")
        kinds: dict[str, Any] = {"id": UUIDField(), "name": CharField()}
        told = {f"next_{one}": Subquery(went_on.values(f"successor__{one}")[:1], kind) for one, kind in kinds.items()}
        engagements = list(Engagement.objects.visible_to(person).between(person).annotate(**told))
        self.names: dict[UUID | None, str] = {None: HOUSE}
        for one in engagements:
            mine = one.client_id == person.pk
            self.names[one.coach_id if mine else one.client_id] = one.coach.name if mine else one.called
        for each in map(vars, engagements):
            if each["next_id"]:
                self.names.setdefault(each["next_id"], each["next_name"])
        self.names |= self._mentors(person, traces)
        self.owners = self._owners(traces, engagements)
        self.as_client = {one.pk for one in engagements if one.client_id == person.pk}
        self.pages = _pages(person, traces)

    def _mentors(self, person: User, traces: list[Trace]) -> dict[UUID | None, str]:
        """Whoever else did or read something, where the client once said yes to them as a mentor."""
        actors = {trace.actor_id for trace in traces} - self.names.keys()
        if not actors:
            return {}
        agreed = Release.objects.visible_to(person).of_two(person).agreed().filter(mentor__in=actors)
        names = agreed.select_related(None).values_list("mentor", "mentor__name").distinct()
        return {pk: f"{name}, a mentor" for pk, name in names}

    def _owners(self, traces: list[Trace], engagements: list[Engagement]) -> set[UUID]:
        actors = {trace.actor_id for trace in traces} - self.names.keys()
        if not actors:
            return set()
        seats = Seat.objects.access_system("an owner is told as one, without a name").filter(role=Seat.Role.OWNER)
        practices = {one.practice_id for one in engagements}
        return set(seats.filter(user__in=actors, practice__in=practices).values_list("user", flat=True))

    def line(self, trace: Trace) -> Line:
        """One trace in words."""
        who = self.names.get(trace.actor_id) or (OWNER if trace.actor_id in self.owners else NOBODY)
        what = trace.verb
        if trace.verb == trail.READ:
            what = f"read {NOUNS.get(trace.noun, 'something of yours')}"
            who += ", with a reason" if who == OWNER else ""
        what = what.replace("about the client", "about you" if trace.engagement_id in self.as_client else "about them")
        return Line(who, what, trace.at, self.pages.get(trace.noun_id, ""))


def _pages(person: User, traces: list[Trace]) -> dict[UUID, str]:
    """The page of each session, goal and concern that traces speak of, where this person has one."""
    found = _sessions(person, [trace.noun_id for trace in traces if trace.noun.startswith("conversations.")])
    rows: list[Any] = list(found.items())
    for noun in (Goal, Concern):
        ids = [trace.noun_id for trace in traces if trace.noun == noun._meta.label_lower]
        rows += noun.objects.visible_to(person).select_related(None).in_bulk(ids).items() if ids else ()
    return {pk: row.get_absolute_url() for pk, row in rows}


def _sessions(person: User, ids: list[UUID]) -> dict[UUID, Session]:
    """The session behind each id of a transcript, note or session."""
    if not ids:
        return {}
    found = dict(Transcript.objects.visible_to(person).filter(pk__in=ids).values_list("pk", "session"))
    found |= dict(Note.objects.visible_to(person).filter(pk__in=ids).values_list("pk", "session"))
    wanted = {*found.values(), *ids}
    there = Session.objects.visible_to(person).select_related(None).filter(pk__in=wanted).in_bulk()
    return {pk: there[found.get(pk, pk)] for pk in ids if found.get(pk, pk) in there}
