"""First run: one link, one practice, one first coach; and every dead link looks alike."""

from django.test import Client
from django.urls import reverse

from holdspace.people.begin import is_empty
from holdspace.people.models import Link, Practice, User
from tests.cast import PASSWORD

SAID = {
    "practice": "Juniper House",
    "name": "Ana",
    "email": " ANA@example.org ",
    "password": PASSWORD,
    "timezone": "Europe/London",
}


def begin(token: str, **other: str):
    return Client().post(reverse("begin", args=[token]), SAID | other)


def test_the_link_opens_a_practice_and_signs_its_coach_in(db: None) -> None:
    here = Client()
    answer = here.post(reverse("begin", args=[Link.make(Link.Purpose.BEGIN)]), SAID)
    assert answer.url == "/"
    assert "Ana" in here.get("/").content.decode()
    assert User.objects.get().email == "ana@example.org"
    assert not is_empty()


def test_a_get_uses_nothing_up(db: None) -> None:
    token = Link.make(Link.Purpose.BEGIN)
    for _ in range(3):
        assert Client().get(reverse("begin", args=[token])).status_code == 200
    assert begin(token).status_code == 302


def test_used_expired_and_made_up_links_answer_alike(db: None) -> None:
    token = Link.make(Link.Purpose.BEGIN)
    begin(token)
    used, made_up = begin(token), begin("x" * 43)
    assert used.status_code == made_up.status_code == 404
    assert used.content == made_up.content


def test_a_second_beginning_is_refused(practice: Practice) -> None:
    assert begin(Link.make(Link.Purpose.BEGIN)).status_code == 404
    assert User.objects.count() == 1


def test_a_weak_password_and_a_made_up_zone_get_a_sentence_and_keep_the_rest(db: None) -> None:
    token = Link.make(Link.Purpose.BEGIN)
    page = begin(token, password="short", timezone="Moon/Base").content.decode()
    assert "Juniper House" in page
    assert "at least 12 characters" in page
    assert begin(token).status_code == 302


def test_no_token_is_kept(db: None) -> None:
    token = Link.make(Link.Purpose.BEGIN)
    assert token not in str(list(Link.objects.values()))


def test_the_sign_in_page_of_an_empty_house_says_where_to_begin(db: None) -> None:
    assert "This house is empty" in Client().get(reverse("account_login")).content.decode()


def test_the_sign_in_page_of_a_house_in_use_does_not(practice: Practice) -> None:
    assert "This house is empty" not in Client().get(reverse("account_login")).content.decode()
