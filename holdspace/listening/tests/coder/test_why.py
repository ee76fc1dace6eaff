"""Reasons in words."""

import re

import pytest

from .said import HOUR, bare, coach, coded


@pytest.mark.parametrize(
    ("text", "head", "words"),
    [
        ("Did you send it?", "question", "begins with “did”"),
        ("What would you like to get out of today?", "main", "has a question mark"),
        ("I'd suggest you update your CV.", "input", "says “suggest”"),
        ("It sounds like you're tired of waiting.", "main", "says “sounds like”"),
        ("Mm-hmm.", "main", "only shows that one listens"),
    ],
)
def test_the_reason_is_what_counted(text: str, head: str, words: str) -> None:
    assert words in coach(text).why[head]


@pytest.mark.parametrize("strip", [False, True])
def test_every_quotation_stands_in_the_turn(strip: bool) -> None:
    for one in coded(*[(role, bare(text) if strip else text) for role, text in HOUR]):
        words = " ".join(re.findall(r"[^\W_]+(?:['’][^\W_]+)*", one.turn.text.lower()))
        for line in one.why.values():
            assert all(quoted in words for quoted in re.findall("“(.+?)”", line) if quoted != "or")


def test_a_mark_is_only_spoken_of_where_there_are_marks() -> None:
    assert not any("mark" in line for one in coded(*[(r, bare(t)) for r, t in HOUR]) for line in one.why.values())
    for one in coded(*HOUR):
        for line in one.why.values():
            assert "?" in one.turn.text or "has a question mark" not in line
            assert "?" not in one.turn.text or "has no question mark" not in line


def test_what_takes_the_mark_away_changes_the_decision() -> None:
    asked, said = coach("You sent it?"), coach("You sent it.")
    assert "question mark" in asked.why["question"]
    assert asked.codes["question"].code != said.codes["question"].code


def test_a_turn_without_words_has_no_reasons() -> None:
    assert dict(coach("").why) == {}
