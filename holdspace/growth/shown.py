"""A promise as one reader sees it: who, when and what became of it, in words, and what the reader may do."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.urls import reverse
from django.utils import timezone

from holdspace.engagements.models import Engagement
from holdspace.engagements.readers import Readers
from holdspace.people.models import User

from .due import said_day, said_due, said_late
from .models import Commitment, Concern, Move, Step

GROUPS = ("Late", "Today", "Within a week", "Later", "No day set")


@dataclass
class Shown:
    """One promise as one reader sees it."""

    commitment: Commitment
    reader: User
    moves: list[Move] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    concern: Concern | None = None

    @property
    def engagement(self) -> Engagement:
        """Between whom it holds."""
        return self.commitment.engagement

    @property
    def is_mine(self) -> bool:
        """Whether the reader promised it."""
        return self.commitment.promiser.pk == self.reader.pk

    @property
    def address(self) -> str:
        """Where it stands on its ledger."""
        return address_of(self.commitment)

    @property
    def who(self) -> str:
        """Who promised, as the reader calls them."""
        return "You" if self.is_mine else self.other

    @property
    def other(self) -> str:
        """What the other of the two is called."""
        return self.engagement.other_name(self.reader)

    @property
    def readers(self) -> Readers:
        """Who can read it, in words."""
        return Readers(self.engagement, self.reader)

    @property
    def idea(self) -> str:
        """Whose idea it was."""
        proposer, mine = self.commitment.proposed_by, self.reader.pk == self.engagement.coach_id
        if proposer == Commitment.Proposer.JOINT:
            return f"you and {self.other}"
        return "you" if (proposer == Commitment.Proposer.COACH) == mine else self.other

    @property
    def state(self) -> str:
        """What became of it."""
        return self.commitment.state

    @property
    def is_live(self) -> bool:
        """Whether anything can be done about it."""
        return self.engagement.is_live

    @property
    def waiting_move(self) -> Move | None:
        """The wish for another day that waits for an answer."""
        return next((move for move in self.moves if move.state == "waiting"), None)

    @property
    def moved(self) -> list[Move]:
        """Moves that both agreed on."""
        return [move for move in self.moves if move.state == "agreed"]

    @property
    def declined_move(self) -> Move | None:
        """The last wish, where the other would rather keep the day."""
        last = self.moves[-1] if self.moves else None
        return last if last is not None and last.state == "declined" else None

    @property
    def undo(self) -> str:
        """The answer that the reader can still take back."""
        return self.commitment.undoable(self.reader) if self.is_live else ""

    @property
    def can_edit(self) -> bool:
        """Whether the reader may say it better."""
        return self.is_live and self.commitment.can_edit(self.reader)

    @property
    def can_own_up(self) -> bool:
        """Whether the reader may say a word about having been late or having let it go."""
        slipped = bool(self.commitment.days_late or self.commitment.dropped_at)
        return self.is_live and self.is_mine and slipped and self.commitment.accepted_at is not None

    @property
    def can_remove(self) -> bool:
        """Whether the reader may take it away as if it had not been."""
        untouched = not self.moves and not self.steps
        return self.is_live and untouched and self.commitment.may_remove(self.reader)

    @cached_property
    def late(self) -> str:
        """How late it was kept or is by now."""
        return said_late(self.commitment.days_late)

    @property
    def words(self) -> str:
        """When it is due, or what became of it and when, as a person would say it."""
        one, today = self.commitment, timezone.localdate()
        if self.state in ("open", "waiting"):
            return ", ".join(filter(None, (said_due(one.due_on, one.today), self.late)))
        if one.kept_on:
            return ", ".join(filter(None, (f"kept {_on(one.kept_on, today)}", self.late)))
        at = timezone.localdate(one.dropped_at or one.released_at or one.declined_at)
        if one.dropped_at:
            return f"let go {_on(at, today)}"
        if one.released_at:
            released = "you" if not self.is_mine else self.other
            return f"{released} let it go {_on(at, today)}"
        return f"not {'yours' if self.is_mine else 'theirs'}, said {_on(at, today)}"

    @property
    def group(self) -> str:
        """Under which heading an open one stands."""
        due = self.commitment.due_on
        if due is None:
            return GROUPS[4]
        days = (due - self.commitment.today).days
        return GROUPS[0] if days < 0 else GROUPS[1] if days == 0 else GROUPS[2] if days < 7 else GROUPS[3]


def address_of(commitment: Commitment) -> str:
    """Where a promise stands on its ledger."""
    return f"{reverse('promises', args=[commitment.engagement_id])}#commitment-{commitment.pk}"


def page_address_of(commitment: Commitment) -> str:
    """Where a settled one stands, on whichever page of its ledger that is."""
    address, place = address_of(commitment).split("#")
    return f"{address}?at={commitment.pk}#{place}"


def _on(day: date, today: date) -> str:
    said = said_day(day, today)
    return said if said in ("today", "yesterday") else f"on {said}"


def dress(commitments: Iterable[Commitment], reader: User) -> list[Shown]:
    """Promises with their moves and steps, and the concern each serves where the reader may read it; three queries."""
    found = {one.pk: Shown(one, reader) for one in commitments}
    moves = Move.objects.visible_to(reader).select_related(None).filter(commitment__in=found).in_order()
    steps = Step.objects.visible_to(reader).select_related(None).filter(commitment__in=found).in_order()
    for move in moves:
        move.commitment = found[move.commitment_id].commitment
        found[move.commitment_id].moves.append(move)
    for step in steps:
        step.commitment = found[step.commitment_id].commitment
        found[step.commitment_id].steps.append(step)
    for concern in Concern.objects.visible_to(reader).select_related(None).filter(commitment__in=found):
        if concern.commitment_id:
            shown = found[concern.commitment_id]
            concern.engagement, shown.concern = shown.engagement, concern
    return list(found.values())
