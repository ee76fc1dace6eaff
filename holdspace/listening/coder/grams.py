"""Hashed word runs of a turn and its neighbours, as numbers from which no word can be read back."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zlib import crc32

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Hashes = NDArray[np.uint32]
    Rows = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Runs:
    """Hashed runs: `hashes[k]` stands in turn `rows[k]`; sorted by turn, no run twice in a turn."""

    rows: "Rows"
    hashes: "Hashes"
