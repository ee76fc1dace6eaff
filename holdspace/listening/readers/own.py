"""Our own JSON: turns are kept exactly as given, never joined, never split, in their order."""

from typing import Any

from holdspace.listening.values import Transcript, TranscriptError, Turn

from . import fields
from .joining import NO_WORDS, backwards, exactness


def read_turns(turns: Any) -> Transcript:
    """`[{"speaker", "text", "start", "end"}]`; all but the text may be left out or null, more keys do not matter."""
    if not isinstance(turns, list):
        raise TranscriptError("“turns” in this JSON is not a list of turns.")
    kept = tuple(_turn(index, turn) for index, turn in enumerate(turns))
    notes = backwards([turn.start for turn in kept]) if kept else [NO_WORDS]
    return Transcript(kept, "json", exactness(kept), tuple(notes))


def _turn(index: int, given: Any) -> Turn:
    place = f"Turn {index + 1}"
    if not isinstance(given, dict):
        raise TranscriptError(f"{place} is not an object with “speaker” and “text”.")
    speaker = given.get("speaker")
    if speaker is not None:
        speaker = fields.words(given, "speaker", place)
    start, end = fields.time(given, "start", place), fields.time(given, "end", place)
    return Turn(index, speaker if speaker and speaker.strip() else None, fields.words(given, "text", place), start, end)
