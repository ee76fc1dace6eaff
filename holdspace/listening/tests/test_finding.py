"""The finder on original career-coaching lines: nine right in ten at least, little missed, places exact."""

import time
from collections.abc import Sequence

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from holdspace.listening import CodedTurn, Suggestion
from holdspace.listening.finding import find
from holdspace.listening.finding.asked import says_yes
from holdspace.listening.finding.clauses import sentences
from holdspace.listening.finding.due import due_in

from . import said_later
from .said_concerns import CLIENT as CONCERNS
from .said_promises import ASKED, CLIENT, COACH
from .talk import said


def kind(found: Sequence[Suggestion], wanted: str) -> list[Suggestion]:
    return [one for one in found if one.kind == wanted]


def plain(words: str) -> str:
    return " ".join(words.lower().replace("’", "'").split())


def score(cases: Sequence[tuple[list[Suggestion], str | None]]) -> tuple[float, float]:
    """(precision, recall) over (what was found, the words that should be)."""
    found = [one for got, _ in cases for one in got]
    right = [
        one for got, wanted in cases for one in got if wanted and (plain(wanted) in plain(one.text) or len(got) > 1)
    ]
    hit = [any(plain(wanted) in plain(one.text) for one in got) for got, wanted in cases if wanted]
    return len(right) / len(found), sum(hit) / len(hit)


def test_promises_are_right_nine_times_in_ten() -> None:
    cases = [(kind(find([said(text, "coach")]), "promise"), wanted) for text, wanted in COACH]
    cases += [(kind(find([said(text)]), "promise"), wanted) for text, wanted in CLIENT]
    for asker, asked, answer, wanted in ASKED:
        one, other = ("coach", "client") if asker == "coach" else ("client", "coach")
        cases.append((kind(find([said(asked, one), said(answer, other, 1)]), "promise"), wanted))
    precision, recall = score(cases)
    assert len(cases) > 120
    assert precision >= 0.95
    assert recall >= 0.85  # a client's step without a day is left out: on whole sessions it was right too seldom


def test_concerns_are_right_nine_times_in_ten() -> None:
    precision, recall = score([(kind(find([said(text)]), "concern"), wanted) for text, wanted in CONCERNS])
    assert len(CONCERNS) >= 80
    assert precision >= 0.95
    assert recall >= 0.9


@pytest.mark.parametrize(("wanted", "name"), [("promise", "PROMISES"), ("concern", "CONCERNS")])
def test_new_talk_fares_nearly_as_well(wanted: str, name: str) -> None:
    lines = (*getattr(said_later, name), *getattr(said_later, f"{name}_AGAIN"))
    found = [bool(kind(find([said(text, role)]), wanted)) for role, _, text in lines]
    there = [there for _, there, _ in lines]
    right = sum(a and b for a, b in zip(found, there, strict=True))
    assert right / sum(found) >= 0.9
    assert right / sum(there) >= 0.8


@pytest.mark.parametrize(("text", "wanted"), [*CLIENT, *COACH, *CONCERNS])
def test_the_place_holds_the_words(text: str, wanted: str | None) -> None:
    for one in find([said(text)]):
        start, end = one.span
        place = plain(text[start:end])
        assert all(word.strip(".,?!") in place for word in plain(one.text).split())
        assert 0 <= start < end <= len(text)
        assert 0.6 <= one.p <= 0.97


def test_a_promise_says_who_what_and_when() -> None:
    (one,) = find([said("Good. I'll, um, send you the list by Friday.", "coach", 4)])
    assert (one.kind, one.owner, one.text, one.due, one.turn) == (
        "promise",
        "coach",
        "send you the list",
        "by Friday",
        4,
    )


def test_the_when_may_come_first() -> None:
    (one,) = find([said("Before next time I'll draft two bullet points.")])
    assert (one.text, one.due) == ("draft two bullet points", "Before next time")


def test_two_deeds_are_two_promises() -> None:
    found = find([said("I'll email Priya tomorrow and update my CV by Sunday.")])
    assert [(one.text, one.due) for one in found] == [("email Priya", "tomorrow"), ("update my CV", "by Sunday")]


def test_an_accepted_request_is_the_promise_of_the_one_who_says_yes() -> None:
    turns = [said("Could you draft two bullet points before next time?", "coach"), said("Yes, I'll do that.", index=1)]
    (one,) = find(turns)
    assert (one.owner, one.turn, one.text, one.due) == ("client", 0, "draft two bullet points", "before next time")


def test_an_accepted_offer_is_the_promise_of_the_one_who_offers() -> None:
    turns = [said("Shall I send you the template?", "coach"), said("Yes please.", index=1)]
    (one,) = find(turns)
    assert (one.owner, one.text) == ("coach", "send you the template")


def test_a_request_nobody_answers_is_no_promise() -> None:
    assert not find([said("Could you send me the list by Friday?", "coach")])


@pytest.mark.parametrize("answer", ["Yes, but I can't.", "No.", "I don't know.", "Maybe.", "Yes, I already did."])
def test_a_yes_taken_back_is_none(answer: str) -> None:
    assert not says_yes(answer)


@pytest.mark.parametrize("answer", ["Yes.", "Okay, sure.", "Mm, yeah, I can do that", "Will do!", "Of course"])
def test_a_yes_is_a_yes(answer: str) -> None:
    assert says_yes(answer)


def test_what_stands_in_quotation_marks_is_no_promise() -> None:
    assert not find([said("He wrote “I'll send you the list by Friday” and that was that.")])


def test_sentences_that_follow_make_one_concern() -> None:
    (one,) = find([said("Right. I'm afraid I'll fail. What if I'm not good enough? Anyway.")])
    assert one.text == "I'm afraid I'll fail. What if I'm not good enough?"
    assert one.owner == "client"


def test_a_concern_in_speech_without_marks_is_its_clause() -> None:
    (one,) = find([said("yeah so the week was fine and then i'm kind of scared they'll say no okay so that is that")])
    assert one.text == "i'm kind of scared they'll say no"


def test_only_the_client_has_concerns() -> None:
    assert not find([said("I'm worried about the time.", "coach")])


def test_the_same_words_are_found_once() -> None:
    assert len(find([said("I'm worried about the money."), said("I'm worried about the money.", index=1)])) == 1


def test_other_people_promise_and_fear_nothing() -> None:
    turn = said("I'll send you the list. I'm worried.")
    assert not find([CodedTurn(turn.turn, "other")])


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("send it by friday", "by friday"),
        ("send it on tuesday at four", "on tuesday at four"),
        ("call her tomorrow morning", "tomorrow morning"),
        ("draft it before our next session", "before our next session"),
        ("finish by the end of the month", "by the end of the month"),
        ("send it within two days", "within two days"),
        ("do it in a week or so", "in a week"),
        ("post it by the 14th of march", "by the 14th of march"),
        ("ring on monday", "on monday"),
        ("write it up", None),
        ("fridays are hard", None),
    ],
)
def test_the_words_that_say_when(text: str, when: str | None) -> None:
    place = due_in(text, 0, len(text))
    assert (text[place[0] : place[1]] if place else None) == when


def test_sentences_keep_their_places() -> None:
    text = "  Dr. Ito said yes.  Did she? \n Fine"
    assert [text[one.start : one.end] for one in sentences(text)] == ["Dr. Ito said yes.", "Did she?", "Fine"]


def test_letters_that_grow_when_small_keep_their_places() -> None:
    text = "İİİİ said so. I'll send you the list."
    (one,) = find([said(text)])
    assert text[one.span[0] : one.span[1]] == "I'll send you the list"


@pytest.mark.parametrize(
    "text", ["i'll send and " * 5000, "what if i" + " " * 50000, "? " * 20000, "a" * 200000, "i feel so " * 10000]
)
def test_no_text_takes_long(text: str) -> None:
    began = time.perf_counter()
    find([said("Could you send it?", "coach"), said(text, index=1)])
    assert time.perf_counter() - began < 5


SAYINGS = (
    "i'll",
    "send you the list",
    "by friday",
    ".",
    "?",
    ",",
    "“",
    "”",
    "and",
    "i'm worried",
    "what if",
    "um",
    "İ",
    "😀",
)
PIECES = st.lists(st.sampled_from(SAYINGS), max_size=40).map(" ".join)


@given(st.text(max_size=300) | PIECES, st.text(max_size=60) | PIECES)
@example("", "FRIDAY ILL")
def test_any_words_have_places_that_hold(text: str, answer: str) -> None:
    turns = [said(text, "coach"), said(answer, "client", 1)]
    for one in find(turns):
        start, end = one.span
        assert 0 <= start < end <= len(turns[one.turn].turn.text)
        assert one.text
        assert one.due is None or one.due in turns[one.turn].turn.text[start:end]
