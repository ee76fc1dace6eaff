"""Ben says what frightens him and is heard; Ben's interview is asked after by one tap; goals seen by both."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from holdspace.engagements.models import Engagement
from holdspace.growth.models import Concern, Moment
from holdspace.letters.models import Letter
from holdspace.people.models import User
from tests.browser import Visitor
from tests.stories.test_heard import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 360, "height": 740}


def tell(visitor: Visitor, phone: Page) -> None:
    """Ben writes a concern down, for himself alone."""
    phone.set_viewport_size(PHONE)
    phone.get_by_role("link", name="Put something into words").click()
    visitor.look("concerns-empty")
    phone.set_viewport_size(PHONE)
    phone.get_by_role("link", name="Write one down").click()
    visitor.look("concern-new")
    phone.get_by_label("In your own words").fill("What if they see at once that I don't belong there?")
    phone.get_by_role("button", name="Write it down").click()
    expect(phone.get_by_text("Who can read this: Only you")).to_be_visible()
    visitor.look("concern-private")


def share(visitor: Visitor, phone: Page) -> None:
    """Ben reads who will read it, and shares it."""
    phone.get_by_role("link", name="Share it with Ana").click()
    expect(phone.get_by_text("Ana will be able to read this from now on")).to_be_visible()
    visitor.look("concern-readers")
    phone.get_by_role("button", name="Share it with Ana").click()


def be_heard(visitor: Visitor, another_visitor: Visitor, desk: Page, together: Engagement) -> None:
    """Ana says what she heard, once beside it and once not; only Ben's yes counts."""
    phone = visitor.page
    another_visitor.go(f"/clients/{together.pk}/")
    desk.get_by_role("link", name="Concerns").click()
    another_visitor.look("concerns-coach")
    desk.get_by_role("link", name="What if they see").click()
    desk.get_by_label("What I heard").fill("You picture the door opening and everybody knowing.")
    another_visitor.look("concern-hearing")
    desk.get_by_role("button", name="Tell Ben").click()
    expect(desk.get_by_text("Ben hasn't said yet whether that's it")).to_be_visible()

    phone.reload()
    phone.get_by_text("Not quite", exact=True).first.click()
    phone.get_by_label("What was missed").fill("It is more the silence after.")
    phone.get_by_role("button", name="Not quite").click()
    expect(phone.get_by_text("It is more the silence after.")).to_be_visible()
    desk.reload()
    desk.get_by_label("What I heard").fill("The silence after you speak.")
    desk.get_by_role("button", name="Tell Ben").click()
    phone.reload()
    visitor.look("concern-is-that-it")
    phone.set_viewport_size(PHONE)
    phone.get_by_role("button", name="Yes, that's it").click()
    expect(phone.get_by_text("Heard: on the same day.")).to_be_visible()


def go_on(visitor: Visitor, phone: Page, ben: User) -> None:
    """How strong it is, a way to go, a step promised and kept, what happened, and settled."""
    for level in ("8", "4"):
        phone.get_by_text("Say how strong it is now").click()
        phone.get_by_label(level, exact=True).check()
        phone.get_by_role("button", name="Say it").last.click()
    phone.get_by_text("Add a way to go").click()
    phone.get_by_label("One way to go").fill("Ask to see the place beforehand")
    phone.get_by_role("button", name="Add it").click()
    phone.get_by_role("button", name="Choose this").click()
    expect(phone.get_by_text("chosen on")).to_be_visible()
    phone.get_by_text("Choose one", exact=True).click()
    phone.get_by_label("The smallest next step").fill("Write them two lines")
    phone.get_by_role("button", name="Keep it").first.click()
    phone.get_by_role("link", name="Make it a promise").click()
    visitor.look("concern-promise-step")
    phone.set_viewport_size(PHONE)
    phone.get_by_label("By which day").fill(str(ben.today + timedelta(days=1)))
    phone.get_by_role("button", name="Promise it").click()
    step = phone.get_by_role("article").filter(has_text="Write them two lines")
    expect(step.get_by_text("by tomorrow")).to_be_visible()
    visitor.look("concern-promised")
    phone.set_viewport_size(PHONE)
    step.get_by_role("button", name="Done", exact=True).click()
    expect(step.get_by_text("kept today")).to_be_visible()
    phone.get_by_text("Tell what happened").click()
    phone.get_by_label("What happened").fill("They gave me tea.")
    phone.get_by_role("button", name="Keep it").last.click()
    visitor.look("concern-whole")
    phone.set_viewport_size(PHONE)
    phone.get_by_role("button", name="It is settled").click()
    expect(phone.get_by_text("Settled on").first).to_be_visible()


def test_a_concern_from_first_words_to_settled(
    visitor: Visitor, another_visitor: Visitor, together: Engagement, ana: User, ben: User
) -> None:
    phone = sign_in(visitor, ben)
    tell(visitor, phone)
    assert not Concern.objects.visible_to(ana).exists()
    share(visitor, phone)
    desk = sign_in(another_visitor, ana)
    be_heard(visitor, another_visitor, desk, together)
    go_on(visitor, phone, ben)
    desk.reload()
    another_visitor.look("concern-settled")
    another_visitor.go(f"/clients/{together.pk}/promises/")
    desk.get_by_role("link", name="What if they see").click()
    expect(desk.get_by_role("paragraph").filter(has_text="They gave me tea.")).to_be_visible()


def test_how_did_it_go_by_one_tap(
    visitor: Visitor, another_visitor: Visitor, together: Engagement, ana: User, ben: User
) -> None:
    page = sign_in(visitor, ana)
    visitor.go(f"/clients/{together.pk}/moments/")
    visitor.look("moments-empty")
    page.get_by_label("In your words").fill("The interview at the harbour")
    page.get_by_label("The day").fill(str(ana.today + timedelta(days=2)))
    page.get_by_label("The hour").fill("10:30")
    page.get_by_role("button", name="Note it").click()
    visitor.look("moments-noted")
    page.get_by_role("link", name="Send a word before it").click()
    visitor.look("moment-word")
    page.get_by_role("button", name="Send it to Ben").click()
    expect(page.get_by_text("You sent a word on")).to_be_visible()

    letter = Letter.objects.access_system("in a test").get(subject="How did it go?")
    phone = another_visitor.go("/k/moment/" + letter.words.split("/k/moment/")[1].split()[0])
    another_visitor.look("moment-by-link")
    phone.set_viewport_size(PHONE)
    phone.get_by_role("button", name="Tell Ana").click()
    expect(phone.get_by_text("A word is enough").first).to_be_visible()
    another_visitor.heard.clear()  # the browser says the 422 aloud
    another_visitor.look("moment-by-link-empty")
    phone.get_by_label("In a word or two").fill("Better than I feared")
    phone.get_by_label("From 0").select_option("8")
    phone.get_by_role("button", name="Tell Ana").click()
    expect(phone.get_by_role("heading", name="Thank you")).to_be_visible()
    another_visitor.look("moment-told")
    assert Moment.objects.visible_to(ana).get().told_at
    page.reload()
    expect(page.get_by_text("Better than I feared")).to_be_visible()
    visitor.look("moments-told")


def test_a_goal_seen_by_both_and_what_is_held(
    visitor: Visitor, another_visitor: Visitor, together: Engagement, ana: User, ben: User
) -> None:
    phone = sign_in(visitor, ben)
    phone.set_viewport_size(PHONE)
    phone.get_by_role("link", name="Name a first goal").click()
    visitor.look("goals-empty")
    phone.get_by_role("link", name="Write the first one down").click()
    visitor.look("goal-new")
    phone.get_by_label("The goal, in a line").fill("Work within sight of the sea")
    phone.get_by_role("button", name="Write it down").click()
    for label, words in {
        "Much less than hoped": "I have sent none",
        "Less than hoped": "I have sent one",
        "As hoped": "I have sent three",
        "More than hoped": "I have been asked to come",
        "Much more than hoped": "I can see it from my desk",
    }.items():
        phone.get_by_label(label, exact=True).fill(words)
    visitor.look("goal-levels")
    phone.get_by_role("button", name="Keep them").click()
    phone.get_by_label("I have sent three").check()
    phone.get_by_role("button", name="Say it").click()
    expect(phone.get_by_text("You see it as hoped")).to_be_visible()

    desk = sign_in(another_visitor, ana)
    another_visitor.go(f"/clients/{together.pk}/goals/")
    desk.get_by_role("link", name="Work within sight of the sea").click()
    desk.get_by_label("I have been asked to come").check()
    desk.get_by_role("button", name="Say it").click()
    expect(desk.get_by_text("The two of you see it differently")).to_be_visible()
    desk.get_by_label("A place on the way").fill("A map of the harbours")
    desk.get_by_role("button", name="Add it").click()
    desk.get_by_role("button", name=re.compile("^Reached")).click()
    expect(desk.get_by_text("reached on")).to_be_visible()
    another_visitor.look("goal-both")
    another_visitor.go(f"/clients/{together.pk}/goals/")
    another_visitor.look("goals-both")

    another_visitor.go(f"/clients/{together.pk}/held/")
    desk.get_by_label("What you want to remember").fill("Takes tea without milk")
    desk.get_by_role("button", name="Note it").click()
    another_visitor.look("held-coach")
    visitor.go(f"/clients/{together.pk}/held/")
    visitor.look("held-client")
    phone.get_by_role("button", name="Hide it from Ana").click()
    expect(phone.get_by_role("button", name="Let Ana have it again")).to_be_visible()
    desk.reload()
    expect(desk.get_by_text("One is hidden by Ben")).to_be_visible()
    another_visitor.look("held-hidden")
