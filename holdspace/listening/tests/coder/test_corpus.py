"""Our own sessions, the codebook and the second coding hold together, and no part of them is missing."""

import re
from collections import Counter
from pathlib import Path

import pytest

from holdspace.listening.coder.model import HEADS
from training import blind, codebook, found, sessions

BAD = (
    ("client: Hello.", "begins with"),
    ("coach: [change] Hello.", "no code change"),
    ("client: [neutral] <concern>oh", "not closed"),
    ("client: [neutral] oh</concern>", "out of place"),
)


def test_sixty_sessions_of_three_thousand_turns_each() -> None:
    some = sessions.sessions()
    roles = [turn.role for one in some for turn in one.turns]
    assert len(some) == 60
    assert min(roles.count("coach"), roles.count("client")) >= 3000


def test_every_turn_has_its_acts_in_order_and_known_codes() -> None:
    for one in sessions.sessions():
        for turn in one.turns:
            assert turn.acts[0].start == 0
            assert turn.acts[-1].end == len(turn.text)
            assert all(code in HEADS[turn.role][head] for head, code in turn.labels.items())
            assert not re.search(r"[<>\[\]]", turn.text), (one.name, turn.text)


def test_six_thousand_turns_of_clients_who_talk_about_habits() -> None:
    turns = [turn for one in sessions.exchanges(sessions.FOLDER / "habits.exchanges") for turn in one.turns]
    leans = Counter(turn.labels["talk"] for turn in turns if turn.role == "client")
    assert leans.total() >= 6000
    assert min(leans[code] for code in HEADS["client"]["talk"]) >= leans.total() / 4
    assert not [turn.text for turn in turns if re.search(r"[<>\[\]]", turn.text)]


def test_what_is_marked_stands_where_it_says() -> None:
    spans = [(turn, span) for one in sessions.sessions() for turn in one.turns for span in turn.spans]
    assert {span.kind for _, span in spans} == set(sessions.SPANS)
    assert all(turn.text[span.start : span.end].strip() for turn, span in spans)
    assert all(span.said.get("do") for _, span in spans if span.kind == "promise")


@pytest.mark.parametrize(("line", "trouble"), BAD)
def test_a_line_that_cannot_be_read_says_why(line: str, trouble: str) -> None:
    with pytest.raises(sessions.Misspelt, match=trouble):
        sessions.turn(line)


def test_a_turn_of_two_acts() -> None:
    turn = sessions.turn("coach: [reflection] You'd rather stay. [open] What else?")
    assert turn.text == "You'd rather stay. What else?"
    assert turn.labels == {"main": "reflection", "question": "open", "reflection": "reflection", "input": "none"}


def test_the_page_of_codes_is_the_codebook() -> None:
    assert codebook.PAGE.read_text(encoding="utf-8") == codebook.page(), "holdspace listening codes > docs/codes.md"


def test_the_second_coder_coded_what_was_drawn() -> None:
    drawn = {(one.name, at) for one, at in blind.drawn(sessions.sessions())}
    assert set(blind.answers(blind.FILE)) == drawn
    assert len(drawn) >= 300


def test_kappa_is_cohens() -> None:
    assert blind.kappa(["a", "a", "b", "b"], ["a", "a", "b", "b"]) == 1
    assert blind.kappa(["a", "b"] * 10, ["a"] * 10 + ["b"] * 10) == pytest.approx(0)
    assert blind.kappa(["y"] * 25 + ["n"] * 25, ["y"] * 20 + ["n"] * 5 + ["y"] * 10 + ["n"] * 15) == pytest.approx(0.4)


def test_promises_on_sessions_held_back() -> None:
    _, held = found.parts()
    every = [case for one in held for case in found.cases(one, "promise")]
    right = sum(case.right for case in every)
    assert right / sum(case.found is not None for case in every) >= 0.9
    assert right / sum(case.marked is not None for case in every) >= 0.5
    assert len(held) == 19


def test_no_session_names_this_machine() -> None:
    for path in Path(sessions.FOLDER).iterdir():
        assert "http" not in path.read_text(encoding="utf-8"), path.name
