"""JSON files: loaded safely, told apart by their shape, and never half-read."""

import json
import re
from typing import Any

from holdspace.listening.values import Transcript, TranscriptError

from . import engines, own

MAX_VALUES = 3_000_000
"""Commas and brackets a JSON file may have; two hours with every word's times have about half a million."""

_OPENS = re.compile(r"\s*(?:\{|\[\s*(?:[\[{\]\"']|-?[0-9.]+\s*,))")
_UNKNOWN = (
    "This JSON has no conversation we know: it should have “turns”, or be a result of Whisper, Deepgram, "
    "AssemblyAI or Rev."
)


def is_json(text: str) -> bool:
    """Whether the text begins as JSON does; `[00:01] Dana: …` does not."""
    return _OPENS.match(text[:4096]) is not None


def read_json(text: str) -> Transcript:
    """Our own JSON, whose turns are kept as given, or a transcription engine's."""
    if text.count(",") + text.count("[") + text.count("{") > MAX_VALUES:
        raise TranscriptError("This JSON holds millions of values; a transcript does not. Give one conversation.")
    found = _loaded(text)
    if isinstance(found, list):
        return own.read_turns(found)
    if "turns" in found:
        return own.read_turns(found["turns"])
    read = engines.reader_of(found)
    if read is None:
        raise TranscriptError(_UNKNOWN)
    return read(found)


def _loaded(text: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        if error.msg == "Extra data":
            sentence = "The file holds more than one JSON value. Give each conversation its own file."
        else:
            sentence = f"The file begins as JSON but is broken here ({error.msg[:1].lower()}{error.msg[1:]})."
        raise TranscriptError(sentence, error.lineno) from error
    except RecursionError as error:
        raise TranscriptError("This JSON is nested far too deep to be a transcript.") from error
    except ValueError as error:
        raise TranscriptError("This JSON holds a number far too long to be a time.") from error
