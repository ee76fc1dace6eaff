"""Putting marks back into bare words: where sentences end, and which of them ask."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .grams import STEP, Runs, edges, hashed, mixed, own
from .ready import Ready
from .words import Sentence

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from .grams import Hashes, Rows

PATTERNS = ((0,), (1,), (-1,), (2,), (0, 1), (-1, 0), (1, 2), (0, 1, 2), (-1, 0, 1), (-2, -1, 0))
"""Which words around a gap are looked at together; 0 stands before the gap, 1 after it."""
AROUND = 2
"""How many places a pattern reaches to either side."""


@dataclass(frozen=True, slots=True)
class Marks:
    """Weights int8 [buckets] times their step for gaps and for sentences, and the least chance to set a mark."""

    gaps: "NDArray[np.int8]"
    gap_step: float
    gap_bias: float
    gap_line: float
    asks: "NDArray[np.int8]"
    ask_step: float
    ask_bias: float
    ask_line: float

    def ends(self, turns: Sequence[Sequence[str]]) -> "NDArray[np.bool_]":
        """For every word of all turns in a row, whether a sentence ends after it."""
        import numpy as np

        rows, runs = gap_runs(turns)
        heavy = self.gaps[runs & np.uint32(len(self.gaps) - 1)].sum(axis=1) * self.gap_step + self.gap_bias
        last = np.append(rows[1:] != rows[:-1], True) if len(rows) else np.zeros(0, bool)
        ends: NDArray[np.bool_] = (heavy > self.gap_line) | last
        return ends

    def asking(self, sentences: Sequence[Sequence[str]]) -> "NDArray[np.bool_]":
        """For every sentence whether it asks."""
        import numpy as np

        found = np.full(len(sentences), self.ask_bias, dtype=np.float64)
        for runs in ask_runs(sentences):
            heavy = self.asks[runs.hashes & np.uint32(len(self.asks) - 1)] * runs.weights
            found += self.ask_step * np.bincount(runs.rows, heavy, len(sentences))
        asking: NDArray[np.bool_] = found > self.ask_line
        return asking

    def restored(self, turns: Sequence[Sequence[str]]) -> list[tuple[Sentence, ...]]:
        """The sentences of every turn, with "?" or "." as the words suggest."""
        ends = self.ends(turns).tolist()
        sentences: list[tuple[int, tuple[str, ...]]] = []
        at = 0
        for turn, words in enumerate(turns):
            begin = 0
            for place in range(len(words)):
                if ends[at + place]:
                    sentences.append((turn, tuple(words[begin : place + 1])))
                    begin = place + 1
            at += len(words)
        asking = self.asking([words for _, words in sentences]).tolist() if sentences else []
        found: list[list[Sentence]] = [[] for _ in turns]
        for (turn, words), asks in zip(sentences, asking, strict=True):
            found[turn].append(Sentence(words, "?" if asks else "."))
        return [tuple(some) for some in found]


def gap_runs(turns: Sequence[Sequence[str]]) -> "tuple[Rows, NDArray[np.uint32]]":
    """The turn of every word, and what stands around the gap after it: hashes [words, patterns]."""
    import numpy as np

    rows, hashes = hashed(turns)
    if not len(rows):
        return rows, np.zeros((0, len(PATTERNS)), np.uint32)
    near = {by: _moved(rows, hashes, by) for by in range(-AROUND, AROUND + 1)}
    found = []
    for salt, pattern in enumerate(PATTERNS):
        run = near[pattern[0]]
        for by in pattern[1:]:
            run = mixed(run, 0) + near[by] * np.uint32(STEP)
        found.append(mixed(run, 100 + salt))
    return rows, np.stack(found, axis=1)


def _moved(rows: "Rows", hashes: "Hashes", by: int) -> "Hashes":
    """The hash of the word `by` places on in the same turn, 1 past its end and 0 before its start."""
    import numpy as np

    at = np.arange(len(rows)) + by
    inside = np.clip(at, 0, len(rows) - 1)
    same = (at == inside) & (rows[inside] == rows)
    return np.where(same, hashes[inside], np.uint32(by > 0)).astype(np.uint32)


def ask_runs(sentences: Sequence[Sequence[str]]) -> tuple[Runs, Runs]:
    """Words, pairs and edges of sentences taken by themselves."""
    alone = [Ready(True, tuple(words), (Sentence(tuple(words), ""),)) for words in sentences]
    return own(alone), edges(alone)
