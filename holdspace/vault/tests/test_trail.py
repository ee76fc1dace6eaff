"""The trail: every deed leaves a trace, and no trace can be changed or taken away unseen."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from holdspace.vault import trail
from holdspace.vault.models import Head, Trace, Unguarded, new_id
from holdspace.vault.tests.boxes import Box, Somebody

PRACTICE = new_id()


def traces() -> Any:
    return Trace.objects.access_system("looking in a test").order_by("number")


def leave(box: Box, by: Somebody, count: int = 1, practice: UUID | None = PRACTICE) -> None:
    for number in range(count):
        with transaction.atomic():
            trail.leave("changed", box, by=by, practice_id=practice, subject_id=box.owner, detail=f"deed {number}")


def sql(text: str, *given: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(text, given)


@pytest.fixture
def unlocked(stored: None) -> None:
    """As for somebody who holds the database itself: the triggers are gone."""
    names = ("trace_never_changes", "trace_never_goes", "trace_never_replaced")
    if connection.vendor == "postgresql":
        sql("DROP TRIGGER trace_stays ON vault_trace")
        return
    for name in names:
        sql(f"DROP TRIGGER {name}")


def test_a_deed_leaves_a_trace(box: Box, ana: Somebody) -> None:
    engagement = new_id()
    trace = trail.leave(
        "gave consent", box, by=ana, practice_id=PRACTICE, subject_id=box.owner, engagement_id=engagement, detail="both"
    )
    found = traces().get()
    assert found == trace
    assert (found.trail, found.number, found.verb, found.noun) == (PRACTICE, 1, "gave consent", "vault_tests.box")
    assert (found.actor_id, found.noun_id, found.subject_id) == (ana.pk, box.pk, box.owner)
    assert (found.engagement_id, found.detail) == (engagement, "both")
    assert trail.verify(PRACTICE) == []


def test_a_deed_of_the_house_has_no_actor(box: Box) -> None:
    trail.leave("forgot", box, by=None, practice_id=None)
    assert traces().get().actor_id is None
    assert trail.verify(None) == []


def test_each_practice_has_a_trail_of_its_own(box: Box, ana: Somebody) -> None:
    other = new_id()
    leave(box, ana, 2)
    leave(box, ana, 1, other)
    leave(box, ana, 1, None)
    assert [list(traces().filter(trail=one).values_list("number", flat=True)) for one in (PRACTICE, other)] == [
        [1, 2],
        [1],
    ]
    assert [trail.verify(one) for one in (PRACTICE, other, None)] == [[], [], []]


@pytest.mark.django_db(transaction=True)
def test_a_trace_wants_the_transaction_of_its_deed(nouns: None) -> None:
    with pytest.raises(trail.OutsideTransaction):
        trail.leave("changed", Box(), by=None, practice_id=None)
    assert not traces().exists()


@pytest.mark.django_db(transaction=True)
def test_a_deed_undone_leaves_no_trace(nouns: None) -> None:
    with transaction.atomic():
        trail.leave("changed", Box(), by=None, practice_id=None)
        transaction.set_rollback(True)
    assert not traces().exists()
    with transaction.atomic():
        trail.leave("changed", Box(), by=None, practice_id=None)
    assert trail.verify(None) == []


def test_traces_are_seen_by_the_two_they_concern(box: Box, ana: Somebody, cleo: Somebody) -> None:
    ben = Somebody(pk=box.owner)
    dov = Somebody()
    leave(box, dov)
    assert [Trace.objects.visible_to(one).count() for one in (ben, dov, cleo)] == [1, 1, 0]
    with pytest.raises(Unguarded):
        list(Trace.objects.all())


CHANGES: dict[str, str] = {
    "update": "UPDATE vault_trace SET detail = 'other'",
    "update one": "UPDATE vault_trace SET number = 9 WHERE number = 1",
    "delete": "DELETE FROM vault_trace",
    "delete the last": "DELETE FROM vault_trace WHERE number = 3",
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_the_database_refuses_changes(box: Box, ana: Somebody, change: str) -> None:
    leave(box, ana, 3)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        sql(change)
    assert traces().count() == 3
    assert trail.verify(PRACTICE) == []


def test_the_database_refuses_replacing(box: Box, ana: Somebody) -> None:
    leave(box, ana, 2)
    verb = "INSERT OR REPLACE" if connection.vendor == "sqlite" else "INSERT"
    columns = ", ".join(f'"{field.column}"' for field in Trace._meta.concrete_fields)
    others = columns.replace('"verb"', "'forged'")
    with pytest.raises(DatabaseError), transaction.atomic():
        sql(f"{verb} INTO vault_trace ({columns}) SELECT {others} FROM vault_trace WHERE number = 1")
    assert set(traces().values_list("verb", flat=True)) == {"changed"}


def test_rows_refuse_too(box: Box, ana: Somebody) -> None:
    leave(box, ana)
    trace = traces().get()
    trace.verb = "other"
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        trace.save()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        trace.delete()


FIELDS = {
    "at": timezone.now() - timedelta(days=1),
    "actor_id": new_id(),
    "verb": "read",
    "noun": "vault.key",
    "noun_id": new_id(),
    "subject_id": None,
    "engagement_id": new_id(),
    "detail": "",
    "id": new_id(),
    "hash": bytes(32),
    "previous": bytes(32),
}


@pytest.mark.usefixtures("unlocked")
@pytest.mark.parametrize("name", FIELDS)
def test_every_changed_field_is_found(box: Box, ana: Somebody, name: str) -> None:
    leave(box, ana, 5)
    Trace._base_manager.filter(number=3).update(**{name: FIELDS[name]})
    assert 3 in {fault.number for fault in trail.verify(PRACTICE)}


Tampering = Callable[[], Any]
TAMPERINGS: dict[str, Tampering] = {
    "deleted in the middle": lambda: rows(number=3).delete(),
    "deleted at the start": lambda: rows(number=1).delete(),
    "deleted at the end": lambda: rows(number=5).delete(),
    "the last three deleted": lambda: rows(number__gte=3).delete(),
    "all deleted": lambda: rows().delete(),
    "renumbered over a gap": lambda: (rows(number=3).delete(), rows(number=4).update(number=3)),
    "two exchanged": lambda: (
        rows(number=2).update(number=99),
        rows(number=3).update(number=2),
        rows(number=99).update(number=3),
    ),
    "moved to another trail": lambda: rows(number=5).update(trail=new_id()),
    "the end moved back": lambda: (
        rows(number=5).delete(),
        Head.objects.update(number=4, hash=rows(number=4).get().hash),
    ),
    "the end forgotten": lambda: (rows(number=5).delete(), Head.objects.all().delete()),
    "the end forged": lambda: Head.objects.update(seal=bytes(32)),
    "one added": lambda: add_forged(),
    "one added and the end with it": lambda: Head.objects.update(number=6, hash=add_forged().hash),
}


def rows(**named: Any) -> Any:
    return Trace._base_manager.filter(**named)


def add_forged() -> Trace:
    last = rows(number=5).get()
    forged = Trace(
        trail=PRACTICE, number=6, verb="forged", noun="x", noun_id=new_id(), previous=last.hash, hash=bytes(32)
    )
    forged.save(force_insert=True)
    return forged


@pytest.mark.usefixtures("unlocked")
@pytest.mark.parametrize("tamper", TAMPERINGS.values(), ids=TAMPERINGS.keys())
def test_every_tampering_is_found(box: Box, ana: Somebody, tamper: Tampering) -> None:
    leave(box, ana, 5)
    assert trail.verify(PRACTICE) == []
    tamper()
    assert trail.verify(PRACTICE) != []


@pytest.mark.usefixtures("unlocked")
def test_a_trail_set_back_with_its_end_is_found_by_an_end_noted_outside(box: Box, ana: Somebody) -> None:
    leave(box, ana, 3)
    early = Head.objects.values("number", "hash", "seal").get()
    leave(box, ana, 2)
    noted = Head.objects.get()
    rows(number__gt=3).delete()
    Head.objects.update(**early)
    assert trail.verify(PRACTICE) == []
    assert trail.verify(PRACTICE, expected=(noted.number, bytes(noted.hash))) != []


def test_an_end_noted_earlier_still_stands(box: Box, ana: Somebody) -> None:
    leave(box, ana, 3)
    noted = Head.objects.get()
    leave(box, ana, 3)
    assert trail.verify(PRACTICE, expected=(noted.number, bytes(noted.hash))) == []


def test_an_empty_trail_is_whole(stored: None) -> None:
    assert trail.verify(new_id()) == []


def test_reading_anothers_words_leaves_one_trace_an_hour(box: Box, ana: Somebody, cleo: Somebody) -> None:
    def read(by: Somebody) -> int:
        return trail.leave_read(box, by=by, practice_id=PRACTICE, subject_id=box.owner)

    assert [read(cleo), read(cleo)] == [1, 0]
    trace = traces().get()
    assert (trace.verb, trace.actor_id, trace.subject_id) == ("read", cleo.pk, ana.pk)
    assert trace.detail == "first within the hour"
    assert read(Somebody()) == 1
    assert trail.verify(PRACTICE) == []


def test_an_hour_later_it_is_a_new_read(box: Box, cleo: Somebody, monkeypatch: pytest.MonkeyPatch) -> None:
    trail.leave_read(box, by=cleo, practice_id=PRACTICE, subject_id=box.owner)
    later = timezone.now() + timedelta(minutes=61)
    monkeypatch.setattr(trail.timezone, "now", lambda: later)
    assert trail.leave_read(box, by=cleo, practice_id=PRACTICE, subject_id=box.owner) == 1


def test_reading_ones_own_words_leaves_none(box: Box, ana: Somebody) -> None:
    assert trail.leave_read(box, by=ana, practice_id=PRACTICE, subject_id=ana.pk) == 0
    assert not traces().exists()


def test_reading_many_asks_the_database_a_fixed_number_of_times(box: Box, cleo: Somebody, queries: Any) -> None:
    boxes = Box.objects.bulk_create(Box(key=box.key, owner=box.owner) for _ in range(20))

    def read(some: list[Box]) -> tuple[int, int]:
        with queries() as asked:
            new = trail.leave_read(some, by=cleo, practice_id=PRACTICE, subject_id=box.owner)
        return new, len(asked)

    assert read([box])[0] == 1  # makes the trail's key and end
    few, many, known = read(boxes[:2]), read(boxes[2:]), read(boxes)
    assert (few[0], many[0], known) == (2, 18, (0, 1))
    assert few[1] == many[1]
    assert trail.verify(PRACTICE) == []


def test_who_read_it(box: Box, ana: Somebody, cleo: Somebody) -> None:
    trail.leave_read(box, by=cleo, practice_id=PRACTICE, subject_id=ana.pk)
    assert [read.actor_id for read in trail.reads_of(box, ana)] == [cleo.pk]
    assert [read.actor_id for read in trail.reads_of(box, cleo)] == [cleo.pk]
    assert trail.reads_of(box, Somebody()) == []


def test_the_command_proves_all_trails(box: Box, ana: Somebody, capsys: pytest.CaptureFixture[str]) -> None:
    leave(box, ana, 2)
    leave(box, ana, 1, None)
    call_command("trail", "verify")
    told = capsys.readouterr().out
    assert f"{PRACTICE} 2 traces, whole" in told
    assert "house 1 trace, whole" in told
    head = Head.objects.get(trail=PRACTICE)
    call_command("trail", "verify", "--expect", f"{PRACTICE}:2:{bytes(head.hash).hex()}")
    with pytest.raises(CommandError):
        call_command("trail", "verify", "--expect", f"{PRACTICE}:2:{bytes(32).hex()}")
    with pytest.raises(CommandError):
        call_command("trail", "verify", "--expect", "nonsense")


@pytest.mark.usefixtures("unlocked")
def test_the_command_tells_what_is_wrong(box: Box, ana: Somebody, capsys: pytest.CaptureFixture[str]) -> None:
    leave(box, ana, 3)
    rows(number=2).delete()
    with pytest.raises(CommandError):
        call_command("trail", "verify")
    assert f"{PRACTICE} 2: missing" in capsys.readouterr().out


def test_many_processes_share_one_trail(house: Any) -> None:
    crew = [house.start("leave", "25") for _ in range(3)]
    assert [process.wait(timeout=60) for process in crew] == [0, 0, 0]
    assert house.run("verify") == {"number": 75, "faults": []}
