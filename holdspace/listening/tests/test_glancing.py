"""Moments worth another look, and what is told of a concern."""

from holdspace.listening import Heard, Transcript, Turn, listen
from holdspace.listening.glancing import EACH, MOST, moments, quoted

WORRY = "I'm afraid I'm not good enough for that job."
TOLD = (
    "You should apply anyway. I'd send the letter tomorrow, most people who get it only have half of what they ask for."
)


def heard(*said: tuple[str, str]) -> Heard:
    turns = tuple(Turn(at, name, text) for at, (name, text) in enumerate(said))
    return listen(Transcript(turns, "tests"), "Ana", "Ben")


def kinds(one: Heard) -> list[str]:
    return [moment.kind for moment in one.moments]


def test_a_concern_met_with_advice_is_worth_another_look() -> None:
    one = heard(("Ana", "How is it going?"), ("Ben", WORRY), ("Ana", TOLD), ("Ben", "Okay."))
    (concern,) = [found for found in one.suggestions if found.kind == "concern"]
    assert (concern.acknowledged, concern.met_with) == (False, "input")
    (moment,) = one.moments
    assert (moment.kind, moment.turns) == ("concern_met_with_advice", (1, 2))
    assert "not good enough" in moment.text


def test_a_concern_given_back_is_acknowledged_and_no_moment() -> None:
    back = "So part of you feels you wouldn't be good enough."
    one = heard(("Ana", "How is it going?"), ("Ben", WORRY), ("Ana", back), ("Ben", "Yes."))
    (concern,) = [found for found in one.suggestions if found.kind == "concern"]
    assert (concern.acknowledged, concern.met_with) == (True, "reflection")
    assert "concern" not in " ".join(kinds(one))


def test_a_concern_at_the_very_end_is_neither() -> None:
    (concern,) = [found for found in heard(("Ana", "And?"), ("Ben", WORRY)).suggestions if found.kind == "concern"]
    assert (concern.acknowledged, concern.met_with) == (None, None)


def test_stacked_questions_and_a_long_answer_to_a_short_word() -> None:
    asks = "What happened next? And how did you feel? Did you tell anyone?"
    talk = "I think the market is moving on a lot these days. " * 12
    one = heard(("Ana", asks), ("Ben", "No."), ("Ana", talk), ("Ben", "Right."))
    assert kinds(one) == ["stacked", "long_after_short"]
    assert "Three questions" in one.moments[0].text


def test_there_are_at_most_five_and_few_of_a_kind() -> None:
    one = heard(*[("Ana", "What? And why? And when?"), ("Ben", WORRY), ("Ana", TOLD), ("Ben", "Hm.")] * 8)
    assert len(one.moments) <= MOST
    assert all(kinds(one).count(kind) <= EACH for kind in kinds(one))
    assert moments((), ()) == ()


def test_long_words_are_cut_at_a_word() -> None:
    assert quoted("word " * 40) == "“" + "word " * 11 + "word …”"
