"""Listening: a transcript in; coded turns, measures and suggestions out. Knows no web and no database."""

from .hearing import listen
from .readers import read
from .roles import Guess, guess_coach
from .values import (
    CONTRACT,
    Act,
    Code,
    CodedTurn,
    Glance,
    Heard,
    Measure,
    Suggestion,
    Transcript,
    TranscriptError,
    Turn,
)

__all__ = [
    "CONTRACT",
    "Act",
    "Code",
    "CodedTurn",
    "Glance",
    "Guess",
    "Heard",
    "Measure",
    "Suggestion",
    "Transcript",
    "TranscriptError",
    "Turn",
    "guess_coach",
    "listen",
    "read",
]
