"""From turns made ready to scores, a batch at a time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .grams import Runs, runs_of
from .model import Model
from .ready import Ready
from .signs import signs_of

if TYPE_CHECKING:
    from .model import Floats

BATCH = 1000
"""Turns weighed at once, which bounds the memory of a very long file."""
BACK, AHEAD = 6, 1
"""How many turns before and after a turn may count."""


@dataclass(frozen=True, slots=True)
class Scored:
    """Scores [places, columns] of some places among the turns, and what they are made of.

    `level` holds the signs [places, signs]; `runs` the words and pairs of those turns with `rows` counting places,
    `added` what each run added [runs, columns].
    """

    places: tuple[int, ...]
    scores: "Floats"
    level: "Floats"
    runs: Runs
    added: "Floats"


def scored(model: Model, turns: Sequence[Ready], wanted: Sequence[int]) -> Iterator[Scored]:
    """Scores for the wanted places, in order, a batch at a time."""
    for begin in range(0, len(wanted), BATCH):
        places = wanted[begin : begin + BATCH]
        low, high = max(0, places[0] - BACK), min(len(turns), places[-1] + AHEAD + 1)
        yield _batch(model, turns[low:high], places, low)


def _batch(model: Model, turns: Sequence[Ready], places: Sequence[int], low: int) -> Scored:
    import numpy as np

    place = np.full(len(turns), -1, dtype=np.int64)
    place[np.array(places) - low] = np.arange(len(places))
    level = model.levelled([signs_of(turns, at - low) for at in places])
    scores = level @ model.signs + model.bias
    blocks = [_only(block, place) for block in runs_of(turns)]
    added = [model.weighed(block) for block in blocks]
    for block, some in zip(blocks, added, strict=True):
        present, first = np.unique(block.rows, return_index=True)
        if len(present):
            scores[present] += np.add.reduceat(some, first, axis=0)
    return Scored(tuple(places), scores, level, blocks[0], added[0])


def _only(runs: Runs, place: "Floats") -> Runs:
    kept = place[runs.rows] >= 0
    return Runs(place[runs.rows[kept]], runs.hashes[kept], runs.weights[kept], runs.places[kept], runs.lengths[kept])
