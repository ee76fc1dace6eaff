"""Which labels of a file are its speakers: judged over the whole file, never from one line."""

from collections import Counter
from collections.abc import Sequence

from .names import LONGEST, bare, shape

Label = tuple[str, str] | None
"""A name and the words after it, or nothing of the kind."""


def labelled(line: str) -> Label:
    """Name and words of `Name: words`; None where the line has no such look (12:30, http://, a long sentence)."""
    line = line.lstrip(" \t->–—•*")
    at = _colon(line)
    if at < 1:
        return None
    label, rest = line[:at].strip(" *_"), line[at + 1 :].lstrip(" *_\t")
    if label[:1] in "[(" and label[-1:] in "])":
        label = label[1:-1].strip()
    if not label or (line[at] == ":" and line[at + 1 : at + 2].isdigit()) or line[at + 1 : at + 2] in ("/", ":"):
        return None
    return (label, rest) if shape(label) != "no" else None


def _colon(line: str) -> int:
    head = line[: LONGEST + 30]
    places = [place for place in (head.find(":"), head.find("：")) if place >= 0]
    return min(places, default=-1)


def bracketed(line: str) -> Label:
    """Name and words of `[Name] words` or `(Name) words`, the words perhaps on the next line."""
    line = line.strip()
    if line[:1] not in ("[", "("):
        return None
    end = line.find("]" if line[0] == "[" else ")", 1, LONGEST + 2)
    label = line[1:end].strip() if end > 1 else ""
    return (label, line[end + 1 :].lstrip(" :")) if label and shape(label) == "name" else None


def accepted(labels: Sequence[str | None], floor: float, once: bool = True) -> frozenset[str]:
    """The labels that are speakers, out of one label (or None) for each caption or paragraph.

    Where most lines are labelled, every name counts and so does any label that recurs; else names must recur and
    together label at least the share `floor` of the lines. Then a name seen `once` counts beside them, or not.
    """
    counts = Counter(name for label in labels if label and (name := bare(label)))
    names = {label for label in counts if shape(label) == "name"}
    regulars = {label for label, count in counts.items() if count > 1}
    if counts and _share(counts, names | regulars, labels) >= 0.6:
        return frozenset(names | regulars)
    steady = names & regulars
    if not steady or _share(counts, steady, labels) < floor:
        return frozenset()
    return frozenset(names if once else steady)


def recurring(labels: Sequence[str | None], few: bool) -> frozenset[str]:
    """Names that stand alone or in brackets, believed only where most captions have one and they come back.

    In a file of one to three captions nothing comes back; `few` says whether names are believed there.
    """
    counts = Counter(name for label in labels if label and (name := bare(label)) and shape(label) == "name")
    back = len(counts) <= len(labels) / 2 if len(labels) > 3 else few
    return frozenset(counts) if counts and back and _share(counts, set(counts), labels) >= 0.8 else frozenset()


def _share(counts: Counter[str], chosen: set[str], labels: Sequence[str | None]) -> float:
    return sum(counts[label] for label in chosen) / max(len(labels), 1)
