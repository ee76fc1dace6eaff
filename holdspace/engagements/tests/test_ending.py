"""The ending: by either, without a reason; what is kept until when; going on after all."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from holdspace.engagements.ending import end
from holdspace.engagements.keeping import Keeping, months_after
from holdspace.engagements.models import Engagement, NotBetweenThem, TooLate
from holdspace.engagements.tests.agreeing import agreed_on
from holdspace.letters.models import Letter
from holdspace.people.models import User
from holdspace.vault.models import Trace
from tests.cast import browser


def now(engagement: Engagement) -> Engagement:
    return Engagement.objects.access_system("in a test").get(pk=engagement.pk)


def said(by: User, **more: str) -> dict[str, str]:
    return {"ended_on": str(by.today), "gains": ""} | more


def test_ben_ends_it_in_two_taps_and_ana_is_told_that_there_is_something_to_read(
    ana: User, ben: User, together: Engagement
) -> None:
    there = browser(ben)
    address = reverse("end_engagement", args=[together.pk])
    assert address in there.get(reverse("today")).content.decode()
    page = there.post(address, said(ben, gains="I trust my own list."), follow=True).content.decode()
    assert "has ended" in page
    assert now(together).gains == "I trust my own list."
    letter = Letter.objects.visible_to(ana).get(kind="ending")
    for word in ("ended", "Ben"):
        assert word not in letter.subject + letter.words


def test_where_it_is_still_the_day_before_it_began_it_can_end_today(
    ana: User, ben: User, together: Engagement, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 12, 1, 0, 30, tzinfo=UTC))
    Engagement.objects.access_system("in a test").filter(pk=together.pk).update(started_on=ana.today)
    address = reverse("end_engagement", args=[together.pk])
    refused = browser(ben).post(address, {"ended_on": "2026-11-29", "gains": ""}).content.decode()
    assert "before the two of you began" in refused
    browser(ben).post(address, {"ended_on": "2026-11-30", "gains": ""})
    assert (now(together).ended_on, now(together).started_on) == (date(2026, 11, 30), date(2026, 12, 1))


def test_what_is_kept_follows_the_pact(ana: User, together: Engagement) -> None:
    assert Keeping.of(together) == Keeping(30, 12)
    agreed_on(together, transcript_days=14, notes_months=6)
    assert Keeping.of(together) == Keeping(14, 6)
    page = browser(ana).get(reverse("end_engagement", args=[together.pk])).content.decode()
    assert "14 days after they came in" in page


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 11, 23), 12, date(2027, 11, 23)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 12, 5), 0, date(2026, 12, 5)),
        (date(2026, 12, 31), 1, date(2027, 1, 31)),
    ],
)
def test_months_end_where_a_month_ends(day: date, months: int, then: date) -> None:
    assert months_after(day, months) == then


def test_a_day_to_come_or_before_the_beginning_is_refused_and_the_words_stay(ana: User, together: Engagement) -> None:
    for days in (1, -400):
        day = str(ana.today + timedelta(days=days))
        page = browser(ana).post(reverse("end_engagement", args=[together.pk]), said(ana, ended_on=day, gains="Much."))
        assert "Much." in page.content.decode()
    assert now(together).ended_on is None


def test_both_read_it_after_the_ending_and_a_read_of_the_gains_leaves_a_trace(
    ana: User, ben: User, together: Engagement
) -> None:
    end(together, ana.today, "", by=ana)
    browser(ben).post(reverse("say_gains", args=[together.pk]), {"gains": "A door."})
    assert "A door." in browser(ana).get(reverse("ending", args=[together.pk])).content.decode()
    assert Trace.objects.visible_to(ben).filter(verb="read", actor_id=ana.pk).count() == 1
    assert "A door." in browser(ben).get(reverse("ending", args=[together.pk])).content.decode()
    for name in ("client", "agreement", "around"):
        assert browser(ana).get(reverse(name, args=[together.pk])).status_code == 200


def test_whoever_ended_it_opens_it_again_within_thirty_days(ana: User, ben: User, together: Engagement) -> None:
    end(together, ben.today, "", by=ben)
    refused = browser(ana).post(reverse("reopen", args=[together.pk]), follow=True).content.decode()
    assert "by whoever ended it" in refused
    browser(ben).post(reverse("reopen", args=[together.pk]))
    assert now(together).is_live
    end(together, ben.today, "", by=ben)
    past = timezone.now() - timedelta(days=31)
    Engagement.objects.access_system("in a test").update(ended_at=past)
    with pytest.raises(TooLate):
        now(together).reopen(by=ben)


def test_ending_twice_is_ending_once(ana: User, ben: User, together: Engagement) -> None:
    end(together, ben.today, "", by=ben)
    end(together, ana.today, "", by=ana)
    assert now(together).ended_by == ben
    assert Trace.objects.visible_to(ben).filter(verb="ended an engagement").count() == 1


def test_nobody_else_ends_or_reads_it(ana: User, cleo: User, eve: User, together: Engagement) -> None:
    for other in (cleo, eve):
        there = browser(other)
        assert there.post(reverse("end_engagement", args=[together.pk]), said(other)).status_code == 404
        for name in ("say_gains", "reopen"):
            assert there.post(reverse(name, args=[together.pk]), {"gains": "x"}).status_code == 404
        assert there.get(reverse("ending", args=[together.pk])).status_code == 404
        with pytest.raises(NotBetweenThem):
            together.end(other.today, by=other)
    with pytest.raises(NotBetweenThem):
        together.say_gains("x", by=ana)
