"""One row per question, and the table they make."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One thing measured: ours, the peer's where there is one, and what to know about it."""

    what: str
    ours: str
    peer: str = "–"
    ratio: str = "–"
    note: str = ""


def cpu(deed: Callable[[], object], times: int = 5) -> float:
    """Median CPU seconds of a deed, after one that isn't counted."""
    deed()
    spent = []
    for _ in range(times):
        start = time.process_time()
        deed()
        spent.append(time.process_time() - start)
    return statistics.median(spent)


def wall(deed: Callable[[], object], times: int = 5) -> float:
    """Median wall seconds of a deed, after one that isn't counted."""
    deed()
    spent = []
    for _ in range(times):
        start = time.perf_counter()
        deed()
        spent.append(time.perf_counter() - start)
    return statistics.median(spent)


def draw(rows: list[Row]) -> str:
    """The table as aligned text."""
    lines = [("what", "ours", "peer", "ratio", "note")]
    lines += [(row.what, row.ours, row.peer, row.ratio, row.note) for row in rows]
    widths = [max(len(line[column]) for line in lines) for column in range(4)]
    return "\n".join(
        "  ".join([*(cell.ljust(width) for cell, width in zip(line, widths, strict=False)), line[4]]).rstrip()
        for line in lines
    )
