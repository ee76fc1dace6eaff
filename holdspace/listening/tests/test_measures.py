"""Measures: exact formulas on conversations coded by hand, and what hides a figure."""

import dataclasses

import pytest

from holdspace.listening import Act, CodedTurn, Measure
from holdspace.listening.intervals import Errors, corrected, ratio, wilson
from holdspace.listening.measures import CAPTIONS, asked_in, measure, questions_in, words_in
from holdspace.listening.measures.errors import SPREAD, errors_of
from holdspace.listening.values import Stamps

from .talk import ana, ben, session

FAIR = {"question": Errors(0.9, 0.95, 200, 400), "reflection": Errors(0.75, 0.85, 300, 700)}


def of(
    turns: tuple[CodedTurn, ...], name: str, stamps: Stamps = "fine", rates: dict[str, Errors] | None = None
) -> Measure:
    return next(one for one in measure(turns, stamps, rates or {}) if one.name == name)


def test_every_measure_is_there_once_and_in_order() -> None:
    names = [one.name for one in measure(session(), "fine", {})]
    assert names == list(CAPTIONS)


def test_every_measure_says_its_unit_caveat_and_source() -> None:
    assert all(one.unit and one.caveat and one.source and one.label for one in measure(session(), "fine", {}))


@pytest.mark.parametrize("word", ["rapport", "empathy", "sentiment", "complex", "matching", "authentic", "deception"])
def test_what_the_evidence_refuses_does_not_exist(word: str) -> None:
    assert not any(word in f"{one.name} {one.label}".lower() for one in measure(session(), "fine", {}))


def test_shares_count_turns_at_their_best_guess() -> None:
    turns = (*session(8), ana(16, "You feel torn.", reflection="reflection"), ana(17, "Try it.", given="advice"))
    for name, count in {"reflection_share": 1, "input_share": 1, "advice_share": 1, "open_share": None}.items():
        one = of(turns, name)
        if count is None:
            assert one.value is None
            continue
        plain = wilson(count, 10)
        assert (one.count, one.n, one.value) == (count, 10, plain.value)
        assert (one.low, one.high) == (round(plain.low, 4), round(plain.high, 4))
    assert of(turns, "reflection_share").turns == (16,)
    assert of(turns, "advice_share").turns == (17,)


def test_information_is_input_but_no_advice() -> None:
    turns = (*session(9), ana(18, "The fair is in May.", given="information"))
    assert of(turns, "input_share").count == 1
    assert of(turns, "advice_share").count == 0


def test_an_unsure_code_counts_too() -> None:
    turns = session(10)
    unsure = {head: dataclasses.replace(one, sure=False, p=0.4) for head, one in turns[0].codes.items()}
    turns = (dataclasses.replace(turns[0], codes=unsure), *turns[1:])
    assert of(turns, "questions").count == 10


def test_shares_are_corrected_and_keep_what_was_counted() -> None:
    turns = (*session(8), *(ana(16 + at, "You feel torn.", reflection="reflection") for at in range(8)))
    one, figure = of(turns, "reflection_share", rates=FAIR), corrected(8, 16, FAIR["reflection"])
    assert (one.value, one.low, one.high) == (round(figure.value, 4), round(figure.low, 4), round(figure.high, 4))
    assert (one.count, one.n) == (8, 16)
    assert one.value > 8 / 16


def test_counts_are_estimated_for_the_whole_session() -> None:
    one, figure = of(session(), "questions", rates=FAIR), corrected(12, 12, FAIR["question"])
    assert (one.value, one.low, one.count) == (round(12 * figure.value, 4), round(12 * figure.low, 4), 12)


def test_reflections_stand_against_questions() -> None:
    turns = (*session(30), *(ana(60 + at, "You feel torn.", reflection="reflection") for at in range(30)))
    one, figure = of(turns, "reflections_per_question"), ratio(30, 30)
    assert (one.value, one.low, one.high) == (figure.value, round(figure.low, 4), round(figure.high, 4))
    assert (one.count, one.n) == (30, 30)


def test_few_questions_give_no_ratio_but_keep_the_counts() -> None:
    turns = tuple(ana(at, "You feel torn.", reflection="reflection") for at in range(20))
    one = of(turns, "reflections_per_question")
    assert (one.value, one.low, one.high, one.count, one.n) == (None, None, None, 20, 0)
    assert one.reason == "No questions."


@pytest.mark.parametrize(("n", "shown"), [(9, False), (10, True)])
def test_a_denominator_under_ten_hides_the_figure(n: int, shown: bool) -> None:
    for name in ("input_share", "questions", "stacked_per_10", "words_per_coach_turn", "coach_word_share"):
        one = of(session(n), name)
        assert (one.value is not None) is shown, name
        assert (one.reason is None) is shown, name
        assert one.n == n


def test_a_coder_that_misses_most_gives_no_figure() -> None:
    one = of(session(), "advice_share", rates={"advice": Errors(0.23, 0.97, 100, 3000)})
    assert (one.value, one.count, one.n) == (None, 0, 12)
    assert one.reason == "The coder finds only 23 of 100 of these, too few for a figure."


def test_what_came_right_after_reluctance() -> None:
    turns: list[CodedTurn] = []
    for at in range(0, 24, 2):
        turns += [ben(at, "I can't.", "sustain"), ana(at + 1, "It is a lot.", reflection="reflection")]
    turns += [ben(24, "No.", "sustain"), ana(25, "Do it.", given="advice"), ben(26, "Hm.", "sustain")]
    reflected, informed = (of(tuple(turns), f"{name}_after_reluctance") for name in ("reflection", "input"))
    assert (reflected.count, reflected.n, informed.count, informed.n) == (12, 13, 1, 13)
    assert informed.turns == (25,)


def test_only_the_very_next_turn_answers_reluctance() -> None:
    turns = (ben(0, "I can't.", "sustain"), ben(1, "Well."), ana(2, "It is a lot.", reflection="reflection"))
    assert of(turns, "reflection_after_reluctance").n == 0


def test_words_in_a_turn_are_the_middle_one() -> None:
    turns = tuple(ana(at, " ".join(["word"] * (at + 1))) for at in range(11))
    one = of(turns, "words_per_coach_turn")
    assert (one.value, one.low, one.high, one.n) == (6, 2, 10, 11)


def test_remarks_are_not_words() -> None:
    assert words_in("Well [laughs] I don't know – e-mail it, 3.5 times") == 8


def test_the_share_of_words() -> None:
    one = of(session(), "coach_word_share")
    assert (one.value, one.n) == (0.5, 12)
    assert one.low == pytest.approx(0.5, abs=1e-6)


def test_nobody_saying_a_word_has_no_share() -> None:
    turns = tuple(turn for at in range(0, 24, 2) for turn in (ana(at, "–"), ben(at + 1, "[silence]")))
    one = of(turns, "coach_word_share")
    assert (one.value, one.reason) == (None, "Nobody said a word.")


def test_the_longest_turn_has_no_interval() -> None:
    turns = (*session(2), ana(4, "a b c d e f g h i j k"))
    one = of(turns, "longest_coach_turn")
    assert (one.value, one.low, one.high, one.turns) == (11, None, None, (4,))


def test_stacked_questions_stand_for_every_ten_turns() -> None:
    turns = (*session(9), ana(18, "W?Y?H?", question="open", asked=3))
    one, share = of(turns, "stacked_per_10"), wilson(1, 10)
    assert (one.value, one.low, one.high) == (1.0, round(share.low * 10, 4), round(share.high * 10, 4))
    assert one.turns == (18,)


def test_questions_are_counted_by_their_marks_or_without_any_by_stretches() -> None:
    asks = dataclasses.replace(ana(0, "Well. Tea? Or water?? Fine.", question="closed"), acts=())
    quiet = dataclasses.replace(ana(1, "You said why? and left.", reflection="reflection"), acts=())
    bare = dataclasses.replace(ana(2, "how was it", question="open"), acts=())
    assert [questions_in(one) for one in (asks, quiet, bare)] == [2, 0, 1]
    assert asked_in(asks) == ("Tea?", "Or water??")
    assert asked_in(bare) == ("how was it",)


def test_only_what_asks_is_counted() -> None:
    turn = ana(0, "You left? Then what? And now?", question="open")
    parted = dataclasses.replace(turn, acts=(Act("reflection", 0, 9, 0.9, True), Act("open", 10, 29, 0.9, True)))
    assert questions_in(parted) == 2
    assert asked_in(parted) == ("Then what?", "And now?")
    bare = ana(0, "so what now and who", question="open")
    two = dataclasses.replace(bare, acts=(Act("open", 0, 11, 0.9, True), Act("open", 12, 19, 0.9, True)))
    assert questions_in(two) == 2


def test_the_pause_after_a_question() -> None:
    median, long = (of(session(), name) for name in ("gap_after_question", "long_gap_share"))
    assert (median.value, median.low, median.high, median.n) == (1.0, 1.0, 1.0, 12)
    assert (long.value, long.count, long.n) == (0.0, 0, 12)


@pytest.mark.parametrize(("stamps", "why"), [("none", "No stamps."), ("seconds", "whole seconds")])
def test_coarse_stamps_show_no_pause(stamps: Stamps, why: str) -> None:
    for name in ("gap_after_question", "long_gap_share"):
        one = of(session(), name, stamps)
        assert (one.value, one.n) == (None, 0)
        assert why in (one.reason or "")


def test_no_turns_at_all_give_reasons_only() -> None:
    assert all(one.value is None and one.reason for one in measure((), "fine", {}))


def test_errors_are_worth_fewer_turns_in_a_new_session() -> None:
    errors = errors_of({"input": (0.6, 0.9, 600, 3000), "information": (0.5, 0.9, 10, 10)})
    assert list(errors) == ["input"]
    assert errors["input"].n_sensitivity == pytest.approx(0.24 / SPREAD["input"][0] ** 2)
    assert errors_of({"input": (0.6, 0.9, 2, 3000)})["input"].n_sensitivity == 2
