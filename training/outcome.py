"""What one head said of every turn by folds, and how good that is."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import f1_score

from training.learn import Floats, Places

DRAWS = 1000
"""Bootstrap draws over videos."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One head of one engine: all arrays run over the turns; `fold` is the fold in which each was judged."""

    head: str
    marked: bool
    codes: tuple[str, ...]
    truth: Places
    picked: Places
    chances: Floats
    sure: NDArray[np.bool_]
    videos: NDArray[np.str_]
    sessions: NDArray[np.str_]
    places: Places
    fold: Places

    @property
    def right(self) -> NDArray[np.bool_]:
        """Whether people said the same."""
        return self.truth == self.picked

    @property
    def p(self) -> Floats:
        """Probability given to the picked code."""
        return self.chances[np.arange(len(self.picked)), self.picked]

    def score(self) -> float:
        """Macro-F1 over all turns."""
        return float(f1_score(self.truth, self.picked, average="macro"))

    def by_fold(self) -> Floats:
        """Macro-F1 in every fold."""
        places = [self.fold == at for at in range(self.fold.max() + 1)]
        return np.array([f1_score(self.truth[at], self.picked[at], average="macro") for at in places])

    def interval(self) -> tuple[float, float]:
        """95% of macro-F1 when whole videos are drawn again."""
        rng = np.random.default_rng(7)
        names = np.unique(self.videos)
        tables = np.stack([self._table(self.videos == name) for name in names])
        drawn = [tables[rng.integers(0, len(names), len(names))].sum(axis=0) for _ in range(DRAWS)]
        low, high = np.quantile([_macro(table) for table in drawn], [0.025, 0.975])
        return float(low), float(high)

    def _table(self, rows: NDArray[np.bool_]) -> Places:
        size = len(self.codes)
        return np.bincount(self.truth[rows] * size + self.picked[rows], minlength=size * size).reshape(size, size)

    def calibration_error(self, bins: int = 10) -> float:
        """Mean gap between p and how often it was right, over equally filled bins."""
        return float(sum(abs(said - was) * count for said, was, count in self.bins(bins)) / len(self.p))

    def bins(self, count: int = 10) -> list[tuple[float, float, int]]:
        """(mean p, share right, turns) in equally filled bins, from the least sure on."""
        order = np.argsort(self.p, kind="stable")
        some = np.array_split(order, count)
        return [(float(self.p[at].mean()), float(self.right[at].mean()), len(at)) for at in some]

    def surest(self, share: float) -> float:
        """How often the surest part of the turns is right."""
        order = np.argsort(-self.p, kind="stable")[: round(share * len(self.p))]
        return float(self.right[order].mean())


def _macro(table: Places) -> float:
    hit, both = np.diag(table), table.sum(axis=0) + table.sum(axis=1)
    return float(np.mean(np.where(both > 0, 2 * hit / np.maximum(both, 1), 0)))


def paired(one: Outcome, other: Outcome) -> tuple[float, float]:
    """Mean over folds of how much better `one` is than `other` (macro-F1), and the standard deviation of that."""
    gap = one.by_fold() - other.by_fold()
    return float(gap.mean()), float(gap.std(ddof=1))
