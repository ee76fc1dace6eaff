"""A client is invited and answers themselves; before that nobody is linked to anything."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from holdspace.engagements.begin import Answered, begin_with, invite
from holdspace.engagements.models import Engagement, NotACoach, NotBetweenThem
from holdspace.letters.models import Letter
from holdspace.people.models import Practice, User
from holdspace.vault.models import Trace
from tests.cast import browser

SAID = {"name": "Ben Hale", "email": "ben@example.org", "timezone": "Europe/London"}
SAID |= {"purpose": "Find my feet.", "rhythm": ""}


@pytest.fixture
def invited(ana: User, ben: User) -> Engagement:
    return begin_with(ana, SAID)


def path_of(address: str) -> str:
    return address.removeprefix("http://127.0.0.1:8000")


def now(engagement: Engagement) -> Engagement:
    return Engagement.objects.access_system("in a test").get(pk=engagement.pk)


def test_a_known_address_is_asked_and_not_linked(ana: User, ben: User, invited: Engagement) -> None:
    assert Letter.objects.visible_to(ben).filter(kind="invitation").count() == 1
    assert not Engagement.objects.visible_to(ben).of_client(ben).exists()
    home = browser(ben).get(reverse("today")).content.decode()
    assert "Ana would like to work with you" in home
    assert "Find my feet." not in home
    assert browser(ben).get(reverse("agreement", args=[invited.pk])).status_code == 404


def test_the_link_says_who_what_for_and_how_privacy_works_and_a_get_accepts_nothing(
    ana: User, invited: Engagement, practice: Practice
) -> None:
    link = path_of(invite(invited, by=ana, post=False))
    page = browser().get(link).content.decode()
    for said in ("Ana would like to work with you", practice.name, "Find my feet.", "Nothing is recorded", "encrypted"):
        assert said in page
    assert now(invited).accepted_at is None


def test_ben_accepts_by_link_once(ana: User, ben: User, invited: Engagement) -> None:
    link, phone = path_of(invite(invited, by=ana, post=False)), browser()
    assert "Welcome, Ben" in phone.post(link, {"answer": "yes"}).content.decode()
    assert now(invited).is_live
    assert phone.get(link).status_code == 404
    assert phone.post(link, {"answer": "no"}).status_code == 404
    assert Trace.objects.visible_to(ben).filter(verb="accepted an invitation").count() == 1
    assert "Find my feet." in browser(ben).get(reverse("today")).content.decode()


def test_ben_accepts_on_his_own_page(ben: User, invited: Engagement) -> None:
    there = browser(ben)
    address = reverse("invitation", args=[invited.pk])
    assert there.get(address).status_code == 200
    assert there.post(address, {"answer": "perhaps"}).status_code == 200
    assert now(invited).is_invited
    there.post(address, {"answer": "yes"})
    assert now(invited).is_live
    assert there.get(address).url == reverse("today")
    there.post(address, {"answer": "no"})
    assert now(invited).is_live


def test_not_for_me_ends_it_kindly_and_is_not_asked_again_soon(ana: User, ben: User, invited: Engagement) -> None:
    link = path_of(invite(invited, by=ana, post=False))
    assert "That is fine" in browser().post(link, {"answer": "no"}).content.decode()
    assert now(invited).ended_on is not None
    assert "for them" in browser(ana).get(reverse("client", args=[invited.pk])).content.decode()
    page = browser(ana).post(reverse("add_client"), SAID).content.decode()
    assert "said no to your invitation lately" in page
    past = timezone.now() - timedelta(days=91)
    Engagement.objects.access_system("in a test").update(declined_at=past)
    assert browser(ana).post(reverse("add_client"), SAID).status_code == 302


def test_a_new_link_kills_the_old_one_and_letters_go_once_a_day(ana: User, ben: User, invited: Engagement) -> None:
    old = path_of(invite(invited, by=ana, post=False))
    invite(invited, by=ana, post=False)
    assert browser().get(old).status_code == 404
    page = browser(ana).post(reverse("invite_again", args=[invited.pk]), {"letter": ""}, follow=True)
    assert "A letter went out today" in page.content.decode()
    assert Letter.objects.visible_to(ben).count() == 1


def test_without_an_address_the_coach_hands_the_link_over(ana: User) -> None:
    engagement = begin_with(ana, SAID | {"email": None})
    assert not Letter.objects.access_system("in a test").exists()
    page = browser(ana).post(reverse("invite_again", args=[engagement.pk]), {"letter": ""}).content.decode()
    link = page.split('id="address" value="')[1].split('"')[0]
    browser().post(path_of(link), {"answer": "yes"})
    assert now(engagement).is_live


def test_an_answered_invitation_invites_to_nothing(ana: User, ben: User, invited: Engagement) -> None:
    invited.answer(yes=True, by=ben)
    with pytest.raises(Answered):
        invite(invited, by=ana, post=True)
    page = browser(ana).post(reverse("invite_again", args=[invited.pk]), follow=True).content.decode()
    assert "has answered already" in page


def test_nobody_else_answers_or_invites(ana: User, eve: User, cleo: User, ben: User, invited: Engagement) -> None:
    for other in (cleo, eve, ana):
        assert browser(other).post(reverse("invitation", args=[invited.pk]), {"answer": "yes"}).status_code == 404
        with pytest.raises(NotBetweenThem):
            invited.answer(yes=True, by=other)
    for other in (cleo, eve, ben):
        assert browser(other).post(reverse("invite_again", args=[invited.pk])).status_code == 404
        with pytest.raises(NotACoach):
            invite(invited, by=other, post=True)


def test_an_unknown_address_looks_the_same_to_the_coach(ana: User, ben: User) -> None:
    known, new = begin_with(ana, SAID), begin_with(ana, SAID | {"email": "new@example.org"})
    here = browser(ana)
    pages = [here.get(reverse("client", args=[one.pk])).content.decode() for one in (known, new)]
    plain = [re.sub(r'csrfmiddlewaretoken" value="\w+|[0-9a-f-]{36}', "", page) for page in pages]
    assert plain[0] == plain[1]
