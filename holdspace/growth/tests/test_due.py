"""Days in words, and words that mean a day."""

from datetime import date

import pytest

from holdspace.growth.due import day_meant, said_day, said_due, said_late

TODAY = date(2026, 11, 25)
"""A Wednesday."""


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 11, 25), "today"),
        (date(2026, 11, 26), "tomorrow"),
        (date(2026, 11, 24), "yesterday"),
        (date(2026, 12, 4), "Friday 4 December"),
        (date(2027, 1, 4), "Monday 4 January 2027"),
    ],
)
def test_a_day_as_a_person_would_say_it(day: date, said: str) -> None:
    assert said_day(day, TODAY) == said


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (None, "no day set"),
        (date(2026, 11, 25), "due today"),
        (date(2026, 11, 26), "by tomorrow"),
        (date(2026, 12, 4), "by Friday 4 December"),
        (date(2026, 11, 24), "was due yesterday"),
    ],
)
def test_by_when(day: date | None, said: str) -> None:
    assert said_due(day, TODAY) == said


def test_how_late() -> None:
    assert [said_late(days) for days in (0, 1, 2, 12)] == ["", "one day late", "two days late", "12 days late"]


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("by Friday", date(2026, 11, 27)),
        ("Friday", date(2026, 11, 27)),
        ("before Tuesday.", date(2026, 12, 1)),
        ("tomorrow", date(2026, 11, 26)),
        ("by the end of tomorrow", None),
        ("this evening", date(2026, 11, 25)),
        ("by the 4th of December", date(2026, 12, 4)),
        ("on December 4", date(2026, 12, 4)),
        ("by 3 March", date(2027, 3, 3)),
        ("2026-12-04", date(2026, 12, 4)),
        ("by 31 February", None),
        ("by Wednesday", None),  # said on a Wednesday
        ("next week", None),
        ("next Friday", None),
        ("by Friday or Monday", None),
        ("soon", None),
        ("", None),
    ],
)
def test_words_mean_a_day_only_where_it_is_certain(words: str, day: date | None) -> None:
    assert day_meant(words, TODAY) == day
