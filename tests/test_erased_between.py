"""The other of the two has all of it erased in the moment a form is sent: a page as if it had never been."""

import sys
from datetime import date, timedelta
from typing import Any

import pytest
from django import shortcuts
from django.urls import reverse
from django.utils import timezone

from holdspace.engagements.models import Engagement
from holdspace.growth.models import Concern, Fact, Goal, Moment
from holdspace.people.models import Link, User
from holdspace.privacy.erase import erase_engagement
from holdspace.threads import answer
from holdspace.threads.models import ReplyAddress
from holdspace.threads.send import send
from holdspace.threads.tests.mails import mail
from holdspace.vault.models import new_id
from tests.cast import browser

DAY = {"kind": "interview", "label": "The museum", "timezone": "UTC"}
DEEDS: dict[str, dict[str, Any]] = {
    "send_message": {"words": "Words"},
    "keep_draft": {"words": "Words"},
    "edit_message": {"words": "Words"},
    "add_concern": {"words": "What if?"},
    "hear_concern": {"words": "That it hurts."},
    "add_option": {"option": "Ask"},
    "reach_goal": {},
    "add_progress": {"words": "Well", "progress": "Well"},
    "add_fact": {"held": "No milk"},
    "change_moment": {"day": str(date.today() + timedelta(days=40))} | DAY,
}


@pytest.fixture
def about(together: Engagement, ana: User, ben: User) -> dict[str, Any]:
    """What Ana's forms are about, by the name of what they do."""
    concern = Concern.voice(together, new_id(), "What if?", None, share=True, by=ben)
    goal = Goal.propose(together, new_id(), title="To teach", why="", weight=1, proposed_by="client", by=ben)
    Fact.note(together, new_id(), "Tea", None, by=ana)
    said = DAY | {"day": timezone.localdate() + timedelta(days=3), "time": None, "starts_at": None, "ask": False}
    moment = Moment.note(together, new_id(), said, by=ben)
    message = send(together, "Hello", by=ana, once=new_id())
    about = {"hear_concern": concern, "add_option": concern, "reach_goal": goal, "add_progress": goal}
    return about | {"change_moment": moment, "edit_message": message}


def erase_when_found(together: Engagement, by: User, monkeypatch: pytest.MonkeyPatch) -> None:
    """All is erased as soon as a page has found what it looks for."""
    find = shortcuts.get_object_or_404

    def found(*given: Any, **named: Any) -> Any:
        row = find(*given, **named)
        if Engagement.objects.access_system("in a test").filter(pk=together.pk).exists():
            erase_engagement(together, by=by)
        return row

    for name, module in list(sys.modules.items()):
        if name.startswith("holdspace.") and getattr(module, "get_object_or_404", None) is find:
            monkeypatch.setattr(module, "get_object_or_404", found)


@pytest.mark.parametrize("deed", DEEDS)
def test_no_form_breaks(
    together: Engagement, about: dict[str, Any], ana: User, ben: User, monkeypatch: pytest.MonkeyPatch, deed: str
) -> None:
    erase_when_found(together, ben, monkeypatch)
    address = reverse(deed, args=[about.get(deed, together).pk])
    assert browser(ana).post(address, DEEDS[deed] | {"once": str(new_id())}).status_code == 404
    assert not Engagement.objects.access_system("in a test").filter(pk=together.pk).exists()


def test_an_answer_by_mail_and_a_link_are_dead(
    together: Engagement, about: dict[str, Any], ana: User, ben: User, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.REPLY_DOMAIN = "answers.example"
    token = ReplyAddress.for_letters_to(together, ben).partition("@")[0].partition("+")[2]
    link = Link.make(Link.Purpose.MOMENT, about=about["change_moment"].pk, person=ben, days=3)
    stale = answer.new_words

    def read_late(letter: Any) -> str:
        erase_engagement(together, by=ben)
        return stale(letter)

    monkeypatch.setattr(answer, "new_words", read_late)
    with pytest.raises(answer.Refused, match="nobody at this address"):
        answer.take_answer(token, ben.email, mail("x@answers.example", "Late words").as_bytes())
    assert "no longer opens" in browser().get(reverse("moment_by_link", args=[link])).content.decode()
