"""Leased rows: work that waits in the database, taken by one worker at a time and finished once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any, ClassVar, Self, TypeVar

from django.db import models, transaction
from django.utils import timezone

from .classes import Classes

LEASE = timedelta(seconds=60)
TRIES = 5
"""After this many tries a row is given up."""

Row = TypeVar("Row", bound="Leased")


class LeaseLost(Exception):
    """Another worker has the row by now, or it is done or gone; what was made of it must not be kept."""


class LeasedQuerySet(models.QuerySet[Row]):
    """Rows that wait for a worker."""

    def due(self) -> Self:
        """Rows whose time has come and that nobody holds."""
        now = timezone.now()
        free = models.Q(leased_until__isnull=True) | models.Q(leased_until__lte=now)
        return self.filter(free, done_at__isnull=True, given_up_at__isnull=True, due_at__lte=now)

    def claim(self, lease: timedelta = LEASE) -> Row | None:
        """Take the row that waits longest, for a while, with a fence number of its own; None when nothing waits.

        Rows tried too often, such as those that ended their worker each time, are given up on the way.
        """
        while self.due().exists():  # a plain read, so that idle workers never take the write lock
            row = self._take_first(lease)
            if row is None or row.given_up_at is None:
                return row
        return None

    def _take_first(self, lease: timedelta) -> Row | None:
        with transaction.atomic(using=self.db):
            waiting = self.due().order_by("due_at", "pk").select_for_update(skip_locked=True, of=("self",))
            row = waiting.first()
            if row is not None:
                row._take(lease)
            return row


class Leased(models.Model):
    """A row that is worked on outside any transaction, and finished only by the one who holds it."""

    due_at = models.DateTimeField(default=timezone.now)
    leased_until = models.DateTimeField(null=True, editable=False)
    fence = models.PositiveIntegerField(default=0, editable=False)
    tries = models.PositiveSmallIntegerField(default=0, editable=False)
    done_at = models.DateTimeField(null=True, editable=False)
    given_up_at = models.DateTimeField(null=True, editable=False)
    trouble = models.CharField(max_length=60, blank=True, editable=False)

    classes: ClassVar = Classes(practice="due_at leased_until fence tries done_at given_up_at trouble")

    class Meta:
        abstract = True

    def _take(self, lease: timedelta) -> None:
        now = timezone.now()
        if self.tries >= TRIES:
            self._change_or_lose(given_up_at=now, leased_until=None, trouble=self.trouble or "tried too often")
        else:
            self._change_or_lose(leased_until=now + lease, fence=self.fence + 1, tries=self.tries + 1)

    def _change(self, **values: Any) -> bool:
        held = type(self)._base_manager.filter(
            pk=self.pk, fence=self.fence, done_at__isnull=True, given_up_at__isnull=True
        )
        if not held.update(**values):
            return False
        for name, value in values.items():
            setattr(self, name, value)
        return True

    def _change_or_lose(self, **values: Any) -> None:
        if not self._change(**values):
            raise LeaseLost(f"{self._meta.label} is no longer held")

    def finish(self, fence: int | None = None) -> None:
        """Done, once. Raises LeaseLost when the row is no longer this holder's."""
        if fence is not None and fence != self.fence:
            raise LeaseLost(f"{self._meta.label} is no longer held")
        self._change_or_lose(done_at=timezone.now(), leased_until=None, trouble="")

    @contextmanager
    def holding(self) -> Iterator[None]:
        """One transaction that keeps the results and finishes the row: both or neither. Raises LeaseLost."""
        was, kept = (self.leased_until, self.trouble), False
        try:
            with transaction.atomic(using=self._state.db):
                self.finish()
                yield
            kept = True
        finally:
            if not kept:  # rolled back, so the row still waits
                self.done_at, (self.leased_until, self.trouble) = None, was

    def extend(self, lease: timedelta = LEASE) -> None:
        """Hold it longer. Raises LeaseLost."""
        self._change_or_lose(leased_until=timezone.now() + lease)

    def put_back(self, trouble: str) -> None:
        """Let it wait, twice as long each time, or give it up; `trouble` is a short word of ours, never of people."""
        now, given_up = timezone.now(), self.tries >= TRIES
        self._change_or_lose(
            leased_until=None,
            due_at=now + timedelta(seconds=2**self.tries),
            given_up_at=now if given_up else None,
            trouble=trouble[:60],
        )
