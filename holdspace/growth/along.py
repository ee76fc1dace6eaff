"""Promises drawn along the days: made, due, and kept or still open."""

from collections.abc import Iterable
from datetime import date

from django.utils import timezone

from holdspace.shell.pictures import Cell, Picture
from holdspace.shell.spans import Span, spans

from .due import said_day, said_due
from .shown import Shown

STATES = ("open", "kept", "dropped")
MOST = 12
"""How many promises the picture holds at most."""


def draw(all_shown: Iterable[Shown]) -> Picture | None:
    """The promises as lines along the days, and the same as a table; None while there is nothing to draw."""
    shown = [one for one in all_shown if one.commitment.due_on and one.state in STATES][:MOST]
    if not shown:
        return None
    today = timezone.localdate()
    rows = [_span(one, one.commitment.due_on) for one in shown if one.commitment.due_on]
    cells = [
        (
            Cell(one.who),
            Cell(one.commitment.action, f"#commitment-{one.commitment.pk}"),
            Cell(said_day(row.start, today)),
            Cell(said_day(row.due, today)),
            Cell(one.words),
        )
        for one, row in zip(shown, rows, strict=True)
    ]
    caption = "From the day a promise was made to the day it was kept; the tick is the day it was due."
    return spans(rows, today=today, caption=caption, head=("Who", "Promise", "Made", "Due", "So far"), cells=cells)


def _span(one: Shown, due: date) -> Span:
    commitment = one.commitment
    made_in, zone = commitment.made_in, commitment.promiser.zone
    start = made_in.day if made_in else timezone.localdate(commitment.made_at, zone)
    dropped = timezone.localdate(commitment.dropped_at, zone) if commitment.dropped_at else None
    end = commitment.kept_on or dropped
    said = one.late or ("let go" if dropped else "kept" if end else said_due(due, commitment.today))
    first = min(start, due, *([end] if end else []))
    return Span(f"{one.who}: {commitment.action}", said, first, due, end, kept=commitment.kept_on is not None)
