"""One client in two practices: two coaches, two threads, two ledgers, and nothing of one in the other."""

from datetime import time, timedelta
from typing import Any

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from holdspace.desk.search import search
from holdspace.engagements.models import Engagement, open_engagement
from holdspace.growth.models import Commitment, Concern, Move
from holdspace.letters.choose import choose
from holdspace.letters.models import Letter
from holdspace.letters.post import Post
from holdspace.people.begin import found, seat
from holdspace.people.models import Seat, User
from holdspace.threads.send import send
from holdspace.vault.models import new_id
from tests.cast import browser, person

PAGES = ("client", "promises", "thread", "concerns", "goals", "moments", "facts")


@pytest.fixture
def ida(db: None) -> User:
    """A coach of another practice."""
    coach = person("Ida")
    seat(coach, found("Elm Court", "UTC"), Seat.Role.COACH)
    return coach


@pytest.fixture
def elsewhere(ida: User, ben: User) -> Engagement:
    return open_engagement(ida, ben, called="Benjamin", purpose="To rest.", accepted_at=timezone.now())


@pytest.fixture
def both(together: Engagement, elsewhere: Engagement) -> tuple[Engagement, Engagement]:
    """In each: a message, a promise and a concern, told apart by the coach's name."""
    for engagement in (together, elsewhere):
        name, ben, soon = engagement.coach.first, engagement.client, timezone.localdate() + timedelta(days=2)
        send(engagement, f"The kettle of {name}", by=engagement.coach, once=new_id())
        said: dict[str, Any] = {"owner": "client", "action": f"Bring {name} the kettle", "proposed_by": "joint"}
        made = Commitment.make(engagement, said | {"due_on": soon}, by=ben)
        Move.ask(made, soon + timedelta(days=2), by=ben)
        Concern.voice(engagement, new_id(), f"Kettle, {name}?", None, share=True, by=ben)
    return together, elsewhere


def test_the_client_has_both_at_home_and_each_coach_one(both: Any, ana: User, ben: User, ida: User) -> None:
    home = browser(ben).get(reverse("today")).content.decode()
    for name in ("Ana", "Ida"):
        assert f"Bring {name} the kettle" in home
    for coach, own, others in ((ana, "Ana", "Ida"), (ida, "Ida", "Ana")):
        there = browser(coach)
        for address in [reverse("today"), *(reverse(page, args=[one.pk]) for page in PAGES for one in both)]:
            page = there.get(address).content.decode()
            assert f"Bring {others} the kettle" not in page, address
            assert f"Kettle, {others}?" not in page, address
            assert f"The kettle of {others}" not in page, address
        assert own in there.get(reverse("promises", args=[both[coach == ida].pk])).content.decode()


def test_searching_finds_both_for_the_client_and_one_for_each_coach(both: Any, ana: User, ben: User, ida: User) -> None:
    assert len(search(ben, "kettle")) == 6
    for coach in (ana, ida):
        assert {one.engagement.coach_id for one in search(coach, "kettle")} == {coach.pk}


def test_each_has_mail_under_its_own_key_and_the_one_of_the_day_holds_both(both: Any, ben: User) -> None:
    Letter.objects.access_system("begin anew").all().delete()
    choose(ben, words=False, daily_at=time(18))
    for engagement in both:
        send(engagement, "Another kettle", by=engagement.coach, once=new_id())
    letters = Letter.objects.access_system("in a test").filter(to=ben, kind="message")
    assert {one.key_id for one in letters} == {one.key_id for one in both}
    Letter.objects.access_system("its hour has come").update(due_at=timezone.now())
    job = Post()
    while letter := job.claim():
        job.run(letter)
    (daily,) = [one for one in mail.outbox if one.to == ["ben@example.org"]]
    assert "Ana" in daily.body
    assert "Ida" in daily.body
    assert not daily.from_email.startswith(("Ana", "Ida")), "it is from neither alone"


def test_ending_one_leaves_the_other_as_it_was(both: Any, ben: User) -> None:
    here, there = both
    here.end(ben.today, by=ben)
    for engagement, live in ((here, False), (there, True)):
        page = browser(ben).get(reverse("promises", args=[engagement.pk])).content.decode()
        assert ("Write a promise down" in page) == live
    waiting = Letter.objects.access_system("in a test").unsent().filter(kind="promise")
    assert {one.key_id for one in waiting} == {there.key_id}
