"""Written-out conversations: Otter, Zoom, Teams and Meet as text, and scripts anyone typed."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from holdspace.listening.values import Transcript, TranscriptError

from .joining import LEFT_OUT, Cue, transcript
from .layouts import laid_out
from .lines import Line, taken_apart
from .voices import plain, seen

_CHAT = re.compile(r"\s*[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?: [AP]M)?\s+From\s.{1,120}?:", re.DOTALL)
_FURNITURE = re.compile(
    r"transcribed by https?://otter\.ai\S*|.{1,80} (?:started|stopped) (?:the )?(?:transcription|recording)\.?"
    r"|meeting ended after [0-9:]+.{0,5}|this editable transcript was computer generated.{0,200}"
    r"|people can also change the text after it was created\.?",
    re.IGNORECASE,
)
_PREAMBLE = 600
"""Characters before the first speaker that may be a title, a date, a list of who was there."""
_LATE = 4 * 3600.0
_CLOCK_TIMES = "The first time is later than four hours in: these look like times of day. They are kept as they are."
_CHATTED = (
    "This is the chat of a meeting, not what was said. Download the meeting's audio transcript (VTT or TXT) instead."
)


@dataclass(slots=True)
class _Part:
    """Words being gathered for one speaker."""

    speaker: str | None
    start: float | None = None
    end: float | None = None
    words: list[str] = field(default_factory=list)


def read_script(texts: Sequence[str], form: str = "text") -> Transcript:
    """A conversation written out in lines, whoever wrote it; lines without a speaker belong to the one before."""
    rows = [(number, text) for number, text in enumerate(texts, 1) if not _FURNITURE.fullmatch(text.strip()[:300])]
    _refuse_chat([(number, text) for number, text in rows if text.strip()])
    starts = _openings(rows)
    lines, names = laid_out([taken_apart(number, line) for number, text in rows if (line := _spaced(text))], starts)
    parts, notes = _with_speakers(lines, names) if names else (_unnamed(lines, starts), [])
    cues = [Cue(part.speaker, plain(" ".join(part.words)), part.start, part.end) for part in parts]
    if not any(cue.text for cue in cues):
        raise TranscriptError("There are no words in this file.")
    late = next((cue.start for cue in cues if cue.start is not None), 0.0) > _LATE
    return transcript(cues, form, [*notes, _CLOCK_TIMES] if late else notes)


def _spaced(text: str) -> str:
    """The line trimmed, tabs and no-break spaces made wide gaps, for gaps tell a name from its time."""
    return seen(text).replace("\t", "   ").replace("\xa0", " ").strip()


def _refuse_chat(rows: Sequence[tuple[int, str]]) -> None:
    chatted = [number for number, text in rows if _CHAT.match(text[:200])]
    if chatted and len(chatted) >= len(rows) / 4:
        raise TranscriptError(_CHATTED, chatted[0])


def _openings(rows: Sequence[tuple[int, str]]) -> set[int]:
    """Numbers of the lines that begin a paragraph; all lines where no line is empty."""
    last = max((number for number, text in rows if text.strip()), default=0)
    if all(text.strip() for number, text in rows if number <= last):
        return {number for number, _ in rows}
    before = [True, *(not text.strip() for _, text in rows[:-1])]
    return {number for (number, text), empty in zip(rows, before, strict=True) if empty and text.strip()}


def _with_speakers(lines: Sequence[Line], names: frozenset[str]) -> tuple[list[_Part], list[str]]:
    parts = [_Part(None)]
    pending: float | None = None
    for line in lines:
        if line.kind == "time":
            pending = line.start
        elif line.label in names and line.kind in ("header", "label"):
            start = line.start if line.start is not None else pending
            parts.append(_Part(line.label, start, line.end, [line.words]))
            pending = None
        else:
            parts[-1].words.append(line.whole)
    before = " ".join(parts[0].words)
    if not before or len(before) > _PREAMBLE:
        return parts, []
    return parts[1:], [LEFT_OUT]


def _unnamed(lines: Sequence[Line], starts: set[int]) -> Iterator[_Part]:
    """No speakers: a turn for each time, or for each paragraph where there are no times."""
    timed = any(line.led for line in lines)
    part = _Part(None)
    for line in lines:
        if line.led if timed else line.number in starts:
            yield part
            part = _Part(None, line.start, line.end) if timed else _Part(None)
        part.words.append(line.whole)
    yield part
