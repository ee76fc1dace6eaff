"""Who spoke when: one stretch for each turn along the session, by the clock or, without stamps, by words."""

from dataclasses import dataclass
from typing import Literal

from .measures import words_in
from .values import CodedTurn, Heard, Role

LATE = 600.0
"""Seconds from which a first stamp is taken as a clock on the wall, not as time since the session began."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """One turn along the session; `start` and `end` in `unit`s from the beginning of the session."""

    turn: int
    role: Role
    speaker: str
    start: float
    end: float
    words: int
    unit: Literal["seconds", "words"]


def timeline(heard: Heard) -> tuple[Stretch, ...]:
    """Stretches of all turns with words or time, in order.

    By the clock when every turn has a start: an end that is missing is the next start, and stamps that go backwards
    never make a stretch of negative length. Otherwise by words spoken, one after another.
    """
    stamped = bool(heard.turns) and all(coded.turn.start is not None for coded in heard.turns)
    return _by_clock(heard.turns) if stamped else _by_words(heard.turns)


def _by_clock(turns: tuple[CodedTurn, ...]) -> tuple[Stretch, ...]:
    origin = min(coded.turn.start or 0.0 for coded in turns)
    origin = origin if origin >= LATE else 0.0
    starts = [(coded.turn.start or 0.0) - origin for coded in turns]
    found = []
    for place, coded in enumerate(turns):
        start = starts[place]
        following = starts[place + 1] if place + 1 < len(turns) else start
        end = following if coded.turn.end is None else coded.turn.end - origin
        found.append(_stretch(coded, start, max(start, end), "seconds"))
    return tuple(found)


def _by_words(turns: tuple[CodedTurn, ...]) -> tuple[Stretch, ...]:
    found, at = [], 0
    for coded in turns:
        words = words_in(coded.turn.text)
        found.append(_stretch(coded, at, at + words, "words"))
        at += words
    return tuple(found)


def _stretch(coded: CodedTurn, start: float, end: float, unit: Literal["seconds", "words"]) -> Stretch:
    turn = coded.turn
    return Stretch(turn.index, coded.role, turn.speaker or "", start, end, words_in(turn.text), unit)
