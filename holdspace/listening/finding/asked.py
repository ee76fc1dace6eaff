"""Requests and offers that the other accepts: "Could you draft two points before next time?" – "Yes, I'll do that"."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from holdspace.listening.values import CodedTurn, Role, Suggestion

from .actions import STRONG, deed
from .clauses import Sentence, clause_end, in_quotes, lowered, sentences
from .due import due_in
from .phrases import pattern, words
from .promises import after_filler
from .quoting import promised

OPENING = r"^[\s,]*(?:(?:oh|um+|uh+|mm+|hm+|ok|okay|well|right|alright),?\s+)*"
CLOSED = r"(?![\w'])"
YOU = re.compile(r"\byou(?:r|rs)?\b")


def accepted(turns: Sequence[CodedTurn]) -> Iterator[Suggestion]:
    """Promises that stand in one person's request or offer and the other's yes; the place is in the request's turn."""
    for before, after in pairwise(turns):
        if {before.role, after.role} == {"coach", "client"} and says_yes(after.turn.text):
            yield from _last_asked(before, after.role)


def says_yes(text: str) -> bool:
    """Whether an answer accepts without taking it back."""
    low = lowered(text)
    yes = pattern("asked.accepted", OPENING, CLOSED).match(low)
    return yes is not None and not words("asked.refused").search(low, yes.end(), yes.end() + 90)


def _last_asked(coded: CodedTurn, other: Role) -> Iterator[Suggestion]:
    """Only the last sentence or two of a turn are what an answer answers."""
    request = pattern("asked.request", r"\b", CLOSED)
    offer = pattern("asked.offer", r"(?<!that )(?<!who )(?<!what )(?<!which )\b", CLOSED)
    for sentence in list(sentences(coded.turn.text))[-2:]:
        yield from _asked(coded, sentence, request.finditer(sentence.low), other)
        yield from _asked(coded, sentence, offer.finditer(sentence.low), coded.role)


def _asked(coded: CodedTurn, sentence: Sentence, anchors: Iterator[re.Match[str]], owner: Role) -> Iterator[Suggestion]:
    """The first deed asked for or offered in a sentence."""
    low = sentence.low
    for anchor in anchors:
        begin, _ = after_filler(low, anchor.end())
        end = clause_end(low, begin)
        due = due_in(low, begin, end)
        p = deed(low, begin, end, dated=due is not None) or 0.0
        offered = owner == coded.role
        if not p or (p < STRONG and due is None) or (offered and not YOU.search(low, begin, end)):
            continue
        if not _supposed(low, anchor.start(), end):
            chance = min(0.95, p + (0.04 if due else -0.1))
            yield promised(coded, sentence, (anchor.start(), end), begin, due, owner, chance)
            return


def _supposed(low: str, begin: int, end: int) -> bool:
    """Whether the asking stands in a quotation or under a condition."""
    around = low[max(0, begin - 60) : end + 12]
    return in_quotes(low[:begin]) or words("asked.supposing").search(around) is not None
