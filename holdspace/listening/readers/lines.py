"""One line of a written-out conversation: what its times, its label and its words could be."""

import re
from dataclasses import dataclass, replace
from typing import Literal

from .names import LONGEST, bare, shape
from .speakers import labelled
from .stamps import CLOCK, seconds

Kind = Literal["header", "label", "time", "words"]

_HALF = r"(?:\s?[AaPp]\.?[Mm]\b\.?)"
_TO = r"\s*(?:-->|[-–—→])\s*"


def _clock(name: str) -> str:
    """A time that nothing runs on from, perhaps with AM or PM."""
    return rf"(?P<{name}>[0-9]{{1,3}}(?::[0-9]{{1,3}})?:[0-9]{{2}}(?:[.,][0-9]{{1,6}})?{_HALF}?)(?!:?[0-9]|[^\W_])"


_SPAN = rf"{_clock('start')}(?:{_TO}{_clock('end')})?"
_OPEN = re.compile(rf"\s*(?P<left>[\[(<]?)\s*{_SPAN}\s*(?P<right>[\])>]?)(?P<rest>.*)", re.DOTALL)
_CLOSE = re.compile(rf"(?P<gap>[\s,|–—-]*[\s,|])[\[(]?\s*{_SPAN}\s*[\])]?:?\s*$")
_AMID = re.compile(rf"\s[\[(]\s*{_SPAN}\s*[\])]\s*:?\s+(?P<rest>\S.*)", re.DOTALL)
_AMID_BARE = re.compile(rf"\s{_SPAN}\s*:\s+(?P<rest>\S.*)", re.DOTALL)
_PARTS = re.compile(CLOCK)


@dataclass(frozen=True, slots=True)
class Line:
    """A line taken apart. `whole` is the line without a leading time; `led` whether it has one;
    `doubtful` is the line as it was where that time may be words (no brackets, no hours);
    `plainly` whether a header looks like nothing else ("Dana  0:03", not "we met at 10:30").
    """

    number: int
    kind: Kind
    whole: str
    label: str | None = None
    words: str = ""
    start: float | None = None
    end: float | None = None
    led: bool = False
    doubtful: str = ""
    plainly: bool = False


def taken_apart(number: int, text: str) -> Line:
    """The likeliest reading of one line; whether its label is a speaker is judged over the whole file."""
    opening = _OPEN.match(text[:400])
    if opening and (times := _times(opening)) and _paired(opening):
        line = _after_time(number, text[opening.start("rest") :].lstrip(" \t-–—|:"), *times)
        bare_time = not opening["left"] and opening["start"].count(":") == 1
        return replace(line, doubtful=text) if bare_time else line
    return _amid(number, text) or _header(number, text) or _label(number, text)


def _after_time(number: int, rest: str, start: float, end: float | None) -> Line:
    if not rest:
        return Line(number, "time", "", start=start, end=end, led=True)
    if found := labelled(rest):
        return Line(number, "label", rest, bare(found[0]), found[1], start, end, led=True)
    if shape(rest) == "name":
        return Line(number, "header", rest, bare(rest), "", start, end, led=True)
    return Line(number, "words", rest, None, rest, start, end, led=True)


def _amid(number: int, text: str) -> Line | None:
    """`Name [00:01:02] words` and `Name 0:03: words`."""
    found = _AMID.search(text[: LONGEST + 30]) or _AMID_BARE.search(text[: LONGEST + 30])
    name = _name(text[: found.start()]) if found else None
    if not found or not name or (times := _times(found)) is None:
        return None
    return Line(number, "label", text, name, text[found.start("rest") :].strip(), *times)


def _header(number: int, text: str) -> Line | None:
    """`Name  0:03`, `[Name] 00:00:03`, `Name | 0:03` with the words on the following lines."""
    if len(text) > LONGEST + 40:
        return None
    found = _CLOSE.search(text)
    name = _name(text[: found.start()]) if found else None
    if not found or not name or (times := _times(found)) is None:
        return None
    plainly = found["gap"] != " " or text.rstrip(": ")[-1] in "])" or text[0] == "["
    return Line(number, "header", text, name, "", *times, plainly=plainly)


def _label(number: int, text: str) -> Line:
    found = labelled(text)
    if found:
        return Line(number, "label", text, bare(found[0]), found[1])
    return Line(number, "words", text, None, text)


def _name(text: str) -> str | None:
    text = text.strip(" \t:*_-–—|,")
    if text.startswith("[") and text.find("]") == len(text) - 1:
        text = text[1:-1].strip()
    return bare(text) if shape(text) != "no" else None


def _paired(opening: re.Match[str]) -> bool:
    """Brackets on both sides; or none, and then a space or a dash after the time ("6:15?" is something said)."""
    if opening["left"] or opening["right"]:
        return bool(opening["left"]) and bool(opening["right"])
    end = max(opening.end("start"), opening.end("end"))
    return opening.string[end : end + 1] in ("", " ", "-", "–", "—", "|", ":")


def _times(found: re.Match[str]) -> tuple[float, float | None] | None:
    start = _seconds(found["start"])
    return None if start is None else (start, _seconds(found["end"]) if found["end"] else None)


def _seconds(stamp: str) -> float | None:
    clock = re.sub(_HALF + "$", "", stamp)
    parts = _PARTS.fullmatch(clock)
    if not parts:
        return None
    hours, minutes, secs, decimals = parts.groups()
    if clock == stamp:
        return seconds(hours, minutes, secs, decimals)
    hour, minute, second = (hours, minutes, secs) if hours else (minutes, secs, "00")
    late = 12 if "p" in stamp.lower() else 0
    return seconds(str(int(hour) % 12 + late), minute, second, decimals)
