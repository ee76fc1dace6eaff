"""A client who began without an address gets a page of their own: by one link, and a code to the address."""

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from holdspace.engagements.begin import invite
from holdspace.engagements.models import Engagement, NotACoach, NotYetAccepted, open_engagement
from holdspace.engagements.own_page import HasAddress, own_page_link
from holdspace.people.models import Link, User
from tests.cast import browser

GIVEN = "zed@example.org"


@pytest.fixture
def work(ana: User) -> Engagement:
    zed = User.objects.create_user(None, name="Zed Aspen")
    return open_engagement(ana, zed, called="Zed", accepted_at=timezone.now())


def link_to(work: Engagement) -> str:
    return "/" + own_page_link(work, by=work.coach).split("/", 3)[3]


def code_in(letter: mail.EmailMessage) -> str:
    return next(line.strip() for line in letter.body.splitlines() if line.strip().isupper() and "-" in line)


def asked(link: str, address: str = GIVEN) -> tuple[Client, str]:
    """A phone that has named an address, and the code that went there."""
    phone = Client()
    assert phone.post(link, {"email": address}).url == link
    return phone, code_in(mail.outbox[-1])


def test_zed_names_an_address_proves_it_and_has_a_page(work: Engagement, ana: User) -> None:
    there = browser(ana)
    assert "No address yet" in there.get(reverse("client", args=[work.pk])).content.decode()
    page = there.post(reverse("give_own_page", args=[work.pk])).context["address"]
    link = "/" + page.split("/", 3)[3]
    assert "take a copy of everything" in Client().get(link).content.decode()
    assert User.objects.get(pk=work.client_id).email is None, "a GET never acts"
    phone, code = asked(link)
    assert mail.outbox[-1].to == [GIVEN]
    assert "Ana" not in mail.outbox[-1].body
    assert GIVEN in phone.get(link).content.decode()
    assert phone.post(link, {"code": code}).url == reverse("today")
    assert "With Ana" in phone.get("/").content.decode()
    assert phone.get(reverse("held")).status_code == 200
    assert User.objects.get(pk=work.client_id).email == GIVEN
    assert Client().get(link).status_code == 404
    assert "No address yet" not in there.get(reverse("client", args=[work.pk])).content.decode()


def test_a_wrong_code_changes_nothing_and_a_third_one_ends_it(work: Engagement) -> None:
    link = link_to(work)
    phone, code = asked(link)
    for _ in range(3):
        phone.post(link, {"code": "WRONG-ONE"})
    assert "no longer counts" in phone.post(link, {"code": code}).content.decode()
    assert User.objects.get(pk=work.client_id).email is None
    assert phone.get(link).status_code == 200


def test_a_code_counts_only_where_it_was_asked_for(work: Engagement) -> None:
    link = link_to(work)
    _, code = asked(link)
    Client().post(link, {"code": code})
    assert User.objects.get(pk=work.client_id).email is None


def test_an_address_that_is_somebody_elses_is_refused_after_it_was_proved(work: Engagement, ben: User) -> None:
    link = link_to(work)
    phone, code = asked(link, ben.email)
    assert "already signs in with that address" in phone.post(link, {"code": code}).content.decode()
    assert User.objects.get(pk=work.client_id).email is None
    assert phone.get(link).status_code == 200, "the link still opens, for another address"


def test_who_has_an_address_needs_no_link(together: Engagement, ana: User) -> None:
    with pytest.raises(HasAddress):
        own_page_link(together, by=ana)
    answer = browser(ana).post(reverse("give_own_page", args=[together.pk]), follow=True)
    assert "signs in with it" in answer.content.decode()
    assert not Link.objects.exists()


def test_before_the_yes_there_is_none_and_the_invitation_is_no_such_link(ana: User) -> None:
    work = open_engagement(ana, User.objects.create_user(None, name="Zed"), called="Zed")
    with pytest.raises(NotYetAccepted):
        own_page_link(work, by=ana)
    token = invite(work, by=ana, post=False).rstrip("/").rpartition("/")[2]
    assert Client().get(reverse("own_page", args=[token])).status_code == 404


@pytest.mark.parametrize("name", ["eve", "ben", "cleo", "dov"])
def test_nobody_else_makes_one(work: Engagement, name: str, request: pytest.FixtureRequest) -> None:
    other = request.getfixturevalue(name)
    assert browser(other).post(reverse("give_own_page", args=[work.pk])).status_code == 404
    with pytest.raises(NotACoach):
        own_page_link(work, by=other)


def test_a_closed_account_stays_closed(work: Engagement) -> None:
    link = link_to(work)
    User.objects.filter(pk=work.client_id).update(closed_at=timezone.now())
    assert Client().get(link).status_code == 404
