"""How mail comes: once a day for those who want it, with words for those who let them, and once whatever happens."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.utils import timezone

from holdspace.engagements.models import Engagement
from holdspace.letters.choose import choose
from holdspace.letters.models import Letter, Manner, Wish
from holdspace.letters.post import Post
from holdspace.letters.quiet import next_at
from holdspace.people.models import User
from holdspace.threads.send import send
from holdspace.vault.models import new_id
from tests.cast import browser

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
EVENING_THERE = datetime(2026, 11, 24, 23, 0, tzinfo=UTC)
"""Six in the evening where Ben lives."""


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    hands = [NOON]
    monkeypatch.setattr(timezone, "now", lambda: hands[-1])
    return hands


def write(to: User, together: Engagement, idem: str, **more: object) -> bool:
    words = f"Hello {to.first},\n\nThe {idem}: https://house.example/{idem}/\n"
    named = {"subject": f"A {idem}", "words": words, "key": together.key, "idem": idem, "can_wait": True} | more
    return Letter.write(to, "try", **named)


def post_all() -> int:
    job, posted = Post(), 0
    while letter := job.claim():
        job.run(letter)
        posted += 1
    return posted


def killed(*_given: object) -> None:
    raise KeyboardInterrupt


def test_one_mail_a_day_with_all_that_can_wait(clock, ana: User, ben: User, together: Engagement) -> None:
    choose(ben, words=False, daily_at=time(18))
    for idem in ("nut", "apple"):
        assert write(ben, together, idem)
    assert not write(ben, together, "nut"), "written once"
    write(ben, together, "invitation", can_wait=False)
    write(ana, together, "pear")
    assert post_all() == 2
    clock.append(EVENING_THERE)
    assert post_all() == 1
    assert post_all() == 0
    (daily,) = [one for one in mail.outbox if "2 things" in one.subject]
    assert daily.to == ["ben@example.org"]
    assert daily.body.count("Hello Ben") == 1
    assert daily.body.index("nut") < daily.body.index("apple")
    assert '<a href="https://house.example/nut/"' in daily.alternatives[0].content
    rows = Letter.objects.access_system("in a test")
    assert not rows.exclude(words__isnull=True).exists()
    assert not rows.unsent().exists()


@pytest.fixture
def crashed(clock, ben: User, together: Engagement, monkeypatch: pytest.MonkeyPatch) -> str:
    """The letter of the day, with a nut and an apple, left the house as its worker was killed; its Message-ID."""
    choose(ben, words=False, daily_at=time(18))
    for idem in ("nut", "apple"):
        write(ben, together, idem)
    clock.append(EVENING_THERE)
    letter = Post().claim()
    with monkeypatch.context() as patch:
        patch.setattr("holdspace.letters.post._posted", killed)
        with pytest.raises(KeyboardInterrupt):
            Post().run(letter)
    return mail.outbox[0].extra_headers["Message-ID"]


def lease_over(clock: list[datetime]) -> None:
    clock.append(EVENING_THERE + timedelta(minutes=2))


def test_a_crash_after_sending_repeats_the_same_mail_and_loses_nothing(clock, crashed: str) -> None:
    assert Post().claim() is None, "leased, and a second worker takes nothing of it"
    lease_over(clock)
    assert post_all() == 1
    first, again = mail.outbox
    assert again.extra_headers["Message-ID"] == crashed
    assert (again.subject, again.body, again.alternatives) == (first.subject, first.body, first.alternatives)


def test_what_is_written_between_a_crash_and_the_repeat_is_none_of_it(
    clock, crashed: str, ben: User, together: Engagement
) -> None:
    write(ben, together, "late")
    lease_over(clock)
    write(ben, together, "later")
    assert post_all() == 1
    assert mail.outbox[1].extra_headers["Message-ID"] == crashed
    assert mail.outbox[1].body == mail.outbox[0].body
    clock.append(EVENING_THERE + timedelta(days=1))
    assert post_all() == 1
    assert mail.outbox[2].subject == "2 things from Holdspace, 25 November"
    assert "nut" not in mail.outbox[2].body


def test_what_is_taken_out_between_a_crash_and_the_repeat_makes_it_another_mail(clock, crashed: str) -> None:
    assert not Letter.recall("nut"), "a worker has it in hand"
    lease_over(clock)
    assert Letter.recall("nut")
    assert post_all() == 1
    assert mail.outbox[1].extra_headers["Message-ID"] != crashed
    assert "nut" not in mail.outbox[1].body


def test_what_left_already_speaks_for_nothing_new(clock, ana: User, ben: User, together: Engagement) -> None:
    choose(ben, words=False, daily_at=time(18))
    send(together, "The quince", by=ana, once=new_id())
    send(together, "And the medlar", by=ana, once=new_id())
    box = Letter.objects.access_system("in a test").exclude(kind="digest")
    assert box.count() == 1, "one letter speaks for both"
    clock.append(EVENING_THERE)
    Post().claim()
    send(together, "And the pear", by=ana, once=new_id())
    assert box.count() == 2


def test_choosing_otherwise_while_it_is_sent_sends_nothing_twice(clock, crashed: str, ben: User) -> None:
    choose(ben, words=False, daily_at=None)
    lease_over(clock)
    assert post_all() == 1
    assert mail.outbox[1].extra_headers["Message-ID"] == crashed


def test_choosing_otherwise_holds_for_what_waits(clock, ben: User, together: Engagement) -> None:
    choose(ben, words=False, daily_at=time(18))
    write(ben, together, "nut")
    choose(ben, words=False, daily_at=None)
    assert post_all() >= 1
    assert [one.subject for one in mail.outbox] == ["A nut"]
    choose(ben, words=False, daily_at=time(18))
    write(ben, together, "apple")
    Letter.keep_to(together.key, Manner(by_email=False))
    clock.append(EVENING_THERE)
    post_all()
    assert len(mail.outbox) == 1, "no more by e-mail, nor in the one of the day"


@pytest.mark.parametrize(
    ("moment", "goes"),
    [
        ((2026, 3, 28, 1, 31), (2026, 3, 29, 1, 0)),  # 01:30 is skipped that night: when the clocks jump
        ((2026, 10, 24, 22, 0), (2026, 10, 25, 1, 30)),  # 01:30 comes twice: the second
        ((2026, 6, 1, 0, 30), (2026, 6, 1, 0, 30)),
    ],
)
def test_the_hour_of_the_day_over_changes_of_the_clock(moment, goes) -> None:
    london = ZoneInfo("Europe/London")
    assert next_at(datetime(*moment, tzinfo=UTC), london, time(1, 30)) == datetime(*goes, tzinfo=UTC)


def test_the_page_says_it_and_keeps_it(ana: User, ben: User) -> None:
    there = browser(ben)
    assert "off" not in there.get("/me/mail/").context["form"].initial
    assert Wish.of(ben).words_since is None, "off until one says so"
    there.post("/me/mail/", {"words_inside": "on", "daily_at": "07:30"})
    wish = Wish.of(ben)
    assert wish.words_since is not None
    assert wish.daily_at == time(7, 30)
    assert there.post("/me/mail/", {"daily_at": "25:61"}).status_code == 200
    assert Wish.of(ben).daily_at == time(7, 30)
    there.post("/me/mail/", {})
    assert (Wish.of(ben).words_since, Wish.of(ben).daily_at) == (None, None)
    assert not Wish.objects.visible_to(ana)


def test_words_travel_only_where_their_reader_lets_them(ana: User, ben: User, together: Engagement) -> None:
    choose(ben, words=True, daily_at=None)
    send(together, "The *quince* & the rest <b>", by=ana, once=new_id())
    send(together, "The quince again", by=ben, once=new_id())
    post_all()
    to_ben, to_ana = sorted(mail.outbox, key=lambda one: one.to, reverse=True)
    assert "The *quince* & the rest <b>" in to_ben.body
    assert "The *quince* &amp; the rest &lt;b&gt;" in to_ben.alternatives[0].content
    assert "quince" not in to_ana.body
