"""The worker: takes what is due, one row after another, and puts back what went wrong."""

import logging
import random
import signal
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from types import FrameType
from typing import Any, Protocol

from django.core.cache import cache
from django.db import DatabaseError, connections
from django.utils import timezone
from django.utils.module_loading import import_string

from .vault.keys import check_house_key
from .vault.lease import LEASE, Leased, LeaseLost

JOBS = (
    "holdspace.conversations.intake.Hear",
    "holdspace.growth.reminding.Remind",
    "holdspace.letters.post.Post",
    "holdspace.privacy.expire.Clear",
)
IDLE = 1.0
"""The longest sleep, in seconds, when nothing is due."""
ALIVE_EVERY = timedelta(seconds=30)
LONGEST = timedelta(minutes=20)
"""A job that takes longer loses its row: it hangs, or it is too much for this machine."""

logger = logging.getLogger("holdspace.worker")


class Job(Protocol):
    """Something the worker does: claims a due row, and runs it to its end, finishing the row itself."""

    name: str

    def claim(self) -> Any:
        """The next due row, leased, or None."""

    def run(self, row: Any) -> None:
        """Do the work outside any transaction, then keep its results and `row.finish()` in one."""


class Stop:
    """Whether somebody asked the worker to stop; the row in hand is finished first."""

    def __init__(self) -> None:
        self.asked = threading.Event()

    def __call__(self, number: int, frame: FrameType | None) -> None:
        """Note the wish."""
        self.asked.set()

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Take TERM and INT as the wish to stop, in the main thread of a process."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = {number: signal.signal(number, self) for number in (signal.SIGTERM, signal.SIGINT)}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


def work(once: bool = False, jobs: Sequence[Job] | None = None) -> int:
    """Work until told to stop, or with `once` until nothing is due. Says how many rows were run."""
    check_house_key()
    stop, life, done = Stop(), SignOfLife(), 0
    hands = list(jobs) if jobs is not None else [import_string(path)() for path in JOBS]
    with stop.listening():
        while not stop.asked.is_set():
            life.show()
            busy = sum(_one(job) for job in hands if not stop.asked.is_set())
            done += busy
            _tidy_connections()
            if busy:
                continue
            if once:
                break
            stop.asked.wait(IDLE * random.uniform(0.5, 1))  # noqa: S311
    return done


class SignOfLife:
    """Notes now and then that a worker is alive, where the checkup looks for it."""

    def __init__(self) -> None:
        self._due = timezone.now()

    def show(self) -> None:
        """Note it, if the last time is long enough ago."""
        now = timezone.now()
        if now < self._due:
            return
        self._due = now + ALIVE_EVERY
        try:
            cache.set("worker-seen", now, timeout=7 * 24 * 3600)
        except DatabaseError as fault:  # the cache may be locked or not made yet; the work goes on
            logger.warning("a sign of life could not be noted", exc_info=fault)


def _tidy_connections() -> None:
    for connection in connections.all(initialized_only=True):
        if not connection.in_atomic_block:
            connection.close_if_unusable_or_obsolete()


def _one(job: Job) -> int:
    """Run one due row of a job; 0 when there was none."""
    row = None
    try:
        row = job.claim()
        if row is None:
            return 0
        with _kept(row):
            job.run(row)
    except LeaseLost:
        logger.warning("a row of %s was taken back before it was finished", job.name)
    except Exception as fault:  # noqa: BLE001 the one place: whatever a job does, the next row gets its turn
        _report(job, row, fault)
        return int(row is not None)
    return 1


def _report(job: Job, row: Leased | None, fault: Exception) -> None:
    word = type(fault).__name__
    logger.error("a row could not be worked on", exc_info=fault)
    if row is None:
        return
    try:
        row.put_back(word)
    except LeaseLost:
        logger.warning("a row was taken back before it could wait again")
    except Exception as second:
        logger.error("a row could not be put back", exc_info=second)


@contextmanager
def _kept(row: Leased) -> Iterator[None]:
    """Extend the row's lease from a thread for as long as the work takes, within reason."""
    over = threading.Event()
    keeper = threading.Thread(target=_extend, args=(row, over), daemon=True)
    keeper.start()
    try:
        yield
    finally:
        over.set()
        keeper.join()


def _extend(row: Leased, over: threading.Event) -> None:
    length = row.leased_until - timezone.now() if row.leased_until else LEASE
    for _ in range(int(LONGEST / length * 3)):
        if over.wait(length.total_seconds() / 3):
            return
        try:
            type(row)._base_manager.get(pk=row.pk, fence=row.fence).extend(length)
        except (LeaseLost, type(row).DoesNotExist):
            return
        except DatabaseError as fault:  # it may be better in a moment, and the lease has not run out yet
            logger.warning("a lease could not be extended", exc_info=fault)
        finally:
            connections.close_all()
