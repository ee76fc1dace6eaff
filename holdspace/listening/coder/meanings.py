"""What words mean by themselves, summed up over a client's turn and those around it, for which way it leans."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from .model import Floats

AROUND = (0, -1, 1, -2, 2, -3)
"""The turns whose words count: the turn itself, three before it and two after."""
NEAR = 0.7
"""What a neighbour's meaning weighs beside the turn's own."""
COMMON, FIRST = 1e-3, 996
"""How common a word must be to count half, and where the vocabulary, which runs from common to rare, begins."""


@dataclass(frozen=True, slots=True)
class Words:
    """The meanings of word pieces: `whole` int8 [pieces, size] times `step` [pieces, 1]."""

    whole: "NDArray[np.int8]"
    step: "Floats"

    def of(self, pieces: Sequence[int]) -> "Floats":
        """The meanings [pieces, size] of some pieces."""
        at = list(pieces)
        found: Floats = self.whole[at] * self.step[at]
        return found

    def middle(self) -> "Floats":
        """The mean [size] over the whole vocabulary."""
        import numpy as np

        middle: Floats = (self.step[:, 0] @ self.whole.astype(np.float32) / len(self.whole)).astype(np.float32)
        return middle

    def turns(self, turns: Sequence[Sequence[int]], middle: "Floats") -> "Floats":
        """The meanings [turns, size] of whole turns, of length one or, where nothing was said, nought."""
        import numpy as np

        found = np.zeros((len(turns), len(middle)), np.float32)
        for row, pieces in enumerate(turns):
            if pieces:
                found[row] = rarity(pieces) @ (self.of(pieces) - middle)
        return found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-9)


def rarity(pieces: Sequence[int]) -> "Floats":
    """What each piece weighs [pieces], the less the more common it is."""
    import numpy as np

    rank = np.maximum(1, np.array(pieces) - FIRST)
    share = 1 / (rank * np.log(30_000))
    weight: Floats = (COMMON / (COMMON + share)).astype(np.float32)
    return weight


def with_neighbours(turns: "Floats", wanted: Sequence[int]) -> "Floats":
    """The wanted turns with those around them, side by side: [wanted, len(AROUND) · size]."""
    import numpy as np

    edge = max(map(abs, AROUND))
    padded = np.pad(turns, ((edge, edge), (0, 0)))
    at = np.array(wanted, np.int64) + edge
    return np.hstack([padded[at + by] * (NEAR if by else 1) for by in AROUND]).astype(np.float32)


@dataclass(frozen=True, slots=True)
class Lean:
    """Which way a client's words lean: `weights` [len(AROUND) · size, codes] and `bias` [codes], after `middle`."""

    words: Words
    middle: "Floats"
    weights: "Floats"
    bias: "Floats"

    def scores(self, turns: Sequence[Sequence[int]], wanted: Sequence[int]) -> "Floats":
        """Scores [wanted, codes] of some of the turns, which come as word pieces."""
        near = sorted({k for at in wanted for by in AROUND if 0 <= (k := at + by) < len(turns)})
        held = set(near)
        whole = self.words.turns([some if at in held else () for at, some in enumerate(turns)], self.middle)
        found: Floats = with_neighbours(whole, wanted) @ self.weights + self.bias
        return found
