"""The write gate: one writer at a time, in order, for a bounded time, and open again whatever happens."""

import gc
import json
import multiprocessing
import os
import subprocess
import sys
import time
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from django.db import IntegrityError, OperationalError, connections, transaction

from holdspace.sqlite.gate import Gate, GateTimeout, Queue, gate_of

INSERT = "INSERT INTO words (word) VALUES ('x')"


def write(connection: Any) -> str:
    with connection.cursor() as cursor:
        cursor.execute(INSERT)
    return "written"


def count(connection: Any) -> int:
    with connection.cursor() as cursor:
        return int(cursor.execute("SELECT count(*) FROM words").fetchone()[0])


def impatient(connection: Any) -> str:
    connection.ensure_connection()
    connection._passage._wait = 0.1
    return write(connection)


def test_a_transaction_keeps_other_writers_out(own: Any, elsewhere: Any) -> None:
    with transaction.atomic(using="own"):
        write(own)
        assert isinstance(elsewhere(impatient), OperationalError)
        assert elsewhere(count) == 0  # readers never wait
    assert elsewhere(impatient) == "written"
    assert count(own) == 2


def test_single_writes_pass_one_by_one(own: Any, elsewhere: Any) -> None:
    write(own)
    assert own._passage.inside is False
    assert elsewhere(impatient) == "written"


def test_reading_takes_no_gate(own: Any, elsewhere: Any) -> None:
    with own.cursor() as cursor:
        cursor.execute("SELECT * FROM words")
        cursor.execute("  select 1")
        cursor.execute("PRAGMA user_version")
        assert own._passage.inside is False
    assert elsewhere(impatient) == "written"


def test_transactions_inside_transactions_hold_it_once(own: Any, elsewhere: Any) -> None:
    with transaction.atomic(using="own"), transaction.atomic(using="own"):
        write(own)
        write(own)
        assert isinstance(elsewhere(impatient), OperationalError)
    assert elsewhere(impatient) == "written"


def test_an_undone_transaction_opens_it(own: Any, elsewhere: Any) -> None:
    with transaction.atomic(using="own"):
        write(own)
        transaction.set_rollback(True, using="own")
    assert elsewhere(impatient) == "written"
    assert count(own) == 1


def test_an_inner_part_undone_keeps_it(own: Any, elsewhere: Any) -> None:
    with transaction.atomic(using="own"):
        with transaction.atomic(using="own"):
            write(own)
            transaction.set_rollback(True, using="own")
        assert isinstance(elsewhere(impatient), OperationalError)
    assert elsewhere(impatient) == "written"


@pytest.mark.parametrize(
    ("statement", "kind"),
    [("INSERT INTO words (number) VALUES (1)", IntegrityError), ("INSERT INTO nowhere VALUES (1)", OperationalError)],
)
def test_a_fault_opens_it(own: Any, elsewhere: Any, statement: str, kind: type[Exception]) -> None:
    write(own)
    with own.cursor() as cursor, pytest.raises(kind):
        cursor.execute(statement)
    assert elsewhere(impatient) == "written"
    with pytest.raises(kind), transaction.atomic(using="own"), own.cursor() as cursor:
        cursor.execute(statement)
    assert elsewhere(impatient) == "written"


def test_closing_opens_it(own: Any, elsewhere: Any) -> None:
    with own.cursor() as cursor:
        cursor.execute("BEGIN IMMEDIATE")
    assert isinstance(elsewhere(impatient), OperationalError)
    own.close()
    assert elsewhere(impatient) == "written"


def test_a_begin_that_fails_opens_it(own: Any, elsewhere: Any) -> None:
    with own.cursor() as cursor:
        cursor.execute("BEGIN IMMEDIATE")
        with pytest.raises(OperationalError):
            cursor.execute("BEGIN IMMEDIATE")
        cursor.execute("ROLLBACK")
    assert elsewhere(impatient) == "written"


def test_a_connection_swept_up_inside_opens_it(own: Any, elsewhere: Any) -> None:
    def begin_and_vanish() -> None:
        with connections["own"].cursor() as cursor:
            cursor.execute("BEGIN IMMEDIATE")

    thread = Thread(target=begin_and_vanish)
    thread.start()
    thread.join()
    gc.collect()  # its connection goes when it is swept up
    assert elsewhere(impatient) == "written"


def test_refused_writers_are_told_plainly(own: Any, elsewhere: Any) -> None:
    with own.cursor() as cursor:
        cursor.execute("BEGIN IMMEDIATE")
        refusal = elsewhere(impatient)
        cursor.execute("ROLLBACK")
    assert "database is locked" in str(refusal)


def test_writing_many_rows_passes_too(own: Any, elsewhere: Any) -> None:
    with own.cursor() as cursor:
        cursor.executemany("INSERT INTO words (word) VALUES (%s)", [("a",), ("b",)])
    assert own._passage.inside is False
    assert elsewhere(count) == 2


def test_those_who_wait_go_in_order(tmp_path: Path) -> None:
    gate = Gate(tmp_path / "gate")
    gate.enter(1)
    went: list[int] = []

    def go(number: int) -> None:
        gate.enter(10)
        went.append(number)
        gate.leave()

    crew = [Thread(target=go, args=(number,)) for number in range(8)]
    for thread in crew:
        thread.start()
        time.sleep(0.01)
    gate.leave()
    for thread in crew:
        thread.join()
    assert went == list(range(8))


def test_one_who_gave_up_holds_nobody_up() -> None:
    queue = Queue()
    assert queue.acquire(1)
    assert not queue.acquire(0.02)
    queue.release()
    assert queue.acquire(0.02)


def test_one_gate_for_one_file(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path)
    assert gate_of(tmp_path / "a") is gate_of(tmp_path / "link" / "a")
    assert gate_of(tmp_path / "a") is not gate_of(tmp_path / "b")


def test_another_process_waits_at_the_gate(tmp_path: Path) -> None:
    ours, theirs = Gate(tmp_path / "gate"), Gate(tmp_path / "gate")  # two descriptors, as two processes have
    ours.enter(1)
    with pytest.raises(GateTimeout):
        theirs.enter(0.05)
    ours.leave()
    theirs.enter(0.05)
    with pytest.raises(GateTimeout):
        ours.enter(0.05)


def test_a_killed_process_opens_the_gate(tmp_path: Path) -> None:
    script = (
        "import sys, time; from pathlib import Path; from holdspace.sqlite.gate import Gate\n"
        f"gate = Gate(Path({str(tmp_path / 'gate')!r})); gate.enter(5); print('in', flush=True); time.sleep(60)"
    )
    process = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline() == b"in\n"
    gate = Gate(tmp_path / "gate")
    with pytest.raises(GateTimeout):
        gate.enter(0.05)
    process.kill()
    process.wait()
    gate.enter(1)


def forked(path: Path, sender: Any) -> None:
    try:
        gate_of(path).enter(0.1)
        sender.send("in")
    except GateTimeout:
        sender.send("kept out")


def test_a_fork_does_not_inherit_the_turn(tmp_path: Path) -> None:
    gate = gate_of(tmp_path / "db")
    gate.enter(1)
    receiver, sender = multiprocessing.Pipe()
    child = os.fork()
    if child == 0:
        forked(tmp_path / "db", sender)
        os._exit(0)
    os.waitpid(child, 0)
    assert receiver.recv() == "kept out"
    with pytest.raises(GateTimeout):
        Gate(tmp_path / "db.gate").enter(0.05)  # the child's end did not open ours
    gate.leave()


@pytest.mark.slow
def test_processes_and_threads_all_get_through(tmp_path: Path) -> None:
    from holdspace import sqlite

    described = json.dumps(sqlite.describe(tmp_path / "own.sqlite3", durable=True))
    command = [sys.executable, "-m", "holdspace.vault.tests.house", described, bytes(32).hex()]
    subprocess.run([*command, "prepare"], check=True)
    crew = [subprocess.Popen([*command, "write", "40", "6"], stdout=subprocess.PIPE) for _ in range(2)]
    told = [json.loads(process.communicate(timeout=120)[0]) for process in crew]
    assert [one["faults"] for one in told] == [[], []]
    assert [one["written"] for one in told] == [240, 240]
    assert max(one["longest"] for one in told) < 10
