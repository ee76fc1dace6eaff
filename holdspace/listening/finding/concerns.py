"""Fears and doubts of a client, in the client's own words: "what if I'm not good enough"."""

import re
from collections.abc import Iterator

from holdspace.listening.values import CodedTurn, Suggestion

from .clauses import Sentence, clause_end, sentences
from .phrases import pattern, words
from .quoting import trimmed

CHANCES = {"plain": 0.93, "doubt": 0.88, "hint": 0.82}
"""How likely a phrase of each list is a concern; see docs/listen-json.md for where that was tried."""
JOINT = re.compile(r"[,;:–—]\s+|\b(?:but|and|so|because|cause|'cause|that|then)\s+")
BETWEEN = " .?!…,\"'”"
LONG = 32
"""Words from which a sentence is quoted by its clause."""


def concerns(coded: CodedTurn) -> Iterator[Suggestion]:
    """The fears and doubts a client voices in this turn; sentences that follow on each other make one."""
    if coded.role != "client":
        return
    text = coded.turn.text
    waiting: tuple[int, int, float] | None = None
    for found in filter(None, map(_in_sentence, sentences(text))):
        if waiting and not text[waiting[1] : found[0]].strip(BETWEEN):
            waiting = (waiting[0], found[1], max(waiting[2], found[2]))
            continue
        if waiting:
            yield _suggestion(coded, waiting)
        waiting = found
    if waiting:
        yield _suggestion(coded, waiting)


def _in_sentence(sentence: Sentence) -> tuple[int, int, float] | None:
    """Place and chance of the concern in a sentence: the whole sentence, or its clause where it is long or bare."""
    low = sentence.low
    hits = [(hit, p) for kind, p in CHANCES.items() if (hit := _own(low, pattern(f"concerns.{kind}")))]
    if not hits:
        return None
    p = min(0.97, max(p for _, p in hits) + 0.02 * (len(hits) - 1))
    if not sentence.bare and low.count(" ") < LONG:
        return sentence.start, sentence.end, p
    first = min((hit for hit, _ in hits), key=lambda hit: hit.start())
    last = max((hit for hit, _ in hits), key=lambda hit: hit.end())
    if low.count(" ", first.start(), last.end()) > LONG:
        last = first
    return sentence.start + _clause_start(low, first.start()), sentence.start + clause_end(low, last.end()), p


def _clause_start(low: str, at: int) -> int:
    """Where the clause around `at` begins: after the last comma or joining word before it."""
    joints = list(JOINT.finditer(low, max(0, at - 60), at))
    return joints[-1].end() if joints else at


def _own(low: str, fears: re.Pattern[str]) -> re.Match[str] | None:
    """The first phrase the speaker means now and of themself: not denied, not over, not somebody else's."""
    return next((hit for hit in fears.finditer(low) if not _denied(low, hit)), None)


def _denied(low: str, hit: re.Match[str]) -> bool:
    start, end = hit.span()
    return bool(
        words("concerns.against").search(low, max(0, start - 40), end + 60)
        or pattern("concerns.now_well").search(low, start)
        or pattern("concerns.then").match(low, start)
        or re.search(r"\b(?:i was|was just)\s*$", low[:start])
        or pattern("concerns.others").search(low[max(0, start - 60) : start])
    )


def _suggestion(coded: CodedTurn, found: tuple[int, int, float]) -> Suggestion:
    start, end, p = found
    text = trimmed(coded.turn.text[start:end])
    return Suggestion("concern", text, "client", coded.turn.index, (start, end), round(p, 3))
