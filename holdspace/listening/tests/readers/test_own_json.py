"""Our own JSON: turns kept exactly, or a refusal that names the turn."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from holdspace.listening import CodedTurn, Heard, Transcript, TranscriptError, Turn, read

from .spoken import heard

WORDS = some.text(some.characters(exclude_categories=["Cs"]), max_size=40)
TIME = some.none() | some.floats(0, 1e6) | some.integers(0, 10**6)
NAME = some.none() | some.sampled_from(["Dana", "Ben (Guest)", " spaced  out "]) | WORDS.filter(str.strip)
TURN = some.fixed_dictionaries({"speaker": NAME, "text": WORDS, "start": TIME, "end": TIME})


@given(some.lists(TURN, max_size=12), some.booleans(), some.booleans())
def test_turns_are_kept_exactly(turns: list[dict[str, Any]], bare: bool, ascii_only: bool) -> None:
    read_back = read(json.dumps(turns if bare else {"turns": turns}, ensure_ascii=ascii_only).encode())
    kept = [{"speaker": t.speaker, "text": t.text, "start": t.start, "end": t.end} for t in read_back.turns]
    assert kept == turns
    assert [turn.index for turn in read_back.turns] == list(range(len(turns)))


def test_never_joined_and_never_split() -> None:
    turns = [{"speaker": "Dana", "text": "One.\n\nBen: two"}, {"speaker": "Dana", "text": ""}, {"text": "Three."}]
    assert [(turn.speaker, turn.text) for turn in heard(json.dumps(turns)).turns] == [
        ("Dana", "One.\n\nBen: two"),
        ("Dana", ""),
        (None, "Three."),
    ]


def test_what_we_write_reads_back() -> None:
    turns = (Turn(0, "Dana", "How was it?", 1.25, 2.5), Turn(1, "Ben", "Hard.", 3.0), Turn(2, None, "…"))
    written = Heard(
        Transcript(turns, "webvtt", "fine"), "Dana", tuple(CodedTurn(turn, "other") for turn in turns)
    ).to_dict()
    assert read(json.dumps(written).encode()).turns == turns


def test_a_blank_speaker_is_nobody() -> None:
    assert heard('{"turns": [{"speaker": " ", "text": "Hi"}]}').turns[0].speaker is None


def test_halves_of_a_pair_can_be_written_again() -> None:
    turn = heard('{"turns": [{"speaker": "D\\ud83d", "text": "a\\udc00b \\ud83d\\ude00"}]}').turns[0]
    assert (turn.speaker, turn.text) == ("D\ufffd", "a\ufffdb 😀")


def test_times_backwards_are_kept_and_told() -> None:
    read_back = heard('[{"text": "a", "start": 9, "end": 4}, {"text": "b", "start": 2}]')
    assert [(turn.start, turn.end) for turn in read_back.turns] == [(9.0, 4.0), (2.0, None)]
    assert "backwards" in read_back.notes[0]


def test_no_turns() -> None:
    assert (heard('{"turns": []}').turns, heard("[]").notes) == (
        (),
        ("The file is sound, but there are no words in it.",),
    )


REFUSED = {
    '{"turns": [{"text": "a"}, {"text": "b", "start": NaN}]}': "Turn 2 has a “start” that is not a finite number",
    '{"turns": [{"text": "a", "end": Infinity}]}': "Turn 1 has a “end” that is not a finite number",
    '{"turns": [{"text": "a", "end": 1e999}]}': "Turn 1 has a “end” that is not a finite number",
    '{"turns": [{"text": "a", "start": -0.5}]}': "Turn 1 has a “start” before zero",
    '{"turns": [{"text": "a", "start": "0:03"}]}': "Turn 1 has a “start” that is not a number",
    '{"turns": [{"text": "a", "start": true}]}': "Turn 1 has a “start” that is not a number",
    '{"turns": [{"text": "a", "start": [1]}]}': "Turn 1 has a “start” that is not a number",
    '{"turns": [{"speaker": "Dana"}]}': "Turn 1 has no “text”",
    '{"turns": [{"text": 5}]}': "Turn 1 has a “text” that is not text",
    '{"turns": [{"text": "a", "speaker": 0}]}': "Turn 1 has a “speaker” that is not text",
    '{"turns": [["Dana", "Hi"]]}': "Turn 1 is not an object",
    '{"turns": {"a": 1}}': "not a list of turns",
    '{"turns": "a"}': "not a list of turns",
    '["a"]': "Turn 1 is not an object",
    "[1, 2]": "Turn 1 is not an object",
    '{"words": 1}': "no conversation we know",
    "{}": "no conversation we know",
    '{"turns": [{"text": "a"}]': "broken here",
    '{"turns": [{"text": "a"},]}': "broken here",
    "{'turns': []}": "broken here",
    '{"turns": []}\n{"turns": []}': "line 2: The file holds more than one JSON value",
    "[" * 100_000: "nested far too deep",
    '{"turns":' * 100_000: "nested far too deep",
    '{"turns": [{"text": "a", "start": ' + "9" * 5_000 + "}]}": "number far too long",
    '{"turns": [{"text": "a", "start": 1' + "0" * 400 + "}]}": "not a finite number",
    "[" + "{}," * 1_600_000 + "{}]": "millions of values",
}


@pytest.mark.parametrize("text", REFUSED, ids=list(REFUSED.values()))
def test_refused_with_the_place(text: str) -> None:
    with pytest.raises(TranscriptError, match=REFUSED[text]):
        heard(text)


def test_broken_json_names_the_line() -> None:
    with pytest.raises(TranscriptError) as refusal:
        heard('{"turns": [\n  {"text": "a"},\n  {"text": }\n]}')
    assert refusal.value.line == 3
