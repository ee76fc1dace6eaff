"""From turns made ready to scores, a batch at a time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .grams import Runs, neighbours, own_runs
from .model import Model
from .ready import Ready
from .signs import BACK, Around, around, signs_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from .model import Floats

BATCH = 1000
"""Turns weighed at once, which bounds the memory of a very long file."""


@dataclass(frozen=True, slots=True)
class Scored:
    """Scores [places, columns] of some places among the turns, and what they are made of.

    `raw` and `level` hold the signs [places, signs], as seen and levelled; `near` what the neighbours' words
    added [places, columns]; `words` the turns' own words and pairs, their `rows` counting places, which added
    `added` [runs, columns].
    """

    places: tuple[int, ...]
    around: tuple[Around, ...]
    scores: "Floats"
    raw: tuple[list[float], ...]
    level: "Floats"
    near: "Floats"
    words: Runs
    added: "Floats"


def scored(model: Model, turns: Sequence[Ready], wanted: Sequence[int]) -> Iterator[Scored]:
    """Scores for the wanted places, in order, a batch at a time."""
    for begin in range(0, len(wanted), BATCH):
        places = wanted[begin : begin + BATCH]
        low, high = max(0, places[0] - BACK), min(len(turns), places[-1] + 2)
        yield _batch(model, turns[low:high], places, low)


def _batch(model: Model, turns: Sequence[Ready], places: Sequence[int], low: int) -> Scored:
    import numpy as np

    place = np.full(len(turns), -1, dtype=np.int64)
    place[np.array(places) - low] = np.arange(len(places))
    beside = tuple(around(turns, at - low) for at in places)
    raw = tuple(signs_of(turns[at - low], one) for at, one in zip(places, beside, strict=True))
    level = model.levelled(raw)
    words, edges = own_runs(turns)
    near = np.zeros((len(places), len(model.step)), dtype=np.float32)
    for block in neighbours((words, edges), len(turns)):
        kept = _only(block, place)
        add(near, kept.rows, model.weighed(kept))
    words, edges = _only(words, place), _only(edges, place)
    added = model.weighed(words)
    scores = level @ model.signs + model.bias + near
    add(scores, words.rows, added)
    add(scores, edges.rows, model.weighed(edges))
    return Scored(tuple(places), beside, scores, raw, level, near, words, added)


def alone(model: Model, spans: Sequence[Ready], whole: Sequence[int], some: Scored) -> "Floats":
    """Scores [spans, columns] of spans, each standing where turn `whole[k]` of the batch stands."""
    level = model.levelled([signs_of(span, some.around[at]) for span, at in zip(spans, whole, strict=True)])
    scores = level @ model.signs + model.bias + some.near[list(whole)]
    for block in own_runs(spans):
        add(scores, block.rows, model.weighed(block))
    return scores


def add(scores: "Floats", rows: "NDArray[np.int64]", added: "Floats") -> None:
    """Add to each row of scores what its runs bring; rows must come in order."""
    import numpy as np

    present, first = np.unique(rows, return_index=True)
    if len(present):
        scores[present] += np.add.reduceat(added, first, axis=0)


def _only(runs: Runs, place: "NDArray[np.int64]") -> Runs:
    kept = place[runs.rows] >= 0
    return Runs(place[runs.rows[kept]], runs.hashes[kept], runs.weights[kept], runs.places[kept], runs.lengths[kept])
