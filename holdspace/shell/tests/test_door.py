"""The door: signing in with a password or a code, a new password, and every kind refusal, in the house's look."""

import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

PASSWORD = "a quiet room with a window"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_counts() -> None:
    cache.clear()


@pytest.fixture
def visitor() -> Client:
    return Client()


@pytest.mark.parametrize(
    "place", ["login", "login/code", "password/reset", "password/reset/done", "signup", "inactive"]
)
def test_a_page_of_the_door_looks_like_the_house(visitor: Client, place: str):
    page = visitor.get(f"/door/{place}/")
    text = page.content.decode()
    assert page.status_code == 200
    assert text.count("<h1") == 1
    assert '<a class="skip" href="#main">' in text
    assert "shell/tokens.css" in text
    assert "no-store" in page["Cache-Control"]
    assert "script-src 'self'" in page["Content-Security-Policy"]
    assert not re.search(r"<script(?![^>]*\bsrc=)", text)


def test_signing_in_with_a_password(visitor: Client, ana):
    answer = visitor.post("/door/login/", {"login": ana.email, "password": PASSWORD})
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert visitor.session["_auth_user_id"] == str(ana.pk)


def test_a_wrong_password_is_said_kindly_and_the_address_stays(visitor: Client, ana):
    page = visitor.post("/door/login/", {"login": ana.email, "password": "something else"}).content.decode()
    assert "That address and that password do not go together." in page
    assert f'value="{ana.email}"' in page
    assert "something else" not in page


def test_a_stranger_hears_the_same(visitor: Client, ana):
    page = visitor.post("/door/login/", {"login": "nobody@example.org", "password": "x"}).content.decode()
    assert "That address and that password do not go together." in page


def test_signing_in_with_a_code_from_the_mail(visitor: Client, ana):
    answer = visitor.post("/door/login/code/", {"email": ana.email}, follow=True)
    assert "Enter the code" in answer.content.decode()
    [letter] = mail.outbox
    assert letter.to == [ana.email]
    assert letter.subject == "Your code for Holdspace"
    code = re.search(r"^    (\S+)$", letter.body, re.MULTILINE)[1]
    answer = visitor.post("/door/login/code/confirm/", {"code": code})
    assert answer["Location"] == "/"
    assert visitor.session["_auth_user_id"] == str(ana.pk)


def test_a_wrong_code_opens_nothing(visitor: Client, ana):
    visitor.post("/door/login/code/", {"email": ana.email})
    page = visitor.post("/door/login/code/confirm/", {"code": "zzzzzz"})
    assert "That is not the code we sent." in page.content.decode()
    assert "_auth_user_id" not in visitor.session


def test_asking_for_a_code_tells_nobody_who_is_here(ana):
    pages = []
    for address in (ana.email, "nobody@example.org"):
        page = Client().post("/door/login/code/", {"email": address}, follow=True)
        pages.append(re.sub(r'value="[^"]+"', "", page.content.decode().replace(address, "…")))
    assert pages[0] == pages[1]
    known, unknown = mail.outbox
    assert known.subject != unknown.subject
    assert "Nobody here has that address." in unknown.body


def test_a_new_password_by_mail(visitor: Client, ana):
    page = visitor.post("/door/password/reset/", {"email": ana.email}, follow=True)
    assert "Look at your mail" in page.content.decode()
    address = re.search(r"https?://[^/]+(/\S+)", mail.outbox[0].body)[1]
    page = visitor.get(address, follow=True)
    assert "Choose a new password" in page.content.decode()
    chosen = {"password1": "seven herons on a wall", "password2": "seven herons on a wall"}
    page = visitor.post(page.redirect_chain[-1][0], chosen, follow=True)
    assert "Your new password holds" in page.content.decode()
    ana.refresh_from_db()
    assert ana.check_password("seven herons on a wall")


def test_a_link_used_up_says_so(visitor: Client):
    page = visitor.get("/door/password/reset/key/1-abc/")
    assert "This link no longer opens" in page.content.decode()


def test_nobody_signs_up_by_themselves(visitor: Client):
    assert "People come in by invitation" in visitor.get("/door/signup/").content.decode()
    answer = visitor.post("/door/signup/", {"email": "new@example.org", "password1": PASSWORD})
    assert "People come in by invitation" in answer.content.decode()


def test_too_many_passwords_are_refused_kindly(visitor: Client, ana):
    for _ in range(6):
        page = visitor.post("/door/login/", {"login": ana.email, "password": "a guess"})
    assert "Too many tries in a short time." in page.content.decode()
    page = visitor.post("/door/login/", {"login": ana.email, "password": PASSWORD})
    assert "_auth_user_id" not in visitor.session, "not even with the right one, for a while"


def test_too_many_letters_are_refused_kindly(ana):
    pages = [Client().post("/door/login/code/", {"email": ana.email}, follow=True) for _ in range(4)]
    assert "Too many tries in a short time." in pages[-1].content.decode()
    assert len(mail.outbox) == 3


def test_a_flood_from_one_place_meets_a_kind_page():
    codes = []
    for turn in range(25):
        answer = Client().post("/door/password/reset/", {"email": f"p{turn}@example.org"})
        codes.append(answer.status_code)
    assert codes[0] == 302
    assert codes[-1] == 429
    assert "A little slower, please" in answer.content.decode()


def test_signing_out_asks_once(visitor: Client, ana):
    visitor.force_login(ana)
    assert "Sign out of this device?" in visitor.get("/door/logout/").content.decode()
    page = visitor.post("/door/logout/", follow=True)
    assert "_auth_user_id" not in visitor.session
    assert "You are signed out of this device." in page.content.decode()


def test_changing_the_password_while_signed_in(visitor: Client, ana):
    visitor.force_login(ana)
    page = visitor.get("/door/password/change/").content.decode()
    assert 'autocomplete="current-password"' in page
    assert page.count('autocomplete="new-password"') == 2
    given = {"oldpassword": "wrong", "password1": "seven herons on a wall", "password2": "seven herons on a wall"}
    page = visitor.post("/door/password/change/", given).content.decode()
    assert "That is not the password you have now." in page
