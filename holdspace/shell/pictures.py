"""Pictures drawn on the server with one ink: few marks, direct labels, and the same facts as a table."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from .figures import between, clock, figure

LANE = 58
"""Height of one speaker's lane, in CSS pixels; widths are percentages, so text keeps its size at any width."""
THIN = 0.12
"""The narrowest bar, in per cent: a turn of one word can still be seen and touched."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the table beside a picture; with `href`, a link."""

    text: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing, the sentence that says what it shows, and the same facts as a table."""

    svg: SafeString
    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    @property
    def table(self) -> SafeString:
        """The same facts as a table, written here because a template loop would cost ten times as much."""
        head = "".join(f'<th scope="col">{escape(word)}</th>' for word in self.head)
        body = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in self.rows)
        return mark_safe(f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody>")  # noqa: S308  escaped word by word


def _cell(cell: Cell) -> str:
    words = escape(cell.text)
    return f'<td><a href="{escape(cell.href)}">{words}</a></td>' if cell.href else f"<td>{words}</td>"


@dataclass(frozen=True, slots=True)
class Stretch:
    """One turn on the line: who, from where to where (seconds or words so far), and the place it leads to."""

    role: str
    start: float
    end: float
    to: str


class Row(Protocol):
    """What `dots` needs of a measure."""

    label: str
    value: float | None
    low: float | None
    high: float | None
    n: int
    unit: str
    reason: str | None


def strip(
    stretches: Sequence[Stretch], *, names: Mapping[str, str], caption: str, timed: bool = True, label: str = ""
) -> Picture:
    """Who spoke when: a lane for each role in `names`, from top to bottom, along time or along words."""
    whole = max((s.end for s in stretches), default=0) or 1
    spoken = {role: sum(s.end - s.start for s in stretches if s.role == role) for role in names}
    total = sum(spoken.values()) or 1
    told = ", ".join(f"{names[role]} {spoken[role] / total:.0%}" for role in names)
    of = "of the time spoken" if timed else "of the words"
    said = {role: f"{spoken[role] / total:.0%} {of}" for role in names}
    lanes = [_lane(row, role, names[role], said[role], stretches, whole) for row, role in enumerate(names)]
    height = LANE * len(names) + 14
    title = f"{label or caption} {told}."
    svg = _svg("strip", height, title, "".join(lanes) + _axis(whole, height, timed))
    say = clock if timed else (lambda at: f"{at:.0f}")
    rows = tuple(
        (Cell(say(s.start), s.to), Cell(names.get(s.role, s.role)), Cell(say(s.end - s.start))) for s in stretches
    )
    return Picture(svg, caption, ("From", "Who", "For") if timed else ("From word", "Who", "Words"), rows)


def _lane(row: int, role: str, name: str, said: str, stretches: Sequence[Stretch], whole: float) -> str:
    top = LANE * row
    bars = "".join(_bar(s, top + 24, whole) for s in stretches if s.role == role)
    line = f'<line class="hair" x1="0" x2="100%" y1="{top + 36}" y2="{top + 36}"/>'
    words = f'<text x="0" y="{top + 15}">{escape(name)} <tspan class="soft">{said}</tspan></text>'
    return f'{words}{line}<g class="{escape(role)}">{bars}</g>'


def _bar(stretch: Stretch, top: int, whole: float) -> str:
    start = 100 * stretch.start / whole
    width = max(100 * (stretch.end - stretch.start) / whole, THIN)
    return f'<rect x="{start:.2f}%" y="{top}" width="{width:.2f}%" height="24" data-to="{escape(stretch.to)}"/>'


def _axis(whole: float, height: int, timed: bool) -> str:
    ticks = _ticks(whole, timed)
    return "".join(
        f'<text class="soft tick" x="{100 * at / whole:.2f}%" y="{height - 4}" text-anchor="{anchor}">{word}</text>'
        for at, word, anchor in ticks
    )


def _ticks(whole: float, timed: bool) -> list[tuple[float, str, str]]:
    """Start, end and at most four round places between, none so near the end that words would touch."""
    steps = (
        (15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200) if timed else (50, 100, 250, 500, 1000, 2500, 5000, 10000)
    )
    step = next((step for step in steps if whole / step <= 5), whole)
    inner = [at for at in range(int(step), int(whole), int(step) or 1) if at < whole * (0.78 if timed else 0.66)]
    end = clock(whole) if timed else f"{whole:,.0f} words"
    start = (0.0, clock(0) if timed else "0", "start")
    return [start, *((at, clock(at) if timed else str(at), "middle") for at in inner), (whole, end, "end")]


def dots(rows: Sequence[Row], *, caption: str) -> Picture:
    """Measures one under another: name, dot, whisker and the value itself; a hidden one says why."""
    step = 72
    marks = "".join(_dot_row(row, top) for row, top in zip(rows, range(0, step * len(rows), step), strict=True))
    svg = _svg("dots", step * len(rows), caption, marks)
    cells = tuple(
        (
            Cell(row.label),
            Cell(figure(row.value, row.unit)),
            Cell("–" if row.value is None else between(row.low, row.high, row.unit)),
            Cell(str(row.n)),
        )
        for row in rows
    )
    return Picture(svg, caption, ("Measure", "Value", "Likely between", "Out of"), cells)


def _dot_row(row: Row, top: int) -> str:
    said = figure(row.value, row.unit) if row.value is not None else "–"
    words = (
        f'<text x="0" y="{top + 15}">{escape(row.label)}</text>'
        f'<text x="100%" y="{top + 15}" text-anchor="end">{escape(said)}</text>'
    )
    return words + _whisker(row.value, row.low, row.high, row.unit, top + 32)


def interval(value: float | None, low: float | None, high: float | None, unit: str = "share") -> SafeString:
    """One dot with its whisker on its scale, or nothing while the figure may not be shown."""
    if value is None:
        return SafeString("")
    said = f"{figure(value, unit)}, likely between {between(low, high, unit)}"
    return _svg("dots", 30, said, _whisker(value, low, high, unit, 8))


def _whisker(value: float | None, low: float | None, high: float | None, unit: str, y: int) -> str:
    if value is None:
        return _line("hair", "0", "100%", y)
    scale = _scale(max(value, high or value), unit)
    marks = _line("hair", "0", "100%", y) + "".join(_tick(at, word, y) for at, word in scale.ticks)
    if low is not None and high is not None:
        marks += _line("whisker", scale.place(low), scale.place(high), y)
    return f'{marks}<circle cx="{scale.place(value)}" cy="{y}" r="5"/>'


def _line(kind: str, left: str, right: str, y: int) -> str:
    return f'<line class="{kind}" x1="{left}" x2="{right}" y1="{y}" y2="{y}"/>'


def _tick(at: float, word: str, y: int) -> str:
    anchor = "start" if at <= 0 else "end" if at >= 1 else "middle"
    mark = f'<line class="hair" x1="{at:.0%}" x2="{at:.0%}" y1="{y - 3}" y2="{y + 3}"/>'
    return f'{mark}<text class="soft tick" x="{at:.0%}" y="{y + 19}" text-anchor="{anchor}">{word}</text>'


@dataclass(frozen=True, slots=True)
class Scale:
    """A line from left to right; a ratio lies on it by its logarithm, so 2 : 1 and 1 : 2 are as far from 1."""

    top: float
    ticks: tuple[tuple[float, str], ...]
    ratio: bool = False

    def place(self, value: float) -> str:
        """Where a value lies, in per cent of the width."""
        part = 0.5 + math.log(max(value, 1e-9)) / (2 * math.log(self.top)) if self.ratio else value / self.top
        return f"{100 * min(max(part, 0), 1):.1f}%"


def _scale(most: float, unit: str) -> Scale:
    if unit == "share":
        return Scale(1.0, ((0, "0"), (1, "100%")))
    if unit == "ratio":
        return Scale(8.0, ((0, "1 : 8"), (0.5, "1 : 1"), (1, "8 : 1")), ratio=True)
    steps = (1, 2, 3, 5, 10, 15, 20, 30, 40, 50, 60, 80, 100, 150, 200, 300, 500, 1000)
    top = next((step for step in steps if most <= step), math.ceil(most))
    return Scale(float(top), ((0, "0"), (1, figure(top, unit))))


def _svg(kind: str, height: int, title: str, marks: str) -> SafeString:
    return mark_safe(  # noqa: S308  every word in it was escaped where it was written
        f'<svg class="picture {kind}" role="img" width="100%" height="{height}" focusable="false">'
        f"<title>{escape(title)}</title>{marks}</svg>"
    )
