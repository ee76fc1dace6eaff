"""Levels over time: every word said stands in the drawing and in the table, at any width."""

import re
from datetime import UTC, datetime, timedelta

from holdspace.shell.steps import Line, Said, signed, steps

START = datetime(2026, 3, 1, 12, tzinfo=UTC)
END = START + timedelta(days=100)


def said(day: int, level: int, words: str = "") -> Said:
    return Said(START + timedelta(days=day), level, words)


def drawn(*lines: Line, low: int = -2, high: int = 2):
    return steps(lines, low=low, high=high, until=END, caption="Where it was.")


def test_each_word_stands_in_the_table_in_the_order_it_was_said() -> None:
    picture = drawn(
        Line("client", "Ben", (said(0, -2), said(50, 1, "They rang"))), Line("coach", "Ana", (said(20, 0),))
    )
    rows = [[cell.text for cell in row] for row in picture.rows]
    assert rows == [
        ["1 Mar 2026", "Ben", "−2", ""],
        ["21 Mar 2026", "Ana", "0", ""],
        ["20 Apr 2026", "Ben", "+1", "They rang"],
    ]


def test_a_level_holds_until_the_next_and_places_are_shares_of_the_width() -> None:
    svg = drawn(Line("client", "Ben", (said(0, 0), said(50, 2))))
    xs = re.findall(r'<circle cx="([\d.]+)%"', svg.svg)
    assert xs == ["8.00", "54.00"]
    assert 'x1="54.00%" x2="100.00%"' in svg.svg


def test_those_who_say_the_same_are_named_together_and_the_caption_tells_the_last_word() -> None:
    svg = drawn(Line("client", "Ben", (said(0, 1),)), Line("coach", "Ana", (said(1, 1),))).svg
    assert ">Ben, Ana</text>" in svg
    assert "Ben +1, Ana +1." in svg


def test_names_can_do_no_harm_and_a_single_moment_can_be_drawn() -> None:
    one = steps([Line("client", "<b>", (Said(END, 10, "<i>"),))], low=0, high=10, until=END, caption="x")
    assert "<b>" not in one.svg
    assert "<i>" not in one.table


def test_a_sign_only_where_the_scale_goes_below_nought() -> None:
    assert [signed(level, -2) for level in (-1, 0, 2)] == ["−1", "0", "+2"]
    assert signed(7, 0) == "7"
