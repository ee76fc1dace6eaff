"""A letter keeps to what two people agreed on: when it is written, while it waits, and when it is sent."""

from datetime import UTC, datetime, time, timedelta

import pytest
from django.core import mail
from django.utils import timezone

from holdspace.engagements.models import Engagement
from holdspace.letters.models import Letter, Manner, NotByEmail
from holdspace.letters.post import Post
from holdspace.people.models import User
from holdspace.vault.lease import LeaseLost

NIGHT = Manner(quiet_from=time(20), quiet_to=time(4))
MIDNIGHT_THERE = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)
"""Midnight where Ben lives; Ana is long up."""
MORNING_THERE = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """A clock to be set by hand."""
    hands = [MIDNIGHT_THERE]
    monkeypatch.setattr(timezone, "now", lambda: hands[-1])
    return hands


def write(to: User, together: Engagement, manner: Manner = NIGHT, idem: str = "one") -> bool:
    return Letter.write(to, "try", subject="A word", words="Words.", key=together.key, idem=idem, manner=manner)


def post_all() -> int:
    job, posted = Post(), 0
    while letter := job.claim():
        job.run(letter)
        posted += 1
    return posted


def box() -> Letter:
    return Letter.objects.access_system("in a test").get()


def test_it_waits_for_the_morning_of_whoever_it_is_for(clock, ana: User, ben: User, together: Engagement) -> None:
    write(ben, together)
    write(ana, together, idem="two")
    post_all()
    assert [letter.to for letter in mail.outbox] == [["ana@example.org"]]
    clock.append(MORNING_THERE)
    post_all()
    assert [letter.to for letter in mail.outbox[1:]] == [["ben@example.org"]]


def test_a_letter_that_comes_late_into_the_night_waits_too_and_that_is_no_try(
    clock, ben: User, together: Engagement
) -> None:
    clock.append(MORNING_THERE)
    write(ben, together)
    clock.append(datetime(2026, 11, 25, 4, 0, tzinfo=UTC))  # the worker was down all day
    assert post_all() == 1
    letter = box()
    assert (mail.outbox, letter.tries, letter.done_at) == ([], 0, None)
    assert letter.due_at == datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
    clock.append(letter.due_at)
    post_all()
    assert len(mail.outbox) == 1
    assert box().words is None


def test_without_email_nothing_is_written(clock, ben: User, together: Engagement) -> None:
    with pytest.raises(NotByEmail):
        write(ben, together, Manner(by_email=False))
    assert not Letter.objects.access_system("in a test").exists()


def test_what_is_agreed_later_holds_for_letters_that_wait(clock, ben: User, together: Engagement) -> None:
    write(ben, together, Manner())
    Letter.keep_to(together.key, NIGHT)
    assert box().due_at == MORNING_THERE
    Letter.keep_to(together.key, Manner(by_email=False))
    clock.append(MORNING_THERE)
    assert post_all() == 0
    assert (mail.outbox, box().words) == ([], None)


def test_the_same_letter_is_written_once(clock, ben: User, together: Engagement) -> None:
    assert write(ben, together)
    assert not write(ben, together)


def test_a_clock_that_jumps_either_way_loses_nothing_and_is_one_mail(clock, ben: User, together: Engagement) -> None:
    write(ben, together, Manner())
    held = Post().claim()
    clock.append(MIDNIGHT_THERE - timedelta(hours=2))
    assert Post().claim() is None, "somebody has it in hand"
    clock.append(MIDNIGHT_THERE + timedelta(days=400))
    assert post_all() == 1
    with pytest.raises(LeaseLost):
        Post().run(held)
    assert box().done_at
    clock.append(MIDNIGHT_THERE)
    assert post_all() == 0
    assert len({letter.extra_headers["Message-ID"] for letter in mail.outbox}) == 1


def test_only_an_address_of_the_house_goes_by_a_name(ben: User, together: Engagement, settings) -> None:
    for idem, address in (("own", f"{settings.ADDRESS}/x/"), ("other", "https://evil.example/x/")):
        words = f"Hello,\n\nOpen: {address}\n"
        Letter.write(ben, "try", subject="A word", words=words, key=together.key, idem=idem)
    post_all()
    own, other = (letter.alternatives[0].content for letter in mail.outbox)
    assert f'<a href="{settings.ADDRESS}/x/">Open</a>' in own
    assert ">https://evil.example/x/</a>" in other
    assert ">Open</a>" not in other
