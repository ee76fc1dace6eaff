"""Times as people and programs write them: 0:03, 00:01:02.345, 12:02,5."""

import re

CLOCK = r"(?:([0-9]{1,12}):)?([0-9]{1,3}):([0-9]{1,2})(?:[.,]([0-9]{1,9}))?"
"""Groups: hours, minutes, seconds, decimals."""

SPAN = re.compile(rf"\s*{CLOCK}\s*(?:-->|,(?=[0-9]+:))\s*{CLOCK}(?![0-9])")


def seconds(hours: str | None, minutes: str, secs: str, decimals: str | None) -> float | None:
    """Seconds from the four groups of `CLOCK`; None where it is no time (75 seconds, 61 minutes of an hour)."""
    if int(secs) > 59 or (hours is not None and int(minutes) > 59):
        return None
    whole = int(hours or 0) * 3600 + int(minutes) * 60 + int(secs)
    return float(f"{whole}.{decimals}") if decimals else float(whole)


def span(line: str) -> tuple[float, float] | None:
    """Start and end in seconds of a line such as `00:01.000 --> 00:02.000 align:start`; None where it has none."""
    found = SPAN.match(line)
    if not found:
        return None
    start, end = seconds(*found.group(1, 2, 3, 4)), seconds(*found.group(5, 6, 7, 8))
    return None if start is None or end is None else (start, end)


def spoken(moment: float) -> str:
    """A time for a person: 62.3 seconds is 1:02, an hour later 1:01:02."""
    minutes, secs = divmod(int(moment), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{secs:02d}" if hours else f"{minutes}:{secs:02d}"
