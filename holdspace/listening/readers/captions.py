"""Caption files: WebVTT by the W3C's parsing rules, SRT and its relatives by what is found in the wild.

Cut by hand because the parts that do it lose words. webvtt-py silently leaves out captions whose times it cannot read
and words that stand outside a caption, and takes 20 microseconds a caption where this takes 9; pysubs2 takes a number
that ends the last caption ("I am 42") for a counter and drops it. webvtt-py is the referee in the tests.
"""

import re
from collections.abc import Sequence

from holdspace.listening.values import Transcript

from .joining import LEFT_OUT, transcript
from .names import bare
from .stamps import SPAN, span
from .talk import Caption, cues_of
from .voices import plain

_QUOTED = re.compile(r'\s*[0-9]{0,9}\s*"([^"]{1,100})"\s*(?:\([0-9]{1,20}\))?\s*')
"""The name that Webex puts into the identifier of a caption: 1 "Ana" (1234567)."""


def is_vtt(text: str) -> bool:
    """Whether the text begins as every WebVTT file must."""
    return text.startswith("WEBVTT") and text[6:7] in ("", " ", "\t", "\n")


def is_timed(lines: Sequence[str]) -> bool:
    """Whether any line is the time line of a caption."""
    return any(_timing(line) and span(line) for line in lines)


def read_vtt(lines: Sequence[str]) -> Transcript:
    """A WebVTT file. A conformant one is never refused; of a broken one all that can be read is kept, with a note."""
    at = 1
    while at < len(lines) and lines[at] and not _timing(lines[at]):
        at += 1
    captions: list[Caption] = []
    unread: list[int] = []
    while at < len(lines):
        stop = _end_of_block(lines, at)
        timing = next((row for row in range(at, min(at + 2, stop)) if _timing(lines[row])), None)
        if timing is not None:
            captions.append(_caption(lines, timing, stop, unread))
        elif lines[at] and not _is_remark(lines[at]):
            captions.append(_untimed(lines, at, stop, unread))
        at = stop + 1 if stop < len(lines) and not lines[stop] else stop
    cues, notes = cues_of(captions)
    return transcript(cues, "webvtt", [*_notes(unread), *notes])


def read_srt(lines: Sequence[str], form: str = "srt") -> Transcript:
    """An SRT or SBV file, or a document laid out alike: a line of times, then words up to the next one."""
    rows = [row for row, line in enumerate(lines) if _timing(line)]
    counted = _counter(lines[: rows[0]]) is not None
    unread: list[int] = []
    before = lines[: rows[0]][: _counter(lines[: rows[0]])]
    titled = any(line.strip() for line in before)
    captions = [_untimed(before, 0, len(before), unread)] if titled and form == "srt" else []
    left = [LEFT_OUT] if titled and form != "srt" else []
    for row, following in zip(rows, [*rows[1:], len(lines)], strict=True):
        words = lines[row + 1 : following]
        counter = _counter(words) if counted and following < len(lines) else None
        captions.append(_caption([lines[row], *words[:counter]], 0, following, unread, row))
    cues, notes = cues_of(captions, document=not counted)
    return transcript(cues, form, [*_notes(unread), *left, *notes])


def _timing(line: str) -> bool:
    """A line of times, readable or not; an arrow between words is only words."""
    if "-->" in line:
        before, after = (side.strip()[:40] for side in line.split("-->", 1))
        timely = (":" in before and " " not in before) or not before.strip("0123456789.,-")
        return timely and (any(char.isdigit() for char in before + after[:1]) or not before + after)
    return line.count(":") >= 2 and "," in line and SPAN.fullmatch(line) is not None


def _end_of_block(lines: Sequence[str], first: int) -> int:
    """The row after the block that begins at `first`: an empty line, or a line of times that opens another block."""
    arrow = _timing(lines[first])
    for row in range(first, len(lines)):
        if not lines[row]:
            return row
        if row > first and _timing(lines[row]):
            if arrow or row > first + 1:
                return row
            arrow = True
    return len(lines)


def _caption(lines: Sequence[str], timing: int, stop: int, unread: list[int], before: int = 0) -> Caption:
    times = span(lines[timing])
    if times is None:
        unread.append(before + timing + 1)
    start, end = times or (None, None)
    voice = _QUOTED.fullmatch(lines[timing - 1]) if timing else None
    return Caption("\n".join(lines[timing + 1 : stop]), start, end, bare(plain(voice.group(1))) if voice else None)


def _counter(lines: Sequence[str]) -> int | None:
    """Where the last worded line stands if it is a bare number: the next caption's counter."""
    last = next((row for row in range(len(lines) - 1, -1, -1) if lines[row].strip()), None)
    return last if last is not None and lines[last].strip().isdecimal() else None


def _untimed(lines: Sequence[str], first: int, stop: int, unread: list[int]) -> Caption:
    """Words outside any caption, where somebody edited the file."""
    unread.append(first + 1)
    return Caption("\n".join(lines[first:stop]), None, None)


def _is_remark(line: str) -> bool:
    """The first line of a comment, a style, a region, or a counter left over from an emptied caption."""
    return line.strip().isdecimal() or line.split(None, 1)[:1] in (["NOTE"], ["STYLE"], ["REGION"])


def _notes(unread: Sequence[int]) -> list[str]:
    if not unread:
        return []
    places = f"On line {unread[0]}" if len(unread) == 1 else f"In {len(unread)} places, first on line {unread[0]},"
    return [f"{places} no times could be read; the words there are kept without times."]
