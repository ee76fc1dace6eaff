"""Finding promises: whose they are, to whom, when they are due, and what became of them."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Self

from django.db.models import F, Q
from django.db.models.functions import Coalesce

from holdspace.engagements.models import between
from holdspace.people.models import User
from holdspace.vault.models import GuardedQuerySet

if TYPE_CHECKING:
    from .commitment import Commitment  # noqa: F401  what the rows below are

COACH, CLIENT = "coach", "client"
ENDINGS = ("kept_at", "dropped_at", "released_at", "declined_at")
"""The dates that settle a commitment; at most one of them is set."""
UNSETTLED = Q(**dict.fromkeys(ENDINGS))


class CommitmentQuerySet(GuardedQuerySet["Commitment"]):
    """Commitments, found by the two people between whom they hold."""

    def seen_by(self, person: User) -> Self:
        """Commitments in this person's work, the other's and their own."""
        return self.filter(between(person, "engagement__")).with_people()

    def with_people(self) -> Self:
        """Each with its key and its two people, in the same query."""
        return self.select_related("engagement__key__parent", "engagement__coach", "engagement__client")

    def promised_by(self, person: User) -> Self:
        """What this person promised somebody."""
        return self.filter(Q(owner=COACH, engagement__coach=person) | Q(owner=CLIENT, engagement__client=person))

    def promised_to(self, person: User) -> Self:
        """What somebody promised this person."""
        return self.filter(Q(owner=COACH, engagement__client=person) | Q(owner=CLIENT, engagement__coach=person))

    def unsettled(self) -> Self:
        """Neither kept, dropped, released nor declined; also where the work has ended."""
        return self.filter(UNSETTLED)

    def settled(self) -> Self:
        """Those that something became of, the latest first."""
        return self.exclude(UNSETTLED).order_by(Coalesce(*ENDINGS).desc(), "pk")

    def open(self) -> Self:
        """Said yes to by whoever promised, unsettled, in work that goes on."""
        return self.unsettled().filter(accepted_at__isnull=False, engagement__ended_on=None)

    def waiting(self) -> Self:
        """Written down for another who has not answered yet, in work that goes on."""
        return self.unsettled().filter(accepted_at=None, engagement__ended_on=None)

    def late(self, today: date) -> Self:
        """Open, and its day has passed."""
        return self.open().filter(due_on__lt=today)

    def due_within(self, today: date, days: int) -> Self:
        """Open and due from today on, within so many days; 0 is today alone."""
        return self.open().filter(due_on__range=(today, today + timedelta(days=days)))

    def asking_help(self) -> Self:
        """Open, stuck, and help was asked for."""
        return self.open().filter(wants_help=True)

    def latest_first(self) -> Self:
        """As they were made, the latest on top."""
        return self.order_by("-made_at", "pk")

    def by_due(self) -> Self:
        """The soonest first; those without a day last."""
        return self.order_by(F("due_on").asc(nulls_last=True), "made_at", "pk")
