"""How a coach's promises went: counts, and a likely range once there are enough. A client's are never summed up."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from math import exp, lgamma, log

from django.db.models import Count, Exists, F, OuterRef, Q
from django.utils import timezone

from holdspace.people.models import User

from .models import Commitment, Move
from .models.finding import UNSETTLED, CommitmentQuerySet

ENOUGH = 10
"""Due promises under which no figure is shown."""
WELL, BADLY = 4, 1
"""What is supposed of a coach before anything is known: four promises kept and one not."""
SPAN = 0.9


@dataclass(frozen=True)
class Reliability:
    """What became of promises whose day had come: kept in time, moved in time, or the rest."""

    kept: int
    moved: int
    late: int
    dropped: int
    overdue: int

    @property
    def good(self) -> int:
        """Kept in time, or moved in agreement before the day was over."""
        return self.kept + self.moved

    @property
    def due(self) -> int:
        """All that came due."""
        return self.good + self.late + self.dropped + self.overdue

    @property
    def is_enough(self) -> bool:
        """Whether a figure says anything yet."""
        return self.due >= ENOUGH

    @property
    def mean(self) -> float | None:
        """The share to expect; None while there are too few."""
        return (self.good + WELL) / (self.due + WELL + BADLY) if self.is_enough else None

    @cached_property
    def between(self) -> tuple[float, float] | None:
        """The middle 90 in 100 of Beta(good + 4, rest + 1); None while there are too few."""
        if not self.is_enough:
            return None
        a, b = self.good + WELL, self.due - self.good + BADLY
        tail = (1 - SPAN) / 2
        return beta_quantile(tail, a, b), beta_quantile(1 - tail, a, b)

    @property
    def low(self) -> float | None:
        """The lower end."""
        return self.between[0] if self.between else None

    @property
    def high(self) -> float | None:
        """The upper end."""
        return self.between[1] if self.between else None


def reliability(promises: CommitmentQuerySet, today: date | None = None) -> Reliability:
    """Counts over promises that were found for somebody."""
    return Reliability(**promises.aggregate(**counts(today or timezone.localdate())))


def counts(today: date, which: Q | None = None) -> dict[str, Count]:
    """What is counted of them, or of `which` of them; those without a day, or let go by the other, don't count.

    What was moved in time counts well from the day it was moved from, until its new day tells. What is open in work
    that ended counts only if it came due before the end.
    """
    moved = Move.objects.access_system("was it moved in time?").in_time().filter(commitment=OuterRef("pk"))
    working = Q(engagement__ended_on=None) | Q(due_on__lt=F("engagement__ended_on"))
    ahead = UNSETTLED & Q(due_on__gte=today, engagement__ended_on=None)
    counted = Q(accepted_at__isnull=False, due_on__isnull=False, released_at=None) & (which or Q())
    each = {
        "kept": Q(kept_on__lte=F("due_on")),
        "late": Q(kept_on__gt=F("due_on")),
        "dropped": Q(dropped_at__isnull=False),
        "overdue": UNSETTLED & working & Q(due_on__lt=today),
        "moved": ahead & Q(Exists(moved.filter(from_day__lt=today))),
    }
    return {name: Count("pk", filter=counted & one) for name, one in each.items()}


def reliability_of(coach: User) -> Reliability:
    """Over all of a coach's clients; for the coach alone."""
    mine = Commitment.objects.visible_to(coach).promised_by(coach).filter(owner=Commitment.Owner.COACH)
    return reliability(mine.select_related(None), coach.today)


def beta_quantile(p: float, a: int, b: int) -> float:
    """Where a share stands below which `p` of Beta(a, b) lies, for whole a and b; exact to ten digits."""
    low, high = 0.0, 1.0
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (middle, high) if beta_below(middle, a, b) < p else (low, middle)
    return (low + high) / 2


def beta_below(x: float, a: int, b: int) -> float:
    """How much of Beta(a, b) lies below x: the chance of a successes or more in a+b-1 tries that succeed with x."""
    n = a + b - 1
    if not 0 < x < 1:
        return float(x >= 1)
    ways = lgamma(n + 1)
    heads, tails = log(x), log(1 - x)
    terms = (ways - lgamma(k + 1) - lgamma(n - k + 1) + k * heads + (n - k) * tails for k in range(a, n + 1))
    return sum(map(exp, terms))
