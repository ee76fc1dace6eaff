"""The frame around every page; drawn here without a database, which plain pages must never need."""

import re

import pytest
from django.contrib.messages.storage.base import Message
from django.template import Context, engines
from django.test import RequestFactory

PAGE = '{% extends "shell/frame.html" %}{% block title %}Ben{% endblock %}{% block main %}<h1>Ben</h1>{% endblock %}'


class Person:
    is_authenticated = True


def drawn(source: str = PAGE, *, cookies: dict[str, str] | None = None, **shown: object) -> str:
    request = RequestFactory().get("/clients/")
    request.COOKIES |= cookies or {}
    # the bare template and no context processor: the frame takes what it is given and asks for nothing else
    return engines["django"].from_string(source).template.render(Context({"request": request, **shown}))


def test_a_page_says_its_language_its_title_and_one_heading():
    page = drawn()
    assert '<html lang="en">' in page
    assert "<title>Ben · Holdspace</title>" in page
    assert page.count("<h1") == 1


def test_the_first_thing_to_reach_skips_to_the_page_itself():
    page = drawn()
    body = page[page.index("<body>") :]
    assert re.search(r"<(?:a|button|input)\b[^>]*>", body)[0] == '<a class="skip" href="#main">'
    assert '<main id="main" tabindex="-1">' in page


def test_the_words_at_the_top_show_where_one_is():
    page = drawn(doors=[("Today", "/today/"), ("Clients", "/clients/")])
    assert '<a href="/clients/" aria-current="page">Clients</a>' in page
    assert '<a href="/today/">Today</a>' in page


def test_who_is_signed_in_can_sign_out():
    assert "Sign out</a>" in drawn(user=Person())
    assert "Sign out" not in drawn()


def test_notices_are_said_in_the_page():
    page = drawn(messages=[Message(20, "Kept."), Message(30, "Ben has not said yes <b>yet</b>.")])
    assert '<p class="notice info">Kept.</p>' in page
    assert '<p class="notice warning">Ben has not said yes &lt;b&gt;yet&lt;/b&gt;.</p>' in page


def test_one_privacy_line_at_the_foot():
    assert drawn().count("Nothing goes to an outside service") == 1


@pytest.mark.parametrize(
    ("kept", "shown"), [("dark", ' data-look="dark"'), ("light", ' data-look="light"'), ("<b>", "")]
)
def test_the_look_one_chose_is_kept(kept: str, shown: str):
    assert f'<html lang="en"{shown}>' in drawn(cookies={"look": kept})


def test_what_stands_beside_a_page_stands_beside_it():
    page = drawn(PAGE + "{% block aside %}<aside>Beside</aside>{% endblock %}")
    assert "</main>\n<aside>Beside</aside>" in page
