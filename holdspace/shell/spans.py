"""Lines along the days, drawn on the server: what began, when it was due, and when it was done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from .pictures import Cell, Picture

ROW = 72
LABEL = 34
"""Characters of a label that fit in a line on a phone."""


@dataclass(frozen=True, slots=True)
class Span:
    """One line: what it is called, what is said of it, and its days. Without an `end` it goes on."""

    label: str
    said: str
    start: date
    due: date
    end: date | None
    kept: bool = False


@dataclass(frozen=True, slots=True)
class Days:
    """The days from left to right."""

    first: date
    last: date

    def place(self, day: date) -> str:
        """Where a day lies, in per cent of the width; a little is left on both sides for the marks."""
        part = (day - self.first).days / max((self.last - self.first).days, 1)
        return f"{1.5 + 97 * min(max(part, 0), 1):.1f}%"


def spans(
    rows: Sequence[Span], *, today: date, caption: str, head: tuple[str, ...], cells: Sequence[tuple[Cell, ...]]
) -> Picture:
    """Lines one under another, today as a hairline across each; `cells` are the same facts as a table."""
    days = Days(
        min([today, *(row.start for row in rows)]),
        max([today, *(row.due for row in rows), *(row.end for row in rows if row.end)]),
    )
    height = ROW * len(rows) + 26
    marks = "".join(_row(row, ROW * number, days, today) for number, row in enumerate(rows))
    svg = mark_safe(  # noqa: S308  every word in it was escaped where it was written
        f'<svg class="picture spans" role="img" width="100%" height="{height}" focusable="false">'
        f"<title>{escape(caption)}</title>{_today(today, days, height)}{marks}</svg>"
    )
    return Picture(SafeString(svg), caption, head, tuple(cells))


def _row(row: Span, top: int, days: Days, today: date) -> str:
    y = top + 50
    until = row.end or max(today, row.start)
    words = (
        f'<text x="0" y="{top + 15}">{escape(_short(row.label))}</text>'
        f'<text class="soft" x="0" y="{top + 34}">{escape(row.said)}</text>'
    )
    line = _line("hair", row.start, max(row.due, until), y, days) + _line("run", row.start, until, y, days)
    late = _line("late", row.due, until, y, days) if until > row.due else ""
    due = f'<line class="due" x1="{days.place(row.due)}" x2="{days.place(row.due)}" y1="{y - 7}" y2="{y + 7}"/>'
    end = (
        f'<circle class="{"kept" if row.kept else "left"}" cx="{days.place(until)}" cy="{y}" r="5"/>' if row.end else ""
    )
    now = f'<line class="hair" x1="{days.place(today)}" x2="{days.place(today)}" y1="{y - 11}" y2="{y + 20}"/>'
    return words + now + line + late + due + end


def _line(kind: str, start: date, end: date, y: int, days: Days) -> str:
    return f'<line class="{kind}" x1="{days.place(start)}" x2="{days.place(end)}" y1="{y}" y2="{y}"/>'


def _today(today: date, days: Days, height: int) -> str:
    place, part = days.place(today), (today - days.first).days / max((days.last - days.first).days, 1)
    anchor = "start" if part < 0.15 else "end" if part > 0.85 else "middle"
    words = f'<text class="soft tick" x="{place}" y="{height - 4}" text-anchor="{anchor}">today</text>'
    ends = [(days.first, "0", "start")] * (part > 0.35) + [(days.last, "100%", "end")] * (part < 0.65)
    return words + "".join(
        f'<text class="soft tick" x="{x}" y="{height - 4}" text-anchor="{side}">{date_format(day, "j M")}</text>'
        for day, x, side in ends
    )


def _short(label: str) -> str:
    """A label cut at a word where it is long."""
    if len(label) <= LABEL:
        return label
    return f"{label[:LABEL].rpartition(' ')[0] or label[:LABEL]} …"
