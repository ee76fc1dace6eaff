"""Ana asks Ben to release a session to her mentor: Ben reads what that means, ticks, and takes it back; Mira reads."""

import pytest
from playwright.sync_api import expect

from holdspace.conversations.models import Release, Transcript, write_note
from holdspace.engagements.tests.agreeing import agreed_on
from holdspace.people.models import User
from holdspace.vault.models import new_id
from tests.browser import Visitor
from tests.stories.test_heard import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_client_releases_a_session_to_a_mentor(
    visitor: Visitor, another_visitor: Visitor, heard: Transcript, ana: User, ben: User, mira: User
) -> None:
    agreed_on(heard.session.engagement, mentor=True)
    write_note(heard.session, new_id(), "Ben speaks of the silence after.", by=ana).share(by=ana)
    desk, phone = another_visitor.page, visitor.page
    sign_in(another_visitor, ana)
    another_visitor.go(heard.session.get_absolute_url())
    desk.get_by_role("link", name="Ask Ben to release this session to a mentor").click()
    another_visitor.look("ask-release")
    desk.get_by_label("Which mentor").select_option(label="Mira")
    desk.get_by_label("the notes that Ben and you share about it").check()
    desk.get_by_label("what was said, word by word").check()
    desk.get_by_label("What you would like to learn").fill("How do I ask less and listen more here?")
    desk.get_by_role("button", name="Ask Ben").click()
    another_visitor.look("release-asked")

    sign_in(visitor, ben)
    visitor.look("release-home")
    phone.get_by_role("link", name="May Mira read something of your session").click()
    phone.get_by_label("the notes that you and Ana share about it").check()
    visitor.look("release-choosing")
    phone.get_by_role("button", name="Yes, Mira may read it").click()
    expect(phone.get_by_text("Kept. Mira reads just what you ticked.")).to_be_visible()
    visitor.look("release-open")

    another_visitor.context.clear_cookies()
    sign_in(another_visitor, mira)
    another_visitor.look("mentor-home")
    desk.get_by_role("link", name="Ana, session of").click()
    expect(desk.get_by_text("How do I ask less and listen more here?")).to_be_visible()
    expect(desk.get_by_text("Ben speaks of the silence after.")).to_be_visible()
    expect(desk.get_by_text("part of you is afraid")).to_have_count(0)
    another_visitor.look("released")

    visitor.go("/")
    phone.get_by_role("link", name="What you said yes to, and taking it back").click()
    visitor.look("said-yes-mentor")
    phone.get_by_role("button", name="Take it back from Mira").click()
    expect(phone.get_by_text("Mira can read nothing of it any more.")).to_be_visible()
    desk.reload()
    expect(desk.get_by_text("Ben speaks of the silence after.")).to_have_count(0)
    another_visitor.heard.clear()  # the page that is gone is missed by the browser, as it should be
    another_visitor.go("/")
    another_visitor.look("mentor-home-empty")
    assert Release.objects.visible_to(ben).get().closed_at
