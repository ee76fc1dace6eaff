"""What changed from one version of a pact to the next, word by word."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

Sections = list[dict[str, str]]
ISLAND = 4
"""So many words in a row have to stay for them to be shown as staying between two changes."""
WORDS = re.compile(r"\s+|[\w’'-]+|[^\w\s]")


@dataclass(frozen=True)
class Piece:
    """A run of words that stayed ("same"), came in ("new") or went out ("gone")."""

    kind: str
    words: str


@dataclass(frozen=True)
class Change:
    """One section that is not what it was."""

    title: str
    kind: str
    pieces: tuple[Piece, ...]


def changes(before: Sections, after: Sections) -> list[Change]:
    """The sections that differ, in the order of the new version; those taken out come last."""
    old = {section["key"]: section for section in before}
    new = {section["key"]: section for section in after}
    found = [_change(old.get(key), section) for key, section in new.items()]
    gone = [_change(section, None) for key, section in old.items() if key not in new]
    return [change for change in found + gone if change.kind != "same"]


def _change(old: dict[str, str] | None, new: dict[str, str] | None) -> Change:
    was, now = (old or {}).get("words", ""), (new or {}).get("words", "")
    title = (new or old or {})["title"]
    kind = "same" if was == now else "changed" if old and new else "new" if new else "gone"
    return Change(title, kind, tuple(pieces(was, now)))


def pieces(was: str, now: str) -> Iterator[Piece]:
    """The two texts as one, in runs of words; joining all but the new gives the old, all but the gone the new.

    A word or two that stayed between changes is shown as changed, too: torn sentences can't be read.
    """
    before, after = WORDS.findall(was), WORDS.findall(now)
    gone, new = "", ""
    for kind, start, end, first, last in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        old, own = "".join(before[start:end]), "".join(after[first:last])
        if kind != "equal" or ((gone or new) and end < len(before) and len(old.split()) < ISLAND):
            gone, new = gone + old, new + own
            continue
        yield from _changed(gone, new)
        yield Piece("same", old)
        gone, new = "", ""
    yield from _changed(gone, new)


def _changed(gone: str, new: str) -> Iterator[Piece]:
    if gone:
        yield Piece("gone", gone)
    if new:
        yield Piece("new", new)
