"""Moments worth another look: at most five a conversation, each with its reason and never a verdict."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from .measures.moments import questions_in
from .values import CodedTurn, Glance, Suggestion

MOST, EACH = 5, 2
"""So many moments a conversation, and of one kind."""
BRIEF, LONG = 8, 80
"""A client's turn of so few words, and a coach's of so many."""
OPENED = 40
"""A client's turn of so many words, three times what came before, after a reflection that opened something."""
QUOTED = 60
"""Characters of a person's words that are quoted."""
ORDER = ("concern_met_with_advice", "opened", "long_after_short", "stacked", "concern_passed")
Found = tuple[float, Glance]


def moments(turns: Sequence[CodedTurn], suggestions: Sequence[Suggestion]) -> tuple[Glance, ...]:
    """The moments most worth looking at again, in the order of the conversation."""
    found = [*_concerns(suggestions, turns), *_stacked(turns), *_long(turns), *_opened(turns)]
    kept: list[Glance] = []
    for kind in ORDER:
        some = sorted((one for one in found if one[1].kind == kind), key=lambda one: (-one[0], one[1].turns))
        kept += [moment for _, moment in some[:EACH]]
    return tuple(sorted(kept[:MOST], key=lambda one: one.turns))


def _concerns(suggestions: Sequence[Suggestion], turns: Sequence[CodedTurn]) -> Iterator[Found]:
    for one in suggestions:
        if one.kind != "concern" or one.acknowledged is None or one.acknowledged:
            continue
        if one.met_with == "input":
            kind, then = "concern_met_with_advice", "what came next was information or advice"
        else:
            kind, then = "concern_passed", "the talk went on to something else"
        yield (
            one.p,
            Glance(kind, f"The client said {quoted(one.text)}, and {then}.", (one.turn, _after(one.turn, turns))),
        )


def _after(at: int, turns: Sequence[CodedTurn]) -> int:
    return next((one.turn.index for one in turns[at + 1 :] if one.role == "coach"), at)


def _stacked(turns: Sequence[CodedTurn]) -> Iterator[Found]:
    for coded in turns:
        count = questions_in(coded) if coded.role == "coach" else 0
        if count > 1:
            said = f"{_number(count)} questions came in one turn before there was room for an answer"
            yield count, Glance("stacked", f"{said}: {quoted(coded.turn.text)}.", (coded.turn.index,))


def _long(turns: Sequence[CodedTurn]) -> Iterator[Found]:
    for before, after in pairwise(turns):
        few, many = _words(before), _words(after)
        if before.role == "client" and after.role == "coach" and few <= BRIEF and many >= LONG:
            text = f"After {quoted(before.turn.text)} the coach spoke for {many} words."
            yield many, Glance("long_after_short", text, (before.turn.index, after.turn.index))


def _opened(turns: Sequence[CodedTurn]) -> Iterator[Found]:
    for first, coach, after in zip(turns, turns[1:], turns[2:], strict=False):
        code = coach.codes.get("reflection")
        if code is None or code.code != "reflection" or not code.sure or after.role != "client":
            continue
        before = _words(first) if first.role == "client" else 0
        if _words(after) >= max(OPENED, 3 * before):
            text = f"After {quoted(coach.turn.text)} the client went on for {_words(after)} words."
            yield _words(after), Glance("opened", text, (coach.turn.index, after.turn.index))


def _words(coded: CodedTurn) -> int:
    return len(coded.turn.text.split())


def _number(count: int) -> str:
    return {2: "Two", 3: "Three", 4: "Four", 5: "Five"}.get(count, str(count))


def quoted(text: str) -> str:
    """Somebody's words in quotation marks, cut at a word where they are long."""
    plain = " ".join(text.split()).rstrip(".")
    if len(plain) > QUOTED:
        plain = plain[:QUOTED].rpartition(" ")[0].rstrip(",;:–-") + " …"
    return f"“{plain}”"
