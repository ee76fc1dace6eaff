"""Written-out conversations: Otter, Zoom, Teams and Meet as text, and scripts anyone typed."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from holdspace.listening.values import Transcript, TranscriptError

from .joining import LEFT_OUT, Cue, transcript
from .lines import Line, taken_apart
from .names import shape
from .speakers import accepted
from .voices import plain

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
    _refuse_chat([text for _, text in rows if text.strip()])
    lines = _folded([taken_apart(number, plain_line) for number, text in rows if (plain_line := _spaced(text))])
    names = _headed(lines) | _labelled(lines, rows)
    parts, notes = _with_speakers(lines, names) if names else (_unnamed(lines, rows), [])
    cues = [Cue(part.speaker, plain(" ".join(part.words)), part.start, part.end) for part in parts]
    if not any(cue.text for cue in cues):
        raise TranscriptError("There are no words in this file.")
    late = next((cue.start for cue in cues if cue.start is not None), 0.0) > _LATE
    return transcript(cues, form, [*notes, _CLOCK_TIMES] if late else notes)


def _spaced(text: str) -> str:
    """The line trimmed, tabs and no-break spaces made wide gaps, for gaps tell a name from its time."""
    return text.replace("\t", "   ").replace("\xa0", " ").strip(" \ufeff\u200e\u200f\f\v")


def _refuse_chat(texts: Sequence[str]) -> None:
    chatted = sum(bool(_CHAT.match(text[:200])) for text in texts)
    if chatted and chatted >= len(texts) / 4:
        raise TranscriptError(_CHATTED, 1)


def _folded(lines: Sequence[Line]) -> list[Line]:
    """Names on a line of their own beside a line with only a time become headers, where the file does so throughout."""
    times = [at for at, line in enumerate(lines) if line.kind == "time"]
    for step in (-1, 1):
        beside = [at + step for at in times if 0 <= at + step < len(lines)]
        found = [at for at in beside if lines[at].kind == "words" and shape(lines[at].whole) == "name"]
        known = {lines[at].whole for at in found}
        if times and len(found) >= 0.8 * len(times) and (len(known) <= len(found) / 2 or len(found) < 4):
            return _fold(lines, {at - step: at for at in found})
    return list(lines)


def _fold(lines: Sequence[Line], pairs: dict[int, int]) -> list[Line]:
    named = {pairs[at]: lines[at] for at in pairs}
    return [
        replace(line, kind="header", label=line.whole, words="", start=named[at].start, end=named[at].end, plainly=True)
        if at in named
        else line
        for at, line in enumerate(lines)
        if at not in pairs
    ]


def _headed(lines: Sequence[Line]) -> frozenset[str]:
    """Speakers by headers such as `Name  0:03`."""
    headers = [line for line in lines if line.kind == "header"]
    if len(headers) < max(0.1 * len(lines), 1):
        return frozenset()
    counts: dict[str, int] = {}
    for line in headers:
        counts[line.label or ""] = counts.get(line.label or "", 0) + 1
    alone = _stands_alone(lines, headers)
    sure = {line.label or "" for line in headers if line.plainly or alone}
    return frozenset(name for name in counts if (name in sure and shape(name) == "name") or counts[name] > 1)


def _stands_alone(lines: Sequence[Line], headers: Sequence[Line]) -> bool:
    """Every time has only a name beside it, and the words come on the lines below: `[00:00:03] Name`."""
    led = [line for line in lines if line.led]
    names = {line.label for line in headers}
    below = len(lines) - len(led) >= len(led) / 2
    return below and all(line.kind == "header" for line in led) and (len(led) < 4 or len(names) <= len(led) / 2)


def _labelled(lines: Sequence[Line], rows: Sequence[tuple[int, str]]) -> frozenset[str]:
    """Speakers by labels such as `Name: words`; in a file with empty lines each paragraph's first line is asked."""
    starts = _openings(rows)
    asked = [line for line in lines if line.number in starts and line.kind != "time"]
    labels = [line.label if line.kind == "label" else None for line in asked]
    every = [line.label if line.kind == "label" else None for line in lines if line.kind != "time"]
    return accepted(labels, 0.3) | _several(accepted(every, 0.02)) | _several(accepted(_body(every), 0.02))


def _body(labels: Sequence[str | None]) -> Sequence[str | None]:
    """From the first label on, where that is most of the file: titles and lists of those present come before."""
    first = next((at for at, label in enumerate(labels) if label and shape(label) == "name"), len(labels))
    return labels[first:] if first <= len(labels) / 2 else []


def _several(names: frozenset[str]) -> frozenset[str]:
    """In wrapped lines labels are rare, so one alone proves nothing."""
    return names if len(names) > 1 else frozenset()


def _openings(rows: Sequence[tuple[int, str]]) -> set[int]:
    """Numbers of the lines that begin a paragraph; all lines where no line is empty."""
    if all(text.strip() for _, text in rows):
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


def _unnamed(lines: Sequence[Line], rows: Sequence[tuple[int, str]]) -> Iterator[_Part]:
    """No speakers: a turn for each time, or for each paragraph where there are no times."""
    timed = any(line.led for line in lines)
    starts = _openings(rows)
    part = _Part(None)
    for line in lines:
        if line.led if timed else line.number in starts:
            yield part
            part = _Part(None, line.start, line.end) if timed else _Part(None)
        part.words.append(line.whole)
    yield part
