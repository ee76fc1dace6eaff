"""Today, a client's page, and a client's own home."""

from django.urls import reverse

from holdspace.conversations.models import Session, Transcript
from holdspace.engagements.models import Engagement
from holdspace.people.models import User
from tests.cast import browser, meeting


def test_today_shows_what_comes_and_what_waits(heard: Transcript, together: Engagement, ana: User) -> None:
    meeting(together, days=2, title="The offer")
    page = browser(ana).get("/").content.decode()
    assert "The offer" in page
    assert "to look at" in page


def test_today_of_an_empty_practice_offers_the_first_step(ana: User) -> None:
    assert "Add your first client" in browser(ana).get("/").content.decode()


def test_an_owner_who_does_not_coach_sees_nobody(dov: User, heard: Transcript) -> None:
    page = browser(dov).get("/").content.decode()
    assert "Ben" not in page


def test_a_clients_page_lists_the_sessions_and_how_far_each_is(
    heard: Transcript, together: Engagement, ana: User
) -> None:
    page = browser(ana).get(reverse("client", args=[together.pk])).content.decode()
    assert "Before the interview" in page
    assert "to look at" in page


def test_the_client_comes_home_instead(together: Engagement, session: Session, ben: User) -> None:
    here = browser(ben)
    assert here.get(reverse("client", args=[together.pk])).url == "/"
    page = here.get("/").content.decode()
    assert "Before the interview" in page
    assert "Ana" in page


def test_a_stranger_finds_no_client(together: Engagement, cleo: User, eve: User, dov: User) -> None:
    for other in (cleo, eve, dov):
        assert browser(other).get(reverse("client", args=[together.pk])).status_code == 404


def test_one_who_is_neither_coach_nor_client_finds_an_empty_home(cleo: User) -> None:
    assert "No sessions yet" in browser(cleo).get("/").content.decode()
