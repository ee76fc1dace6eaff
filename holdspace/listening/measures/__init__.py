"""Measures: what happened in a conversation, in figures that show their interval, count, caveat and lines."""

from collections.abc import Mapping, Sequence

from holdspace.listening.intervals import Errors
from holdspace.listening.values import CodedTurn, Measure, Stamps

from .amounts import amounts, words_in
from .behaviour import behaviour
from .captions import CAPTIONS
from .moments import asked_in, gaps, questions_in, stacked

__all__ = ["CAPTIONS", "asked_in", "measure", "questions_in", "words_in"]


def measure(turns: Sequence[CodedTurn], stamps: Stamps, rates: Mapping[str, Errors]) -> tuple[Measure, ...]:
    """Every measure of a coded conversation, in the order a page shows them.

    `rates` are the coder's error rates by head (`question`, `reflection`, `input`, `advice`, and `open` among
    questions); a head that is missing is shown uncorrected. Codes count at the coder's best guess, the unsure ones
    too: leaving those out would bend every share, while the correction was measured on best guesses.
    A figure whose denominator is under 10 has value None and a reason. Raises nothing for any coded turns.
    """
    found = [*behaviour(turns, rates), stacked(turns), *amounts(turns), *gaps(turns, stamps)]
    order = list(CAPTIONS)
    return tuple(sorted(found, key=lambda one: order.index(one.name)))
