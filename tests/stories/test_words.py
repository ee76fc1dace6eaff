"""Ana writes at night, Ben has it in his morning, and his answer by real mail stands in the thread."""

import re
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from django.core import mail as post_box
from django.utils import timezone
from playwright.sync_api import expect

from holdspace.engagements.models import Engagement, Pact
from holdspace.engagements.tests.agreeing import agreed_on
from holdspace.letters.post import Post
from holdspace.people.models import User
from holdspace.threads.models import Message
from holdspace.threads.send import send
from holdspace.threads.tests.mails import DOMAIN, hand_over, mail, taking_in
from holdspace.vault.models import new_id
from tests.browser import Visitor
from tests.stories.test_heard import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NIGHT = datetime(2026, 11, 1, 5, 30, tzinfo=UTC)
"""Half past one in New York, in the night in which its clocks go back; half past five where Ana is."""
MORNING_THERE = datetime(2026, 11, 1, 13, 0, tzinfo=UTC)
"""Eight by the clock that has gone back: an hour later than it would have been the day before."""


def test_a_night_over_a_change_of_clocks_and_an_answer_by_mail(
    visitor: Visitor, another_visitor: Visitor, together: Engagement, ana: User, ben: User, settings: Any, monkeypatch
) -> None:
    agreed_on(together)
    terms: dict[str, Any] = {"quiet_from": time(22), "quiet_to": time(8), "reply_hours": 24, "channels": "email"}
    Pact.objects.access_system("the terms of this story").filter(engagement=together).update(**terms)
    settings.REPLY_DOMAIN = DOMAIN
    page = sign_in(visitor, ana)
    phone = sign_in(another_visitor, ben)
    hands, real = [NIGHT], timezone.now
    started = real()
    monkeypatch.setattr(timezone, "now", lambda: hands[-1] + (real() - started))

    visitor.go(f"/clients/{together.pk}/messages/")
    visitor.look("thread-empty")
    page.get_by_label("Your words").fill("How did the *interview* go?")
    expect(page.get_by_text("Kept for you alone")).to_be_visible()
    page.reload()
    expect(page.get_by_label("Your words")).to_have_value("How did the *interview* go?")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("Ben will get this at 08:00 today")).to_be_visible()
    visitor.look("thread-held")
    page.get_by_role("link", name="Change", exact=True).click()
    page.get_by_label("Your words").fill("How did the interview go? I thought of you.")
    visitor.look("message-edit")
    page.get_by_role("button", name="Keep it so").click()
    another_visitor.go(f"/clients/{together.pk}/messages/")
    expect(phone.get_by_text("Nothing written yet")).to_be_visible()
    assert Message.objects.visible_to(ana).get().goes_at == MORNING_THERE

    hands.append(MORNING_THERE + timedelta(minutes=2))
    Post().run(Post().claim())
    (letter,) = post_box.outbox
    phone.reload()
    expect(phone.get_by_text("Unread from here").last).to_be_visible()
    expect(phone.get_by_text("Ana waits for an answer")).to_be_visible()
    another_visitor.look("thread-unread")
    address = letter.extra_headers["Reply-To"]
    with taking_in(settings) as port:
        assert hand_over(port, mail(address, "It went well!\n\nOn Sun, Ana wrote:\n> How did"), address) == "taken"
    visitor.go(f"/clients/{together.pk}/messages/")
    expect(page.get_by_text("It went well!")).to_be_visible()
    expect(page.get_by_text("Ben, by mail")).to_be_visible()
    expect(page.get_by_text("How did", exact=True)).to_have_count(0)
    visitor.look("thread-answered")
    page.get_by_label("Files").set_input_files({"name": "plan.exe", "mimeType": "x", "buffer": b"MZ\0"})
    page.get_by_label("Your words").fill("Here is the plan.")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("is none of what can be sent here").first).to_be_visible()
    expect(page.get_by_label("Your words")).to_have_value("Here is the plan.")
    visitor.heard.clear()
    visitor.look("thread-refused")
    another_visitor.go("/me/mail/")
    another_visitor.look("mail-wishes")


DROP = """(zone, [name, bytes]) => {
  const dropped = new DataTransfer();
  dropped.items.add(new File([new Uint8Array(bytes)], name));
  for (const kind of ["dragover", "drop"])
    zone.dispatchEvent(new DragEvent(kind, { bubbles: true, cancelable: true, dataTransfer: dropped }));
}"""


def test_files_are_dropped_one_after_the_other_and_a_begun_word_outlives_other_buttons(
    visitor: Visitor, together: Engagement, ana: User, ben: User
) -> None:
    send(together, "Did you get the plan?", by=ben, once=new_id())
    page = sign_in(visitor, ana)
    visitor.go(f"/clients/{together.pk}/messages/")
    zone = page.locator("[data-drop]")
    expect(zone.get_by_text("or drop them here")).to_be_visible()
    for name, content in (("plan.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 20), ("words.txt", b"Three stories.")):
        zone.evaluate(DROP, [name, list(content)])
    expect(zone.get_by_text("plan.png, 28 bytes · words.txt, 14 bytes")).to_be_visible()
    visitor.look("thread-dropped")
    page.get_by_label("Your words").fill("Here it is.")
    page.get_by_role("button", name="No reply needed").click()
    expect(page.get_by_text("These go with it:")).to_be_visible()
    expect(page.get_by_label("Your words")).to_have_value("Here it is.")
    page.get_by_role("button", name=re.compile("Leave it out.*words.txt")).click()
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("link", name="plan.png")).to_be_visible()
    expect(page.get_by_role("link", name="words.txt")).to_have_count(0)
