"""Another address: proved first, told to the old one; and a code as the fresh look of those without a password."""

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.urls import reverse

from holdspace.people.code import LASTS
from holdspace.people.models import User
from holdspace.people.tests.comers import code_in_mail, come_in, fresh, is_in, words

NEW = "benjamin@example.org"


@pytest.fixture
def cold(ben: User) -> User:
    """Ben without a password."""
    ben.set_unusable_password()
    ben.save()
    return ben


def by_code(person: User) -> Client:
    there = Client(raise_request_exception=False)
    there.post(reverse("account_request_login_code"), {"email": person.email})
    there.post(reverse("account_confirm_login_code"), {"code": code_in_mail()})
    return there


def move(there: Client, address: str = NEW, code: str | None = None):
    there.post(reverse("new_address"), {"email": address})
    return there.post(reverse("prove_address"), {"code": code or code_in_mail()})


def test_a_proved_address_is_the_one_to_sign_in_with(ben: User) -> None:
    here, there = fresh(ben), come_in(ben)
    assert move(here, f" {NEW.upper()} ").url == reverse("ways_in")
    ben.refresh_from_db()
    assert ben.email == NEW
    assert is_in(here)
    assert not is_in(there), "the other browsers stayed signed in"
    assert is_in(come_in(ben))
    assert mail.outbox[-1].to == ["ben@example.org"], "the old address is told"
    row = EmailAddress.objects.get(user=ben)
    assert (row.email, row.verified, row.primary) == (NEW, True, True)


def test_without_a_password_too_the_other_sessions_end(cold: User) -> None:
    here, there = by_code(cold), by_code(cold)
    move(here)
    assert is_in(here)
    assert not is_in(there)


def test_nothing_changes_before_the_code(ben: User) -> None:
    there = fresh(ben)
    there.post(reverse("new_address"), {"email": NEW})
    assert mail.outbox[-1].to == [NEW]
    page = there.post(reverse("prove_address"), {"code": "WRNG-CODE"})
    assert "not the code we sent" in words(page)
    ben.refresh_from_db()
    assert ben.email == "ben@example.org"
    assert not EmailAddress.objects.filter(email=NEW).exists()


def test_three_tries_and_ten_minutes(ben: User, monkeypatch: pytest.MonkeyPatch) -> None:
    there = fresh(ben)
    there.post(reverse("new_address"), {"email": NEW})
    right = code_in_mail()
    for _ in range(3):
        page = there.post(reverse("prove_address"), {"code": "WRNG-CODE"})
    assert "no longer counts" in words(page)
    assert "no longer counts" in words(there.post(reverse("prove_address"), {"code": right}))
    monkeypatch.setattr("holdspace.people.code.LASTS", -1)
    assert "no longer counts" in words(move(there))
    assert LASTS == 600
    ben.refresh_from_db()
    assert ben.email == "ben@example.org"


def test_somebody_elses_address_is_not_told_before_it_is_proved(ben: User, cleo: User) -> None:
    there = fresh(ben)
    known = there.post(reverse("new_address"), {"email": cleo.email})
    unknown = there.post(reverse("new_address"), {"email": NEW})
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert "can't be yours too" in words(move(there, cleo.email))
    cleo.refresh_from_db()
    assert cleo.email == "cleo@example.org"


def test_asking_for_many_codes_is_stopped(ben: User) -> None:
    there = fresh(ben)
    for _ in range(3):
        there.post(reverse("new_address"), {"email": NEW})
    assert "Too many codes" in words(there.post(reverse("new_address"), {"email": NEW}))
    assert len([one for one in mail.outbox if one.to == [NEW]]) == 3


def test_a_fresh_look_is_asked_for(ben: User) -> None:
    for name in ("new_address", "prove_address"):
        assert come_in(ben).get(reverse(name)).url.startswith(reverse("account_reauthenticate"))


def test_who_has_no_password_shows_it_by_a_code(cold: User, settings: object) -> None:
    there = by_code(cold)
    assert there.get(reverse("new_address")).status_code == 200, "just came in by a code"
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 0
    asked = there.get(reverse("new_address"))
    assert asked.url.startswith(reverse("again"))
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
    sent = len(mail.outbox)
    there.get(asked.url)
    assert len(mail.outbox) == sent, "a GET sends nothing"
    there.post(asked.url, {"send": "yes"})
    assert mail.outbox[-1].to == [cold.email]
    assert "not the code" in words(there.post(asked.url, {"code": "WRNG-CODE"}))
    assert there.post(asked.url, {"code": code_in_mail()}).url == reverse("new_address")


def test_a_code_for_one_thing_is_none_for_another(cold: User) -> None:
    there = by_code(cold)
    there.post(reverse("again"), {"send": "yes"})
    other = code_in_mail()
    assert there.get(reverse("prove_address")).url == reverse("new_address")
    assert "no longer counts" in words(there.post(reverse("prove_address"), {"code": other}))


def test_no_code_lies_open_in_the_session(ben: User) -> None:
    there = fresh(ben)
    there.post(reverse("new_address"), {"email": NEW})
    assert code_in_mail() not in str(dict(there.session))
