"""The two keys: asked for by link, given without an account, taken back with all that came of them."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from holdspace.conversations import intake
from holdspace.conversations.consent import NotToAsk, agree, ask_client, keys_for, withdraw
from holdspace.conversations.models import Mark, Session, Transcript
from holdspace.engagements.models import Engagement
from holdspace.engagements.tests.agreeing import agreed_on
from holdspace.letters.models import Letter
from holdspace.letters.post import Post
from holdspace.people.models import Link, User
from holdspace.worker import work
from tests.cast import TALK, both_agree, browser, meeting


def path_of(address: str) -> str:
    return "/" + address.split("/", 3)[3]


def test_the_client_says_yes_by_a_link_without_an_account(session: Session, ana: User) -> None:
    address = path_of(ask_client(session, post=False))
    phone = Client()
    assert "one question" in phone.get(address).content.decode()
    assert keys_for(session, ana).client is None, "a GET never acts"
    assert "Thank you" in phone.post(address).content.decode()
    assert keys_for(session, ana).client.given_by_link


def test_the_link_is_dead_after_use_expiry_or_a_newer_one(session: Session, ana: User) -> None:
    first = path_of(ask_client(session, post=False))
    second = path_of(ask_client(session, post=False))
    assert Client().post(first).status_code == 404
    Client().post(second)
    dead = Client().get(second)
    assert dead.status_code == 404
    third = path_of(ask_client(session, post=False))
    Link.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert Client().get(third).content == dead.content


def test_the_answer_carries_the_way_back(session: Session, ana: User) -> None:
    given = Client().post(path_of(ask_client(session, post=False)))
    back = path_of(given.context["address"])
    agree(session, by=ana)
    assert "No reason is asked" in Client().get(back).content.decode()
    assert keys_for(session, ana).both
    assert "Taken back" in Client().post(back).content.decode()
    assert keys_for(session, ana).client is None


def test_taking_it_back_takes_all_that_came_of_it(heard: Transcript, ana: User, ben: User) -> None:
    session = heard.session
    browser(ben).post(reverse("withdraw", args=[session.pk]))
    assert not Transcript.objects.visible_to(ana).filter(session=session).exists()
    assert not Mark.objects.access_system("in a test").filter(transcript=heard.pk).exists()
    page = browser(ana).get(session.get_absolute_url()).content.decode()
    assert "three stories" not in page
    assert "Before anything is kept" in page


def test_taking_back_twice_is_harmless(agreed: Session, ben: User) -> None:
    assert withdraw(agreed, by=ben) is False
    assert withdraw(agreed, by=ben) is False


def test_nobody_says_yes_for_another(session: Session, cleo: User, ana: User) -> None:
    assert browser(cleo).post(reverse("agree", args=[session.pk])).status_code == 404
    browser(ana).post(reverse("agree", args=[session.pk]))
    keys = keys_for(session, ana)
    assert keys.coach is not None
    assert keys.client is None


def test_the_question_by_letter_says_nothing_private_and_is_wiped_once_posted(
    session: Session, ana: User, ben: User
) -> None:
    browser(ana).post(reverse("ask", args=[session.pk]), {"letter": ""})
    letter = Post().claim()
    Post().run(letter)
    [posted] = mail.outbox
    assert posted.to == [ben.email]
    assert "Before the interview" not in posted.body + posted.subject
    assert "/k/consent/" in posted.body
    kept = Letter.objects.visible_to(ben).get()
    assert kept.words is None
    assert kept.done_at is not None


def test_the_link_page_is_not_kept_by_a_browser(session: Session) -> None:
    answer = Client().get(path_of(ask_client(session, post=False)))
    assert "no-store" in answer["Cache-Control"]
    assert answer["Referrer-Policy"] == "same-origin"


def test_the_coach_is_told_kindly_that_it_was_taken_back_and_never_why(heard: Transcript, ana: User, ben: User) -> None:
    session, coach = heard.session, browser(ana)
    assert "took the yes back" not in coach.get(session.get_absolute_url()).content.decode()
    withdraw(session, by=ben)
    page = coach.get(session.get_absolute_url()).content.decode()
    assert "Ben took the yes back on" in page
    assert "no reason is asked" in page
    assert "Ask by e-mail" not in page, "nobody is pressed in writing"
    today = coach.get("/").content.decode()
    assert "By Ben" in today
    assert "By Ben" not in browser(ben).get("/").content.decode(), "one's own deed is no news"
    agree(session, by=ben)
    assert "took the yes back" not in coach.get(session.get_absolute_url()).content.decode()
    assert "By Ben" not in coach.get("/").content.decode()


def test_the_client_is_told_in_the_same_words_when_the_coach_takes_it_back(
    agreed: Session, ana: User, ben: User, cleo: User
) -> None:
    withdraw(agreed, by=ana)
    there = browser(ben)
    assert "Ana took the yes back on" in there.get(agreed.get_absolute_url()).content.decode()
    assert "By Ana" in there.get("/").content.decode()
    assert "By Ana" not in browser(cleo).get("/").content.decode()


def test_where_nobody_is_asked_to_record_no_link_is_made(session: Session, together: Engagement, ana: User) -> None:
    agreed_on(together)
    with pytest.raises(NotToAsk):
        ask_client(session, post=False)
    there = browser(ana)
    assert "You agreed that nobody is asked to record" in there.get(session.get_absolute_url()).content.decode()
    there.post(reverse("ask", args=[session.pk]), {"link": ""})
    assert not Link.objects.filter(purpose=Link.Purpose.CONSENT).exists()
    both_agree(session)
    assert keys_for(session, ana).both, "either may still say yes by themselves"


def test_where_no_program_looks_through_the_words_stay_as_they_came(
    agreed: Session, together: Engagement, ana: User
) -> None:
    agreed_on(together, recording=True, analysis=False)
    asked = Client().get(path_of(ask_client(meeting(together, days=-3), post=False))).content.decode()
    assert "No program looks through it" in asked
    kept = intake.take_in(agreed, TALK.encode(), by=ana)
    work(once=True, jobs=[intake.Hear()])
    kept.refresh_from_db()
    assert (kept.state, kept.heard) == ("heard", None)
    assert not Mark.objects.access_system("in a test").exists()
    page = browser(ana).get(agreed.get_absolute_url()).content.decode()
    assert "nothing was marked or counted" in page
    assert "part of you is afraid" in page
