"""Sentences and clauses with their places, in punctuated text and in speech written down without any marks."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

END = re.compile(r"[.?!…]+[\"'”’)]*(?=\s|$)|\n+|\s+[–—]\s+|;\s")
ABBREVIATED = re.compile(r"\b(?:mr|mrs|ms|dr|prof|e\.g|i\.e|a\.m|p\.m|no|vs|st)\.$")
TURN_OF_TALK = re.compile(
    r"""
    ,?\s+(?:but|because|cause|cuz|although|though|whereas|unless|otherwise|which\ means)\b
    | ,?\s+(?:and|or|so|then)\s+(?:then\s+|maybe\s+|so\s+)?
        (?:i'?m?|i'll|i've|i'd|you|you'll|you're|we|we'll|we're|he|she|they|they'll|it|it's|that|that's|this|there|there's
        |what|how|see|hopefully|maybe|if|when|does|is|are|do)\b(?!\s+(?:when|if)\b)
    | ,\s*(?:i|i'll|i'm|i've|i'd|you|we|we'll|he|she|they|it|it's|that's|there's|so|then|ok|okay|right|alright|yeah|yes|no
        |you\ know|does|is|are|do|how|what|would|will|shall|thanks|thank|well|even|maybe|hopefully|if)\b
    | (?<!let)\s+you\ know\b
    | \s+(?:so|okay|ok|alright|anyway|yeah|yes|great|cool|um+|uh+|erm|thanks|thank\ you|i\ guess|i\ mean|i\ think
        |i'm\ just|i\ just|and\ then|and\ see|does\ that|is\ that|that\ would|that'll|that'd|that's|how\ does|how\ about
        |how's|what\ do|what\ about|what\ else|do\ you|are\ you|can\ we|shall\ we|now\ let's|let's)\b
    """,
    re.VERBOSE,
)


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
    small = (char.lower() if len(char.lower()) == 1 else char for char in text)
    return "".join(small).replace("’", "'").replace("‘", "'")  # noqa: RUF001


def sentences(text: str) -> Iterator[Sentence]:
    """The sentences of a turn in order, without the blanks around them."""
    low, begin = lowered(text), 0
    for end in END.finditer(low):
        if ABBREVIATED.search(low[begin : end.end()]):
            continue
        yield from _sentence(low, begin, end.end())
        begin = end.end()
    yield from _sentence(low, begin, len(low))


def _sentence(low: str, begin: int, end: int) -> Iterator[Sentence]:
    piece = low[begin:end]
    stripped = piece.strip()
    if stripped:
        start = begin + piece.index(stripped)
        yield Sentence(start, start + len(stripped), stripped, "?" in stripped[-3:])


def clause_end(low: str, begin: int, most: int = 28) -> int:
    """Where the clause that begins at `begin` ends in `low`: where the talk turns, or after `most` words."""
    stop = len(low)
    turn = TURN_OF_TALK.search(low, begin)
    if turn:
        stop = turn.start()
    words = list(re.finditer(r"\S+", low[begin:stop]))
    if len(words) > most:
        stop = begin + words[most - 1].end()
    return begin + len(low[begin:stop].rstrip(' .?!…,;:–—"”'))
