"""Words that say when, and the day they name."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdspace.listening.finding.dates import resolved
from holdspace.listening.finding.imperative import imperative

TUESDAY = date(2026, 3, 10)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("by Friday", "2026-03-13"),
        ("before Friday", "2026-03-12"),
        ("on Tuesday", "2026-03-17"),
        ("next Friday", "2026-03-20"),
        ("Friday week", "2026-03-20"),
        ("a week on Thursday", "2026-03-19"),
        ("tonight", "2026-03-10"),
        ("tomorrow before lunch", "2026-03-11"),
        ("this week", "2026-03-13"),
        ("by the end of next week", "2026-03-20"),
        ("over the weekend", "2026-03-15"),
        ("by the end of this month", "2026-03-31"),
        ("by the fifteenth", "2026-03-15"),
        ("on the 3rd", "2026-04-03"),
        ("the second of June", "2026-06-02"),
        ("before the second of June", "2026-06-01"),
        ("March 5th", "2027-03-05"),
        ("in two weeks", "2026-03-24"),
        ("within three days", "2026-03-13"),
        ("by April", "2026-03-31"),
        ("in April", "2026-04-30"),
        ("end of the day", "2026-03-10"),
        ("next time", None),
        ("before the interview", None),
        ("every Friday", None),
        ("twice a week", None),
        ("by the 45th", None),
    ],
)
def test_a_day_said_on_a_tuesday(words: str, day: str | None) -> None:
    found = resolved(words, TUESDAY)
    assert (found.isoformat() if found else None) == day


@given(st.text(max_size=60), st.dates(date(1990, 1, 1), date(2090, 1, 1)))
def test_any_words_name_a_day_or_none(words: str, on: date) -> None:
    resolved(words, on)


@given(
    st.sampled_from(["by Friday", "next month", "on the 31st", "in two months", "this weekend", "by the 1st"]),
    st.dates(),
)
def test_no_day_lies_before_the_session(words: str, on: date) -> None:
    if on.year < 9000:
        found = resolved(words, on)
        assert found is None or found >= on


@pytest.mark.parametrize(
    ("said", "when", "own", "action"),
    [
        ("send you the list", None, True, "send Ben the list"),
        ("send you your notes", None, True, "send Ben Ben's notes"),
        ("ringing Carol on Monday", "on Monday", True, "ring Carol"),
        ("writing it up", None, True, "write it up"),
        ("you'll have my comments", None, True, "get Ben my comments"),
        ("let you know", None, True, "let Ben know"),
        ("send me your CV", None, False, "send Ana my CV"),
        ("probably email her, I think", None, True, "email her"),
    ],
)
def test_a_deed_in_the_imperative(said: str, when: str | None, own: bool, action: str) -> None:
    assert imperative(said, when, own, ("Ana Quill", "Ben Ode")) == action
