"""Sentences and clauses with their places, in punctuated text and in speech written down without any marks."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from .phrases import group, pattern

END = re.compile(r"[.?!…]+[\"'”’)]*(?=\s|$)|\n+|\s[–—]\s|;\s")
MOST = 28
"""Words after which a clause is cut, wherever it is."""
RUN_ON = 2000
"""Characters after which a sentence is cut, so that no text takes long."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a turn: its place and its words in lower case with straight apostrophes."""

    start: int
    end: int
    low: str
    asks: bool

    @property
    def bare(self) -> bool:
        """Whether this looks like speech written down without marks: long, or unended, with hardly a comma."""
        words = self.low.count(" ") + 1
        return words > 12 and self.low.count(",") * 15 < words and self.low[-1:] not in ".?!…"


def lowered(text: str) -> str:
    """Lower case and straight apostrophes, character for character, so that every place stays the same."""
    small = text.lower()
    if len(small) != len(text):
        small = "".join(char.lower() if len(char.lower()) == 1 else char for char in text)
    return small.replace("’", "'").replace("‘", "'")


def sentences(text: str) -> Iterator[Sentence]:
    """The sentences of a turn in order, without the blanks around them."""
    low, begin = lowered(text), 0
    for end in END.finditer(low):
        if pattern("clauses.abbreviated", r"\b", r"\.$").search(low, max(begin, end.end() - 8), end.end()):
            continue
        yield from _sentence(low, begin, end.end())
        begin = end.end()
    yield from _sentence(low, begin, len(low))


def _sentence(low: str, begin: int, end: int) -> Iterator[Sentence]:
    """The words from `begin` to `end` as one sentence; what runs on for too long is cut, at a blank if it can be."""
    while end - begin > RUN_ON:
        blank = low.rfind(" ", begin + 1, begin + RUN_ON)
        cut = blank if blank > begin else begin + RUN_ON
        yield from _sentence(low, begin, cut)
        begin = cut
    piece = low[begin:end]
    stripped = piece.strip()
    if stripped:
        start = begin + piece.index(stripped)
        yield Sentence(start, start + len(stripped), stripped, "?" in stripped[-3:])


@cache
def _turn_of_talk() -> re.Pattern[str]:
    """Where one clause ends and the next begins."""
    return re.compile(
        rf",?\s+{group('clauses.opposing')}\b"
        rf"|,?\s+(?:and|or|so|then)\s+(?:then\s+|maybe\s+|so\s+)?{group('clauses.joined')}\b(?!\s+(?:when|if)\b)"
        rf"|,\s*{group('clauses.after_comma')}\b"
        r"|(?<!let)\s+you know\b"
        rf"|\s+{group('clauses.bare')}\b"
    )


def clause_end(low: str, begin: int) -> int:
    """Where the clause that begins at `begin` ends in `low`: where the talk turns, or after `MOST` words."""
    turn = _turn_of_talk().search(low, begin)
    stop = turn.start() if turn else len(low)
    words = list(re.finditer(r"\S+", low[begin:stop]))
    if len(words) > MOST:
        stop = begin + words[MOST - 1].end()
    return begin + len(low[begin:stop].rstrip(' .?!…,;:–—"”'))


def in_quotes(before: str) -> bool:
    """Whether a quotation is open at the end of these words."""
    return before.count("“") > before.count("”") or before.count('"') % 2 == 1


def marks_of(before: str) -> str:
    """The shortest words with the same quotations open as these: what `in_quotes` needs to know of them."""
    straight = '"' * (before.count('"') % 2)
    return straight + "“" * max(0, before.count("“") - before.count("”"))
