"""Values out of JSON, each checked: text, seconds, a list of objects. A refusal names the place."""

import math
from typing import Any

from holdspace.listening.values import TranscriptError


def words(found: dict[str, Any], key: str, place: str) -> str:
    """Text under `key`; characters that exist only as half of a pair become �."""
    text = found.get(key)
    if not isinstance(text, str):
        said = f"has no “{key}”." if text is None else f"has a “{key}” that is not text."
        raise TranscriptError(f"{place} {said}")
    return whole(text)


def whole(text: str) -> str:
    """Text that can be written as UTF-8."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def time(found: dict[str, Any], key: str, place: str, unit: float = 1.0) -> float | None:
    """Seconds under `key`, or None where there are none; `unit` is what one of the file's is in seconds."""
    given = found.get(key)
    if given is None:
        return None
    if isinstance(given, bool) or not isinstance(given, int | float):
        raise TranscriptError(f"{place} has a “{key}” that is not a number; times are seconds, such as 62.5.")
    try:
        moment = float(given)
    except OverflowError:
        moment = math.inf
    if not math.isfinite(moment):
        raise TranscriptError(f"{place} has a “{key}” that is not a finite number; times are seconds, such as 62.5.")
    if moment < 0:
        raise TranscriptError(f"{place} has a “{key}” before zero; times are seconds since the start.")
    return moment if unit == 1.0 else round(moment * unit, 6)


def objects(found: Any, key: str) -> list[dict[str, Any]]:
    """The list under `key`, each of whose members is an object."""
    listed = found.get(key) if isinstance(found, dict) else None
    if not isinstance(listed, list):
        raise TranscriptError(f"“{key}” in this JSON is not a list.")
    return members(listed, key)


def members(listed: list[Any], key: str) -> list[dict[str, Any]]:
    """A list whose members are all objects."""
    for number, member in enumerate(listed, 1):
        if not isinstance(member, dict):
            raise TranscriptError(f"Number {number} of “{key}” in this JSON is not an object.")
    return listed
