"""Leased rows: one holder at a time, finished once, put back with patience, given up in the end."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from holdspace.vault import lease
from holdspace.vault.models import LeaseLost, Unguarded
from holdspace.vault.tests.boxes import Chore, Finished

pytestmark = pytest.mark.usefixtures("stored")


def claim(length: timedelta = lease.LEASE) -> Any:
    return Chore.objects.access_system("claiming in a test").claim(length)


def in_store(chore: Chore) -> Chore:
    return Chore._base_manager.get(pk=chore.pk)


@pytest.fixture
def wait(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Let time pass."""
    passed = timedelta()
    now = timezone.now

    def pass_by(**length: float) -> None:
        nonlocal passed
        passed += timedelta(**length)

    monkeypatch.setattr(lease.timezone, "now", lambda: now() + passed)
    return pass_by


def test_a_due_row_is_claimed_once() -> None:
    chore = Chore.objects.create()
    held = claim()
    assert held == chore
    assert (held.fence, held.tries) == (1, 1)
    assert claim() is None


def test_nothing_due_is_nothing() -> None:
    Chore.objects.create(due_at=timezone.now() + timedelta(minutes=1))
    assert claim() is None


def test_an_idle_look_takes_no_lock(queries: Any) -> None:
    with queries() as asked:
        assert claim() is None
    assert len(asked) == 1
    assert asked[0]["sql"].startswith("SELECT")


def test_the_longest_waiting_first() -> None:
    now = timezone.now()
    late = Chore.objects.create(due_at=now - timedelta(minutes=1))
    early = Chore.objects.create(due_at=now - timedelta(hours=1))
    assert [claim(), claim()] == [early, late]


def test_claiming_asks_like_all_else() -> None:
    with pytest.raises(Unguarded):
        Chore.objects.claim()


def test_finishing(wait: Any) -> None:
    Chore.objects.create()
    held = claim()
    held.finish(held.fence)
    assert in_store(held).done_at is not None
    wait(days=1)
    assert claim() is None


def test_finishing_twice_is_refused() -> None:
    Chore.objects.create()
    held = claim()
    held.finish()
    with pytest.raises(LeaseLost):
        held.finish()


def test_an_expired_lease_goes_to_the_next_and_the_zombie_cannot_finish(wait: Any) -> None:
    Chore.objects.create()
    zombie = claim()
    wait(seconds=61)
    heir = claim()
    assert (heir.pk, heir.fence) == (zombie.pk, 2)
    for deed in (zombie.finish, zombie.extend, lambda: zombie.put_back("Slow"), lambda: zombie.finish(1)):
        with pytest.raises(LeaseLost):
            deed()
    assert in_store(heir).done_at is None
    heir.finish()
    with pytest.raises(LeaseLost):
        zombie.finish()


def test_a_late_holder_nobody_replaced_may_finish(wait: Any) -> None:
    Chore.objects.create()
    held = claim()
    wait(hours=1)
    held.finish()
    assert in_store(held).done_at is not None


def test_the_wrong_fence_does_not_finish() -> None:
    Chore.objects.create()
    held = claim()
    with pytest.raises(LeaseLost):
        held.finish(held.fence + 1)


def test_extending_keeps_others_away(wait: Any) -> None:
    Chore.objects.create()
    held = claim()
    wait(seconds=50)
    held.extend()
    wait(seconds=50)
    assert claim() is None


def test_results_and_finish_are_kept_together() -> None:
    Chore.objects.create()
    held = claim()
    with held.holding():
        Finished.objects.create(chore=held.pk)
    assert Finished.objects.count() == 1
    assert in_store(held).done_at is not None


def test_results_are_not_kept_when_the_lease_is_lost(wait: Any) -> None:
    Chore.objects.create()
    zombie = claim()
    wait(seconds=61)
    claim()
    with pytest.raises(LeaseLost), zombie.holding():
        Finished.objects.create(chore=zombie.pk)
    assert not Finished.objects.exists()


def test_when_the_results_fail_the_row_still_waits() -> None:
    Chore.objects.create()
    held = claim()
    made = Finished.objects.create(chore=held.pk)
    with pytest.raises(IntegrityError), held.holding():
        Finished.objects.bulk_create([Finished(chore=held.pk), made])
    made.delete()
    assert not Finished.objects.exists()
    assert (held.done_at, in_store(held).done_at) == (None, None)
    held.finish()


def test_a_row_gone_meanwhile_is_lost() -> None:
    Chore.objects.create()
    held = claim()
    Chore._base_manager.all().delete()
    with pytest.raises(LeaseLost):
        held.finish()


def test_put_back_it_waits_longer_each_time_and_is_given_up(wait: Any) -> None:
    Chore.objects.create()
    for tries in range(1, lease.TRIES + 1):
        held = claim()
        assert held.tries == tries
        held.put_back("ValueError")
        assert claim() is None
        wait(seconds=2**tries + 1)
    assert claim() is None
    given_up = in_store(held)
    assert given_up.given_up_at is not None
    assert given_up.done_at is None
    assert given_up.trouble == "ValueError"


def test_a_row_that_ends_its_worker_each_time_is_given_up(wait: Any) -> None:
    chore, other = Chore.objects.create(), Chore.objects.create(due_at=timezone.now() + timedelta(minutes=9))
    for tries in range(1, lease.TRIES + 1):
        assert claim().tries == tries
        wait(seconds=61)
    wait(minutes=10)
    assert claim() == other
    assert in_store(chore).given_up_at is not None
    assert in_store(chore).trouble == "tried too often"


def test_troubles_are_short_words() -> None:
    Chore.objects.create()
    held = claim()
    with transaction.atomic():
        held.put_back("x" * 500)
    assert len(in_store(held).trouble) == 60
