"""The frozen values that pass between reading, coding, measuring and showing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any, Literal

CONTRACT = "1.1"
"""Version of the JSON that `Heard.to_dict` writes; described in docs/listen-json.md."""

Role = Literal["coach", "client", "other"]
Kind = Literal["promise", "concern", "strength", "value"]
Stamps = Literal["none", "seconds", "fine"]


class TranscriptError(ValueError):
    """A transcript that cannot be read; `reason` is one sentence for a person, `line` counts from 1."""

    def __init__(self, reason: str, line: int | None = None) -> None:
        self.reason = reason
        self.line = line
        super().__init__(f"line {line}: {reason}" if line else reason)


@dataclass(frozen=True, slots=True)
class Turn:
    """One person's uninterrupted words. `start` and `end` in seconds; `speaker` None when nobody is named."""

    index: int
    speaker: str | None
    text: str
    start: float | None = None
    end: float | None = None


@dataclass(frozen=True, slots=True)
class Transcript:
    """Turns in the order they stand in the file.

    `format` names the reader that understood it; `stamps` says how exact the times are;
    `notes` are sentences for a person about what the reader saw (stamps that go backwards, say).
    """

    turns: tuple[Turn, ...]
    format: str
    stamps: Stamps = "none"
    notes: tuple[str, ...] = ()

    @property
    def speakers(self) -> tuple[str, ...]:
        """Names in order of first speaking, without the unnamed."""
        return tuple(dict.fromkeys(turn.speaker for turn in self.turns if turn.speaker))


@dataclass(frozen=True, slots=True)
class Code:
    """What a turn does, with the calibrated probability; `sure` only where the coder may be relied on."""

    code: str
    p: float
    sure: bool

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape of one code."""
        return {"code": self.code, "p": round(self.p, 3), "sure": self.sure}


@dataclass(frozen=True, slots=True)
class Act:
    """One span of a turn that does one thing; `start` and `end` are character offsets, end exclusive."""

    code: str
    start: int
    end: int
    p: float
    sure: bool

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape of one act."""
        return {"code": self.code, "start": self.start, "end": self.end, "p": round(self.p, 3), "sure": self.sure}


@dataclass(frozen=True, slots=True)
class CodedTurn:
    """A turn, who said it, what it does and why the coder thinks so.

    `codes` has `main`, `question`, `reflection`, `input` for a coach, `talk` for a client, nothing for others.
    `why` gives short plain reasons per head, for people ("begins with “what”").
    """

    turn: Turn
    role: Role
    codes: Mapping[str, Code] = field(default_factory=lambda: MappingProxyType({}))
    acts: tuple[Act, ...] = ()
    why: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape of one turn."""
        turn = self.turn
        return {
            "index": turn.index,
            "speaker": turn.speaker,
            "role": self.role,
            "text": turn.text,
            "start": turn.start,
            "end": turn.end,
            "codes": {head: code.to_dict() for head, code in self.codes.items()},
            "acts": [act.to_dict() for act in self.acts],
            "why": dict(self.why),
        }


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure with its interval, what it counts and what it must admit.

    `value`, `low` and `high` are None when the figure may not be shown (`n` under 10, no usable stamps);
    `reason` then says why. `n` is the denominator, `count` the numerator where there is one.
    `turns` are the indexes of the turns behind it.
    """

    name: str
    label: str
    value: float | None
    low: float | None
    high: float | None
    n: int
    unit: str
    caveat: str
    source: str
    turns: tuple[int, ...] = ()
    count: int | None = None
    reason: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape of one measure."""
        return {
            "name": self.name,
            "label": self.label,
            "value": self.value,
            "low": self.low,
            "high": self.high,
            "n": self.n,
            "count": self.count,
            "unit": self.unit,
            "caveat": self.caveat,
            "source": self.source,
            "reason": self.reason,
            "turns": list(self.turns),
        }


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A promise, concern, strength or value found in someone's words, waiting for a person's answer.

    `owner` is the role of whoever would own it; `due` holds the words that said when, if any, and `due_on` the day
    they name where it is known; `span` are character offsets into the turn's text, end exclusive. A promise has its
    `action` as an imperative phrase, and is `firm` unless it was hedged. Of a concern `met_with` says what the coach
    did next (a main code, or None where nothing followed) and `acknowledged` whether that gave it back.
    """

    kind: Kind
    text: str
    owner: Role
    turn: int
    span: tuple[int, int]
    p: float
    due: str | None = None
    due_on: date | None = None
    action: str | None = None
    firm: bool | None = None
    acknowledged: bool | None = None
    met_with: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape of one suggestion."""
        return {
            "kind": self.kind,
            "text": self.text,
            "owner": self.owner,
            "due": self.due,
            "turn": self.turn,
            "span": list(self.span),
            "p": round(self.p, 3),
            "action": self.action,
            "due_on": self.due_on.isoformat() if self.due_on else None,
            "firm": self.firm,
            "acknowledged": self.acknowledged,
            "met_with": self.met_with,
        }


@dataclass(frozen=True, slots=True)
class Glance:
    """A moment worth another look: one sentence with its reason, never a verdict; `turns` are the turns it is about."""

    kind: str
    text: str
    turns: tuple[int, ...]

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape of one moment."""
        return {"kind": self.kind, "text": self.text, "turns": list(self.turns)}


@dataclass(frozen=True, slots=True)
class Heard:
    """A whole conversation, heard: what every turn does, the measures and what was found.

    `coach` is the speaker taken as the coach, or None while nobody knows; `asks` are the questions
    a person has to answer first ("Who is the coach?"), as sentences.
    """

    transcript: Transcript
    coach: str | None
    turns: tuple[CodedTurn, ...]
    measures: tuple[Measure, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    moments: tuple[Glance, ...] = ()
    coder: str = ""
    asks: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The JSON of the contract, version `CONTRACT`."""
        return {
            "contract": CONTRACT,
            "coder": self.coder,
            "format": self.transcript.format,
            "stamps": self.transcript.stamps,
            "coach": self.coach,
            "speakers": list(self.transcript.speakers),
            "asks": list(self.asks),
            "notes": list(self.transcript.notes),
            "turns": [turn.to_dict() for turn in self.turns],
            "measures": [measure.to_dict() for measure in self.measures],
            "suggestions": [suggestion.to_dict() for suggestion in self.suggestions],
            "moments": [moment.to_dict() for moment in self.moments],
        }
