"""The coach's day and the client's home: what stands there, in which order, and what is left out."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from holdspace.conversations.models import Session
from holdspace.desk.day import ASKING, Day, greeting
from holdspace.desk.home import Home
from holdspace.engagements.models import Engagement
from holdspace.growth.check_in import note_moment
from holdspace.growth.models import Commitment, Concern, Goal
from holdspace.people.models import User
from holdspace.threads.models import Message
from holdspace.threads.send import send
from holdspace.vault.models import Trace, new_id
from tests.cast import browser, meeting


def promise(engagement: Engagement, action: str, days: int | None, owner: str, by: User) -> Commitment:
    """A promise due so many days from today."""
    due = None if days is None else engagement.coach.today + timedelta(days=days)
    said: dict[str, Any] = {"owner": owner, "action": action, "due_on": due, "proposed_by": owner}
    return Commitment.make(engagement, said, by=by)


def late(commitment: Commitment, days: int) -> None:
    """As if its day had passed."""
    day = commitment.today - timedelta(days=days)
    Commitment._base_manager.filter(pk=commitment.pk).update(due_on=day)


def moment(engagement: Engagement, day: date, by: User) -> None:
    said: dict[str, Any] = {"kind": "interview", "label": "At the lighthouse", "day": day, "time": None}
    note_moment(engagement, new_id(), said | {"timezone": "UTC", "starts_at": None, "ask": False}, by=by)


def test_ones_own_promises_come_first_by_when_they_are_due(together: Engagement, ana: User, ben: User) -> None:
    for action, days in (("Today's", 0), ("This week's", 5), ("Next month's", 30), ("Some day's", None)):
        promise(together, action, days, "coach", ana)
    late(promise(together, "Late", 1, "coach", ana), 2)
    promise(together, "Ben's own", 1, "client", ben)
    shown = [(group.title, [one.commitment.action for one in group.shown]) for group in Day(ana).groups]
    assert shown == [("Late", ["Late"]), ("Today", ["Today's"]), ("Within a week", ["This week's"])]
    page = browser(ana).get("/").content.decode()
    assert page.index("Your promises") < page.index("Late") < page.index("This week")


def test_what_a_client_asks_about_promises_waits_for_an_answer(together: Engagement, ana: User, ben: User) -> None:
    theirs = promise(together, "Write to Priya", 3, "client", ben)
    assert Day(ana).promises == []
    theirs.say_stuck("The bus was late.", help_wanted=True, by=ben)
    offered = promise(together, "Send the list", 3, "coach", ben)
    (group,) = Day(ana).groups
    assert group.title == ASKING
    assert {one.commitment.pk for one in group.shown} == {theirs.pk, offered.pk}


def test_an_answer_owed_stands_there_until_it_is_given(together: Engagement, ana: User, ben: User) -> None:
    send(together, "Can we talk about Thursday?", by=ben, once=new_id())
    assert [one.message.engagement.pk for one in Day(ana).owed] == [together.pk]
    page = browser(ana).get("/").content.decode()
    assert "Answers you owe" in page
    assert "Thursday?" not in page, "a first page says where words are, not what they say"
    send(together, "Of course.", by=ana, once=new_id())
    assert not Day(ana).owed


def test_a_concern_waits_only_once_they_have_met_again(together: Engagement, ana: User, ben: User) -> None:
    first = meeting(together, days=-5)
    Concern.voice(together, new_id(), "That I freeze.", first, share=True, by=ben)
    assert Day(ana).concerns == []
    meeting(together, days=-1)
    assert len(Day(ana).concerns) == 1
    page = browser(ana).get("/").content.decode()
    assert "Waiting to be heard" in page
    assert "freeze" not in page


def test_days_that_matter_this_week_stand_there(together: Engagement, ana: User, ben: User) -> None:
    moment(together, timezone.localdate() + timedelta(days=3), ben)
    moment(together, timezone.localdate() + timedelta(days=30), ben)
    assert len(Day(ana).moments) == 1
    page = browser(ana).get("/").content.decode()
    assert "Ben, an interview" in page
    assert "lighthouse" not in page


def test_a_quiet_morning(together: Engagement, ana: User) -> None:
    page = browser(ana).get("/").content.decode()
    assert "Nothing waits for you." in page
    assert "<h2>" not in page.split("<main", 1)[1].split("</main>")[0]


def test_another_coach_and_an_ended_work_leave_the_day_alone(
    together: Engagement, ana: User, eve: User, ben: User
) -> None:
    promise(together, "Call the school", 1, "coach", ana)
    send(together, "Hello?", by=ben, once=new_id())
    assert Day(eve).is_quiet
    together.end(ana.today, by=ana)
    assert Day(ana).is_quiet


@pytest.mark.parametrize(
    ("hour", "words"),
    [(4, "Good morning"), (11, "Good morning"), (12, "Good afternoon"), (18, "Good evening"), (2, "Good evening")],
)
def test_people_are_greeted_by_the_hour(hour: int, words: str) -> None:
    assert greeting(datetime(2026, 11, 27, hour, tzinfo=UTC)) == words


def test_home_shows_the_coachs_promises_before_ones_own(together: Engagement, ana: User, ben: User) -> None:
    promise(together, "Send the name", 2, "coach", ana)
    promise(together, "Write three stories", 1, "client", ben)
    Goal.propose(together, new_id(), title="A team to lead", why="", weight=2, proposed_by="client", by=ben)
    Concern.voice(together, new_id(), "That I freeze.", None, share=False, by=ben)
    send(together, "Good luck tomorrow.", by=ana, once=new_id())
    page = browser(ben).get("/").content.decode()
    assert page.index("Send the name") < page.index("Write three stories") < page.index("A team to lead")
    assert "That I freeze." in page
    assert "1 new from Ana" in page
    assert "Good luck" not in page
    for name in ("promises", "goals", "concerns", "thread", "moments", "facts", "agreement", "end_engagement"):
        assert reverse(name, args=[together.pk]) in page, name


def test_reading_the_coachs_promise_at_home_leaves_a_trace(together: Engagement, ana: User, ben: User) -> None:
    made = promise(together, "Send the name", 2, "coach", ana)
    browser(ben).get("/")
    assert Trace._base_manager.filter(noun_id=made.pk, verb="read", actor_id=ben.pk, subject_id=ana.pk).count() == 1


def test_what_was_read_is_no_news(together: Engagement, ana: User, ben: User) -> None:
    send(together, "Good luck tomorrow.", by=ana, once=new_id())
    (work,) = Home(ben).live
    assert work.unread == 1
    Message._base_manager.update(first_read_at=timezone.now())
    (work,) = Home(ben).live
    assert work.unread == 0


def test_ended_work_is_listed_and_stays_readable(together: Engagement, ana: User, ben: User) -> None:
    meeting(together, title="The last one")
    together.end(ana.today, by=ana)
    there = browser(ben)
    page = there.get("/").content.decode()
    assert "Work that has ended" in page
    assert "The last one" in there.get(reverse("own_sessions", args=[together.pk])).content.decode()


def test_a_strangers_home_has_nothing_of_theirs(together: Engagement, ana: User, ben: User, cleo: User) -> None:
    promise(together, "Send the name", 2, "coach", ana)
    assert "Send the name" not in browser(cleo).get("/").content.decode()
    for other in (cleo, ana):
        assert browser(other).get(reverse("own_sessions", args=[together.pk])).status_code == 404


def test_a_client_writes_down_what_stayed_with_them_about_the_last_session(
    session: Session, together: Engagement, ben: User
) -> None:
    meeting(together, days=-9)
    meeting(together, days=3)
    assert f'href="{session.get_absolute_url()}#notes"' in browser(ben).get("/").content.decode()
    Session.objects.access_system("in a test").filter(starts_at__lt=timezone.now()).delete()
    assert "#notes" not in browser(ben).get("/").content.decode()
