"""Ana looks after how she signs in; Dov asks Fay in and asks everyone for a second step."""

import re
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from playwright.sync_api import Page, expect

from holdspace.people.models import Practice, User
from holdspace.people.tests.comers import code_in_mail, digits
from tests.browser import Visitor
from tests.cast import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def nobody_knocked() -> None:
    cache.clear()


def sign_in(visitor: Visitor, person: User) -> Page:
    page = visitor.go("/")
    page.get_by_label("mail").fill(person.email or "")
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{visitor.address}/")
    return page


def show_again(page: Page) -> None:
    """The password once more, where it is asked for."""
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()


def give_passkey(visitor: Visitor) -> None:
    """A device that knows its owner, as far as this browser can tell."""
    wire = visitor.context.new_cdp_session(visitor.page)
    wire.send("WebAuthn.enable")
    able: dict[str, Any] = {"protocol": "ctap2", "transport": "internal", "automaticPresenceSimulation": True}
    able |= dict.fromkeys(("hasResidentKey", "hasUserVerification", "isUserVerified"), True)
    wire.send("WebAuthn.addVirtualAuthenticator", {"options": able})


def test_ana_sets_up_an_app_with_codes(visitor: Visitor, ana: User) -> None:
    page = sign_in(visitor, ana)
    page.get_by_role("link", name="You", exact=True).click()
    visitor.look("me")
    page.get_by_role("link", name="How you sign in").click()
    visitor.look("ways-in")
    page.get_by_role("link", name="Set one up").click()
    visitor.look("again-password")
    show_again(page)
    visitor.look("factor-app")
    page.get_by_text("I can't scan it").click()
    secret = page.locator("code.spelt").inner_text().replace(" ", "")
    page.get_by_label("The six digits it shows now").fill("000000")
    page.get_by_role("button", name="Ask for it").click()
    expect(page.get_by_text("Look at what your app shows now")).to_be_visible()
    page.get_by_text("I can't scan it").click()
    assert page.locator("code.spelt").inner_text().replace(" ", "") == secret, "the app would have to be set up anew"
    page.get_by_label("The six digits it shows now").fill(digits(secret))
    page.get_by_role("button", name="Ask for it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")
    visitor.look("recovery-codes")
    spare = page.locator("ol.spelt code").first.inner_text()
    page.get_by_role("link", name="I have kept them").click()
    visitor.look("ways-in-app")
    page.get_by_role("link", name="Sign out").click()
    page.get_by_role("button", name="Sign out").click()
    page.get_by_label("mail").fill(ana.email or "")
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("The second step")
    visitor.look("second-step")
    page.get_by_label("The code from your app").fill(spare)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{visitor.address}/")
    visitor.go("/me/door/")
    expect(page.get_by_text("9 left")).to_be_visible()
    page.get_by_role("link", name="Stop using it").click()
    visitor.look("again-choices")
    show_again(page)
    visitor.look("factor-app-stop")
    page.get_by_role("button", name="Stop using it").click()
    expect(page.get_by_text("not asked for any more")).to_be_visible()


def test_ana_comes_in_by_a_passkey_alone(visitor: Visitor, ana: User) -> None:
    give_passkey(visitor)
    page = sign_in(visitor, ana)
    visitor.go("/me/door/")
    page.get_by_role("link", name="Add one").click()
    show_again(page)
    visitor.look("passkey-add")
    page.get_by_label("What you call it").fill("My phone")
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")
    page.get_by_role("link", name="I have kept them").click()
    expect(page.get_by_text("My phone")).to_be_visible()
    visitor.look("ways-in-passkey")
    page.get_by_role("link", name="Sign out").click()
    page.get_by_role("button", name="Sign out").click()
    visitor.look("sign-in")
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url(f"{visitor.address}/")
    visitor.go("/me/door/")
    page.get_by_role("link", name="Rename My phone").click()
    page.wait_for_load_state()
    visitor.look("again-passkey-or-password")
    page.get_by_role("link", name="By my passkey").click()
    visitor.look("again-passkey")
    page.get_by_role("button", name="Use my passkey").click()
    page.get_by_label("What you call it").fill("The old phone")
    visitor.look("passkey-rename")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Take away The old phone").click()
    visitor.look("passkey-away")
    page.get_by_role("button", name="Take it away").click()
    expect(page.get_by_text("opens nothing any more")).to_be_visible()


def test_a_passkey_called_off_is_said_kindly(visitor: Visitor, ana: User) -> None:
    page = visitor.go("/door/login/")
    page.evaluate("() => { navigator.credentials.get = () => Promise.reject(new DOMException('', 'NotAllowedError')) }")
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_text("it was called off or took too long")).to_be_visible()


def test_dov_asks_fay_in_and_everyone_for_a_second_step(
    visitor: Visitor, another_visitor: Visitor, practice: Practice, dov: User, ana: User
) -> None:
    page = sign_in(visitor, dov)
    page.get_by_role("link", name="Practice").click()
    visitor.look("practice")
    page.get_by_label("Their e-mail address").fill("fay@example.org")
    page.get_by_label("Coach:").check()
    page.get_by_role("button", name="Send the invitation").click()
    show_again(page)
    expect(page.get_by_text("on its way to fay@example.org")).to_be_visible()
    visitor.look("practice-asked")
    link = re.search(r"(/k/invitation/\S+)", str(mail.outbox[-1].body))
    assert link
    theirs = another_visitor.go(link[1])
    another_visitor.look("invitation")
    theirs.get_by_role("button", name="Send me the code").click()
    expect(theirs.get_by_text("is on its way to")).to_be_visible()
    another_visitor.look("invitation-code")
    theirs.get_by_label("The code from the mail").fill(code_in_mail())
    theirs.get_by_label("Your name").fill("Fay")
    theirs.get_by_role("button", name="Take the seat").click()
    expect(theirs.get_by_text("Welcome to Juniper House")).to_be_visible()
    page.get_by_role("button", name="Ask everyone with a seat").click()
    expect(page.get_by_text("asks everyone with a seat for a second step")).to_be_visible()
    visitor.look("ways-in-owed")
    another_visitor.go("/clients/")
    expect(theirs.get_by_text("asks everyone with a seat for a second step")).to_be_visible()


def test_leaving_and_a_new_address(visitor: Visitor, ana: User) -> None:
    page = sign_in(visitor, ana)
    visitor.go("/me/")
    page.get_by_role("link", name="Leave Juniper House").click()
    show_again(page)
    visitor.look("seat-leave")
    visitor.go("/me/door/address/")
    visitor.look("address")
    page.get_by_label("Your new address").fill("anna@example.org")
    page.get_by_role("button", name="Send the code").click()
    visitor.look("address-code")
    page.get_by_label("The code from the mail").fill(code_in_mail())
    page.get_by_role("button", name="This is my address now").click()
    expect(page.get_by_text("From now on you sign in with anna@example.org")).to_be_visible()


def test_who_has_no_password_shows_it_by_a_code(visitor: Visitor, ana: User, settings: Any) -> None:
    page = sign_in(visitor, ana)
    User.objects.filter(pk=ana.pk).update(password="!")
    visitor.go("/door/login/code/")
    page.get_by_label("mail").fill(ana.email or "")
    page.get_by_role("button", name="Send me a code").click()
    page.get_by_label("The code from the mail").fill(code_in_mail())
    page.keyboard.press("Enter")
    page.wait_for_url(f"{visitor.address}/")
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 0
    visitor.go("/me/door/address/")
    visitor.look("again-code")
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
    page.get_by_role("button", name="Send me a code").click()
    expect(page.get_by_text("A code is on its way")).to_be_visible()
    visitor.look("again-code-sent")
    page.get_by_label("The code from the mail").fill(code_in_mail())
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Another address")
