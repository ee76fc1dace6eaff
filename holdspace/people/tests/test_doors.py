"""Every door answers alike for known, unknown and closed people, and counts how often one knocks."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from holdspace.people.hashing import Argon2
from holdspace.people.models import User
from holdspace.people.tests.comers import code_in_mail, come_in, fresh, is_in, words
from tests.cast import PASSWORD

UNKNOWN = "nobody-at-all@example.org"
WRONG = "a loud room with no window"


@pytest.fixture(autouse=True)
def quiet_limits(db: None) -> Iterator[None]:
    """Each test begins with nobody having knocked."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def closed(cleo: User) -> User:
    User.objects.filter(pk=cleo.pk).update(closed_at=now())
    return cleo


def knock(door: str, address: str, there: Client | None = None, **said: str) -> Any:
    """Knock at one of the doors with an address."""
    named = {"account_login": "login"}.get(door, "email")
    return (there or Client()).post(reverse(door), {named: address, "password": WRONG} | said, follow=True)


def plain(page: Any, address: str) -> str:
    """A page without what differs from one request to the next."""
    text = words(page).replace(address, "ADDRESS")
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text)


@pytest.mark.parametrize("door", ["account_login", "account_request_login_code", "account_reset_password"])
def test_known_unknown_and_closed_meet_the_same_page(door: str, ben: User, closed: User) -> None:
    seen = {plain(knock(door, address), address) for address in (ben.email, UNKNOWN, closed.email)}
    assert len(seen) == 1


@pytest.mark.parametrize("door", ["account_request_login_code", "account_reset_password"])
def test_each_gets_exactly_one_mail_so_that_the_time_tells_nothing(door: str, ben: User, closed: User) -> None:
    for address in (ben.email, UNKNOWN, closed.email):
        knock(door, address)
    assert [one.to for one in mail.outbox] == [[ben.email], [UNKNOWN], [closed.email]]
    assert not re.search(r"^ {4}\S+$|://", str(mail.outbox[1].body) + str(mail.outbox[2].body), re.MULTILINE)


def test_a_password_costs_one_hash_whoever_it_is(ben: User, closed: User, monkeypatch: pytest.MonkeyPatch) -> None:
    cold = User.objects.create_user("cold@example.org", name="Cold")
    hashed: list[str] = []
    for name in ("encode", "verify"):
        real: Callable[..., Any] = getattr(Argon2, name)
        monkeypatch.setattr(
            Argon2, name, lambda self, *given, real=real, **more: hashed.append("x") or real(self, *given, **more)
        )
    counts = []
    for address in (ben.email, UNKNOWN, closed.email, cold.email):
        hashed.clear()
        knock("account_login", address)
        counts.append(len(hashed))
    assert set(counts) == {1}, counts


def test_an_invented_code_is_answered_alike(ben: User) -> None:
    pages = set()
    for address in (ben.email, UNKNOWN):
        there = Client()
        knock("account_request_login_code", address, there)
        answer = there.post(reverse("account_confirm_login_code"), {"code": "WRNG-CODE"}, follow=True)
        pages.add(plain(answer, address))
    assert len(pages) == 1


def test_five_wrong_passwords_and_that_address_rests(ben: User, cleo: User) -> None:
    for _ in range(5):
        knock("account_login", ben.email)
    assert "Too many tries" in words(knock("account_login", ben.email, password=PASSWORD))
    assert not is_in(come_in(ben)), "the right password after five wrong ones"
    assert is_in(come_in(cleo)), "others come in as ever"


def test_wrong_passwords_for_many_addresses_rest_too(ben: User) -> None:
    for number in range(10):
        knock("account_login", f"guess-{number}@example.org")
    assert "Too many tries" in words(knock("account_login", ben.email))


def test_right_ones_in_between_do_not_reset_the_count(ben: User, cleo: User) -> None:
    for _ in range(5):
        knock("account_login", ben.email)
        come_in(cleo)
    assert not is_in(come_in(ben))


def test_three_codes_a_minute_for_an_address(ben: User) -> None:
    for _ in range(4):
        page = knock("account_request_login_code", ben.email)
    assert len(mail.outbox) == 3
    assert "Too many tries" in words(page)


def test_twenty_codes_a_minute_from_one_place(db: None) -> None:
    for number in range(21):
        page = knock("account_request_login_code", f"guess-{number}@example.org")
    assert "Too many tries" in words(page)
    assert len(mail.outbox) == 20


def test_three_guesses_at_a_code(ben: User) -> None:
    there = Client()
    knock("account_request_login_code", ben.email, there)
    for _ in range(3):
        there.post(reverse("account_confirm_login_code"), {"code": "WRNG-CODE"})
    there.post(reverse("account_confirm_login_code"), {"code": code_in_mail()})
    assert not is_in(there)


def test_five_new_passwords_a_minute_for_an_address(ben: User) -> None:
    for _ in range(6):
        page = knock("account_reset_password", ben.email)
    assert len(mail.outbox) == 5
    assert page.status_code == 429


def test_ten_fresh_looks_a_minute(ben: User) -> None:
    there = come_in(ben)
    for _ in range(10):
        there.post(reverse("account_reauthenticate"), {"password": WRONG})
    there.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert there.get(reverse("mfa_activate_totp")).status_code == 302


def test_a_closed_person_comes_in_by_no_door(closed: User) -> None:
    assert not is_in(come_in(closed))
    there = Client()
    knock("account_request_login_code", closed.email, there)
    there.post(reverse("account_confirm_login_code"), {"code": "ABCD-EFGH"})
    assert not is_in(there)
    knock("account_reset_password", closed.email)
    assert "://" not in str(mail.outbox[-1].body), "no link to a new password"
    inside = Client()
    inside.force_login(closed)
    assert not is_in(inside), "not even with a session"


def test_a_link_to_a_new_password_opens_nothing_once_the_person_is_closed(ben: User) -> None:
    knock("account_reset_password", ben.email)
    link = next(word for word in str(mail.outbox[-1].body).split() if "://" in word)
    User.objects.filter(pk=ben.pk).update(closed_at=now())
    there = Client()
    page = there.get(link, follow=True)
    if page.redirect_chain:
        there.post(page.redirect_chain[-1][0], {"password1": "another quiet room", "password2": "another quiet room"})
    assert not is_in(there)
    User.objects.filter(pk=ben.pk).update(closed_at=None)
    assert not is_in(come_in(ben, "another quiet room"))


def test_a_link_to_a_new_password_opens_once(ben: User) -> None:
    knock("account_reset_password", ben.email)
    link = next(word for word in str(mail.outbox[-1].body).split() if "://" in word)
    for new, taken in (("another quiet room", True), ("yet another quiet room", False)):
        there = Client()
        page = there.get(link, follow=True)
        if page.redirect_chain:
            there.post(page.redirect_chain[-1][0], {"password1": new, "password2": new})
        assert is_in(come_in(ben, new)) == taken


def test_nobody_signs_up(db: None) -> None:
    said = {"email": UNKNOWN, "password1": PASSWORD, "password2": PASSWORD, "name": "Nobody"}
    assert "by invitation" in words(Client().post(reverse("account_signup"), said))
    assert not User.objects.exists()


def test_the_way_on_after_signing_in_stays_in_the_house(ben: User) -> None:
    for elsewhere in ("https://evil.example/", "//evil.example/", "javascript:alert(1)"):
        answer = Client().post(
            f"{reverse('account_login')}?next={elsewhere}",
            {"login": ben.email, "password": PASSWORD, "next": elsewhere},
        )
        assert answer.url == "/"


def test_a_session_from_before_signing_in_is_not_the_one_after(ben: User) -> None:
    there = Client()
    there.get(reverse("account_login"))
    knock("account_request_login_code", ben.email, there)
    before = there.session.session_key
    there.post(reverse("account_confirm_login_code"), {"code": code_in_mail()})
    assert is_in(there)
    assert there.session.session_key != before


def test_behind_a_proxy_people_are_told_apart(ben: User, settings: Any) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for number in range(10):
        knock("account_login", f"guess-{number}@example.org", Client(headers={"x-forwarded-for": "203.0.113.7"}))
    forged = {"x-forwarded-for": "198.51.100.9, 203.0.113.7"}
    assert "Too many tries" in words(knock("account_login", ben.email, Client(headers=forged)))
    other = Client(headers={"x-forwarded-for": "198.51.100.9"})
    assert is_in(other) is False
    knock("account_login", ben.email, other, password=PASSWORD)
    assert is_in(other)


def test_signing_out_forgets_everything_on_the_device(ben: User) -> None:
    there = fresh(ben)
    answer = there.post(reverse("account_logout"))
    assert not is_in(there)
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
