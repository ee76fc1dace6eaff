"""Reminders: the day before and on the day, once each, in agreed hours, never saying what was promised."""

import re
from datetime import UTC, datetime, time, timedelta

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives

from holdspace.engagements.models import Engagement
from holdspace.growth.models import Move, Reminder
from holdspace.growth.reminding import Remind
from holdspace.growth.tests.promising import PROMISED, TODAY, clock, fresh, later, moved, promise
from holdspace.letters.models import Letter, Manner
from holdspace.letters.post import Post
from holdspace.people.models import User
from tests.cast import browser

assert clock
DAY = timedelta(days=1)


def work() -> None:
    """Let the worker do what is due."""
    for job in (Remind(), Post()):
        while row := job.claim():
            job.run(row)


def letters() -> list[Letter]:
    return list(Letter.objects.access_system("in a test").filter(kind="reminder").order_by("written_at"))


def at(day: int, hour: int) -> datetime:
    return datetime(2026, 11, day, hour, 30, tzinfo=UTC)


def test_one_letter_the_day_before_and_one_on_the_day(clock, ben: User, together: Engagement) -> None:
    promise(together, ben, due=TODAY + 2 * DAY)
    for moment, sent in ((at(26, 13), 0), (at(26, 14), 1), (at(26, 20), 1), (at(27, 13), 1), (at(27, 14), 2)):
        clock.append(moment)  # nine in the morning for Ben is two in the afternoon here
        work()
        work()
        assert len(mail.outbox) == sent, moment
    assert [letter.subject.split()[-1] for letter in mail.outbox] == ["tomorrow", "today"]
    assert all(letter.to == ["ben@example.org"] for letter in mail.outbox)


def test_it_never_says_what_was_promised_nor_names_a_client(clock, ana: User, ben: User, together: Engagement) -> None:
    for who in (ana, ben):
        promise(together, who, due=TODAY + DAY, serves="courage", if_then={"if": "it rains", "then": "I call"})
    clock.append(at(26, 14))
    work()
    assert len(mail.outbox) == 2
    for letter in mail.outbox:
        said = f"{letter.subject} {letter.body}"
        for private in (PROMISED, "recruiter", "courage", "rains"):
            assert private not in said
        assert "/k/promise/" in letter.body
    to_ana = next(letter for letter in mail.outbox if letter.to == ["ana@example.org"])
    assert "Ben" not in to_ana.subject + to_ana.body


def test_done_moved_and_stuck_stand_in_it_each_one_tap_away(clock, ben: User, together: Engagement, settings) -> None:
    promise(together, ben, due=TODAY + DAY)
    clock.append(at(26, 14))
    work()
    (letter,) = mail.outbox
    for name, place in (("It is done", "done"), ("I need another day", "another-day"), ("I&#x27;m stuck", "stuck")):
        (address,) = re.findall(rf'<a href="{settings.ADDRESS}(/k/promise/[^"]+/)#{place}">{name}</a>', html(letter))
        assert f"{settings.ADDRESS}{address}#{place}" in letter.body
        assert f'id="{place}"' in browser().get(address).content.decode()


def html(letter: EmailMultiAlternatives) -> str:
    return str(letter.alternatives[0].content)


@pytest.mark.parametrize("deed", ["keep", "drop", "release", "move", "waiting"])
def test_nothing_is_sent_once_there_is_nothing_to_be_reminded_of(
    clock, deed: str, ana: User, ben: User, together: Engagement
) -> None:
    made = promise(together, ben, due=TODAY + DAY)
    if deed == "move":
        moved(made, TODAY + 20 * DAY, by=ben)
    elif deed == "release":
        made.release(by=ana)
    elif deed == "waiting":
        made = promise(together, ana, owner="client", due=TODAY + DAY)
        promise(together, ben, due=TODAY + DAY).keep(by=ben)
        fresh(made)
        Reminder.objects.access_system("in a test").exclude(commitment=made).delete()
    else:
        getattr(made, deed)(by=ben)
    clock.append(at(26, 15))
    work()
    assert not [letter for letter in mail.outbox if "due" in letter.subject]
    assert not letters()


def test_a_letter_held_for_the_morning_is_taken_out_when_it_is_done(clock, ben: User, together: Engagement) -> None:
    made = promise(together, ben, due=TODAY + DAY)
    clock.append(at(26, 15))
    quiet = Manner(quiet_from=time(8), quiet_to=time(22))
    job = Remind()
    job.run(job.claim())
    Letter.keep_to(together.key, quiet)
    assert len(letters()) == 1
    Post().claim()
    assert not mail.outbox
    made.keep(by=ben)
    assert not letters()


def test_moved_promises_are_reminded_of_by_their_new_day(clock, ana: User, ben: User, together: Engagement) -> None:
    made = promise(together, ana, due=TODAY + DAY)
    moved(made, TODAY + 3 * DAY, by=ana)
    days = Reminder.objects.access_system("in a test").order_by("day").values_list("day", flat=True)
    assert list(days) == [TODAY + 2 * DAY, TODAY + 3 * DAY]


def test_asking_for_another_day_changes_nothing_yet(clock, ana: User, together: Engagement) -> None:
    made = promise(together, ana, due=TODAY + DAY)
    Move.ask(made, TODAY + 3 * DAY, by=ana)
    assert Reminder.objects.access_system("in a test").get().day == TODAY + DAY


def test_a_yes_starts_them_and_taking_it_back_stops_them(clock, ana: User, ben: User, together: Engagement) -> None:
    made = promise(together, ana, owner="client", due=TODAY + 2 * DAY)
    assert not Reminder.objects.access_system("in a test").exists()
    made.accept(by=ben)
    assert Reminder.objects.access_system("in a test").count() == 2
    made.reopen(by=ben)
    assert not Reminder.objects.access_system("in a test").exists()


def test_nobody_is_reminded_of_today_while_writing_it_down(clock, ana: User, together: Engagement) -> None:
    promise(together, ana, due=TODAY)
    assert not Reminder.objects.access_system("in a test").exists()


def test_a_worker_that_was_away_is_silent_about_days_gone_by(clock, ana: User, together: Engagement) -> None:
    promise(together, ana, due=TODAY + 2 * DAY)
    later(clock, days=9)
    work()
    assert not mail.outbox
    assert not Reminder.objects.access_system("in a test").filter(done_at=None).exists()


def test_whoever_moved_to_a_later_clock_is_reminded_by_it(clock, ben: User, together: Engagement) -> None:
    promise(together, ben, due=TODAY + DAY)
    ben.timezone = "Pacific/Honolulu"
    ben.save()
    clock.append(at(26, 15))
    work()
    assert not mail.outbox
    assert Reminder.objects.access_system("in a test").get().tries == 0
    clock.append(at(26, 19))
    work()
    assert len(mail.outbox) == 1


@pytest.mark.parametrize("why", ["ended", "closed", "no e-mail", "no address"])
def test_no_letter_where_none_is_wanted(clock, why: str, ana: User, ben: User, together: Engagement) -> None:
    promise(together, ben, due=TODAY + DAY)
    if why == "ended":
        together.end(ana.today, by=ana)
    elif why == "closed":
        ben.closed_at = clock[0]
    elif why == "no address":
        ben.email = None
    else:
        from holdspace.engagements.tests.agreeing import agreed_on

        agreed_on(together, channels=["phone"])
    ben.save()
    clock.append(at(26, 15))
    work()
    assert not mail.outbox
    assert not letters()


def test_erased_in_between_the_worker_goes_on(clock, ana: User, ben: User, together: Engagement) -> None:
    from holdspace.privacy.erase import erase_engagement
    from holdspace.worker import work as work_all

    promise(together, ben, due=TODAY + DAY)
    clock.append(at(26, 15))
    erase_engagement(together, by=ben)
    work_all(once=True, jobs=[Remind()])
    assert not Reminder.objects.access_system("in a test").exists()
    assert not mail.outbox
