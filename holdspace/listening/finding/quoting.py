"""A found place as a suggestion: the person's own words, without hesitations and without the when."""

import re
from functools import cache

from holdspace.listening.values import CodedTurn, Role, Suggestion

from .clauses import Sentence, lowered
from .due import Place, recurs
from .phrases import group

DANGLING = re.compile(r"[\s,]+(?:to|for|by|on|at|in|until|from|over|the day|the night|some ?time)\s*$", re.IGNORECASE)
EDGES = " ,;:–—-"


@cache
def _noise() -> re.Pattern[str]:
    return re.compile(rf"(?:(?<=\s)|^)(?:,?\s*\b{group('promises.noise')}\b,?\s*)+", re.IGNORECASE)


def trimmed(said: str) -> str:
    """The words without hesitations, on one line."""
    quiet = " ".join(_noise().sub(" ", said).split())
    return re.sub(r"\s*(?:,\s*)+(?=[,.?!]|$)", "", quiet).strip(EDGES)


def promised(
    coded: CodedTurn,
    sentence: Sentence,
    span: Place,
    begin: int,
    due: Place | None,
    owner: Role,
    p: float,
    *,
    firm: bool = True,
) -> Suggestion:
    """The promise at `span` of the sentence; its deed begins at `begin`. All places count from the sentence's start."""
    text, at = coded.turn.text, sentence.start
    start, end = (at + place for place in span)
    deed, when = text[at + begin : end], None
    if due:
        when = text[at + due[0] : at + due[1]]
        start = min(start, at + due[0])
        if not recurs(lowered(when)) and deed != when:
            deed = DANGLING.sub("", deed.removesuffix(when))
    while text[start] in EDGES:
        start += 1
    said = trimmed(deed)
    return Suggestion("promise", said, owner, coded.turn.index, (start, end), round(p, 3), when, firm=firm)
