"""Plain words and sentences, and whether a text has marks to go by."""

import pytest

from holdspace.listening.coder.words import is_marked, lacks_marks, located, quiet, sentences_of, words_of


@pytest.mark.parametrize(
    "text", ["I don't know, you're right", "I don’t know, you’re right", "i don t know you re right"]
)
def test_words_are_the_same_however_they_are_written(text: str) -> None:
    assert words_of(text) == ("i", "dont", "know", "youre", "right")


def test_words_know_their_place() -> None:
    text = "İt's  fine — 'really'."
    assert [text[start:end] for _, start, end in located(text)] == ["İt's", "fine", "really"]


def test_remarks_are_blanked_and_nothing_moves() -> None:
    assert quiet("Yes [laughs] so (crosstalk) what?") == "Yes          so             what?"
    assert quiet("It was (in a way) fine") == "It was (in a way) fine"


def test_sentences_and_their_marks() -> None:
    assert [(one.words, one.mark) for one in sentences_of('Good. You left?! "Why?" and so')] == [
        (("good",), "."),
        (("you", "left"), "?"),
        (("why",), "?"),
        (("and", "so"), ""),
    ]


@pytest.mark.parametrize(
    ("texts", "marked"),
    [
        (["what now", "nothing"], False),
        (["What now?", "nothing"], True),
        (["He left.", "I see."], True),
        (["he left.", "i see."] * 10, False),
        ([], False),
    ],
)
def test_marks_to_go_by(texts: list[str], marked: bool) -> None:
    assert is_marked(texts) is marked


def test_one_turn_may_lack_marks() -> None:
    assert lacks_marks("what made you decide to leave")
    assert not lacks_marks("what made you decide to leave?")
    assert not lacks_marks("Yes okay")
