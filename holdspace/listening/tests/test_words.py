"""How figures, codes and times are said, and who spoke when."""

import dataclasses

import pytest

from holdspace.listening import Turn
from holdspace.listening.measures import measure
from holdspace.listening.timeline import timeline
from holdspace.listening.values import Measure
from holdspace.listening.words import (
    CODES,
    marks,
    say_chance,
    say_code,
    say_length,
    say_measure,
    say_time,
    say_who,
)

from .talk import ana, ben, code, heard, session

SHARE = Measure("input_share", "x", 0.31, 0.22, 0.42, 61, "share", "c", "s", count=19)


def test_a_share_stands_with_its_range_and_count() -> None:
    assert say_measure(SHARE) == ".31 (.22–.42), 19 of 61"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"value": None, "low": None, "high": None, "n": 6, "count": 2}, "– (2 of 6)"),
        ({"value": None, "low": None, "high": None, "n": 0, "count": None}, "–"),
        ({"value": 1.0, "low": 0.7, "high": 1.0}, "1.00 (.70–1.00), 19 of 61"),
        ({"name": "reflections_per_question", "unit": "ratio", "value": 1.04}, "1.04 (0.22–0.42), 19 to 61 found"),
        ({"unit": "words", "value": 17.5, "low": 12, "high": 20, "count": None}, "17.5 (12–20) words, 61 turns"),
        ({"unit": "words", "value": 65, "low": None, "high": None, "count": None}, "65 words"),
        ({"unit": "seconds", "value": -0.24, "low": -1, "high": 1.26, "count": None}, "−0.2 (−1.0–1.3) s, 61 turns"),
        ({"unit": "per 10 turns", "value": 1.02, "low": 0.2, "high": 2, "count": 6}, "1.0 (0.2–2.0), 6 of 61"),
        ({"unit": "turns", "value": 27.4, "low": 18.2, "high": 39.9}, "27 (18–40), 19 of 61"),
    ],
)
def test_every_unit_is_said_as_it_is_read(changes: dict[str, object], said: str) -> None:
    assert say_measure(dataclasses.replace(SHARE, **changes)) == said


def test_every_measure_can_be_said() -> None:
    assert all(say_measure(one) for one in measure(session(), "fine", {}))


def test_codes_are_said_in_words() -> None:
    assert say_code("question", "open") == "open question"
    assert say_code("input", "support_offer") == "support offer"
    assert all(said for said in CODES.values())


def test_a_turn_says_all_it_holds() -> None:
    both = ana(0, "You are torn. What now?", question="open", reflection="reflection")
    assert [one.words for one in marks(both)] == ["open question", "reflection"]
    assert marks(both)[0].why == "begins with “what”"
    assert [one.words for one in marks(ana(0, "Hm."))] == ["other"]
    assert [one.words for one in marks(ben(1, "No.", "sustain"))] == ["holds back"]


def test_an_unsure_code_says_perhaps() -> None:
    turn = dataclasses.replace(ben(0, "Hm."), codes={"talk": code("change", sure=False)})
    assert [one.words for one in marks(turn)] == ["perhaps leans to change"]


@pytest.mark.parametrize(("p", "said"), [(0.93, "about 9 in 10"), (0.99, "about 9 in 10"), (0.02, "about 1 in 10")])
def test_chances_are_never_certain(p: float, said: str) -> None:
    assert say_chance(p) == said


@pytest.mark.parametrize(("seconds", "said"), [(None, ""), (0, "0:00"), (65.9, "1:05"), (3729, "1:02:09")])
def test_times_look_like_a_clock(seconds: float | None, said: str) -> None:
    assert say_time(seconds) == said


def test_who_and_how_long() -> None:
    one = heard(session(12))
    assert say_who(one) == "Ana is the coach, Ben the client."
    assert say_length(one) == "24 turns, 2:00 long"
    assert say_who(dataclasses.replace(one, coach=None)) == "Nobody is known to be the coach yet."


def test_the_line_of_time_follows_the_clock() -> None:
    first, second, *_ = timeline(heard(session(12)))
    assert (first.role, first.start, first.end, first.words, first.unit) == ("coach", 0, 4, 10, "seconds")
    assert (second.role, second.speaker, second.start, second.end) == ("client", "Ben", 5, 10)


def test_a_missing_end_is_the_next_start_and_time_never_runs_back() -> None:
    turns = (ana(0, "a", start=5.0), ben(1, "b", start=9.0, end=7.0), ana(2, "c", start=12.0))
    assert [(one.start, one.end) for one in timeline(heard(turns))] == [(5, 9), (9, 9), (12, 12)]


def test_a_clock_on_the_wall_begins_at_nothing() -> None:
    turns = (ana(0, "a", start=36000.0, end=36004.0), ben(1, "b", start=36004.0, end=36010.0))
    assert [(one.start, one.end) for one in timeline(heard(turns))] == [(0, 4), (4, 10)]


def test_without_stamps_words_are_the_measure() -> None:
    turns = (ana(0, "one two three"), ben(1, "four"), ana(2, "", start=3.0))
    assert [(one.start, one.end, one.unit) for one in timeline(heard(turns, "none"))] == [
        (0, 3, "words"),
        (3, 4, "words"),
        (4, 4, "words"),
    ]


def test_nobody_speaking_has_no_line() -> None:
    assert timeline(heard(())) == ()
    assert Turn(0, None, "").speaker is None
