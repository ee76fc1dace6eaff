"""The worker's loop: the next row gets its turn, whatever happened to the one before."""

import logging
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import pytest
from django.db import DatabaseError
from django.utils.module_loading import import_string

from holdspace import worker
from holdspace.vault.lease import LeaseLost

CANARY = "canary-31aa"

pytestmark = pytest.mark.django_db


class Odd(Exception):
    pass


@dataclass
class Row:
    fault: Exception | None = None
    back: Exception | None = None
    leased_until: datetime | None = None
    troubles: list[str] = field(default_factory=list)
    done: bool = False

    def put_back(self, trouble: str) -> None:
        self.troubles.append(trouble)
        if self.back:
            raise self.back


class Chores:
    name = "chores"

    def __init__(self, *rows: Any) -> None:
        self.rows = list(rows)

    def claim(self) -> Any:
        row = self.rows.pop(0) if self.rows else None
        if isinstance(row, Exception):
            raise row
        return row

    def run(self, row: Row) -> None:
        if row.fault:
            raise row.fault
        row.done = True


def test_it_runs_all_that_is_due() -> None:
    one, other = Chores(Row(), Row()), Chores(Row())
    assert worker.work(once=True, jobs=[one, other]) == 3
    assert worker.work(once=True, jobs=[one, other]) == 0


@pytest.mark.parametrize("fault", [Odd(CANARY), KeyError(CANARY), DatabaseError(CANARY), RecursionError(CANARY)])
def test_what_went_wrong_goes_back_and_the_next_gets_its_turn(
    fault: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    bad, good = Row(fault), Row()
    with caplog.at_level(logging.INFO):
        worker.work(once=True, jobs=[Chores(bad, good)])
    assert bad.troubles == [type(fault).__name__]
    assert good.done
    assert CANARY not in "".join(str(record.msg) for record in caplog.records)


def test_a_lost_row_is_left_to_its_new_holder() -> None:
    lost, good = Row(LeaseLost()), Row()
    worker.work(once=True, jobs=[Chores(lost, good)])
    assert lost.troubles == []
    assert good.done


@pytest.mark.parametrize("back", [LeaseLost(), DatabaseError(CANARY)])
def test_a_row_that_cannot_be_put_back_stops_nothing(back: Exception) -> None:
    bad, good = Row(Odd(), back), Row()
    worker.work(once=True, jobs=[Chores(bad, good)])
    assert good.done


def test_a_claim_that_fails_leaves_the_other_jobs_at_work() -> None:
    good = Row()
    assert worker.work(once=True, jobs=[Chores(DatabaseError(CANARY)), Chores(good)]) == 1
    assert good.done


def test_asked_to_stop_it_stops_after_the_row_in_hand() -> None:
    stop = worker.Stop()
    with stop.listening():
        import os
        import signal

        os.kill(os.getpid(), signal.SIGTERM)
    assert stop.asked.is_set()


def test_every_job_is_there() -> None:
    for path in worker.JOBS:
        job = import_string(path)()
        assert job.name
        assert job.claim() is None or job.name == "sweeps", "an empty house waits for its nightly sweep alone"
