"""Who spoke when, drawn: a lane for each role along the session, with the same facts as a table."""

from collections.abc import Sequence
from html import escape

from .timeline import Stretch
from .values import Role
from .words import say_time, turn_number

LANE = 56
LEAST = 0.15
"""The narrowest bar, in per cent, so that a turn of one word can still be seen."""
STEPS = {"seconds": (15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200), "words": (50, 100, 250, 500, 1000, 2500, 5000)}


def picture(stretches: Sequence[Stretch], names: dict[Role, str]) -> str:
    """The drawing as inline SVG and the table beside it; `names` gives each lane's name from top to bottom."""
    whole = max((one.end for one in stretches), default=0) or 1
    spoken = {role: sum(one.end - one.start for one in stretches if one.role == role) for role in names}
    total = sum(spoken.values()) or 1
    parts = {role: f"{spoken[role] / total:.0%}" for role in names}
    height = LANE * len(names) + 16
    told = "Who spoke when. " + ", ".join(f"{names[role]} {parts[role]}" for role in names) + "."
    lanes = "".join(_lane(row, role, names[role], parts[role], stretches, whole) for row, role in enumerate(names))
    svg = (
        f'<svg height="{height}" role="img" aria-label="{escape(told)}">{lanes}{_axis(whole, height, stretches)}</svg>'
    )
    return f"<figure>{svg}</figure>{_table(stretches, names)}"


def _lane(row: int, role: Role, name: str, part: str, stretches: Sequence[Stretch], whole: float) -> str:
    top = LANE * row
    bars = "".join(_bar(one, top + 22, whole) for one in stretches if one.role == role)
    line = f'<line class="hair" x1="0" x2="100%" y1="{top + 34}" y2="{top + 34}"/>'
    label = f'<text x="0" y="{top + 14}">{escape(name)} <tspan class="part">{part}</tspan></text>'
    return f'{label}{line}<g class="{role}">{bars}</g>'


def _bar(one: Stretch, top: int, whole: float) -> str:
    start, width = 100 * one.start / whole, max(100 * (one.end - one.start) / whole, LEAST)
    return f'<rect x="{start:.2f}%" y="{top}" width="{width:.2f}%" height="24"/>'


def _axis(whole: float, height: int, stretches: Sequence[Stretch]) -> str:
    unit = stretches[0].unit if stretches else "words"
    say = say_time if unit == "seconds" else "{:,.0f}".format
    step = next((step for step in STEPS[unit] if whole / step <= 4), int(whole) or 1)
    inner = [at for at in range(step, int(whole), step) if at < whole * 0.76]
    end = say(whole) if unit == "seconds" else f"{whole:,.0f} words"
    ticks = [(0.0, say(0), "start"), *((at, say(at), "middle") for at in inner), (whole, end, "end")]
    return "".join(
        f'<text class="tick" x="{100 * at / whole:.2f}%" y="{height - 3}" text-anchor="{anchor}">{words}</text>'
        for at, words, anchor in ticks
    )


def _table(stretches: Sequence[Stretch], names: dict[Role, str]) -> str:
    timed = bool(stretches) and stretches[0].unit == "seconds"
    head = ("Turn", "From", "Who", "For", "Words") if timed else ("Turn", "From word", "Who", "Words")
    rows = "".join(_row(one, names, timed) for one in stretches)
    cells = "".join(f'<th scope="col">{word}</th>' for word in head)
    return (
        '<details class="twin"><summary>The same as a table</summary>'
        '<div class="scroll" tabindex="0" role="region" aria-label="Who spoke when, as a table">'
        f"<table><thead><tr>{cells}</tr></thead><tbody>{rows}</tbody></table></div></details>"
    )


def _row(one: Stretch, names: dict[Role, str], timed: bool) -> str:
    number = turn_number(one.turn)
    who = escape(one.speaker or names.get(one.role, ""))
    start = say_time(one.start) if timed else f"{one.start:.0f}"
    long = f"<td>{one.end - one.start:.1f} s</td>" if timed else ""
    link = f'<a href="#turn-{number}">{number}</a>'
    return f'<tr><th scope="row">{link}</th><td>{start}</td><td>{who}</td>{long}<td>{one.words}</td></tr>'
