"""Real processes, ended without warning: every row is finished once, whatever dies."""

import time
from datetime import UTC, datetime
from typing import Any

LEASE = "1.5"


def until_done(house: Any, seconds: float = 60) -> Any:
    end = time.monotonic() + seconds
    while True:
        state = house.run("state")
        if all(chore["done_at"] or chore["given_up_at"] for chore in state["chores"]) or time.monotonic() > end:
            return state
        time.sleep(0.3)


def told(process: Any) -> str:
    """Wait until a worker holds a row."""
    return str(process.stdout.readline())


def test_a_killed_workers_row_is_picked_up_and_finished_once(house: Any) -> None:
    house.run("chores", "1")
    first = house.start("work", "30", LEASE)
    assert told(first)
    first.kill()
    first.wait()
    assert house.run("state")["finished"] == []
    second = house.start("work", "0", LEASE)
    state = until_done(house)
    second.terminate()
    assert second.wait(timeout=30) == 0
    assert len(state["finished"]) == 1
    assert [(chore["tries"], chore["fence"]) for chore in state["chores"]] == [(2, 2)]


def test_two_workers_finish_everything_once(house: Any) -> None:
    house.run("chores", "40")
    crew = [house.start("work", "0", LEASE) for _ in range(2)]
    state = until_done(house)
    for worker in crew:
        worker.terminate()
        assert worker.wait(timeout=30) == 0, worker.stderr.read()
    assert len(state["finished"]) == len(set(state["finished"])) == 40
    assert {chore["tries"] for chore in state["chores"]} == {1}


def test_killed_again_and_again_nothing_is_lost_or_done_twice(house: Any) -> None:
    house.run("chores", "30")
    for _ in range(6):
        worker = house.start("work", "0.02", LEASE)
        told(worker), told(worker)
        worker.kill()
        worker.wait()
    last = house.start("work", "0", LEASE)
    state = until_done(house)
    last.terminate()
    last.wait(timeout=30)
    assert len(state["finished"]) == len(set(state["finished"])) == 30
    assert all(chore["done_at"] for chore in state["chores"])


def test_a_worker_asked_to_stop_finishes_what_it_holds(house: Any) -> None:
    house.run("chores", "2")
    worker = house.start("work", "1.5", "30")
    assert told(worker)
    asked = datetime.now(UTC)
    worker.terminate()
    assert worker.wait(timeout=30) == 0
    state = house.run("state")
    assert len(state["finished"]) == 1
    (done,) = [chore["done_at"] for chore in state["chores"] if chore["done_at"]]
    assert datetime.fromisoformat(done) > asked


def test_a_long_job_keeps_its_row(house: Any) -> None:
    house.run("chores", "1")
    first = house.start("work", "4", LEASE)
    assert told(first)
    second = house.start("work", "0", LEASE)
    state = until_done(house)
    for worker in (first, second):
        worker.terminate()
        worker.wait(timeout=30)
    assert len(state["finished"]) == 1
    assert state["chores"][0]["tries"] == 1
