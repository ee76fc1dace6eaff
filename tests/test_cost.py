"""What a page costs: a few questions to the database, and not one more for thirty rows than for two."""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.db import connections, models
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from holdspace.conversations.consent import ask_client
from holdspace.conversations.intake import take_in
from holdspace.conversations.models import Mark, Session, Transcript
from holdspace.conversations.release import answer, ask_to_release
from holdspace.engagements.models import Engagement, open_engagement
from holdspace.engagements.models.pact import SETTINGS
from holdspace.engagements.propose import propose
from holdspace.growth.check_in import note_moment
from holdspace.growth.models import (
    Commitment,
    Concern,
    Fact,
    Goal,
    Intensity,
    Milestone,
    Moment,
    Move,
    Option,
    Progress,
    Rating,
    Step,
)
from holdspace.growth.tell import answer_address
from holdspace.people.models import User
from holdspace.threads.files import NewFile
from holdspace.threads.models import Draft
from holdspace.threads.send import send
from holdspace.vault.classes import house_models
from holdspace.vault.models import Trace, new_id

from .cast import TALK, both_agree, browser, listen_now, meeting, person
from .walk.addresses import Address, addresses
from .walk.walker import NOUNS

PAGE, DOOR = 8, 3
"""The most questions of a page's own, and those by which every page knows who is there: the browser's session, the
person, and the seats that decide which doors stand at the top and whether a second step is owed."""
ASKED = re.compile(r"SELECT|INSERT|UPDATE|DELETE|WITH", re.IGNORECASE)
PROMISED = {"promises", "own_promises", "add_promise", "move_promise", "promise_by_link"}
COUNTED = {"today", "clients", "client", "session", "edit_mark", "agreement", "pact", "release", "released"} | PROMISED
"""Pages that must be among the counted: what is never opened never costs too much."""
FEW, MANY = 2, 30
"""Never one or none: an empty page has nothing to ask for."""


class Practised:
    """Ana and Ben with as many of everything as wanted."""

    def __init__(self, engagement: Engagement, mentor: User) -> None:
        self.engagement, self.coach, self.client = engagement, engagement.coach, engagement.client
        self.mentor = mentor
        self.made = 0

    def more(self, number: int) -> None:
        """Sessions that were heard, long ones too, other clients, versions of the pact, and traces of them all."""
        for _ in range(number):
            self.made += 1
            self._pact()
            self._promises()
            session = meeting(self.engagement, days=-self.made, title=f"Session {self.made}")
            both_agree(session)
            take_in(session, (TALK * (1 + self.made // 10) + f"Ben: Number {self.made}.\n").encode(), by=self.coach)
            other = person(f"Client{self.made}")
            engagement = open_engagement(self.coach, other, called=other.name, accepted_at=self.engagement.accepted_at)
            meeting(engagement, days=self.made)
            meeting(self.engagement, days=self.made)
            self._write()
            self._road(session)
            asked = ask_to_release(session, self.mentor, ["transcript"], f"Number {self.made}?", by=self.coach)
            answer(asked, yes=True, parts=["transcript"], by=self.client)
        listen_now()

    def _write(self) -> None:
        """Both write, with a file, and begin to write."""
        for one in (self.coach, self.client):
            files = [NewFile(f"{self.made}.txt", "txt", b"A plan.")]
            send(self.engagement, f"Message {self.made}.", by=one, once=new_id(), files=files)
            Draft.keep(self.engagement, f"Begun {self.made}.", by=one)

    def _pact(self) -> None:
        said: dict[str, Any] = dict.fromkeys(SETTINGS) | {"transcript_days": 30, "notes_months": 12}
        said |= {"recording": True, "analysis": True, "sponsor": False, "mentor": True, "channels": ["email"]}
        pact = propose(self.engagement, {"goals": f"Version {self.made}."}, said, by=self.coach)
        for one in (self.coach, self.client):
            pact.sign(one.name, by=one)

    def _promises(self) -> None:
        """Open, waiting and kept ones of both, with a step and a wish for another day."""
        for by in (self.coach, self.client):
            for owner in ("coach", "client"):
                said = {"owner": owner, "action": "Call", "due_on": timezone.localdate(), "proposed_by": "joint"}
                one, other, _fresh = (Commitment.make(self.engagement, said, by=by) for _ in range(3))
                if one.accepted_at:
                    Step.add(one, new_id(), "Find the number", by=by)
                    Move.ask(one, one.today + timedelta(days=3), by=by)
                    other.keep(by=by)

    def _road(self, session: Session) -> None:
        """A goal, a concern, a fact and a moment more, and more under the oldest of each."""
        engagement, day = self.engagement, timezone.localdate() + timedelta(days=self.made)
        said = {"title": f"Goal {self.made}", "why": "", "weight": 2, "proposed_by": "joint"}
        Goal.propose(engagement, new_id(), **said, by=self.client).write_levels(["word"] * 5, by=self.coach)
        fear = Concern.voice(engagement, new_id(), "What if?", session, share=True, by=self.client)
        fear.hear("Oh", by=self.coach)
        step = {"owner": "client", "action": "Ring", "due_on": timezone.localdate(), "proposed_by": "client"}
        Step.add(fear.promise_step(step, new_id(), by=self.client), new_id(), "Find the number", by=self.client)
        Fact.note(engagement, new_id(), "Takes tea", session, by=self.coach)
        told = {"kind": "other", "label": "A day", "day": day, "time": None, "timezone": "UTC", "starts_at": None}
        note_moment(engagement, new_id(), told | {"ask": True}, by=self.client)
        goal = Goal.objects.visible_to(self.coach).order_by("pk")[0]
        concern = Concern.objects.visible_to(self.client).order_by("pk")[0]
        for one in (self.coach, self.client):
            Rating.give(goal, new_id(), 1, by=one)
            Milestone(goal=goal, words="On the way", written_by=one).keep("added a milestone", by=one)
            Progress(goal=goal, words="Well", written_by=one).keep("wrote a progress note", by=one)
            Option(concern=concern, words="Go", written_by=one).keep("added an option", by=one)
        Intensity.say(concern, new_id(), 5, by=self.client)

    def ids_for(self, address: Address) -> list[str]:
        """A row of the noun an address speaks of, the oldest, which has most under it; else one of every noun."""
        if not address.blanks:
            return [""]
        label = NOUNS.get(address.template.split("/")[0])
        known = {
            "engagements.Engagement": self.engagement,
            "conversations.Session": oldest(Session, transcript__isnull=False),
            "conversations.Mark": oldest(Mark, accepted_at=None),
            "growth.Commitment": oldest(Commitment, moves__isnull=False),
            "growth.Moment": Moment._base_manager.order_by("pk").last(),
        }
        nouns = [apps.get_model(label)] if label else house_models()
        rows = [known[label]] if label in known else [oldest(noun) for noun in nouns]
        return [str(row.pk) for row in rows if row is not None and isinstance(row.pk, UUID)]

    def paths(self) -> Iterator[tuple[str, str]]:
        """Every address of the house that needs no more than one id or one live link."""
        for address in addresses():
            if address.name == "promise_by_link":
                yield address.name, "/" + answer_address(oldest(Commitment, moves__isnull=False)).split("/", 3)[3]
            elif address.name == "consent_by_link":
                yield address.name, "/" + ask_client(oldest(Session), post=False).split("/", 3)[3]
            elif address.blanks in ((), ("ids",)) and not address.template.startswith("door/"):
                for value in self.ids_for(address):
                    yield address.name, address.fill((value,) if value else ())


def oldest(model: type[models.Model], **which: Any) -> Any:
    """The first row of a noun."""
    return model._base_manager.filter(**which).order_by("pk").first()


def questions(there: Client, path: str, *, part: bool) -> tuple[int, int]:
    """Status, and how often the database was asked; the second time, when caches and the trail know the reader."""
    there.get(path, headers={"HX-Request": "true"} if part else {})
    return counted(there, path, part=part)


def counted(there: Client, path: str, *, part: bool) -> tuple[int, int]:
    """Status, and how often the database was asked."""
    with ExitStack() as stack:
        watched = [stack.enter_context(CaptureQueriesContext(connections[alias])) for alias in connections]
        status = there.get(path, headers={"HX-Request": "true"} if part else {}).status_code
    return status, sum(bool(ASKED.match(one["sql"])) for each in watched for one in each.captured_queries)


def costs(practised: Practised) -> dict[tuple[str, str, bool], int]:
    """How often each page asks, for the two and a mentor, as page and as part; when caches and the trail know them."""
    found = {}
    for who in (practised.coach, practised.client, practised.mentor):
        there = browser(who)
        for name, path in practised.paths():
            if there.get(path).status_code == 404:
                continue
            for part in (False, True):
                status, asked = counted(there, path, part=part)
                if status == 200:
                    found[name, who.name, part] = asked
    return found


@pytest.fixture
def practised(together: Engagement, ana: User, ben: User, mira: User) -> Practised:
    return Practised(together, mira)


@pytest.mark.slow
def test_no_page_asks_more_for_thirty_rows_than_for_two(practised: Practised) -> None:
    practised.more(FEW)
    costs(practised)  # so that each has read the other, and the page that tells of it isn't empty
    few = costs(practised)
    assert {name for name, _, _ in few} >= COUNTED
    assert Transcript._base_manager.exclude(done_at=None).count() == FEW
    assert Trace._base_manager.count() > 10
    practised.more(MANY - FEW)
    many = costs(practised)
    assert few.keys() == many.keys()
    growing = [f"{key}: {few[key]}, then {asked}" for key, asked in many.items() if asked > few[key]]
    dear = [f"{key}: {asked}" for key, asked in many.items() if asked > PAGE + DOOR]
    assert not growing + dear, "\n".join(["more rows, more questions:", *growing, f"more than {PAGE + DOOR}:", *dear])
