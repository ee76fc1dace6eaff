"""The ledger: the promises of two people as a page shows them, the coach's first."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.core.paginator import Page, Paginator
from django.db.models import Count, Model, Q

from holdspace.engagements.models import Engagement
from holdspace.engagements.readers import Readers
from holdspace.people.models import User
from holdspace.shell.pictures import Picture
from holdspace.vault import trail

from .along import draw
from .models import Commitment
from .models.finding import UNSETTLED, CommitmentQuerySet
from .reliability import Reliability, counts
from .shown import GROUPS, Shown, dress

SETTLED_A_PAGE = 10


@dataclass(frozen=True)
class Group:
    """Promises under one heading."""

    title: str
    shown: list[Shown]


@dataclass(frozen=True)
class Column:
    """The unsettled promises of one of the two."""

    title: str
    name: str
    groups: list[Group]


class Ledger:
    """All that one person may see of the promises between two people."""

    def __init__(self, engagement: Engagement, reader: User, number: str | None = None, at: str = "") -> None:
        self.engagement, self.reader = engagement, reader
        mine = Commitment.objects.visible_to(reader).select_related("made_in").filter(engagement=engagement)
        self.all = mine
        open_now = self._of_two(mine.unsettled().by_due())
        number = number or (_page_of(at, mine.settled()) if at else None)
        done = Paginator(mine.settled(), SETTLED_A_PAGE)
        done.count = self.counts.pop("settled")  # counted with the rest, in one go
        self.settled: Page[Commitment] = done.get_page(number)
        dressed = dress([*open_now, *self._of_two(self.settled.object_list)], reader)
        self.unsettled, self.done = dressed[: len(open_now)], dressed[len(open_now) :]
        trail.leave_read(
            self._of_the_other(dressed),
            by=reader,
            practice_id=engagement.practice_id,
            subject_id=engagement.other(reader).pk,
            engagement_id=engagement.pk,
        )

    def _of_the_other(self, dressed: list[Shown]) -> list[Model]:
        """What stands there in words of the other's: promises, and for the coach the concerns they serve."""
        concerns: list[Model] = [one.concern for one in dressed if one.concern and self.is_coach]
        return [one.commitment for one in dressed if not self._is_own(one.commitment)] + concerns

    def _of_two(self, commitments: Iterable[Commitment]) -> list[Commitment]:
        kept = list(commitments)
        for one in kept:
            one.engagement = self.engagement
        return kept

    def _is_own(self, commitment: Commitment) -> bool:
        return commitment.made_by_id == self.reader.pk == commitment.promiser.pk

    @property
    def other(self) -> str:
        """What the other of the two is called."""
        return self.engagement.other_name(self.reader)

    @property
    def readers(self) -> Readers:
        """Who can read the page, in words."""
        return Readers(self.engagement, self.reader)

    @property
    def is_coach(self) -> bool:
        """Whether the reader coaches here."""
        return self.reader.pk == self.engagement.coach_id

    @property
    def is_empty(self) -> bool:
        """Whether nothing was ever promised."""
        return not self.unsettled and not self.done

    @cached_property
    def columns(self) -> list[Column]:
        """The coach's promises, then the client's."""
        names = {"coach": self.engagement.coach.first, "client": self.engagement.first}
        mine = "coach" if self.is_coach else "client"
        return [
            Column("Your promises" if owner == mine else f"{name}'s promises", name, self._groups(owner))
            for owner, name in names.items()
        ]

    def _groups(self, owner: str) -> list[Group]:
        theirs = [one for one in self.unsettled if one.commitment.owner == owner]
        waiting = [one for one in theirs if one.state == "waiting"]
        groups = [Group("Waiting for a yes", waiting)]
        groups += [Group(name, [one for one in theirs if one.state == "open" and one.group == name]) for name in GROUPS]
        return [group for group in groups if group.shown]

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many are settled, and how the coach's went."""
        today = self.engagement.coach.today
        coachs = counts(today, Q(owner=Commitment.Owner.COACH))
        return self.all.select_related(None).aggregate(settled=Count("pk", filter=~UNSETTLED), **coachs)

    @property
    def tally(self) -> Reliability:
        """How the coach's promises to this client went, in plain counts."""
        return Reliability(**self.counts)

    @cached_property
    def picture(self) -> Picture | None:
        """Made, due and kept along the days; None while there is nothing to draw."""
        return draw([*self.unsettled, *self.done])


def _page_of(pk: str, settled: CommitmentQuerySet) -> str:
    """The page on which a settled promise stands; the first for any other."""
    places = [str(one) for one in settled.select_related(None).values_list("pk", flat=True)]
    return str(places.index(pk) // SETTLED_A_PAGE + 1 if pk in places else 1)
