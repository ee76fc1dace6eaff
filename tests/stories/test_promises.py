"""Ana promises Ben something, they move it together, she is late and owns it; Ben answers from his phone."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from holdspace.conversations.models import Session
from holdspace.engagements.models import Engagement
from holdspace.growth.models import Commitment, Move
from holdspace.growth.tell import answer_address
from holdspace.letters.models import Letter
from holdspace.people.models import User
from tests.browser import Visitor
from tests.stories.test_heard import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NAME = "Send the recruiter's name"


def test_a_promise_made_moved_in_agreement_kept_late_and_owned(
    visitor: Visitor,
    another_visitor: Visitor,
    together: Engagement,
    ana: User,
    ben: User,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = sign_in(visitor, ana)
    page.get_by_role("link", name="Clients").click()
    page.get_by_role("link", name="Ben").click()
    page.get_by_role("link", name="Promises", exact=True).click()
    visitor.look("promises-empty")
    page.get_by_role("link", name="Write a promise down").click()
    page.get_by_label("What is promised").fill(NAME)
    page.get_by_label("By which day").fill(str(ana.today + timedelta(days=1)))
    page.get_by_label("When this happens").fill("it is Thursday evening")
    page.get_by_role("button", name="Write it down").click()
    expect(page.get_by_text("Say both halves")).to_be_visible()
    visitor.heard.clear()  # the browser says the 422 aloud
    visitor.look("promise-refused")
    page.get_by_label("I will do this").fill("I look through my cards")
    page.get_by_role("button", name="Write it down").click()
    mine = page.get_by_role("article").filter(has_text=NAME)
    expect(mine.get_by_text("by tomorrow")).to_be_visible()
    mine.get_by_role("link", name="Another day").click()
    mine.get_by_label("The new day").fill(str(ana.today + timedelta(days=3)))
    mine.get_by_role("button", name="Ask Ben").click()
    expect(mine.get_by_text("It counts once Ben agrees")).to_be_visible()
    visitor.look("promises-ana")

    phone = sign_in(another_visitor, ben)
    phone.set_viewport_size({"width": 360, "height": 740})
    phone.get_by_role("link", name="All promises").click()
    hers = phone.get_by_role("article").filter(has_text=NAME)
    expect(hers.get_by_text("instead")).to_be_visible()
    hers.get_by_role("button", name="That day is fine").click()
    expect(hers.get_by_text("moved in agreement")).to_be_visible()

    now = timezone.now
    monkeypatch.setattr(timezone, "now", lambda: now() + timedelta(days=5))
    page.reload()
    expect(mine.get_by_text("two days late")).to_be_visible()
    visitor.look("promises-late")
    mine.get_by_role("button", name="Done", exact=True).click()
    expect(mine.get_by_text("kept today, two days late")).to_be_visible()
    mine.get_by_role("link", name="Say a word about it").click()
    mine.get_by_label("A word about it").fill("I waited for an answer, and should have told you on Friday.")
    mine.get_by_role("button", name="Say it to Ben").click()
    expect(mine.get_by_text("should have told you")).to_be_visible()
    page.reload()
    visitor.look("promises-kept")
    phone.reload()
    expect(hers.get_by_text("should have told you")).to_be_visible()
    another_visitor.look("promises-ben")
    page.goto("/promises/")
    visitor.look("own-promises")


def test_ben_answers_a_reminder_from_his_phone(visitor: Visitor, together: Engagement, ben: User) -> None:
    said = {"owner": "client", "action": "Write three stories", "due_on": ben.today, "proposed_by": "client"}
    made = Commitment.make(together, said, by=ben)
    phone = visitor.go(answer_address(made))
    visitor.look("link-promise")
    phone.get_by_label("What got in the way?").fill("The first one will not come.")
    phone.get_by_label("I would like help with it").check()
    phone.get_by_role("button", name="Say that I'm stuck").click()
    expect(phone.get_by_text("help is welcome")).to_be_visible()
    visitor.look("link-promise-stuck")
    phone.goto(phone.get_by_label("For the next time").input_value())
    phone.get_by_role("button", name="It is done").click()
    expect(phone.get_by_text("ticked off")).to_be_visible()
    visitor.look("link-promise-done")


def test_ben_says_yes_to_another_day_from_the_letter(
    visitor: Visitor, together: Engagement, ana: User, ben: User
) -> None:
    said = {
        "owner": "coach",
        "action": NAME,
        "due_on": ana.today + timedelta(days=1),
        "proposed_by": "coach",
    }
    made = Commitment.make(together, said, by=ana)
    Move.ask(made, ana.today + timedelta(days=4), by=ana)
    letter = Letter.objects.access_system("in a story").get(to=ben, kind="promise")
    phone = visitor.go("/k/promise/" + letter.words.split("/k/promise/")[1].split()[0])
    visitor.look("link-another-day")
    phone.get_by_role("button", name="That day is fine").click()
    expect(phone.get_by_role("heading", name="Moved")).to_be_visible()
    visitor.look("link-another-day-fine")


def test_before_they_part(visitor: Visitor, another_visitor: Visitor, session: Session, ana: User, ben: User) -> None:
    """Ana turns her screen to Ben: what he takes along, what they promised, and when they meet next."""
    Session.objects.access_system("the session is now").filter(pk=session.pk).update(starts_at=timezone.now())
    page = sign_in(visitor, ana)
    visitor.go(session.get_absolute_url())
    page.get_by_role("link", name="Before you part").click()
    page.get_by_label("In a sentence or two").fill("I can say no, and stay kind.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#along").get_by_text("I can say no, and stay kind.")).to_be_visible()
    page.get_by_role("link", name="Write a promise down").click()
    page.get_by_label("What is promised").fill("Practise with Niamh")
    page.get_by_label("Who promises it").select_option("client")
    page.get_by_label("Whose idea was it").select_option("client")
    page.get_by_role("button", name="Write it down").click()
    expect(page.get_by_text("It counts once Ben says yes.").last).to_be_visible()
    visitor.look("closing")
    phone = sign_in(another_visitor, ben)
    another_visitor.go(f"/sessions/{session.pk}/close/")
    phone.get_by_role("button", name="Yes, mine").click()
    expect(phone.get_by_text("You had the idea.")).to_be_visible()
    expect(phone.get_by_text("None in the book yet.")).to_be_visible()
    another_visitor.look("closing-client")
    page.get_by_role("link", name="Set the next date").click()
    expect(page.get_by_label("Day")).to_be_visible()
