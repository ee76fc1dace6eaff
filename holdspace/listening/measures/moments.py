"""Single moments: questions stacked in one turn, and the pause after a question."""

import re
from collections.abc import Sequence
from itertools import pairwise

from holdspace.listening.intervals import middle, wilson
from holdspace.listening.values import CodedTurn, Measure, Stamps

from .behaviour import has
from .figures import LEAST, hidden, scaled, shown, too_few

ASKING = ("question", "open", "closed")
"""Codes of acts that ask."""
MARK = re.compile(r"\?+")
QUESTION = re.compile(r"[^.?!]*\?+")
LONG = 3.0
"""Seconds from which a pause is called long."""


def questions_in(coded: CodedTurn) -> int:
    """How many questions a turn asks: the question marks in what it asks, or without any the stretches that ask."""
    if not has(coded, "question"):
        return 0
    spans = _asking(coded)
    return sum(len(MARK.findall(span)) for span in spans) or len(spans)


def asked_in(coded: CodedTurn) -> tuple[str, ...]:
    """The questions of a turn in its own words: its sentences with a question mark, or what asks without one."""
    spans = _asking(coded)
    found = tuple(said.strip() for span in spans for said in QUESTION.findall(span))
    return found or tuple(span.strip() for span in spans)


def _asking(coded: CodedTurn) -> list[str]:
    """The stretches of a turn that ask; the whole turn where the coder does not part it."""
    text = coded.turn.text
    return [text[act.start : act.end] for act in coded.acts if act.code in ASKING] or [text]


def stacked(turns: Sequence[CodedTurn]) -> Measure:
    """Coach turns that ask two questions or more before any answer, for every ten coach turns."""
    name, coach = "stacked_per_10", [coded for coded in turns if coded.role == "coach"]
    hits = [coded.turn.index for coded in coach if questions_in(coded) > 1]
    if len(coach) < LEAST:
        return hidden(name, too_few(len(coach), "coach turns"), len(coach), hits, len(hits))
    return shown(name, scaled(wilson(len(hits), len(coach)), 10), len(coach), hits, len(hits))


def gaps(turns: Sequence[CodedTurn], stamps: Stamps) -> list[Measure]:
    """The pause between a coach's question and the client's answer, only where stamps are finer than a second."""
    names = ("gap_after_question", "long_gap_share")
    if stamps != "fine":
        reason = "No stamps." if stamps == "none" else "The stamps are whole seconds, too coarse for pauses."
        return [hidden(name, reason, 0, ()) for name in names]
    found = _gaps(turns)
    waits, behind = [wait for _, wait in found], [index for index, _ in found]
    long = [index for index, wait in found if wait >= LONG]
    if len(found) < LEAST:
        reason = too_few(len(found), "answered questions with stamps")
        return [hidden(names[0], reason, len(found), behind), hidden(names[1], reason, len(found), long, len(long))]
    return [
        shown(names[0], middle(waits), len(found), behind),
        shown(names[1], wilson(len(long), len(found)), len(found), long, len(long)),
    ]


def _gaps(turns: Sequence[CodedTurn]) -> list[tuple[int, float]]:
    """(turn that answers, seconds it waited) for every coach question that the client answers next."""
    return [
        (after.turn.index, after.turn.start - before.turn.end)
        for before, after in pairwise(turns)
        if before.role == "coach"
        and has(before, "question")
        and after.role == "client"
        and before.turn.end is not None
        and after.turn.start is not None
    ]
