"""How many of everything: all of it, unless PROVE_SHARE says which part (0.01 while one builds)."""

import os

SHARE = float(os.environ.get("PROVE_SHARE", "1"))


def amount(full: int, least: int = 1) -> int:
    """The number to run of a floor whose full form has this many."""
    return max(least, round(full * SHARE))
