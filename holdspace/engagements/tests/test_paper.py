"""The pact on paper: a page that prints, the same as a tagged PDF, and a kind word where there is none."""

import re
import zlib

import pytest
from django.urls import reverse

from holdspace.engagements import paper
from holdspace.engagements.models import Engagement
from holdspace.engagements.tests.agreeing import agreed_on
from holdspace.people.models import User
from tests.cast import browser


def streams(pdf: bytes) -> bytes:
    """All that is in a PDF, unpacked."""
    found = [pdf]
    for packed in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        try:
            found.append(zlib.decompress(packed))
        except zlib.error:
            continue
    return b"\n".join(found)


def test_the_pdf_is_tagged_titled_and_in_english(ana: User, ben: User, together: Engagement) -> None:
    pact = agreed_on(together)
    for person in (ana, ben):
        answer = browser(person).get(reverse("pact_pdf", args=[pact.pk]))
        assert answer.headers["Content-Type"] == "application/pdf"
        assert answer.headers["Content-Disposition"] == 'attachment; filename="agreement-1.pdf"'
        inside = streams(answer.content)
        assert answer.content.startswith(b"%PDF-")
        for part in (b"/StructTreeRoot", b"/Marked true", b"/Lang", b"/H2", b"pdfuaid"):
            assert part in inside


def test_the_page_that_prints_says_the_same(ben: User, together: Engagement) -> None:
    pact = agreed_on(together)
    page = browser(ben).get(reverse("print_pact", args=[pact.pk])).content.decode()
    for said in ("Ana Reyes", "Ben Hale", pact.fingerprint, "imminent danger"):
        assert said in page


def test_a_server_without_the_libraries_says_so_and_shows_the_page(
    ana: User, together: Engagement, monkeypatch: pytest.MonkeyPatch
) -> None:
    pact = agreed_on(together)
    monkeypatch.setattr(paper, "_drawing", lambda: (_ for _ in ()).throw(paper.NoPaper))
    answer = browser(ana).get(reverse("pact_pdf", args=[pact.pk]))
    assert answer.status_code == 200
    assert (
        "can&#x27;t make PDF files just now" in answer.content.decode()
        or "make PDF files just now" in answer.content.decode()
    )
    assert pact.fingerprint in answer.content.decode()


def test_nothing_is_fetched_from_anywhere_for_a_pdf() -> None:
    with pytest.raises(paper.Refused):
        paper._refuse("http://example.org/spy.png")


def test_a_stranger_gets_none_of_it(cleo: User, together: Engagement) -> None:
    pact = agreed_on(together)
    for name in ("pact_pdf", "print_pact"):
        assert browser(cleo).get(reverse(name, args=[pact.pk])).status_code == 404
