"""Stretches of a conversation as a transformer reads them: turns to be judged with what was said around them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MARK, END = "[CLS]", "[SEP]"
"""What stands before every turn, and at the end."""
LONGEST, HEAD = 96, 64
"""A longer turn is read by its first HEAD and its last pieces, LONGEST in all."""
FIRST, LAST = 14, 28
"""A coach's turn that is only read for what a client makes of it is read by so many pieces at its ends."""
SIZE = 192
"""Pieces of one window, about; a window of one long turn may hold more."""
BACK, AHEAD = 2, 1
EDGE = 12
"""So many turns around a doubtful one are read too, by so many pieces: those before by their last, the next by its
first."""
REACH = BACK + AHEAD
"""Wanted turns no further apart than this share a window; what stands further from any is not read."""

Read = tuple[int, list[int]]
"""A turn's place and the pieces of it that are read."""


@dataclass(frozen=True, slots=True)
class Window:
    """Turns that stand side by side and are read at once; `wanted` are the places to be judged."""

    turns: tuple[Read, ...]
    wanted: frozenset[int]


def clipped(pieces: list[int]) -> list[int]:
    """The pieces of a turn that are read."""
    return pieces if len(pieces) <= LONGEST else pieces[:HEAD] + pieces[HEAD - LONGEST :]


def trimmed(pieces: list[int]) -> list[int]:
    """The pieces that are read of a coach's turn which only stands beside a client's."""
    return pieces if len(pieces) <= FIRST + LAST else pieces[:FIRST] + pieces[-LAST:]


def windows(turns: Sequence[list[int]], wanted: Sequence[int]) -> Iterator[Window]:
    """The fewest windows, from left to right, in which all wanted turns stand with their neighbours."""
    waiting = sorted(wanted)
    while waiting:
        window = _window(turns, waiting)
        yield window
        waiting = [at for at in waiting if at > max(window.wanted)]


def _window(turns: Sequence[list[int]], waiting: Sequence[int]) -> Window:
    """The window that begins before the first of the waiting turns and holds as many more as have room."""
    first = last = waiting[0]
    room = SIZE - sum(min(len(turns[at]), EDGE) + 1 for at in _around(len(turns), first)) - len(turns[first]) - 1
    for at in waiting[1:]:
        room -= sum(len(turns[k]) + 1 for k in range(last + 1, at + 1))
        if room < 0 or at - last > REACH:
            break
        last = at
    before = [(at, turns[at][-EDGE:]) for at in range(max(0, first - BACK), first)]
    after = [(at, turns[at][:EDGE]) for at in range(last + 1, min(len(turns), last + 1 + AHEAD))]
    inside = [(at, turns[at]) for at in range(first, last + 1)]
    return Window((*before, *inside, *after), frozenset(at for at in waiting if at <= last))


def _around(count: int, at: int) -> list[int]:
    return [k for k in range(max(0, at - BACK), min(count, at + AHEAD + 1)) if k != at]


def arrays(
    window: Window, coach: Sequence[bool], mark: int, end: int
) -> "tuple[dict[str, NDArray[np.generic]], list[int]]":
    """What the graph takes in, and the pieces whose meanings it takes in besides.

    `roles` [pieces]; `kept`, the places of the pieces of wanted turns; `first` [wanted] and `pool` [wanted, kept],
    which say where among those a turn begins and over which its mean goes.
    """
    import numpy as np

    pieces: list[int] = []
    roles: list[int] = []
    kept: list[int] = []
    spans: list[tuple[int, int]] = []
    for at, some in window.turns:
        if at in window.wanted:
            spans.append((len(kept), len(kept) + len(some) + 1))
            kept += range(len(pieces), len(pieces) + len(some) + 1)
        pieces += [mark, *some]
        roles += [int(not coach[at])] * (len(some) + 1)
    pool = np.zeros((len(spans), len(kept)), np.float32)
    for row, (begin, stop) in enumerate(spans):
        pool[row, begin:stop] = 1 / (stop - begin)
    given: dict[str, NDArray[np.generic]] = {
        "roles": np.array([*roles, roles[-1]], np.int64),
        "kept": np.array(kept, np.int64),
        "first": np.array([begin for begin, _ in spans], np.int64),
        "pool": pool,
    }
    return given, [*pieces, end]
