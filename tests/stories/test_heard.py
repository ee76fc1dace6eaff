"""Ana brings a conversation and looks at what happened in it; Ben agrees from his phone and takes it back."""

import pytest
from playwright.sync_api import Page, expect

from holdspace.engagements.models import Engagement
from holdspace.people.models import Link, User
from tests.browser import Visitor
from tests.cast import PASSWORD, TALK, listen_now

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def sign_in(visitor: Visitor, person: User) -> Page:
    page = visitor.go("/")
    page.get_by_label("mail").fill(person.email or "")
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{visitor.address}/")
    return page


def test_a_house_begins_with_one_link(visitor: Visitor) -> None:
    page = visitor.go("/k/begin/nothing-real/")
    visitor.heard.clear()  # the browser says the 404 aloud
    visitor.look("begin-dead")
    page = visitor.go(f"/k/begin/{Link.make(Link.Purpose.BEGIN)}/")
    visitor.look("begin")
    page.get_by_label("Name of the practice").fill("Juniper House")
    page.get_by_label("Your name").fill("Ana")
    page.get_by_label("Your e-mail").fill("ana@example.org")
    page.get_by_label("A password").fill("short")
    page.get_by_label("Time zone").select_option("Europe/London")
    page.get_by_role("button", name="Open the practice").click()
    expect(page.get_by_label("Your name")).to_have_value("Ana")
    visitor.heard.clear()
    visitor.look("begin-again")
    page.get_by_label("A password").fill(PASSWORD)
    page.get_by_role("button", name="Open the practice").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ana")
    visitor.look("today-empty")
    page.get_by_role("link", name="Add your first client").click()
    visitor.look("add-client")
    page.get_by_label("Their name").fill("Ben Hale")
    page.get_by_role("button", name="Add").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ben Hale")
    visitor.look("client-empty")
    page.get_by_role("link", name="Add a session").click()
    visitor.look("add-session")
    page.get_by_label("Day").fill("2026-11-20")
    page.get_by_label("Time", exact=True).fill("14:30")
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_text("Before anything is kept")).to_be_visible()
    visitor.look("session-new")


def test_a_session_heard_end_to_end(
    visitor: Visitor, another_visitor: Visitor, together: Engagement, session, ana: User
) -> None:
    visitor.go("/")
    visitor.look("sign-in")
    page = sign_in(visitor, ana)
    visitor.look("today")
    page.get_by_role("link", name="Clients").click()
    visitor.look("clients")
    page.get_by_role("link", name="Ben").click()
    visitor.look("client")
    page.get_by_role("link", name="Before the interview").click()
    page.get_by_role("button", name="I agree").click()
    page.get_by_role("button", name="Make a link for Ben").click()
    visitor.look("ask")
    address = page.get_by_label("The link").input_value()

    phone = another_visitor.go(address)
    another_visitor.look("link-consent")
    phone.get_by_role("button", name="Yes, I agree").click()
    another_visitor.look("link-thanks")
    back = phone.get_by_label("To take it back").input_value()

    page.get_by_role("link", name="Back to the session").click()
    visitor.look("session-bring")
    page.get_by_label("Or paste the words here").fill(TALK)
    page.get_by_role("button", name="Listen to it").click()
    expect(page.get_by_text("Listening")).to_be_visible()
    visitor.look("session-listening")
    listen_now()
    expect(page.get_by_role("heading", name="Found in it")).to_be_visible()
    visitor.look("session-heard")

    found = page.get_by_role("article").filter(has_text="three stories")
    found.get_by_role("button", name="Accept").click()
    expect(found.get_by_text("Accepted.")).to_be_visible()
    found.get_by_role("button", name="Undo").click()
    found.get_by_role("link", name="Edit").click()
    found.get_by_label("In words", exact=True).fill("Write three stories")
    found.get_by_role("button", name="Keep it so").click()
    expect(found.get_by_text("Accepted.")).to_be_visible()
    visitor.look("session-answered")

    another_visitor.go(back)
    another_visitor.look("link-withdraw")
    phone.get_by_role("button", name="Take it back").click()
    another_visitor.look("link-withdrawn")
    page.reload()
    expect(page.get_by_text("Before anything is kept")).to_be_visible()
    assert "three stories" not in page.content()


def test_ben_reads_his_own_session_and_takes_his_consent_back(visitor: Visitor, heard, ben: User) -> None:
    page = sign_in(visitor, ben)
    visitor.look("home-ben")
    page.get_by_role("link", name="All sessions").click()
    page.get_by_role("link", name="Before the interview").first.click()
    expect(page.get_by_text("I'm worried that I'm not good enough")).to_be_visible()
    visitor.look("session-ben")
    page.get_by_role("button", name="Take my consent back").click()
    expect(page.get_by_text("are gone")).to_be_visible()
    visitor.look("session-ben-withdrawn")


def test_the_main_job_by_keyboard_alone(visitor: Visitor, agreed, ana: User) -> None:
    page = sign_in(visitor, ana)
    page.goto(agreed.get_absolute_url())
    page.get_by_label("Or paste the words here").focus()
    page.keyboard.insert_text(TALK)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Listening")).to_be_visible()
    listen_now()
    expect(page.get_by_role("heading", name="Found in it")).to_be_visible()
    page.get_by_role("button", name="Accept").first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Accepted.")).to_be_visible()
