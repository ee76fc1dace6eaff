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


def accepted(labels: Sequence[str | None], floor: float) -> frozenset[str]:
    """The labels that are speakers, out of one label (or None) for each caption or paragraph.

    Where most lines are labelled, every name counts and so does any label that recurs;
    else only names that recur and together label at least the share `floor` of the lines.
    """
    counts = Counter(name for label in labels if label and (name := bare(label)))
    if not counts:
        return frozenset()
    names = {label for label in counts if shape(label) == "name"}
    regulars = {label for label, count in counts.items() if count > 1}
    if _share(counts, names | regulars, labels) >= 0.6:
        return frozenset(names | regulars)
    steady = names & regulars
    return frozenset(steady) if steady and _share(counts, steady, labels) >= floor else frozenset()


def recurring(labels: Sequence[str | None], share: float) -> frozenset[str]:
    """Names that stand alone or in brackets, believed only where `share` of all captions have one and they recur."""
    counts = Counter(name for label in labels if label and (name := bare(label)) and shape(label) == "name")
    known = frozenset(counts)
    often = len(labels) < 4 or len(counts) <= len(labels) / 2
    return known if counts and often and _share(counts, set(known), labels) >= share else frozenset()


def _share(counts: Counter[str], chosen: set[str], labels: Sequence[str | None]) -> float:
    return sum(counts[label] for label in chosen) / max(len(labels), 1)
