"""Ana hands Ben over to Eve: Ben reads what that means and ticks, Eve takes him on, and Ben takes it back."""

import pytest
from playwright.sync_api import expect

from holdspace.conversations.models import Transcript, write_note
from holdspace.engagements.models import Handover
from holdspace.people.models import User
from holdspace.vault.models import new_id
from tests.browser import Visitor
from tests.stories.test_heard import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_client_goes_on_with_another_coach(
    visitor: Visitor, another_visitor: Visitor, heard: Transcript, ana: User, ben: User, eve: User
) -> None:
    write_note(heard.session, new_id(), "Ben speaks of the silence after.", by=ana).share(by=ana)
    desk, phone = another_visitor.page, visitor.page
    sign_in(another_visitor, ana)
    another_visitor.go(f"/clients/{heard.session.engagement_id}/")
    desk.get_by_role("link", name="hand it over").click()
    another_visitor.look("hand-over")
    desk.get_by_label("Who could go on").select_option(label="Eve")
    desk.get_by_role("button", name="Ask Ben").click()
    another_visitor.look("hand-over-asked")

    sign_in(visitor, ben)
    visitor.look("hand-over-home")
    phone.get_by_role("link", name="Would you like to go on with Eve?").click()
    phone.get_by_label("notes that you and Ana share").check()
    visitor.look("hand-over-choosing")
    phone.get_by_role("button", name="Yes, I would like that").click()
    expect(phone.get_by_text("Kept. Eve is asked now.")).to_be_visible()

    another_visitor.context.clear_cookies()
    sign_in(another_visitor, eve)
    desk.get_by_role("link", name="Ben would like to go on with you").click()
    another_visitor.look("hand-over-offered")
    desk.get_by_role("button", name="Yes, I take it on").click()
    desk.get_by_role("link", name="Read it").click()
    another_visitor.look("handed")
    desk.get_by_role("link", name="Before the interview").click()
    expect(desk.get_by_text("Ben speaks of the silence after.")).to_be_visible()
    another_visitor.look("handed-session")

    visitor.go("/")
    phone.get_by_role("link", name="What you said yes to, and taking it back").click()
    visitor.look("said-yes-released")
    phone.get_by_role("button", name="Take it back from Eve").click()
    expect(phone.get_by_text("Eve can read nothing of it.")).to_be_visible()
    desk.reload()
    expect(desk.get_by_text("Ben speaks of the silence after.")).to_have_count(0)
    assert Handover.objects.visible_to(ben).get().closed_at
