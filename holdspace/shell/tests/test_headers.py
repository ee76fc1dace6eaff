"""Headers on every answer."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from holdspace.shell.headers import ALWAYS, POLICY, SafeHeaders


def answered(given: HttpResponse) -> HttpResponse:
    return SafeHeaders(lambda _: given)(RequestFactory().get("/"))


@pytest.mark.parametrize("name", ALWAYS)
def test_every_answer_carries_them(name: str):
    assert answered(HttpResponse(status=404))[name] == ALWAYS[name]


def test_nothing_inline_and_nothing_foreign_may_run():
    rules = dict(rule.split(" ", 1) for rule in POLICY.split("; "))
    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == rules["style-src"] == rules["connect-src"] == rules["form-action"] == "'self'"
    assert rules["frame-ancestors"] == rules["base-uri"] == "'none'"
    assert "unsafe" not in POLICY
    assert "http" not in POLICY
    assert "*" not in POLICY


def test_a_page_is_kept_by_no_cache():
    assert answered(HttpResponse())["Cache-Control"] == "no-store"


def test_a_static_file_says_itself_how_long_it_holds():
    given = HttpResponse(headers={"Cache-Control": "max-age=31536000, public, immutable"})
    assert answered(given)["Cache-Control"] == "max-age=31536000, public, immutable"


def test_but_nothing_with_a_cookie_is_kept():
    given = HttpResponse(headers={"Cache-Control": "max-age=60, public"})
    given.set_cookie("session", "x")
    assert answered(given)["Cache-Control"] == "no-store"


def test_a_view_may_be_stricter():
    given = HttpResponse(headers={"Content-Security-Policy": "sandbox"})
    assert answered(given)["Content-Security-Policy"] == "sandbox"
