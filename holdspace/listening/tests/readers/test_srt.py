"""SRT and its relatives."""

import pytest

from .spoken import heard, spoken, timed

SRT = """1
00:00:01,000 --> 00:00:02,500
Ana Fox: Hello &amp; welcome.

2
00:00:03,000 --> 00:00:04,000
<i>Ben</i>: <font color="#fff">Hi.</font>

3
00:00:05,000 --> 00:00:06,000
Ana Fox: {\\an8}So?
"""


def test_names_times_and_markup() -> None:
    assert timed(SRT) == [
        ("Ana Fox", "Hello & welcome.", 1.0, 2.5),
        ("Ben", "Hi.", 3.0, 4.0),
        ("Ana Fox", "So?", 5.0, 6.0),
    ]
    assert heard(SRT).format == "srt"


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
def test_any_line_end(end: str) -> None:
    assert timed(SRT.replace("\n", end)) == timed(SRT)


def test_plain_captions_stay_apart() -> None:
    assert timed("1\n00:00:01,000 --> 00:00:02,000\nHello.\n\n2\n00:00:02,000 --> 00:00:03,000\nHi.\n") == [
        (None, "Hello.", 1.0, 2.0),
        (None, "Hi.", 2.0, 3.0),
    ]


def test_a_number_that_was_said_is_no_counter() -> None:
    text = "1\n00:00:01,000 --> 00:00:02,000\nHow old?\n\n2\n00:00:02,000 --> 00:00:03,000\nI am\n42\n"
    assert spoken(text) == [(None, "How old?"), (None, "I am 42")]


def test_a_number_alone_is_words_too() -> None:
    text = "1\n00:00:01,000 --> 00:00:02,000\n7\n\n2\n00:00:02,000 --> 00:00:03,000\nSeven?\n"
    assert spoken(text) == [(None, "7"), (None, "Seven?")]


def test_empty_captions_and_empty_lines_within() -> None:
    text = (
        "1\n00:00:01,000 --> 00:00:02,000\n\n2\n00:00:02,000 --> 00:00:03,000\nOne\n\ntwo\n\n"
        "3\n00:00:03,000 --> 00:00:04,000\nThree\n"
    )
    assert spoken(text) == [(None, "One two"), (None, "Three")]


def test_without_counters_or_empty_lines() -> None:
    assert timed("00:00:01,000 --> 00:00:02,000\nOne\n00:00:02,000 --> 00:00:03,000\nTwo") == [
        (None, "One", 1.0, 2.0),
        (None, "Two", 2.0, 3.0),
    ]


@pytest.mark.parametrize("stamp", ["00:00:01,500", "00:00:01.500", "0:00:01,5", "00:01.500", "0:01,500"])
def test_times_as_they_come(stamp: str) -> None:
    assert timed(f"1\n{stamp} --> 00:00:09,000\nHi\n") == [(None, "Hi", 1.5, 9.0)]


def test_youtube_captions() -> None:
    assert timed("0:00:01.000,0:00:02.000\nAna: Hi.\n\n0:00:02.000,0:00:03.500\nBen: Yes.\n") == [
        ("Ana", "Hi.", 1.0, 2.0),
        ("Ben", "Yes.", 2.0, 3.5),
    ]


def test_words_before_the_first_time_are_kept_and_told() -> None:
    read = heard("A title\n\n1\n00:00:01,000 --> 00:00:02,000\nHi\n")
    assert [turn.text for turn in read.turns] == ["A title", "Hi"]
    assert "line 1" in read.notes[0]


def test_without_words() -> None:
    read = heard("1\n00:00:01,000 --> 00:00:02,000\n\n")
    assert read.turns == ()
    assert "no words" in read.notes[0]


def test_teams_as_text_with_the_name_on_its_own_line() -> None:
    text = "0:0:0.0 --> 0:0:5.260\nAna Fox\nHow was it?\n0:0:5.9 --> 0:0:7.1\nBen\nHard.\n"
    assert timed(text) == [("Ana Fox", "How was it?", 0.0, 5.26), ("Ben", "Hard.", 5.9, 7.1)]


def test_all_capitals_on_two_lines_are_no_names() -> None:
    text = "".join(f"{n}\n00:00:{n:02},000 --> 00:00:{n:02},900\nAND THEN {n}\nWE WENT ON\n\n" for n in range(1, 9))
    assert heard(text).speakers == ()
