"""Ana has begun a note, and presses another button first: the note is there, with script and without."""

import pytest
from playwright.sync_api import Browser, expect

from holdspace.conversations.models import Note, Session, Transcript
from holdspace.people.models import User
from tests.browser import Visitor
from tests.cast import TALK
from tests.stories.test_heard import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("script", [True, False])
def test_a_begun_note_is_kept_with_the_next_button(
    chromium: Browser, visitor: Visitor, agreed: Session, ana: User, script: bool
) -> None:
    visitor.context = chromium.new_context(base_url=visitor.address, java_script_enabled=script)
    visitor.page = visitor.context.new_page()
    page = sign_in(visitor, ana)
    visitor.go(agreed.get_absolute_url())
    page.get_by_label("A note").fill("He was quiet for a while.")
    page.get_by_label("Or paste the words here").fill(TALK)
    page.get_by_role("button", name="Listen to it").click()
    expect(page.get_by_text("The note you had begun is kept, for you alone.")).to_be_visible()
    page.get_by_label("A note").fill("Then he spoke of his father.")
    page.get_by_role("button", name="Take my consent back").click()
    expect(page.get_by_text("The transcript and everything found in it are gone.")).to_be_visible()
    if script:
        visitor.look("note-along")
    assert [note.text for note in Note.objects.visible_to(ana).order_by("written_at")] == [
        "He was quiet for a while.",
        "Then he spoke of his father.",
    ]


@pytest.mark.parametrize("script", [True, False])
def test_a_found_line_is_answered_while_a_note_is_begun(
    chromium: Browser, visitor: Visitor, agreed: Session, heard: Transcript, ana: User, script: bool
) -> None:
    visitor.context = chromium.new_context(base_url=visitor.address, java_script_enabled=script)
    visitor.page = visitor.context.new_page()
    page = sign_in(visitor, ana)
    visitor.go(agreed.get_absolute_url())
    page.get_by_label("A note").fill("He was quiet for a while.")
    page.get_by_role("button", name="Accept").first.click()
    expect(page.get_by_text("Answered: 1") if not script else page.get_by_text("Accepted.")).to_be_visible()
    if script:
        expect(page.get_by_label("A note")).to_have_value("He was quiet for a while.")
        page.get_by_role("button", name="Keep the note").click()
    expect(page.locator("#notes .words", has_text="He was quiet for a while.")).to_be_visible()
    assert Note.objects.visible_to(ana).count() == 1
