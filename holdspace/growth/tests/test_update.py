"""A note on how it goes: drafted from what both share, for the coach alone until they send it."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from holdspace.engagements.models import Engagement, Over
from holdspace.growth.models import Commitment, Concern, Goal, NotTheCoach, Rating
from holdspace.growth.update import NothingToTell, draft_update
from holdspace.people.models import User
from holdspace.threads.models import Draft, Message
from holdspace.vault.models import Trace, new_id
from tests.cast import browser


def promise(engagement: Engagement, action: str, owner: str, by: User, days: int = 3) -> Commitment:
    due = timezone.localdate() + timedelta(days=days)
    said: dict[str, Any] = {"owner": owner, "action": action, "due_on": due, "proposed_by": owner}
    return Commitment.make(engagement, said, by=by)


@pytest.fixture
def shared(together: Engagement, ana: User, ben: User) -> Engagement:
    """A kept promise of each, an open one, a goal that Ben sees as hoped, and a worry he keeps to himself."""
    promise(together, "Send the name", "coach", ana).keep(by=ana)
    promise(together, "Write three stories", "client", ben).keep(by=ben)
    promise(together, "Call Priya", "client", ben)
    goal = Goal.propose(together, new_id(), title="A team to lead", why="", weight=2, proposed_by="client", by=ben)
    goal.write_levels(["much less", "less", "as hoped", "more", "much more"], by=ben)
    Rating.give(goal, new_id(), 0, "", by=ben)
    Concern.voice(together, new_id(), "That I freeze.", None, share=False, by=ben)
    return together


def test_it_tells_what_both_share_the_coachs_own_first(shared: Engagement, ana: User, ben: User) -> None:
    words = draft_update(shared, by=ana).words
    assert words.startswith("Hello Ben,")
    assert words.index("Send the name") < words.index("Write three stories") < words.index("A team to lead")
    assert "you see it as hoped" in words
    assert words.index("What comes next") < words.index("Call Priya")
    assert "freeze" not in words
    theirs = Commitment.objects.visible_to(ana).promised_by(ben)
    assert {one.pk for one in theirs} <= {trace.noun_id for trace in Trace._base_manager.filter(verb="read")}


def test_nothing_is_sent_and_nobody_else_has_it(shared: Engagement, ana: User, ben: User) -> None:
    answer = browser(ana).post(reverse("begin_update", args=[shared.pk]))
    assert answer.url == f"{reverse('thread', args=[shared.pk])}#write"
    assert not Message.objects.visible_to(ben).exists()
    assert Draft.of(shared, ben) is None
    assert "Send the name" in browser(ana).get(reverse("thread", args=[shared.pk])).content.decode()


def test_asked_twice_it_stands_there_once_under_what_was_begun(shared: Engagement, ana: User) -> None:
    Draft.keep(shared, "Dear Ben, first of all:", by=ana)
    for _ in range(2):
        words = draft_update(shared, by=ana).words
    assert words.startswith("Dear Ben, first of all:")
    assert words.count("Hello Ben,") == 1


def test_where_there_is_nothing_it_says_so(together: Engagement, ana: User) -> None:
    with pytest.raises(NothingToTell):
        draft_update(together, by=ana)
    page = browser(ana).post(reverse("begin_update", args=[together.pk]), follow=True).content.decode()
    assert "nothing new that you both share" in page


def test_only_the_coach_and_only_in_work_that_goes_on(shared: Engagement, ana: User, ben: User, cleo: User) -> None:
    with pytest.raises(NotTheCoach):
        draft_update(shared, by=ben)
    assert browser(cleo).post(reverse("begin_update", args=[shared.pk])).status_code == 404
    shared.end(ana.today, by=ana)
    with pytest.raises(Over):
        draft_update(shared, by=ana)
