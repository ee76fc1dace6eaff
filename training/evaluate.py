"""Check the light coder on conversations it has not seen: `python -m training.evaluate --annomi PATH`."""

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import f1_score

from holdspace.listening.coder.model import HEADS, Head
from training import annomi, own
from training.learn import Floats, Lot, learned, lots, predicted

DRAWS = 1000
"""Bootstrap draws over videos."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one head said of every turn by folds: all arrays run over the turns."""

    head: str
    marked: bool
    codes: tuple[str, ...]
    truth: NDArray[np.int64]
    picked: NDArray[np.int64]
    chances: Floats
    sure: NDArray[np.bool_]
    videos: NDArray[np.str_]
    sessions: NDArray[np.str_]

    def score(self) -> float:
        """Macro-F1."""
        return float(f1_score(self.truth, self.picked, average="macro"))

    def interval(self) -> tuple[float, float]:
        """95% of macro-F1 when whole videos are drawn again."""
        rng = np.random.default_rng(7)
        names = np.unique(self.videos)
        tables = np.stack([self._table(self.videos == name) for name in names])
        drawn = [tables[rng.integers(0, len(names), len(names))].sum(axis=0) for _ in range(DRAWS)]
        low, high = np.quantile([_macro(table) for table in drawn], [0.025, 0.975])
        return float(low), float(high)

    def _table(self, rows: NDArray[np.bool_]) -> NDArray[np.int64]:
        size = len(self.codes)
        return np.bincount(self.truth[rows] * size + self.picked[rows], minlength=size * size).reshape(size, size)

    def p(self) -> Floats:
        """Probability given to the picked code."""
        return self.chances[np.arange(len(self.picked)), self.picked]

    def calibration_error(self, bins: int = 10) -> float:
        """Mean gap between p and how often it was right, over equally filled bins."""
        order = np.argsort(self.p(), kind="stable")
        right = (self.truth == self.picked).astype(float)
        gaps = [(abs(self.p()[some].mean() - right[some].mean()), len(some)) for some in np.array_split(order, bins)]
        return float(sum(gap * count for gap, count in gaps) / len(order))


def _macro(table: NDArray[np.int64]) -> float:
    hit, both = np.diag(table), table.sum(axis=0) + table.sum(axis=1)
    return float(np.mean(np.where(both > 0, 2 * hit / np.maximum(both, 1), 0)))


def outcomes(lot: Lot, marked: bool, folds: int = 5, inner: int = 4) -> dict[str, Outcome]:
    """Every turn judged by a model, calibration and all, that was made without its video."""
    found: dict[str, list[Outcome]] = {name: [] for name in HEADS[lot.role]}
    for learn, check in lot.folds(folds):
        model, part = learned(lot.part(learn), inner), lot.part(check)
        chances = predicted(model, part)
        for name, picked in model.picks(chances).items():
            found[name].append(_outcome(name, marked, model.heads[name], chances[name], picked, part))
    return {name: _joined(some) for name, some in found.items()}


def _outcome(name: str, marked: bool, head: Head, chances: Floats, picked: NDArray[np.int64], lot: Lot) -> Outcome:
    truth = np.array([head.codes.index(label) for label in lot.labels[name]])
    sure = chances[np.arange(len(picked)), picked] >= head.sure
    return Outcome(name, marked, head.codes, truth, picked, chances, sure, lot.videos, lot.sessions)


def _joined(some: Sequence[Outcome]) -> Outcome:
    arrays = ("truth", "picked", "chances", "sure", "videos", "sessions")
    return replace(some[0], **{name: np.concatenate([getattr(one, name) for one in some]) for name in arrays})


def everything(path: Path) -> dict[bool, dict[str, Outcome]]:
    """All heads, for text as written (True) and stripped of marks (False)."""
    some = annomi.conversations(path) + own.conversations()
    found: dict[bool, dict[str, Outcome]] = {True: {}, False: {}}
    for marked, heads in found.items():
        for lot in lots(some, marked).values():
            heads |= outcomes(lot, marked)
    return found


def line(one: Outcome) -> str:
    """One row of the table."""
    right, (low, high) = one.truth == one.picked, one.interval()
    when_sure = right[one.sure].mean() if one.sure.any() else float("nan")
    return (
        f"{one.head:<11}{'as written' if one.marked else 'stripped':<12}{one.score():.3f} [{low:.3f}, {high:.3f}]  "
        f"{right.mean():.3f}  {one.calibration_error():.3f}  {one.sure.mean():.2f}  {when_sure:.3f}"
    )


def classes(one: Outcome) -> Iterator[str]:
    """Sensitivity and specificity of each code."""
    for at, code in enumerate(one.codes):
        is_so, said = one.truth == at, one.picked == at
        found, left = (is_so & said).sum() / is_so.sum(), (~is_so & ~said).sum() / (~is_so).sum()
        yield f"    {code:<12} found {found:.3f} of {is_so.sum()}, left alone {left:.3f} of {(~is_so).sum()}"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--annomi", type=Path, required=True)
    parser.add_argument("--rates", action="store_true", help="also write the error rates the measures correct by")
    asked = parser.parse_args()
    found = everything(asked.annomi)
    print("head       text        macro-F1 [95%]        acc.   cal.e  sure  acc. when sure")
    for heads in found.values():
        for one in heads.values():
            print(line(one), *classes(one), sep="\n")
    if asked.rates:
        from training import rates

        print(f"written: {rates.write(found[True], found[False])}")


if __name__ == "__main__":
    main()
