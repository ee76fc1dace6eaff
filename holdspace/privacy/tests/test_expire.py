"""The nightly sweep: what had its time goes, what hasn't stays, and the night's row says how much."""

import time
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session as Browser
from django.core.cache import cache
from django.db import connections, router
from django.utils import timezone

from holdspace.conversations.consent import ask_client, keys_for
from holdspace.conversations.models import Mark, Session, Transcript
from holdspace.engagements.tests.agreeing import agreed_on, proposed
from holdspace.letters.models import Letter
from holdspace.letters.post import Post
from holdspace.people.models import Invitation, Link, Practice, Seat, User
from holdspace.privacy.expire import Clear, preview
from holdspace.privacy.models import Request, Sweep
from holdspace.sample.load import load
from holdspace.vault.models import Trace
from holdspace.worker import work
from tests.cast import browser, meeting


def sweep() -> dict[str, int]:
    """Tonight's sweep, by the worker."""
    Sweep.objects.all().delete()
    assert work(once=True, jobs=[Clear()]) == 1
    return Sweep.objects.get().counts


def promised() -> dict[str, int]:
    return {holding.label: many for holding, many in preview() if many}


def test_a_transcript_goes_after_its_days_with_all_that_was_found(heard: Transcript, ana: User, ben: User) -> None:
    assert "three stories" in browser(ana).get(heard.session.get_absolute_url()).content.decode()
    every = Transcript.objects.access_system("in a test")
    every.update(taken_in_at=timezone.now() - timedelta(days=29, hours=23))
    assert sweep() == {}
    every.update(taken_in_at=timezone.now() - timedelta(days=30, hours=1))
    assert promised() == {"conversations.Transcript": 1}
    assert every.exists(), "a preview changes nothing"
    assert sweep() == {"conversations.Transcript": 1}
    assert not every.exists()
    assert not Mark.objects.access_system("in a test").exists()
    session = Session.objects.visible_to(ben).get()
    assert session.title == "Before the interview"
    assert keys_for(session, ben).both, "the consents stay: they are what was agreed"
    (trace,) = Trace.objects.visible_to(ben).filter(verb__startswith="let a transcript go")
    assert (trace.actor_id, trace.noun_id) == (None, session.pk)
    assert "three stories" not in browser(ana).get(session.get_absolute_url()).content.decode()


@pytest.mark.parametrize(("pact_days", "days", "goes"), [(14, 15, 1), (14, 13, 0), (90, 60, 0), (90, 91, 1)])
def test_what_the_two_agreed_on_counts(heard: Transcript, pact_days: int, days: int, goes: int) -> None:
    agreed_on(heard.session.engagement, transcript_days=7)
    agreed_on(heard.session.engagement, transcript_days=pact_days)
    proposed(heard.session.engagement, heard.session.engagement.coach, transcript_days=1)
    every = Transcript.objects.access_system("in a test")
    every.update(taken_in_at=timezone.now() - timedelta(days=days))
    assert promised().get("conversations.Transcript", 0) == goes
    assert sweep().get("conversations.Transcript", 0) == goes
    assert every.count() == 1 - goes


def test_old_letters_and_links_go_and_waiting_ones_stay(session: Session, ana: User, ben: User) -> None:
    for days in (3, 4):
        ask_client(meeting(session.engagement, days), post=True)
    job = Post()
    job.run(job.claim())
    long_ago = timezone.now() - timedelta(days=31)
    letters = Letter.objects.access_system("in a test")
    letters.filter(done_at__isnull=False).update(done_at=long_ago)
    letters.filter(done_at=None).update(written_at=long_ago)
    first, second = Link.objects.order_by("made_at")
    Link.objects.filter(pk=first.pk).update(used_at=long_ago)
    Link.objects.filter(pk=second.pk).update(made_at=long_ago)
    assert sweep() == {"letters.Letter": 1, "people.Link": 1}
    assert letters.get().done_at is None
    assert Link.objects.get().pk == second.pk


def test_run_out_sign_ins_go(ben: User) -> None:
    there, stale = browser(ben), browser(ben)
    stale.session.set_expiry(-60)
    row = stale.session.model.objects.filter(session_key=stale.session.session_key)
    row.update(expire_date=timezone.now() - timedelta(minutes=1))
    assert sweep()["sessions.Session"] == 1
    assert there.get("/").status_code == 200


def test_wishes_answered_years_ago_go(practice: object, ben: User) -> None:
    for years in (1, 4):
        at = timezone.now() - timedelta(days=365 * years)
        Request.objects.create(kind="copy", person_id=ben.pk, practice=practice, asked_at=at, answered_at=at)
    assert sweep() == {"privacy.Request": 1}
    assert Request.objects.access_system("in a test").count() == 1


def test_run_out_limits_go_and_running_ones_stay(db: None) -> None:
    cache.set("swept-ran-out", 1, timeout=1)
    cache.set("swept-runs", 1, timeout=3600)
    assert cached() == 2
    time.sleep(2.1)
    sweep()
    assert cached() == 1
    assert cache.get("swept-runs") == 1


def cached() -> int:
    with connections[router.db_for_read(Browser)].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM cache WHERE cache_key LIKE '%%swept%%'", [])
        return int(cursor.fetchone()[0])


def test_there_is_one_sweep_a_day_whoever_asks(db: None) -> None:
    first, second = Clear(), Clear()
    held = first.claim()
    assert held is not None
    assert second.claim() is None
    first.run(held)
    assert first.claim() is None
    assert Clear().claim() is None
    assert Sweep.objects.get().done_at


def test_a_sweep_that_failed_is_tried_again(heard: Transcript, monkeypatch: pytest.MonkeyPatch) -> None:
    Transcript.objects.access_system("in a test").update(taken_in_at=timezone.now() - timedelta(days=40))

    def fail(now: object) -> None:
        raise OSError("the disk is full")

    with monkeypatch.context() as broken:
        broken.setattr("holdspace.privacy.expire.clear_cache", fail)
        work(once=True, jobs=[Clear()])
    row = Sweep.objects.get()
    assert (row.done_at, row.trouble) == (None, "OSError")
    Sweep.objects.update(due_at=timezone.now())
    work(once=True, jobs=[Clear()])
    assert Sweep.objects.get().done_at


@pytest.mark.slow
def test_the_sample_practice_keeps_its_transcripts(db: None) -> None:
    load()
    before = Transcript.objects.access_system("in a test").count()
    assert before > 3
    assert "conversations.Transcript" not in promised()


def test_an_invitation_that_nobody_answered_goes_with_its_address(practice: Practice, dov: User) -> None:
    made, _ = Invitation.make(practice, Seat.Role.COACH, "fay@example.org", by=dov)
    every = Invitation.objects.access_system("in a test")
    assert sweep() == {}
    every.filter(pk=made.pk).update(made_at=timezone.now() - timedelta(days=14, minutes=1))
    assert promised() == {"people.Invitation": 1}
    assert sweep() == {"people.Invitation": 1}
    assert not every.exists()


def test_a_withdrawn_or_accepted_one_keeps_no_address(practice: Practice, dov: User, ben: User) -> None:
    first, _ = Invitation.make(practice, Seat.Role.COACH, "fay@example.org", by=dov)
    first.withdraw(by=dov)
    _, token = Invitation.make(practice, Seat.Role.COACH, "ben@example.org", by=dov)
    asked, link = Invitation.behind(token)
    asked.accept(link, by=ben)
    assert set(Invitation.objects.access_system("in a test").values_list("address", flat=True)) == {""}
