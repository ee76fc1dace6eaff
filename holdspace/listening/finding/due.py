"""The words that say when: "by Friday", "before next time", "tomorrow evening"."""

import re

from .phrases import words

RECURRING = re.compile(r"\b(?:every|each|once|twice|times|a|per)\b(?! (?:few|couple|week on))")

Place = tuple[int, int]


def recurs(when: str) -> bool:
    """Whether the words name a rhythm ("twice a week") rather than a day."""
    return RECURRING.match(when) is not None


def due_in(low: str, begin: int, end: int) -> Place | None:
    """Where the words that say when stand in `low` between `begin` and `end`; None where nothing says it.

    The last such words count, for speakers put the when at the end; with those right before them they are one.
    """
    found = list(words("when.due").finditer(low, begin, end))
    if not found:
        return None
    first = last = found[-1]
    for one in reversed(found[:-1]):
        if low[one.end() : first.start()].strip(" ,") in ("", "or", "and"):
            first = one
    blank = len(first.group()) - len(first.group().lstrip())
    return first.start() + blank, last.end()


def due_before(low: str, at: int) -> Place | None:
    """Words that say when, right before `at`: "Before next time I'll …"."""
    due = due_in(low, max(0, at - 60), at)
    return due if due and not low[due[1] : at].strip(" ,-so") else None
