"""Leaving traces, and proving that none was changed, moved or taken away."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db import IntegrityError, connections, models, router, transaction
from django.utils import timezone

from .models.key import Key
from .models.trace import HOUSE_TRAIL, Head, Trace

START = bytes(32)
READ = "read"
READ_AGAIN = timedelta(hours=1)
"""Reading the same thing again within this time leaves no second trace; the first one says so."""


class OutsideTransaction(RuntimeError):
    """A trace is part of the change it speaks of, so it wants the change's transaction."""


class Fault(NamedTuple):
    """One thing wrong with a trail, and the number where it shows."""

    number: int
    what: str


class Read(NamedTuple):
    """Somebody read something."""

    actor_id: UUID | None
    at: datetime


class Deed(NamedTuple):
    """What a trace says."""

    verb: str
    noun: models.Model
    actor_id: UUID | None
    subject_id: UUID | None = None
    engagement_id: UUID | None = None
    detail: str = ""


def leave(
    verb: str,
    noun: models.Model,
    *,
    by: Any,
    practice_id: UUID | None,
    subject_id: UUID | None = None,
    engagement_id: UUID | None = None,
    detail: str = "",
) -> Trace:
    """Leave a trace of a deed, within the transaction that does it. `detail` never carries anyone's words."""
    actor = None if by is None else by.pk
    return _append(practice_id, [Deed(verb, noun, actor, subject_id, engagement_id, detail)])[0]


def leave_read(
    nouns: models.Model | Iterable[models.Model],
    *,
    by: Any,
    practice_id: UUID | None,
    subject_id: UUID | None,
    engagement_id: UUID | None = None,
) -> int:
    """Trace that `by` read words of the subject; reading one's own leaves none. Says how many traces are new.

    Each noun is traced at most once an hour for one reader, and the trace says so.
    """
    read = [nouns] if isinstance(nouns, models.Model) else list(nouns)
    if not read or subject_id == by.pk:
        return 0
    since = timezone.now() - READ_AGAIN
    known = set(
        Trace.objects.access_system("knowing what was read before")
        .filter(actor_id=by.pk, noun_id__in=[noun.pk for noun in read], at__gt=since, verb=READ)
        .values_list("noun_id", flat=True)
    )
    deeds = [
        Deed(READ, noun, by.pk, subject_id, engagement_id, "first within the hour")
        for noun in read
        if noun.pk not in known
    ]
    if deeds:
        with transaction.atomic(using=router.db_for_write(Trace)):
            _append(practice_id, deeds)
    return len(deeds)


def carry_over(practice_id: UUID, traces: list[Trace]) -> None:
    """Chain traces that another house left, with their dates, onto a trail of this one; for bringing a practice in."""
    with transaction.atomic(using=router.db_for_write(Trace)):
        _chain(practice_id, traces)


def reads_of(noun: models.Model, person: Any, limit: int = 50) -> list[Read]:
    """Who read this noun and when, newest first: the person's own reads, and others' of the person's words."""
    traces = Trace.objects.visible_to(person).filter(noun_id=noun.pk, verb=READ).order_by("-at")
    return [Read(trace.actor_id, trace.at) for trace in traces[:limit]]


def trails() -> set[UUID]:
    """Every trail there is, also one whose end was taken away."""
    known = set(Head.objects.values_list("trail", flat=True))
    return known | set(Trace.objects.access_system("finding trails without an end").values_list("trail", flat=True))


def verify(practice_id: UUID | None, expected: tuple[int, bytes] | None = None) -> list[Fault]:
    """What is wrong with a trail: changed, missing, added or reordered traces, and an end that was cut.

    `expected` is an end noted earlier (number and hash) that the trail must still run through.
    """
    trail = practice_id or HOUSE_TRAIL
    key = trail_key()
    faults: list[Fault] = []
    number, last, met = 0, START, expected is None
    rows = Trace.objects.access_system("proving the trail whole").filter(trail=trail).order_by("number")
    for row in rows.iterator(chunk_size=2000):
        faults += _faults_of(row, number + 1, last, key)
        number, last = row.number, bytes(row.hash)
        met = met or (expected is not None and (number, last) == (expected[0], bytes(expected[1])))
    head = Head.objects.filter(trail=trail).first()
    faults += _faults_of_end(head, number, last, key, trail)
    if not met:
        faults.append(Fault(number, "does not run through the end noted earlier"))
    return faults


def _faults_of(row: Trace, number: int, last: bytes, key: Key) -> list[Fault]:
    faults = []
    if row.number != number:
        faults.append(Fault(number, "missing"))
    if bytes(row.previous) != last:
        faults.append(Fault(row.number, "does not follow the one before"))
    if bytes(row.hash) != _hash(row, key):
        faults.append(Fault(row.number, "changed"))
    return faults


def _faults_of_end(head: Head | None, number: int, last: bytes, key: Key, trail: UUID) -> list[Fault]:
    if head is None:
        return [Fault(number, "the trail's end is missing")] if number else []
    if bytes(head.seal) != _end(key, trail, head.number, bytes(head.hash)):
        return [Fault(head.number, "the trail's end is forged")]
    if (head.number, bytes(head.hash)) != (number, last):
        return [Fault(number, f"the trail ends here but was {head.number} long")]
    return []


def trail_key() -> Key:
    """The key the trails are signed with; made with the first trace."""
    known = Key.objects.filter(kind="trail").first()
    if known is not None:
        return known
    try:
        with transaction.atomic(using=router.db_for_write(Key)):
            return Key.make("trail")
    except IntegrityError:  # another process came first
        return Key.objects.get(kind="trail")


def _append(practice_id: UUID | None, deeds: Sequence[Deed]) -> list[Trace]:
    if not connections[router.db_for_write(Trace)].in_atomic_block:
        raise OutsideTransaction("leave a trace inside the transaction of the deed it speaks of")
    at = timezone.now()
    return _chain(practice_id or HOUSE_TRAIL, [_row(deed, at) for deed in deeds])


def _chain(trail: UUID, rows: list[Trace]) -> list[Trace]:
    """Put the rows at the end of a trail, each vouching for the one before."""
    head = _locked_head(trail)
    for row in rows:
        row.trail, row.number, row.previous = trail, head.number + 1, bytes(head.hash)
        row.hash = _hash(row, head.key)
        head.number, head.hash = row.number, row.hash
    Trace.objects.bulk_create(rows, batch_size=500)
    head.seal = _end(head.key, trail, head.number, bytes(head.hash))
    head.save(force_update=True)
    return rows


def _row(deed: Deed, at: datetime) -> Trace:
    return Trace(
        at=at,
        actor_id=deed.actor_id,
        verb=deed.verb,
        noun=deed.noun._meta.label_lower,
        noun_id=deed.noun.pk,
        subject_id=deed.subject_id,
        engagement_id=deed.engagement_id,
        detail=deed.detail,
    )


def _locked_head(trail: UUID) -> Head:
    locked = Head.objects.select_for_update(of=("self",)).select_related("key").filter(trail=trail)
    for head in locked:
        return head
    key = trail_key()
    empty = Head(trail=trail, key=key, hash=START, seal=_end(key, trail, 0, START))
    Head.objects.bulk_create([empty], ignore_conflicts=True)
    return locked.get()


def _end(key: Key, trail: UUID, number: int, last: bytes) -> bytes:
    return key.signature(b"end\0" + trail.bytes + number.to_bytes(8, "big") + last)


def _hash(row: Trace, key: Key) -> bytes:
    ids = (row.id, row.trail, row.actor_id, row.noun_id, row.subject_id, row.engagement_id)
    words = (row.verb, row.noun, row.detail, row.at.astimezone(UTC).isoformat(timespec="microseconds"))
    parts = [b"trace", bytes(row.previous), row.number.to_bytes(8, "big")]
    parts += [b"" if one is None else one.bytes for one in ids]
    parts += [word.encode() for word in words]
    return key.signature(b"".join(len(part).to_bytes(4, "big") + part for part in parts))
