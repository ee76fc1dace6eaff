"""Ben reads what whoever pays would see, ticks a goal, and the link shows just that."""

import pytest
from playwright.sync_api import expect

from holdspace.conversations.models import Session
from holdspace.engagements.models import Engagement, Sponsor
from holdspace.engagements.tests.agreeing import agreed_on
from holdspace.growth.models import Goal
from holdspace.people.models import User
from holdspace.vault.models import new_id
from tests.browser import Visitor
from tests.stories.test_heard import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_whoever_pays_sees_what_was_approved(
    visitor: Visitor, another_visitor: Visitor, together: Engagement, session: Session, ana: User, ben: User
) -> None:
    agreed_on(together, sponsor=True)
    for title in ("A role with people", "Say no to my mother"):
        Goal.propose(together, new_id(), title=title, why="", weight=2, proposed_by="client", by=ben)
    Sponsor.add(together, "Nora North", "Northwind", "", by=ana)
    page, theirs = sign_in(visitor, ben), another_visitor.page
    visitor.go(f"/clients/{together.pk}/around/")
    visitor.look("window-around")
    page.get_by_role("link", name="What Nora North sees").click()
    page.get_by_label("A role with people").check()
    visitor.look("window-approving")
    page.get_by_role("button", name="Approve just this").click()
    visitor.look("window-approved")
    another_visitor.go(page.get_by_label("The link").input_value())
    expect(theirs.get_by_text("A role with people")).to_be_visible()
    expect(theirs.get_by_text("Say no to my mother")).to_have_count(0)
    another_visitor.look("window")
    page.get_by_role("button", name="Close it").click()
    expect(page.get_by_text("The link opens nothing any more.")).to_be_visible()
