"""Levels over time as steps: a level holds until somebody says another one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import escape

from .pictures import Cell, Picture, _svg

RISE = 24
"""Height of one step of the scale, in CSS pixels: room for a name between two lines; widths are percentages."""
HIGH = 100
"""Height of a whole scale of many steps."""
TOP, FOOT = 20, 24
LEFT = 8.0
"""Where the line begins, in per cent: the scale's own words stand before it."""


@dataclass(frozen=True, slots=True)
class Said:
    """One level somebody said: when, and how it is told in words."""

    at: datetime
    level: int
    words: str


@dataclass(frozen=True, slots=True)
class Line:
    """Everything one person said, from first to last."""

    role: str
    name: str
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """The scale from `low` to `high` and the time from `since` to `until`, as places in a drawing."""

    low: int
    high: int
    since: datetime
    until: datetime

    @property
    def height(self) -> int:
        """Of the whole drawing."""
        return TOP + round(self.rise * (self.high - self.low)) + FOOT

    @property
    def rise(self) -> float:
        """Of one step."""
        return min(RISE, HIGH / (self.high - self.low))

    def x(self, at: datetime) -> str:
        """How far to the right a moment lies."""
        whole = (self.until - self.since).total_seconds() or 1
        part = min(max((at - self.since).total_seconds() / whole, 0), 1)
        return f"{LEFT + part * (100 - LEFT):.2f}%"

    def y(self, level: int) -> int:
        """How far down a level lies."""
        return TOP + round(self.rise * (self.high - level))


def steps(lines: Sequence[Line], *, low: int, high: int, until: datetime, caption: str) -> Picture:
    """Each person's levels as steps up to `until`, with their names at the end, and the same as a table."""
    said = sorted(((one.at, line.name, one) for line in lines for one in line.said), key=lambda one: one[0])
    since = said[0][0] if said else until
    frame = Frame(low, high, since, until)
    marks = _scale(frame) + "".join(_line(frame, line) for line in lines) + _names(frame, lines) + _ends(frame)
    rows = tuple((Cell(_day(at)), Cell(name), Cell(signed(one.level, low)), Cell(one.words)) for at, name, one in said)
    last = ", ".join(f"{line.name} {signed(line.said[-1].level, low)}" for line in lines if line.said)
    return Picture(
        _svg("steps", frame.height, f"{caption} {last}.", marks), caption, ("When", "Who", "Level", ""), rows
    )


def signed(level: int, low: int) -> str:
    """A level with its sign where the scale goes below nought."""
    return f"{level:+d}".replace("-", "−") if low < 0 and level else str(level)


def _scale(frame: Frame) -> str:
    middle = (frame.low + frame.high) // 2
    return "".join(_rung(frame, level) for level in (frame.low, middle, frame.high))


def _rung(frame: Frame, level: int) -> str:
    y = frame.y(level)
    word = signed(level, frame.low)
    return (
        f'<text class="soft tick" x="0" y="{y + 4}">{word}</text>'
        f'<line class="hair" x1="{LEFT}%" x2="100%" y1="{y}" y2="{y}"/>'
    )


def _line(frame: Frame, line: Line) -> str:
    marks, ends = "", [*(one.at for one in line.said[1:]), frame.until]
    for number, (one, end) in enumerate(zip(line.said, ends, strict=False)):
        y, left, right = frame.y(one.level), frame.x(one.at), frame.x(end)
        if number:
            before = frame.y(line.said[number - 1].level)
            marks += f'<line x1="{left}" x2="{left}" y1="{before}" y2="{y}"/>'
        marks += f'<line x1="{left}" x2="{right}" y1="{y}" y2="{y}"/><circle cx="{left}" cy="{y}" r="4"/>'
    return f'<g class="{escape(line.role)}">{marks}</g>'


def _names(frame: Frame, lines: Sequence[Line]) -> str:
    """Names above the ends of the lines; those who say the same stand together."""
    last: dict[int, list[str]] = {}
    for line in lines:
        if line.said:
            last.setdefault(line.said[-1].level, []).append(line.name)
    return "".join(
        f'<text x="100%" y="{frame.y(level) - 5}" text-anchor="end">{escape(", ".join(names))}</text>'
        for level, names in last.items()
    )


def _ends(frame: Frame) -> str:
    y = frame.height - 4
    return (
        f'<text class="soft tick" x="{LEFT}%" y="{y}">{_day(frame.since)}</text>'
        f'<text class="soft tick" x="100%" y="{y}" text-anchor="end">{_day(frame.until)}</text>'
    )


def _day(at: datetime) -> str:
    return date_format(timezone.localtime(at), "j M Y")
