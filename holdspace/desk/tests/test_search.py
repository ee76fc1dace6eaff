"""Searching one's own sealed words: found however written, only where one may read, and traced only when shown."""

import pytest
from django.urls import reverse
from django.utils import timezone

from holdspace.conversations.models import Note, Session, Transcript, write_note
from holdspace.desk.search import MOST, Sought, search
from holdspace.engagements.models import Engagement, open_engagement
from holdspace.people.models import User
from holdspace.vault.models import Trace, new_id
from tests.cast import browser, meeting


def note_by(person: User, session: Session, text: str) -> Note:
    return write_note(session, new_id(), text, by=person)


def look(person: User, words: str) -> str:
    return browser(person).post(reverse("search"), {"sought": words}).content.decode()


@pytest.mark.parametrize("words", ["cafe", "CAFÉ", "café zürich", "zurich cafe"])
def test_case_accents_and_order_do_not_matter(session: Session, ana: User, words: str) -> None:
    note_by(ana, session, "We met in a Café near Zürich.")
    assert [found.kind for found in search(ana, words)] == ["note"]


@pytest.mark.parametrize(
    ("text", "asked", "words"),
    [("ﬁne Straße today", "strasse", "Straße"), ("e\u0301tude", "etude", "e\u0301tude"), ("İstanbul", "stan", "stan")],
)
def test_what_is_quoted_is_as_written(text: str, asked: str, words: str) -> None:
    place = Sought(asked).within(text)
    assert place is not None
    assert text[place[0] : place[1]] == words


def test_all_kinds_of_words_are_searched(heard: Transcript, together: Engagement, ana: User) -> None:
    note_by(ana, heard.session, "A note of mine")
    assert "note" in look(ana, "note of mine")
    assert "said" in look(ana, "falling short")
    assert "session" in look(ana, "before the interview")
    assert "what you work towards" in look(ana, "work that fits")


def test_marks_are_found_by_the_client_once_accepted(heard: Transcript, ana: User, ben: User) -> None:
    mark = next(mark for mark in heard.open_marks(ana) if "three stories" in mark.text)
    assert not [found for found in search(ben, "three stories") if found.kind == "promise"]
    mark.accept(by=ana)
    assert [found for found in search(ben, "three stories") if found.kind == "promise"]


def test_a_question_finds_nothing_one_may_not_read(
    session: Session, ana: User, ben: User, eve: User, cleo: User, dov: User
) -> None:
    note = note_by(ana, session, "The lighthouse keeper")
    for other in (ben, eve, cleo, dov):
        assert search(other, "lighthouse") == []
    note.share(by=ana)
    assert len(search(ben, "lighthouse")) == 1
    for other in (eve, cleo, dov):
        assert search(other, "lighthouse") == []


def test_a_deleted_note_is_not_found(session: Session, ana: User) -> None:
    note_by(ana, session, "The lighthouse keeper").delete_softly(by=ana)
    assert search(ana, "lighthouse") == []


def test_only_what_is_shown_of_anothers_words_is_traced(session: Session, ana: User, ben: User) -> None:
    shown, other, own = (note_by(ben, session, "lighthouse"), note_by(ben, session, "harbour"), ana)
    for note in (shown, other):
        note.share(by=ben)
    note_by(own, session, "lighthouse of mine")
    look(ana, "lighthouse")
    reads = Trace.objects.visible_to(ben).filter(verb="read", actor_id=ana.pk)
    assert [trace.noun_id for trace in reads] == [shown.pk]
    assert not Trace.objects.visible_to(ana).filter(verb="read", subject_id=ana.pk).exists()


def test_each_place_leads_to_its_line(session: Session, ana: User) -> None:
    note = note_by(ana, session, "The lighthouse keeper")
    assert f'href="{session.get_absolute_url()}#note-{note.pk}"' in look(ana, "lighthouse")


def test_what_was_asked_stands_in_no_address(session: Session, ana: User) -> None:
    note_by(ana, session, "The lighthouse keeper")
    page = browser(ana).get(reverse("search"), {"sought": "lighthouse"}).content.decode()
    assert "keeper" not in page


@pytest.mark.parametrize(("words", "said"), [("", "Say a word"), ("a", "a single letter"), ("x" * 300, "at most 200")])
def test_an_empty_or_endless_question_gets_a_sentence(ana: User, words: str, said: str) -> None:
    assert said in look(ana, words)


def test_what_is_found_cannot_harm_the_page(session: Session, ana: User) -> None:
    note_by(ana, session, "<script>alert(1)</script> lighthouse")
    assert "<script>alert" not in look(ana, "lighthouse")


def test_more_than_a_page_is_cut_and_says_so(session: Session, ana: User) -> None:
    for number in range(MOST + 5):
        note_by(ana, session, f"lighthouse {number}")
    assert "There may be more" in look(ana, "lighthouse")


def test_the_number_of_questions_does_not_grow_with_the_clients(
    ana: User, cleo: User, session: Session, django_assert_max_num_queries: pytest.FixtureRequest
) -> None:
    other = meeting(open_engagement(ana, cleo, called="Cleo", accepted_at=timezone.now()))
    for place in (session, other):
        note_by(ana, place, "lighthouse")
    there = browser(ana)
    there.post(reverse("search"), {"sought": "lighthouse"})
    with django_assert_max_num_queries(14):
        there.post(reverse("search"), {"sought": "lighthouse"})
