"""The thread page: writing, changing, taking back, and who waits for whom."""

from datetime import UTC, datetime, time, timedelta
from uuid import UUID

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from holdspace.engagements.models import Engagement, NotBetweenThem, NotYetAccepted, Over, Pact, open_engagement
from holdspace.engagements.tests.agreeing import agreed_on
from holdspace.letters.models import Letter
from holdspace.letters.post import Post
from holdspace.people.models import User
from holdspace.threads.models import LONGEST, Draft, Message, NotTheWriter, TooLate, note_read
from holdspace.threads.owing import due, owed
from holdspace.threads.send import NothingToSend, TooLong, edit, send, take_back
from holdspace.vault.models import Trace, new_id
from tests.cast import browser, person, unknown

NIGHT_THERE = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)
"""Midnight where Ben lives; Ana is long up."""


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    hands = [NIGHT_THERE]
    monkeypatch.setattr(timezone, "now", lambda: hands[-1])
    return hands


def write(together: Engagement, by: User, words: str = "How did it go?") -> Message:
    return send(together, words, by=by, once=new_id())


def page(together: Engagement, reader: User, query: str = "") -> str:
    return browser(reader).get(f"/clients/{together.pk}/messages/{query}").content.decode()


def post(together: Engagement, by: User, words: str, **more: object):
    form = {"once": str(new_id()), "words": words, **more}
    return browser(by).post(f"/clients/{together.pk}/messages/send/", form)


def quiet(together: Engagement, **more: object) -> None:
    agreed_on(together)
    terms = {"quiet_from": time(20), "quiet_to": time(8), "reply_hours": 24, "channels": "email"} | more
    Pact._base_manager.filter(engagement=together).update(**terms)


def test_both_read_what_was_written_and_it_is_told_by_mail_without_the_words(
    together: Engagement, ana: User, ben: User
) -> None:
    answer = post(together, ana, "A *calm* word.")
    (message,) = Message.objects.visible_to(ben)
    assert answer.url == message.get_absolute_url()
    assert "A <em>calm</em> word." in page(together, ben)
    assert "A <em>calm</em> word." in page(together, ana)
    Post().run(Post().claim())
    (letter,) = mail.outbox
    assert letter.to == ["ben@example.org"]
    assert letter.subject == "A message from Ana"
    assert "calm" not in letter.body + letter.alternatives[0].content
    assert letter.extra_headers["From"].startswith('"Ana (Holdspace)"')
    assert reverse("thread", args=[together.pk]) in letter.body


def test_a_client_is_not_named_in_their_coachs_mail(together: Engagement, ana: User, ben: User) -> None:
    write(together, ben)
    Post().run(Post().claim())
    assert "Ben" not in mail.outbox[0].subject + mail.outbox[0].body + mail.outbox[0].extra_headers["From"]


def test_a_row_of_messages_is_told_once(together: Engagement, ana: User) -> None:
    first, _ = write(together, ana, "One."), write(together, ana, "Two.")
    assert Letter.objects.access_system("in a test").count() == 1
    take_back(first, by=ana)
    (letter,) = Letter.objects.access_system("in a test").unsent()
    assert letter.idem != f"message-{first.pk}", "the other one gets its own letter"


def test_reading_leaves_a_trace_and_one_knows_what_is_new(together: Engagement, ana: User, ben: User) -> None:
    message = write(together, ana)
    mine = Message.objects.visible_to(ben)
    assert list(mine.unread_by(ben)) == [message]
    assert not Message.objects.visible_to(ana).unread_by(ana)
    assert 'id="unread"' in page(together, ben)
    assert Trace.objects.access_system("in a test").filter(verb="read", noun_id=message.pk, actor_id=ben.pk).exists()
    seen = browser(ben).post(f"/clients/{together.pk}/messages/seen/", {"until": str(message.pk)})
    assert seen.status_code == 302
    assert not mine.unread_by(ben)
    assert 'id="unread"' not in page(together, ben)
    assert note_read(together, unknown(), by=ben) == 0


@pytest.mark.parametrize("until", ["", "x", "00000000-0000-7000-8000-000000000000"])
def test_seen_up_to_nothing_is_nothing(together: Engagement, ana: User, ben: User, until: str) -> None:
    write(together, ana)
    browser(ben).post(f"/clients/{together.pk}/messages/seen/", {"until": until})
    assert Message.objects.visible_to(ben).unread_by(ben).exists()


def test_the_same_form_twice_is_one_message(together: Engagement, ana: User, ben: User) -> None:
    once = str(new_id())
    for _ in range(2):
        assert post(together, ana, "Once.", once=once).status_code == 302
    assert Message.objects.visible_to(ben).count() == 1
    other = open_engagement(ana, person("Ida"), called="Ida", accepted_at=timezone.now())
    assert post(other, ana, "Elsewhere.", once=once).status_code == 422
    with pytest.raises(NotBetweenThem):
        send(other, "Elsewhere.", by=ana, once=UUID(once))


def test_held_for_the_night_of_the_reader(clock, together: Engagement, ana: User, ben: User) -> None:
    quiet(together)
    message = write(together, ana, "Sleep well.")
    assert message.goes_at == datetime(2026, 11, 24, 13, 0, tzinfo=UTC)
    assert "Ben will get this at 08:00 today, by Ben’s clock" in page(together, ana)
    assert "Sleep well" not in page(together, ben)
    assert browser(ben).get(f"/messages/{message.pk}/edit/").status_code == 404
    edit(message, "Good morning.", by=ana)
    assert Post().claim() is None
    clock.append(message.goes_at)
    assert "Good morning." in page(together, ben)
    assert "changed this" not in page(together, ben), "nobody had seen it otherwise"
    Post().run(Post().claim())
    assert len(mail.outbox) == 1


def test_what_is_taken_back_before_anybody_saw_it_is_a_draft_again(
    clock, together: Engagement, ana: User, ben: User
) -> None:
    quiet(together)
    message = write(together, ana, "Not yet.")
    take_back(message, by=ana)
    take_back(message, by=ana)
    assert Draft.of(together, ana).words == "Not yet."
    assert not Message.objects.visible_to(ana)
    assert not Letter.objects.access_system("in a test").unsent().filter(kind="message").exists()
    clock.append(message.goes_at)
    assert "Not yet" not in page(together, ben)


def test_changed_and_taken_back_within_a_quarter_of_an_hour_and_honestly_shown(
    clock, together: Engagement, ana: User, ben: User
) -> None:
    message = write(together, ana, "Frist.")
    edit(message, "First.", by=ana)
    assert "Ana changed this" in page(together, ben)
    clock.append(NIGHT_THERE + timedelta(minutes=15))
    browser(ana).post(f"/messages/{message.pk}/back/")
    shown = page(together, ben)
    assert "Ana took a message back" in shown
    assert "First." not in shown
    row = Message.objects.access_system("in a test").get()
    assert (row.words, row.taken_back_at) == (None, clock[-1])
    assert browser(ana).post(f"/messages/{message.pk}/back/").status_code == 302, "harmless when repeated"
    assert browser(ana).get(f"/messages/{message.pk}/edit/").status_code == 404


def test_after_a_quarter_of_an_hour_it_stays(clock, together: Engagement, ana: User, ben: User) -> None:
    message = write(together, ana, "It stays.")
    clock.append(NIGHT_THERE + timedelta(minutes=15, seconds=1))
    answer = browser(ana).post(f"/messages/{message.pk}/edit/", {"once": str(message.pk), "words": "Other."})
    assert answer.status_code == 422
    assert "Other." in answer.content.decode(), "what was typed is not lost"
    with pytest.raises(TooLate):
        take_back(message, by=ana)
    browser(ana).post(f"/messages/{message.pk}/back/")
    assert "It stays." in page(together, ben)


def test_a_clock_that_goes_back_hides_nothing_that_was_read(clock, together: Engagement, ana: User, ben: User) -> None:
    message = write(together, ana, "Read already.")
    note_read(together, message.pk, by=ben)
    clock.append(NIGHT_THERE - timedelta(hours=3))
    assert "Read already." in page(together, ben)
    edit(Message.objects.visible_to(ana).get(), "Otherwise.", by=ana)
    assert "Ana changed this" in page(together, ben), "it isn't held again"


def test_nobody_changes_what_the_other_wrote(together: Engagement, ana: User, ben: User) -> None:
    message = write(together, ana)
    for deed in (lambda: edit(message, "No.", by=ben), lambda: take_back(message, by=ben)):
        with pytest.raises(NotTheWriter):
            deed()
    with pytest.raises(NotTheWriter):
        message.settle(by=ana)
    for way in ("edit", "back"):
        assert browser(ben).post(f"/messages/{message.pk}/{way}/", {"words": "No."}).status_code == 404


def test_who_waits_for_whom_and_until_when(clock, together: Engagement, ana: User, ben: User) -> None:
    message = write(together, ben, "May I move Tuesday?")
    assert "Ben has been waiting for an answer since" in page(together, ana)
    assert "Your message has been waiting since" in page(together, ben)
    quiet(together)
    assert owed(Message.objects.visible_to(ana).owed_by(ana).get()).by == NIGHT_THERE + timedelta(hours=27)
    assert "by Wednesday 25 November, 08:00" in page(together, ana), "five in the morning is in her quiet hours"
    assert "Ana answers by Wednesday 25 November, 03:00" in page(together, ben)
    write(together, ben, "Or Thursday?")
    assert Message.objects.visible_to(ana).owed_by(ana).get() == message, "counted from the first that waits"
    assert Message.objects.visible_to(ben).owed_to(ben).get() == message
    clock.append(NIGHT_THERE + timedelta(minutes=1))
    write(together, ana, "Yes.")
    assert not Message.objects.visible_to(ana).owed_by(ana)
    assert Message.objects.visible_to(ben).owed_by(ben).count() == 0, "it is held, so nothing is owed for it yet"
    clock.append(NIGHT_THERE + timedelta(hours=9))
    assert Message.objects.visible_to(ben).owed_by(ben).count() == 1


def test_no_reply_needed(together: Engagement, ana: User, ben: User) -> None:
    write(together, ben, "Thank you!")
    last = write(together, ben, "Really.")
    assert browser(ana).post(f"/messages/{last.pk}/settle/").status_code == 302
    assert not Message.objects.visible_to(ana).owed_by(ana)
    assert "waiting" not in page(together, ben)


def test_the_reply_time_runs_into_the_morning_over_the_change_of_clocks(together: Engagement, ana: User) -> None:
    quiet(together)
    pact = Pact.objects.visible_to(ana).get()
    night = datetime(2026, 10, 24, 1, 30, tzinfo=UTC)
    assert due(night, 24, ana, pact) == datetime(2026, 10, 25, 8, 0, tzinfo=UTC)
    assert due(night - timedelta(hours=24), 24, ana, pact) == datetime(2026, 10, 24, 7, 0, tzinfo=UTC)


def test_a_reminder_of_what_is_off_limits(together: Engagement, ana: User, ben: User) -> None:
    agreed_on(together)
    there = browser(ana)
    form = {"once": str(new_id()), "words": "About the divorce."}
    answer = there.post(f"/clients/{together.pk}/messages/send/", form, follow=True)
    assert "you don't bring up the divorce" in answer.content.decode().replace("&#x27;", "'")
    assert "data-stem" in page(together, ana)
    assert "data-stem" not in page(together, ben)


@pytest.mark.parametrize("words", ["", " \n "])
def test_nothing_is_not_sent(together: Engagement, ana: User, words: str) -> None:
    answer = post(together, ana, words)
    assert answer.status_code == 422
    assert "There is nothing in it yet." in answer.content.decode()
    with pytest.raises(NothingToSend):
        send(together, words, by=ana, once=new_id())


def test_a_paste_of_a_megabyte_is_said_and_not_lost(together: Engagement, ana: User) -> None:
    words = "w" * 1_000_000
    answer = post(together, ana, words)
    assert answer.status_code == 422
    assert "too long for one message: 1,000,000 characters" in answer.content.decode()
    assert words in answer.content.decode()
    assert post(together, ana, "w" * (LONGEST + 1)).status_code == 422
    assert len(Draft.of(together, ana).words) == LONGEST + 1, "what fits a draft is kept as one"
    assert post(together, ana, "w" * LONGEST).status_code == 302
    with pytest.raises(TooLong):
        send(together, "w" * (LONGEST + 1), by=ana, once=new_id())


def test_after_the_end_it_is_read_and_nothing_new_is_written(together: Engagement, ana: User, ben: User) -> None:
    write(together, ana, "Before the end.")
    together.end(ben.today, by=ben)
    answer = post(together, ben, "One more thing.")
    assert answer.status_code == 422
    assert "This work has ended" in answer.content.decode()
    assert "One more thing." in answer.content.decode()
    assert "Before the end." in page(together, ben)
    assert "textarea" not in page(together, ben)
    assert not Message.objects.visible_to(ana).owed_by(ana), "nothing is owed after the end"
    with pytest.raises(Over):
        write(together, ben)


def test_before_the_invitation_is_accepted_nothing_is_written(ana: User) -> None:
    asked = open_engagement(ana, person("Ida"), called="Ida")
    assert "accepted the invitation yet" in page(asked, ana)
    assert post(asked, ana, "Hello?").status_code == 422
    with pytest.raises(NotYetAccepted):
        write(asked, ana)
    assert browser(asked.client).get(f"/clients/{asked.pk}/messages/").status_code == 404


def test_a_long_thread_is_read_from_the_newest(together: Engagement, ana: User, ben: User) -> None:
    for number in range(65):
        write(together, ben, f"Number {number:02}.")
    newest = page(together, ana)
    assert "Number 64." in newest
    assert "Number 34." not in newest
    earlier = Message.objects.visible_to(ana).in_order()[35]
    assert f"?before={earlier.pk}" in newest
    middle = page(together, ana, f"?before={earlier.pk}")
    assert ("Number 34." in middle, "Number 05." in middle, "Number 04." in middle) == (True, True, False)
    for odd in ("?before=x", f"?before={unknown()}", "?before="):
        assert "Number 64." in page(together, ana, odd)


def test_a_stranger_meets_nothing(together: Engagement, ana: User, cleo: User, eve: User) -> None:
    message = write(together, ana)
    for somebody in (cleo, eve):
        there = browser(somebody)
        for path in ("messages/", "messages/send/", "messages/draft/", "messages/seen/", "messages/mail/"):
            assert there.post(f"/clients/{together.pk}/{path}").status_code in (404, 405)
        assert there.get(f"/clients/{together.pk}/messages/").status_code == 404
        for way in ("edit", "back", "settle"):
            assert there.post(f"/messages/{message.pk}/{way}/").status_code == 404
        with pytest.raises(NotBetweenThem):
            write(together, somebody)
