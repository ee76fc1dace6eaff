"""Moments that matter: noted by either, a coach's own word before, one question after, and nothing about an old day."""

from datetime import date, time, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from holdspace.engagements.models import Engagement
from holdspace.engagements.tests.agreeing import agreed_on
from holdspace.growth.check_in import TooLateToThink, think_of
from holdspace.growth.models import Moment, NotTheClient, NotTheCoach
from holdspace.growth.tests.walking import a_day, page, post, strangers_meet_nothing
from holdspace.letters.models import Letter
from holdspace.people.models import Link, User
from holdspace.vault.models import Trace, new_id
from tests.cast import browser


def waiting(kind: str = "") -> Any:
    return Letter.objects.access_system("in a test").unsent().filter(idem__contains=kind)


def noted(engagement: Engagement, by: User, days: int = 3, **said: Any) -> Moment:
    post(by, "add_moment", engagement.pk, a_day(days, **said))
    return Moment.objects.visible_to(by).latest("noted_at")


def link_in(letter: Letter) -> str:
    return "/k/moment/" + letter.words.split("/k/moment/")[1].split()[0]


@pytest.mark.parametrize("name", ["ana", "ben"])
def test_either_notes_one_and_the_client_page_shows_it_while_it_comes(
    name: str, together: Engagement, ana: User, ben: User, request: pytest.FixtureRequest
) -> None:
    said = a_day(label="My son's exam")
    for _ in range(2):
        post(request.getfixturevalue(name), "add_moment", together.pk, said)
    assert Moment.objects.visible_to(ana).count() == 1
    assert waiting("after").count() == 1, "and the question is asked once"
    assert "My son&#x27;s exam" in page(ana, "client", together.pk)
    long_ago = timezone.localdate() - timedelta(days=8)
    Moment.objects.visible_to(ana).update(day=long_ago)
    assert "My son&#x27;s exam" not in page(ana, "client", together.pk)
    assert "My son&#x27;s exam" in page(ben, "moments", together.pk)


def test_the_question_goes_in_the_evening_of_the_day_and_never_says_about_what(together: Engagement, ben: User) -> None:
    moment = noted(together, ben, timezone="America/New_York", hour="10:00", label="Interview at the lighthouse")
    letter = waiting("after").get()
    assert letter.to_id == ben.pk
    assert letter.due_at.astimezone(ben.zone).strftime("%Y-%m-%d %H:%M") == f"{moment.day} 18:00"
    assert "lighthouse" not in letter.subject + letter.words
    assert "nterview" not in letter.subject + letter.words


def test_after_a_late_hour_it_waits_two_hours_and_for_the_end_of_the_quiet_ones(
    together: Engagement, ben: User
) -> None:
    agreed_on(together, quiet_from=time(20), quiet_to=time(8))
    moment = noted(together, ben, timezone="America/New_York", hour="19:30")
    due = waiting("after").get().due_at.astimezone(ben.zone)
    assert (due.date(), due.hour) == (moment.day + timedelta(days=1), 8)


def test_nobody_is_asked_who_does_not_want_to_be(together: Engagement, ben: User) -> None:
    said = a_day()
    del said["ask"]
    post(ben, "add_moment", together.pk, said)
    assert not waiting().exists()
    assert Moment.objects.visible_to(ben).get().ask_at is None


def test_where_no_mail_was_agreed_on_it_is_noted_and_said(together: Engagement, ben: User) -> None:
    agreed_on(together, channels=["phone"])
    answer = post(ben, "add_moment", together.pk, a_day()).content.decode()
    assert "No letter will ask how it went" in answer
    assert Moment.objects.visible_to(ben).exists()
    assert not waiting("moment-").exists()


def test_a_moved_moment_takes_its_letters_along_and_a_removed_one_takes_them_out(
    together: Engagement, ana: User, ben: User
) -> None:
    moment = noted(together, ben)
    old = link_in(waiting("after").get())
    post(ana, "think_of_moment", moment.pk, {"thought": "Thinking of you", "once": str(new_id())})
    assert waiting("before").count() == 1
    post(ben, "change_moment", moment.pk, a_day(5))
    assert not waiting("before").exists(), "a word for the old day is not sent"
    letter = waiting("after").get()
    assert letter.due_at.date() >= timezone.localdate() + timedelta(days=5)
    assert browser().get(old).status_code == 404
    post(ben, "change_moment", moment.pk, a_day(3))
    assert waiting("after").count() == 1, "moved back, it is asked all the same"
    fresh = link_in(waiting("after").get())
    assert browser().get(fresh).status_code == 200
    post(ben, "drop_moment", moment.pk)
    assert not waiting("moment-").exists()
    assert browser().get(fresh).status_code == 404
    assert not Moment.objects.visible_to(ana).exists()


def test_when_the_work_ends_first_nobody_is_asked_and_going_on_after_all_asks_again(
    together: Engagement, ana: User, ben: User
) -> None:
    moment = noted(together, ben)
    post(ana, "think_of_moment", moment.pk, {"thought": "Thinking of you", "once": str(new_id())})
    assert waiting("moment-").count() == 2
    together.end(ana.today, by=ana)
    assert not waiting("moment-").exists()
    together.reopen(by=ana)
    assert waiting("moment-").count() == 2
    together.end(ana.today, by=ana)
    past = timezone.now() - timedelta(hours=1)
    Letter.objects.access_system("its hour went by").filter(kind="moment").update(due_at=past)
    together.reopen(by=ana)
    assert not waiting("moment-").exists(), "what is late is not asked"


def test_what_a_worker_has_in_hand_is_not_pulled_from_under_it(together: Engagement, ana: User, ben: User) -> None:
    moment = noted(together, ben)
    held = timezone.now() + timedelta(minutes=1)
    waiting("after").update(leased_until=held)
    post(ben, "drop_moment", moment.pk)
    assert waiting("after").count() == 1, "it is being posted in this very moment"


def test_the_house_sends_no_word_in_the_coachs_name_by_itself(together: Engagement, ana: User, ben: User) -> None:
    moment = noted(together, ana)
    assert "thinking of you" in page(ana, "think_of_moment", moment.pk)
    assert not waiting("before").exists()
    once = str(new_id())
    for _ in range(2):
        post(ana, "think_of_moment", moment.pk, {"thought": "You know the story of the lifts.", "once": once})
    letter = waiting("before").get()
    assert letter.words == "You know the story of the lifts."
    assert letter.due_at.astimezone(moment.zone).date() == moment.day - timedelta(days=1)
    assert post(ben, "think_of_moment", moment.pk, {"thought": "x", "once": once}).status_code == 404
    with pytest.raises(NotTheCoach):
        think_of(moment, new_id(), "x", by=ben)


def test_a_word_before_comes_too_late_after(together: Engagement, ana: User) -> None:
    moment = noted(together, ana)
    Moment.objects.visible_to(ana).update(day=timezone.localdate() - timedelta(days=2))
    moment.refresh_from_db()
    answer = post(ana, "think_of_moment", moment.pk, {"thought": "Late", "once": str(new_id())})
    assert "arrive too late" in answer.content.decode()
    with pytest.raises(TooLateToThink):
        think_of(moment, new_id(), "Late", by=ana)


def test_one_tap_tells_the_coach_and_is_spent(together: Engagement, ana: User, ben: User) -> None:
    moment = noted(together, ben)
    address = link_in(waiting("after").get())
    phone = browser()
    assert "how did it go?" in phone.get(address).content.decode()
    assert Moment.objects.visible_to(ben).get().told_at is None, "looking says nothing"
    empty = phone.post(address, {"went": " ", "of_ten": ""})
    assert empty.status_code == 422
    assert "A word is enough" in empty.content.decode()
    assert (
        "Thank you" in phone.post(address, {"went": "They laughed at the right place", "of_ten": "8"}).content.decode()
    )
    assert phone.get(address).status_code == 404
    assert phone.post(address, {"went": "Again"}).status_code == 404
    seen = page(ana, "moments", together.pk)
    assert "They laughed at the right place" in seen
    assert "8 of 10" in seen
    reads = Trace.objects.visible_to(ben).filter(noun_id=moment.pk, verb="read")
    assert [trace.actor_id for trace in reads] == [ana.pk]


def test_an_hour_the_clocks_skip_or_repeat_gets_a_sentence(together: Engagement, ben: User) -> None:
    for year in range(timezone.localdate().year, timezone.localdate().year + 2):
        for month, sentence in ((3, "go forward over this time"), (10, "this time comes twice")):
            last = max(day for day in (date(year, month, number) for number in range(25, 32)) if day.weekday() == 6)
            if last <= timezone.localdate():
                continue
            said = a_day(day=str(last), hour="01:30", timezone="Europe/London", label="Night bus")
            answer = post(ben, "add_moment", together.pk, said)
            assert answer.status_code == 422
            assert sentence in answer.content.decode()
            assert "Night bus" in answer.content.decode(), "what was typed stays"
    assert not Moment.objects.visible_to(ben).exists()


@pytest.mark.parametrize("day", ["soon", "2026-02-31", "0001-01-01", "9999-12-31", ""])
def test_a_day_that_cannot_be_comes_back_with_its_words(together: Engagement, ben: User, day: str) -> None:
    answer = post(ben, "add_moment", together.pk, a_day(day=day, label="Night bus"))
    assert answer.status_code == 422
    assert "Night bus" in answer.content.decode()
    assert not waiting().exists()


def test_the_coachs_week_ahead(together: Engagement, ana: User, ben: User) -> None:
    near, far = noted(together, ben, 2), noted(together, ben, 20)
    assert list(Moment.objects.visible_to(ana).this_week(ana)) == [near]
    assert far in Moment.objects.visible_to(ana).coming()
    assert not Moment.objects.visible_to(ben).this_week(ben).exists()


def test_only_the_client_tells(together: Engagement, ana: User, ben: User) -> None:
    moment = noted(together, ben, 0)
    assert post(ana, "tell_moment", moment.pk, {"went": "Well"}).status_code == 404
    with pytest.raises(NotTheClient):
        moment.tell("Well", None, by=ana)
    post(ben, "tell_moment", moment.pk, {"went": "Well", "of_ten": ""})
    assert Moment.objects.visible_to(ana).get().went == {"words": "Well", "of_ten": None}


def test_strangers_and_wrong_links_meet_nothing(
    together: Engagement, ben: User, cleo: User, dov: User, eve: User
) -> None:
    moment = noted(together, ben)
    names = ["change_moment", "drop_moment", "think_of_moment", "tell_moment"]
    strangers_meet_nothing([cleo, dov, eve], names, moment.pk)
    strangers_meet_nothing([cleo, dov, eve], ["add_moment"], together.pk)
    for other in (cleo, dov, eve):
        assert browser(other).get(reverse("moments", args=[together.pk])).status_code == 404
        token = Link.make(Link.Purpose.MOMENT, about=moment.pk, person=other)
        assert browser().get(reverse("moment_by_link", args=[token])).status_code == 404
    token = Link.make(Link.Purpose.CONSENT, about=moment.pk, person=ben)
    assert browser().get(reverse("moment_by_link", args=[token])).status_code == 404
