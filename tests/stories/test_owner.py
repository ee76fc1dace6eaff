"""Dov makes Ana the owner in his place, and she confirms it."""

import pytest
from playwright.sync_api import Page, expect

from holdspace.people.models import Practice, User
from tests.browser import Visitor
from tests.cast import PASSWORD
from tests.stories.test_heard import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def show_again(page: Page) -> None:
    """A weighty step asks once more who it is."""
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()


def test_somebody_else_owns_the_practice(
    visitor: Visitor, another_visitor: Visitor, practice: Practice, dov: User, ana: User
) -> None:
    his, hers = visitor.page, another_visitor.page
    sign_in(visitor, dov)
    visitor.go(f"/practice/{practice.pk}/")
    his.get_by_role("link", name="Make somebody the owner").click()
    show_again(his)
    visitor.look("owner-naming")
    his.get_by_label("Who owns it in your place").select_option(label="Ana")
    his.get_by_role("button", name="Ask them").click()
    visitor.look("owner-asked")

    sign_in(another_visitor, ana)
    another_visitor.go("/me/")
    another_visitor.look("owner-me")
    hers.get_by_role("link", name="Read what that means").click()
    show_again(hers)
    another_visitor.look("owner-answering")
    hers.get_by_role("button", name="Yes, I own it from now on").click()
    expect(hers.get_by_text("You own Juniper House now.")).to_be_visible()
    his.reload()
    expect(his.get_by_label("Password")).to_be_visible()
