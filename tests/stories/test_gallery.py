"""Every part of the look on one page, at both widths, by day and by night, and on paper."""

import pytest
from playwright.sync_api import Browser, Route

from holdspace.shell.headers import ALWAYS
from holdspace.shell.tests import gallery
from tests.browser import Visitor

pytestmark = pytest.mark.browser
HOUSE = "http://127.0.0.1:1"


def answer(route: Route) -> None:
    """The page of all parts and its files, with the headers of the house and no server."""
    path = route.request.url.removeprefix(HOUSE)
    if path.startswith("/static/"):
        route.fulfill(path=gallery.STATIC / path.removeprefix("/static/"), headers=None)
    else:
        route.fulfill(body=gallery.page(), content_type="text/html; charset=utf-8", headers=ALWAYS)


@pytest.fixture
def parts(chromium: Browser) -> Visitor:
    someone = Visitor(chromium, HOUSE)
    someone.page.route(f"{HOUSE}/**", answer)
    someone.go("/gallery/")
    return someone


def test_every_part_can_be_used_by_everybody(parts: Visitor) -> None:
    parts.page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
    parts.look("gallery")


def test_on_paper_there_is_nothing_to_press(parts: Visitor) -> None:
    parts.page.emulate_media(media="print", color_scheme="dark")
    for kind in ("button", "nav", "input", "summary"):
        shown = parts.page.locator(kind).evaluate_all("all => all.filter(one => one.checkVisibility()).length")
        assert shown == 0, kind
    assert parts.page.locator("svg.strip").is_visible()
    assert parts.page.evaluate("getComputedStyle(document.querySelector('h1')).color") == "rgb(34, 30, 25)"


def test_a_bar_of_the_picture_leads_to_its_turn(parts: Visitor) -> None:
    parts.page.locator('.strip [data-to="#turn-5"]').click()
    assert parts.page.url.endswith("#turn-5")


def test_a_file_can_be_dropped(parts: Visitor) -> None:
    zone = parts.page.locator("[data-drop]").first
    assert zone.get_by_text("or drop it here").is_visible()
    held = parts.page.evaluate_handle(
        "() => { const held = new DataTransfer(); held.items.add(new File(['Ana: Hello'], 'talk.txt')); return held }"
    )
    zone.dispatch_event("drop", {"dataTransfer": held})
    assert zone.get_by_text("talk.txt, 10 bytes").is_visible()
    assert parts.page.evaluate("document.querySelector('[data-drop] input').files[0].name") == "talk.txt"


def test_a_form_is_sent_once(parts: Visitor) -> None:
    stopped = parts.page.evaluate(
        """() => {
            const seen = [], form = document.querySelector("#found form");
            addEventListener("submit", (event) => { seen.push(event.defaultPrevented); event.preventDefault(); });
            form.requestSubmit(); form.requestSubmit();
            return seen;
        }"""
    )
    assert stopped == [False, True]
