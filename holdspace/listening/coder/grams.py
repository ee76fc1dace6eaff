"""Hashed word runs of turns and their neighbours: numbers from which no word can be read back."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zlib import crc32

from .ready import Ready

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Hashes = NDArray[np.uint32]
    Rows = NDArray[np.int64]

STEP, TURN_1, TURN_2 = 2654435761, 0x2C1B3C6D, 0x297A2D39
ONE, TWO, EDGE, BEFORE, AFTER = 1, 2, 3, 4, 5
"""What keeps single words, pairs, edges and the neighbours' runs apart in one table."""


@dataclass(frozen=True, slots=True)
class Runs:
    """Hashed runs: run `hashes[k]` weighs `weights[k]` in turn `rows[k]`.

    `places[k]` and `lengths[k]` say which words of the turn they are; length 0 is an edge or a neighbour's run.
    """

    rows: "Rows"
    hashes: "Hashes"
    weights: "NDArray[np.float32]"
    places: "NDArray[np.int32]"
    lengths: "NDArray[np.int8]"


def mixed(hashes: "Hashes", salt: int) -> "Hashes":
    """The hashes stirred with a salt, so that one word counts apart in another place."""
    import numpy as np

    found = hashes + np.uint32(salt * 7919)
    found ^= found >> np.uint32(15)
    found *= np.uint32(TURN_1)
    found ^= found >> np.uint32(12)
    found *= np.uint32(TURN_2)
    found ^= found >> np.uint32(15)
    return found


def edges_of(turn: Ready) -> list[str]:
    """How the turn and each of its sentences begin and end, as text to be hashed at once."""
    words = turn.words
    found = ["^" + " ".join(words[:k]) for k in (1, 2, 3) if len(words) >= k]
    found += ["$" + " ".join(words[-k:]) for k in (1, 2) if len(words) >= k]
    for sentence in turn.sentences if any(sentence.mark for sentence in turn.sentences) else ():
        some, mark = sentence.words, sentence.mark
        found += [f"{mark}^" + " ".join(some[:k]) for k in (1, 2, 3) if len(some) >= k]
        found += [f"{mark}$" + " ".join(some[-k:]) for k in (1, 2) if len(some) >= k]
    if found and turn.sentences:
        last = turn.sentences[-1]
        found += [f"!{last.mark}^" + " ".join(last.words[:k]) for k in (1, 2)]
    return found


def hashed(lists: Sequence[Sequence[str]]) -> "tuple[Rows, Hashes]":
    """Every word's hash in a row, and the list it stands in."""
    import numpy as np

    seen: dict[str, int] = {}
    for some in lists:
        for word in some:
            if word not in seen:
                seen[word] = crc32(word.encode())
    counts = np.fromiter((len(some) for some in lists), dtype=np.int64, count=len(lists))
    hashes = np.array([seen[word] for some in lists for word in some], dtype=np.uint32)
    return np.repeat(np.arange(len(lists)), counts), hashes


def _block(parts: "Iterable[tuple[Rows, Hashes, NDArray[np.int32], int]]", turns: int) -> Runs:
    """One block of runs, each once a turn, together of length one in every turn."""
    import numpy as np

    kept = list(parts)
    rows = np.concatenate([part[0] for part in kept])
    hashes = np.concatenate([part[1] for part in kept])
    places = np.concatenate([part[2] for part in kept])
    lengths = np.concatenate([np.full(len(part[0]), part[3], dtype=np.int8) for part in kept])
    _, first = np.unique(rows << 32 | hashes.astype(np.int64), return_index=True)
    rows = rows[first]
    counts = np.maximum(np.bincount(rows, minlength=turns), 1)
    weights = (1 / np.sqrt(counts[rows])).astype(np.float32)
    return Runs(rows, hashes[first], weights, places[first], lengths[first])


def own(turns: Sequence[Ready]) -> Runs:
    """Single words and pairs of every turn."""
    import numpy as np

    rows, hashes = hashed([turn.words for turn in turns])
    starts = np.searchsorted(rows, np.arange(len(turns)))
    places = (np.arange(len(rows)) - starts[rows]).astype(np.int32) if len(rows) else np.zeros(0, np.int32)
    same = rows[:-1] == rows[1:]
    pairs = mixed(mixed(hashes[:-1], 0) + hashes[1:] * np.uint32(STEP), TWO)[same]
    return _block([(rows, mixed(hashes, ONE), places, 1), (rows[:-1][same], pairs, places[:-1][same], 2)], len(turns))


def edges(turns: Sequence[Ready]) -> Runs:
    """How turns and sentences begin and end."""
    import numpy as np

    rows, hashes = hashed([edges_of(turn) for turn in turns])
    return _block([(rows, mixed(hashes, EDGE), np.zeros(len(rows), np.int32), 0)], len(turns))


def beside(runs: Runs, by: int, salt: int, weight: float, turns: int) -> Runs:
    """The runs of the turn `by` places earlier (or later, when negative), lighter and apart from a turn's own."""
    import numpy as np

    rows = runs.rows + by
    kept = (rows >= 0) & (rows < turns)
    return Runs(
        rows[kept],
        mixed(runs.hashes[kept], salt),
        runs.weights[kept] * np.float32(weight),
        runs.places[kept],
        np.zeros(int(kept.sum()), np.int8),
    )


NEAR = 0.5
"""How much a neighbour's words weigh beside a turn's own."""


def own_runs(turns: Sequence[Ready]) -> tuple[Runs, Runs]:
    """The turns' own words and pairs, and their edges."""
    return own(turns), edges(turns)


def neighbours(blocks: Iterable[Runs], turns: int) -> Iterator[Runs]:
    """The same runs as the turn after and the turn before see them."""
    for block in blocks:
        yield beside(block, 1, BEFORE, NEAR, turns)
        yield beside(block, -1, AFTER, NEAR, turns)
