"""Real processes, ended without warning: every row is finished once, whatever dies."""

import time
from datetime import UTC, datetime
from typing import Any

import pytest

pytestmark = pytest.mark.slow
LEASE = "1.2"


def finished(house: Any) -> list[Any]:
    return [chore for (chore,) in house.ask("vault_tests_finished", "chore")]


def until_done(house: Any, seconds: float = 60) -> list[tuple[int, int]]:
    """Wait until nothing is left to do; gives tries and fence of every row."""
    end = time.monotonic() + seconds
    while waiting := [1 for (done,) in house.ask("vault_tests_chore", "done_at") if done is None]:
        assert time.monotonic() < end, f"{len(waiting)} rows were left"
        time.sleep(0.1)
    return list(house.ask("vault_tests_chore", "tries", "fence"))


def told(process: Any) -> str:
    """Wait until a worker holds a row."""
    return str(process.stdout.readline())


def stop(*workers: Any) -> None:
    for worker in workers:
        worker.terminate()
    for worker in workers:
        _, trouble = worker.communicate(timeout=30)
        assert worker.returncode == 0, trouble


def test_a_killed_workers_row_is_picked_up_and_finished_once(house: Any) -> None:
    house.run("chores", "1")
    first = house.start("work", "30", LEASE)
    assert told(first)
    first.kill()
    first.wait()
    assert finished(house) == []
    second = house.start("work", "0", LEASE)
    assert until_done(house) == [(2, 2)]
    stop(second)
    assert len(finished(house)) == 1


def test_two_workers_finish_everything_once(house: Any) -> None:
    house.run("chores", "60")
    crew = [house.start("work", "0.01", LEASE) for _ in range(2)]
    for worker in crew:
        assert told(worker)
    assert set(until_done(house)) == {(1, 1)}
    stop(*crew)
    assert len(finished(house)) == len(set(finished(house))) == 60


def test_killed_again_and_again_nothing_is_lost_or_done_twice(house: Any) -> None:
    house.run("chores", "30")
    for _ in range(5):
        worker = house.start("work", "0.02", LEASE)
        assert [told(worker), told(worker)]
        worker.kill()
        worker.wait()
    last = house.start("work", "0", LEASE)
    until_done(house)
    stop(last)
    assert len(finished(house)) == len(set(finished(house))) == 30


def test_a_worker_asked_to_stop_finishes_what_it_holds(house: Any) -> None:
    house.run("chores", "2")
    worker = house.start("work", "1", "30")
    assert told(worker)
    asked = datetime.now(UTC)
    stop(worker)
    assert len(finished(house)) == 1
    (done,) = [done for (done,) in house.ask("vault_tests_chore", "done_at") if done]
    assert datetime.fromisoformat(str(done)).replace(tzinfo=UTC) > asked


def test_a_long_job_keeps_its_row(house: Any) -> None:
    house.run("chores", "1")
    first = house.start("work", "3", LEASE)
    assert told(first)
    second = house.start("work", "0", LEASE)
    assert until_done(house) == [(1, 1)]
    stop(first, second)
    assert len(finished(house)) == 1
