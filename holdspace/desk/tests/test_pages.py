"""Today, a client's page, and a client's own home."""

from django.urls import reverse
from django.utils import timezone

from holdspace.conversations.consent import keys_for
from holdspace.conversations.models import Session, Transcript
from holdspace.engagements.models import Engagement, open_engagement
from holdspace.people.models import User
from tests.cast import both_agree, browser, meeting


def test_today_shows_what_comes(heard: Transcript, together: Engagement, ana: User) -> None:
    meeting(together, days=2, title="The offer")
    page = browser(ana).get("/").content.decode()
    assert "The offer" in page


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
    assert reverse("own_sessions", args=[together.pk]) in page
    assert "With Ana" in page
    assert "Before the interview" in here.get(reverse("own_sessions", args=[together.pk])).content.decode()


def test_a_stranger_finds_no_client(together: Engagement, cleo: User, eve: User, dov: User) -> None:
    for other in (cleo, eve, dov):
        assert browser(other).get(reverse("client", args=[together.pk])).status_code == 404


def test_one_who_is_neither_coach_nor_client_finds_an_empty_home(cleo: User) -> None:
    assert "Nobody yet" in browser(cleo).get("/").content.decode()


def test_a_coach_who_is_coached_finds_their_own_sessions_agreement_and_consents(ana: User, eve: User) -> None:
    work = open_engagement(eve, ana, called="Ana", accepted_at=timezone.now())
    session = meeting(work, title="My own next step")
    both_agree(session)
    here = browser(ana)
    assert reverse("coached") in here.get("/").content.decode()
    assert here.get(reverse("client", args=[work.pk])).url == reverse("coached")
    page = here.get(reverse("coached")).content.decode()
    assert reverse("own_sessions", args=[work.pk]) in page
    assert reverse("agreement", args=[work.pk]) in page
    assert "My own next step" in here.get(reverse("own_sessions", args=[work.pk])).content.decode()
    assert "Take it back" in here.get(reverse("said_yes")).content.decode()


def test_who_has_no_seat_has_one_home(together: Engagement, ben: User) -> None:
    assert browser(ben).get(reverse("coached")).url == "/"


def test_every_page_leads_in_one_tap_to_what_one_said_yes_to_and_the_next_takes_it_back(
    agreed: Session, ana: User, ben: User
) -> None:
    here, back = browser(ben), reverse("withdraw", args=[agreed.pk])
    for path in ("/", agreed.get_absolute_url(), reverse("me"), reverse("held"), reverse("reads")):
        assert f'href="{reverse("said_yes")}"' in here.get(path).content.decode(), path
    assert back in here.get(reverse("said_yes")).content.decode()
    here.post(back)
    assert keys_for(agreed, ana).client is None
    assert "Nothing stands just now" in here.get(reverse("said_yes")).content.decode()


def test_what_one_said_yes_to_names_the_other_and_is_ones_own(agreed: Session, ana: User, cleo: User) -> None:
    assert "with Ben" in browser(ana).get(reverse("said_yes")).content.decode()
    assert "Nothing stands just now" in browser(cleo).get(reverse("said_yes")).content.decode()
