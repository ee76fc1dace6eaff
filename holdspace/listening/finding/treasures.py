"""What a client is good at and what matters to them, in their own words: "I'm good with people", "I owe them that"."""

from collections.abc import Iterator

from holdspace.listening.values import CodedTurn, Kind, Suggestion

from .clauses import Sentence, clause_end, sentences
from .phrases import pattern
from .quoting import trimmed

PLAIN, DONE = 0.8, 0.7
"""How likely what was said outright is meant so, and what a deed with a good end shows; see docs/listen-json.md."""
LONG = 60
"""Words after which a run of speech without marks is cut at its clause."""


def treasures(coded: CodedTurn) -> Iterator[Suggestion]:
    """The strengths and values that a client's words show in this turn: whole sentences, neighbours as one."""
    if coded.role != "client":
        return
    waiting: tuple[Kind, int, int, float] | None = None
    for sentence in sentences(coded.turn.text):
        found = _in_sentence(sentence)
        if found and waiting and found[0] == waiting[0]:
            waiting = (waiting[0], waiting[1], found[2], max(waiting[3], found[3]))
            continue
        if waiting:
            yield _suggestion(coded, *waiting)
        waiting = found
    if waiting:
        yield _suggestion(coded, *waiting)


def _in_sentence(sentence: Sentence) -> tuple[Kind, int, int, float] | None:
    low = sentence.low
    if sentence.asks:
        return None
    ways: tuple[tuple[Kind, str, float], ...] = (
        ("value", "values.plain", PLAIN),
        ("strength", "strengths.plain", PLAIN),
    )
    for kind, place, p in ways:
        if hit := pattern(place).search(low):
            return kind, *_around(sentence, hit.start()), p
    did = pattern("strengths.did").search(low)
    if did and pattern("strengths.came").search(low, did.end()):
        return "strength", *_around(sentence, did.start()), DONE
    return None


def _around(sentence: Sentence, at: int) -> tuple[int, int]:
    """The whole sentence, or of a long bare one the clause from where it was found."""
    if not sentence.bare and sentence.low.count(" ") < LONG:
        return sentence.start, sentence.end
    return sentence.start + at, sentence.start + clause_end(sentence.low, at)


def _suggestion(coded: CodedTurn, kind: Kind, start: int, end: int, p: float) -> Suggestion:
    text = trimmed(coded.turn.text[start:end])
    return Suggestion(kind, text, "client", coded.turn.index, (start, end), p)
