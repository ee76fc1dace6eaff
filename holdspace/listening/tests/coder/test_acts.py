"""The acts of a turn that does several things."""

import pytest

from holdspace.listening.coder.acts import ACTS

from .said import HOUR, bare, coach, coded

TWO = "So you're torn between staying and leaving. What would help you decide?"


def test_a_turn_that_does_two_things_shows_where() -> None:
    one = coach(TWO)
    assert [(act.code, one.turn.text[act.start : act.end]) for act in one.acts] == [
        ("reflection", "So you're torn between staying and leaving."),
        ("open", "What would help you decide?"),
    ]


def test_remarks_and_wide_letters_leave_offsets_true() -> None:
    one = coach(f"[laughs] Très bien — {TWO}")
    assert one.turn.text[one.acts[-1].start : one.acts[-1].end] == "What would help you decide?"


def test_advice_and_a_question() -> None:
    one = coach("I'd suggest you talk to Mira before you decide. Have you spoken to her already?")
    assert [act.code for act in one.acts] == ["advice", "closed"]


@pytest.mark.parametrize(
    "text", ["What would help?", "Okay. What would help?", "Mm-hmm.", "", "What would help? What else would help you?"]
)
def test_a_turn_that_does_one_thing_has_none(text: str) -> None:
    assert coach(text).acts == ()


def test_a_sentence_may_turn_to_asking() -> None:
    one = coach("So you're tired of the long hours, what would you want to do about that?")
    assert [one.turn.text[act.start : act.end] for act in one.acts][-1:] == ["what would you want to do about that?"]


def test_acts_are_found_without_marks() -> None:
    several = [one for one in coded(*[(role, bare(words)) for role, words in HOUR]) if one.acts]
    assert [(act.code, one.turn.text[act.start : act.end]) for one in several for act in one.acts] == [
        ("reflection", "you like your boss and you want more than this"),
        ("open", "what would have to be different"),
        ("advice", "i'd suggest you talk to mira before you decide"),
        ("closed", "have you spoken to her already"),
    ]


def test_what_is_told_is_not_cut_where_it_only_names_a_question() -> None:
    whole = [(role, bare(words)) for role, words in HOUR]
    assert coded(*whole, ("coach", "so you really want to know what is left of the old plan"))[-1].acts == ()


@pytest.mark.parametrize("strip", [False, True])
def test_acts_lie_in_order_and_within_the_turn(strip: bool) -> None:
    texts = [bare(words) if strip else words for _, words in HOUR]
    for one in coded(*[(role, text) for (role, _), text in zip(HOUR, texts, strict=True)] * 3):
        end = 0
        for act in one.acts:
            assert act.code in ACTS
            assert end <= act.start < act.end <= len(one.turn.text)
            assert one.turn.text[act.start : act.end].strip() == one.turn.text[act.start : act.end]
            end = act.end
        assert len({act.code for act in one.acts}) != 1


def test_a_client_has_no_acts() -> None:
    assert coded(("client", TWO))[0].acts == ()
