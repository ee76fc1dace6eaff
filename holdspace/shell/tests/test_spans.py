"""Lines along the days: within the picture, escaped, and the late part apart."""

import re
from datetime import date

from holdspace.shell.pictures import Cell, Picture
from holdspace.shell.spans import Span, spans

TODAY = date(2026, 11, 25)


def drawn(*rows: Span) -> Picture:
    return spans(rows, today=TODAY, caption="Promises.", head=("What",), cells=[(Cell(row.label),) for row in rows])


def places(svg: str, kind: str) -> list[float]:
    return [
        float(place)
        for line in re.findall(rf'<(?:line|circle) class="{kind}"[^>]*>', svg)
        for place in re.findall(r'"(-?[\d.]+)%"', line)
    ]


def test_the_late_part_runs_from_its_day_to_the_end() -> None:
    svg = drawn(
        Span("Call", "two days late", date(2026, 11, 15), date(2026, 11, 20), date(2026, 11, 22), kept=True)
    ).svg
    due, late, end = places(svg, "due"), places(svg, "late"), places(svg, "kept")
    assert late == [due[0], end[0]]
    assert 0 < due[0] < end[0] < 100


def test_what_is_open_runs_to_today_and_what_is_due_later_waits_ahead() -> None:
    svg = drawn(Span("Call", "by Friday", date(2026, 11, 20), date(2026, 11, 27), None)).svg
    assert not places(svg, "late")
    assert not places(svg, "kept")
    assert places(svg, "run")[1] < places(svg, "due")[0] <= 100


def test_one_day_alone_can_be_drawn() -> None:
    svg = drawn(Span("Call", "due today", TODAY, TODAY, None)).svg
    assert all(0 <= place <= 100 for kind in ("run", "due") for place in places(svg, kind))


def test_words_are_escaped_and_cut_at_a_word() -> None:
    picture = drawn(Span("<b> & a label that is much too long for a phone", "<i>", TODAY, TODAY, TODAY))
    assert "<b>" not in picture.svg
    assert "&lt;b&gt; &amp; a label that" in picture.svg
    assert "phone" not in picture.svg
    assert "phone" in picture.table
