"""What changed between two texts: nothing is lost, and no more is marked than what changed."""

from hypothesis import given
from hypothesis import strategies as st

from holdspace.engagements.changes import changes, pieces

TEXT = st.text(alphabet="ab c.\n’é", max_size=40)


@given(TEXT, TEXT)
def test_both_texts_can_be_read_from_the_pieces(was: str, now: str) -> None:
    found = list(pieces(was, now))
    assert "".join(piece.words for piece in found if piece.kind != "new") == was
    assert "".join(piece.words for piece in found if piece.kind != "gone") == now


def test_only_the_words_that_changed_are_marked() -> None:
    found = list(pieces("We meet weekly, for an hour.", "We meet monthly, for an hour."))
    assert [piece.words for piece in found if piece.kind != "same"] == ["weekly", "monthly"]


def test_sections_that_stayed_are_left_out_and_those_gone_come_last() -> None:
    before = [{"key": key, "title": key, "words": key} for key in ("goals", "fees", "ending")]
    after = [
        before[2],
        {"key": "goals", "title": "goals", "words": "other"},
        {"key": "more", "title": "m", "words": "x"},
    ]
    assert [(one.title, one.kind) for one in changes(before, after)] == [
        ("goals", "changed"),
        ("m", "new"),
        ("fees", "gone"),
    ]


def test_a_word_or_two_that_stayed_between_changes_are_not_torn_out() -> None:
    found = list(pieces("We agreed on a fee. Nothing else.", "Fifty pounds on a day. Nothing else."))
    assert [(piece.kind, piece.words) for piece in found] == [
        ("gone", "We agreed on a fee"),
        ("new", "Fifty pounds on a day"),
        ("same", ". Nothing else."),
    ]
