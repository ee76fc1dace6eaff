"""The session page: what the coach sees, what the client sees, and the stranger who sees nothing."""

from django.test import Client

from holdspace.conversations.intake import take_in
from holdspace.conversations.models import Mark, Session, Transcript
from holdspace.people.models import User
from tests.cast import browser, unknown


def test_the_coach_sees_the_conversation_with_codes_and_measures(heard: Transcript, ana: User) -> None:
    page = browser(ana).get(heard.session.get_absolute_url())
    assert page.status_code == 200
    words = page.content.decode()
    assert "What would a first small step look like?" in words
    assert "open question" in words
    assert 'id="measures"' in words
    assert "Who can read this:" in words


def test_found_promises_wait_with_their_line(heard: Transcript, ana: User) -> None:
    found = {mark.text for mark in Mark.objects.visible_to(ana)}
    assert any("three stories" in text for text in found)
    page = browser(ana).get(heard.session.get_absolute_url()).content.decode()
    assert "perhaps a promise" in page


def test_the_client_sees_the_words_but_neither_codes_nor_unanswered_marks(heard: Transcript, ben: User) -> None:
    page = browser(ben).get(heard.session.get_absolute_url()).content.decode()
    assert "part of you is afraid" in page
    assert 'class="codes"' not in page
    assert 'id="measures"' not in page
    assert 'class="suggestion' not in page


def test_what_the_coach_accepts_the_client_sees_too(heard: Transcript, ana: User, ben: User) -> None:
    mark = Mark.objects.visible_to(ana).get(kind="promise", owner="client")
    mark.accept(by=ana)
    page = browser(ben).get(heard.session.get_absolute_url()).content.decode()
    assert "What you two noted" in page
    assert mark.text in page


def test_each_reading_is_shown_to_whose_words_they_are(heard: Transcript, ana: User, ben: User) -> None:
    browser(ana).get(heard.session.get_absolute_url())
    page = browser(ben).get(heard.session.get_absolute_url()).content.decode()
    opened = page.split("Who opened this")[1]
    assert "Ana" in opened
    coachs = browser(ana).get(heard.session.get_absolute_url()).content.decode()
    assert "Ben <span" not in coachs.split("Who opened this")[1], "when the client reads is the client's own affair"


def test_a_stranger_meets_the_same_404_as_for_nothing(heard: Transcript, cleo: User, dov: User, eve: User) -> None:
    for other in (cleo, dov, eve):
        answer = browser(other).get(heard.session.get_absolute_url())
        nothing = browser(other).get(f"/sessions/{unknown()}/")
        assert (answer.status_code, answer.content) == (404, nothing.content)


def test_signed_out_one_is_asked_to_sign_in(session: Session) -> None:
    answer = Client().get(session.get_absolute_url())
    assert answer.status_code == 302
    assert "login" in answer.url


def test_before_consent_the_page_asks_for_it(session: Session, ana: User) -> None:
    page = browser(ana).get(session.get_absolute_url()).content.decode()
    assert "Before anything is kept" in page
    assert "Bring the transcript" not in page


def test_where_one_alone_is_named_the_page_says_what_to_do_when_that_is_not_the_coach(
    agreed: Session, ana: User
) -> None:
    take_in(agreed, b"Ben: I have been thinking.\nBen: And thinking again.\n", by=ana)
    page = browser(ana).get(agreed.get_absolute_url()).content.decode()
    assert "bring one in which each of you is named" in page
    assert 'value="Ben"' in page
