"""Ana and Ben agree on how they work together; he signs from his phone, and proposes a change later."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from holdspace.engagements.begin import begin_with, invite
from holdspace.engagements.models import Engagement
from holdspace.growth.models import Moment
from holdspace.people.models import User
from tests.browser import Visitor
from tests.stories.test_heard import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_an_agreement_from_the_first_proposal_to_both_names(
    visitor: Visitor, another_visitor: Visitor, together: Engagement, ana: User, ben: User
) -> None:
    page = sign_in(visitor, ana)
    page.get_by_role("link", name="Clients").click()
    page.get_by_role("link", name="Ben").click()
    page.get_by_role("link", name="Your agreement").click()
    visitor.look("agreement-empty")
    page.get_by_role("link", name="Write the first proposal").click()
    visitor.look("pact-propose")
    page.get_by_label("Fees").fill("Sixty pounds a session, paid at the end of the month.")
    page.get_by_label("What the coach doesn't bring up").fill("the divorce")
    page.get_by_label("How to be addressed").fill("Ben, he")
    page.get_by_role("button", name="Show it as it will be signed").click()
    visitor.look("pact-proposed")
    page.get_by_label("Your full name").fill("Ana Reyes")
    page.get_by_role("button", name="Sign").click()
    expect(page.get_by_text("once Ben has signed")).to_be_visible()
    page.get_by_role("button", name="Make a link to pass on").click()
    visitor.look("pact-link")
    address = page.get_by_label("The link").input_value()

    phone = another_visitor.go(address)
    another_visitor.look("pact-by-link")
    phone.get_by_label("Your full name").fill("Ben Hale")
    phone.get_by_role("button", name="Sign").click()
    expect(phone.get_by_text("Both of you have signed")).to_be_visible()
    another_visitor.look("pact-signed")
    phone.get_by_role("link", name="Open it").click()
    another_visitor.look("pact-copy")

    phone = sign_in(another_visitor, ben)
    another_visitor.look("home-agreed")
    phone.get_by_role("link", name="Your agreement").click()
    another_visitor.look("agreement")
    phone.get_by_role("link", name="Propose a change").click()
    phone.get_by_label("Fees").fill("Fifty pounds a session, paid at the end of the month.")
    phone.get_by_role("button", name="Show it as it will be signed").click()
    expect(phone.get_by_role("heading", name="What would change")).to_be_visible()
    another_visitor.look("pact-change")

    visitor.go("/")
    expect(page.get_by_text("waits for your signature")).to_be_visible()
    visitor.look("today-asking")


def test_ben_is_invited_and_ends_it_again(visitor: Visitor, another_visitor: Visitor, ana: User, ben: User) -> None:
    said = {"name": "Ben Hale", "email": "ben@example.org", "timezone": "Europe/London"}
    together = begin_with(ana, said | {"purpose": "To find work that fits.", "rhythm": "every two weeks"})
    page = sign_in(visitor, ana)
    visitor.go(f"/clients/{together.pk}/")
    visitor.look("client-invited")
    phone = another_visitor.go(invite(together, by=ana, post=False).removeprefix("http://127.0.0.1:8000"))
    another_visitor.look("join")
    phone.get_by_role("button", name="Yes, I accept").click()
    another_visitor.look("joined")

    page.reload()
    expect(page.get_by_text("hasn't answered yet")).to_have_count(0)
    page.get_by_role("link", name="Who pays").click()
    visitor.look("around")
    page.go_back()
    page.get_by_role("link", name="Days that matter").click()
    page.get_by_label("The day").fill(str(ana.today + timedelta(days=9)))
    page.get_by_label("In your words").fill("His exam")
    page.get_by_role("button", name="Note it").click()
    visitor.look("moments")
    assert Moment.objects.visible_to(ana).get().label == "His exam"

    phone = sign_in(another_visitor, ben)
    another_visitor.look("home-new")
    phone.get_by_role("link", name="End this work").click()
    another_visitor.look("end")
    phone.get_by_role("button", name="End it").click()
    another_visitor.look("ending")
    phone.get_by_role("button", name="Open it again").click()
    expect(phone.get_by_text("Open again")).to_be_visible()


def test_words_the_practice_starts_with_and_a_reminder_while_typing(
    visitor: Visitor, together: Engagement, ana: User
) -> None:
    from holdspace.engagements.tests.agreeing import agreed_on

    agreed_on(together)
    page = sign_in(visitor, ana)
    visitor.go("/starting-words/")
    visitor.look("templates-empty")
    with page.expect_navigation():
        page.get_by_role("link", name="Write your own").click()
    visitor.look("template")
    page.get_by_label("What this template is called").fill("Students")
    page.get_by_role("button", name="Keep it").click()
    visitor.look("templates")
    visitor.go(f"/clients/{together.pk}/sessions/add/")
    page.get_by_label("A few words").fill("After the divorce")
    expect(page.get_by_text("You agreed not to bring up the divorce")).to_be_visible()
    visitor.look("off-limits")
    page.get_by_label("A few words").fill("After the interview")
    expect(page.get_by_text("You agreed not to bring up")).to_have_count(0)
