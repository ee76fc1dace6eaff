"""Goal attainment as one figure: a mirror of what two people agreed to look for, and no more."""

from collections.abc import Iterable
from math import sqrt

ALIKE = 0.3
"""How far goals of one person are taken to move together (Kiresuk and Sherman 1968)."""


def attainment(rated: Iterable[tuple[int, int]]) -> float | None:
    """T of (weight, level) pairs: 50 where all is as hoped; None while nothing was rated.

    T = 50 + 10 Σwx / √((1 − ρ)Σw² + ρ(Σw)²). The levels are steps and no distances, so T is compared with nobody's.
    """
    pairs = list(rated)
    if not pairs:
        return None
    weights = sum(weight for weight, _ in pairs)
    squares = sum(weight * weight for weight, _ in pairs)
    pulled = sum(weight * level for weight, level in pairs)
    return 50 + 10 * pulled / sqrt((1 - ALIKE) * squares + ALIKE * weights * weights)
