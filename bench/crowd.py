"""A coach with twenty clients whose words open, and round about them a house full of others whose words don't."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import connections, models, transaction
from django.urls import reverse
from django.utils import timezone

from holdspace.conversations.models import Session
from holdspace.engagements.models import Engagement, open_engagement
from holdspace.growth.models import Commitment, Concern, Goal, Moment
from holdspace.letters.models import Letter
from holdspace.people.begin import found, seat
from holdspace.people.models import Seat, User
from holdspace.threads.models import Message
from holdspace.vault.models import new_id

from .pour import Mould

PRACTICES, COACHES, CLIENTS = 50, 20, 20
"""Practices, coaches in each, clients of each coach."""
EACH: dict[str, int] = {"sessions": 20, "letters": 100, "messages": 20, "commitments": 10, "goals": 2, "concerns": 2}
"""Rows of each engagement."""


class Crowd:
    """The house: one real coach first, then everybody."""

    def __init__(self) -> None:
        self.now = timezone.now()
        self.practice = found("Juniper House", "UTC")
        self.coach = User.objects.create_user("ana@example.org", None, name="Ana Alder")
        seat(self.coach, self.practice, Seat.Role.COACH)
        self.seat = Seat._base_manager.get(user=self.coach)
        with transaction.atomic():
            self.works = [self._work(number) for number in range(CLIENTS)]
        analyse()

    def pages(self) -> dict[str, list[str]]:
        """Where each of the everyday pages is."""
        each = {"a client": "client", "ledger": "promises", "thread": "thread"}
        found_at = {page: [reverse(name, args=[one.pk]) for one in self.works] for page, name in each.items()}
        return {"today": [reverse("today")], **found_at}

    def _work(self, number: int) -> Engagement:
        """One client with a year of everything, by the nouns themselves, so that the words open."""
        client = User.objects.create_user(f"c{number}@example.org", None, name=f"Client {number}")
        made = open_engagement(self.coach, client, called=client.name, accepted_at=self.now - timedelta(days=200))
        for place in range(max(EACH.values())):
            for noun in self._of(made, place):
                noun.save(force_insert=True)
        return made

    def _of(self, work: Engagement, place: int) -> Iterator[models.Model]:
        """The row of each kind at this place in an engagement's time."""
        at = self.now - timedelta(days=10 * place - 5, hours=place)
        mine: dict[str, Any] = {"engagement": work}
        if place < EACH["sessions"]:
            yield Session(**mine, day=at.date(), time=at.time(), timezone="UTC", starts_at=at, title="A talk")
        if place < EACH["letters"]:
            letter = Letter(to=work.client, key=work.key, kind="notice", idem=f"{work.pk}-{place}", subject="A line")
            letter.due_at = letter.done_at = at
            yield letter
        if place < EACH["messages"]:
            writer = work.client if place % 2 else work.coach
            yield Message(**mine, writer=writer, words="A few words.", written_at=at, goes_at=at, first_read_at=at)
        if place < EACH["commitments"]:
            yield self._commitment(work, place)
        if place < EACH["goals"]:
            yield Goal(**mine, title="To arrive", proposed_by="joint", written_by=work.client)
        if place < EACH["concerns"]:
            yield Concern(**mine, words="That I stay where I am.", written_by=work.client, shared_at=at)
        if place == 0:
            day = self.now.date() + timedelta(days=40)
            yield Moment(**mine, kind="interview", label="A talk", day=day, timezone="UTC", written_by=work.client)

    def _commitment(self, work: Engagement, place: int) -> Commitment:
        """Two open ones and eight that were kept."""
        due = self.now.date() + timedelta(days=12 - 7 * place)
        kept = self.now - timedelta(days=7 * place) if place > 1 else None
        owner, made_by = ("coach", work.coach) if place % 2 else ("client", work.client)
        one = Commitment(engagement=work, owner=owner, action="Write.", due_on=due, proposed_by=owner, made_by=made_by)
        one.accepted_at = self.now - timedelta(days=80)
        one.kept_at, one.kept_on = kept, kept.date() if kept else None
        return one

    def pour(self) -> dict[str, int]:
        """Everybody else, as copies of the first engagement's rows; says how many rows of what there are."""
        poured = Pour(self)
        with transaction.atomic():
            counts = poured.all()
        analyse()
        return counts


class Pour:
    """The ids of the others, made once, and the rows that hang on them."""

    def __init__(self, crowd: Crowd) -> None:
        self.crowd, self.first = crowd, crowd.works[0]
        others = PRACTICES * COACHES - 1
        self.practices = [(new_id(), new_id()) for _ in range(PRACTICES)]
        self.coaches = [(new_id(), self.practices[number % PRACTICES]) for number in range(others)]
        self.works = [(new_id(), new_id(), new_id(), number) for number in range(others * CLIENTS)]

    def all(self) -> dict[str, int]:
        """Parents before children."""
        first, practice = self.first, self.crowd.practice
        Mould(practice.key).cast({"id": key} for _, key in self.practices)
        Mould(practice).cast({"id": pk, "key_id": key, "name": f"Practice {pk}"} for pk, key in self.practices)
        coaches = Mould(self.crowd.coach).cast({"id": pk, "email": f"{pk.hex}@coach.example"} for pk, _ in self.coaches)
        Mould(self.crowd.seat).cast(
            {"id": new_id(), "user_id": pk, "practice_id": practice} for pk, (practice, _) in self.coaches
        )
        clients = Mould(first.client).cast(
            {"id": client, "email": f"{client.hex}@client.example"} for _, client, _, _ in self.works
        )
        Mould(first.key).cast({"id": key, "parent_id": self._coach(n)[1][1]} for _, _, key, n in self.works)
        Mould(first).cast(self._engagement(*work) for work in self.works)
        counts = {"coaches": coaches + 1, "clients": clients + CLIENTS}
        return counts | {name: self._hang(name) for name in self.nouns()}

    def nouns(self) -> dict[str, type[models.Model]]:
        """What hangs on an engagement."""
        nouns: tuple[Any, ...] = (Session, Letter, Message, Commitment, Goal, Concern)
        return dict(zip(EACH, nouns, strict=True))

    def _coach(self, number: int) -> tuple[UUID, tuple[UUID, UUID]]:
        return self.coaches[number // CLIENTS]

    def _engagement(self, pk: UUID, client: UUID, key: UUID, number: int) -> dict[str, Any]:
        coach, (practice, _) = self._coach(number)
        return {"id": pk, "client_id": client, "key_id": key, "coach_id": coach, "practice_id": practice}

    def _hang(self, name: str) -> int:
        """The rows of the first engagement once more for each of the others."""
        noun = self.nouns()[name]
        by = "key_id" if noun is Letter else "engagement_id"
        own = {by: self.first.key_id if noun is Letter else self.first.pk}
        examples = list(noun._base_manager.filter(**own))
        made = sum(Mould(example).cast(self._copy(noun, example, *work) for work in self.works) for example in examples)
        return made + len(examples) * CLIENTS

    def _copy(
        self, noun: type[models.Model], example: Any, pk: UUID, client: UUID, key: UUID, n: int
    ) -> dict[str, Any]:
        """What differs in one engagement's copy of a row: whose it is, and a little the time."""
        coach, row = self._coach(n)[0], new_id()
        if noun is Letter:
            return {"id": row, "to_id": client, "key_id": key, "idem": row.hex}
        changed: dict[str, Any] = {"id": row, "engagement_id": pk}
        for name in ("writer_id", "written_by_id", "made_by_id"):
            if hasattr(example, name):
                changed[name] = coach if getattr(example, name) == self.first.coach_id else client
        return changed


def analyse() -> None:
    """What a database knows of its own tables, as a house that has run for a while does."""
    with connections["default"].cursor() as cursor:
        cursor.execute("ANALYZE")
