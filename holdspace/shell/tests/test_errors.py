"""Error pages: kind words, one heading, and nothing that needs a database or a gathered static file."""

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory

PAGES = ["400", "403", "403_csrf", "404", "413", "429", "500", "503"]


@pytest.mark.parametrize("name", PAGES)
def test_an_error_page_needs_no_database(name: str):
    page = render_to_string(f"{name}.html")  # no test here may touch the database: the mark is missing
    assert page.count("<h1") == 1
    assert '<main id="main"' in page
    assert 'href="/"' in page, "a way on"


@pytest.mark.parametrize("name", PAGES[:-2])
def test_nor_with_a_request(name: str):
    assert "<h1" in render_to_string(f"{name}.html", {}, RequestFactory().get("/nowhere/"))


def test_a_fault_of_ours_stands_by_itself(settings):
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": "holdspace.shell.static.HashedNames"}}
    page = render_to_string("500.html", {"reference": "k3-9f"})
    assert "k3-9f" in page
    assert f'href="/{settings.STATIC_URL.strip("/")}/shell/tokens.css"' in page


def test_without_a_reference_it_names_none():
    assert "reference" not in render_to_string("500.html")


def test_a_refusal_may_say_why_and_never_in_raw_html():
    page = render_to_string("403.html", {"reason": "Ben has <i>not</i> said yes."})
    assert "Ben has &lt;i&gt;not&lt;/i&gt; said yes." in page
