"""Writers at once: our gated SQLite beside Django's own, and PostgreSQL where HOLDSPACE_TEST_PG names one."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

from .table import Row

PROCESSES, THREADS = 2, 8
ROUNDS, SECONDS = 3, 3.0
"""Turns of each, one after the other, so that whatever else this machine does falls on all alike."""
Database = dict[str, Any]


@dataclass(frozen=True)
class Told:
    """What one database bore: writes that held, tries that failed, and the waits of all, in seconds."""

    written: int
    errors: int
    seconds: float
    waits: tuple[float, ...]

    @property
    def rate(self) -> float:
        """Writes a second."""
        return self.written / self.seconds

    def wait(self, share: float) -> float:
        """The wait in milliseconds that this share stays under."""
        return self.waits[min(len(self.waits) - 1, int(share * len(self.waits)))] * 1000 if self.waits else 0.0

    def __str__(self) -> str:
        tried = self.written + self.errors
        failed = f"{self.errors / tried:.0%} errors" if self.errors else "0 errors"
        return f"{self.rate:.0f}/s, {failed}, p99 {self.wait(0.99):.0f} ms, max {self.wait(1):.0f} ms"


def rows() -> Iterator[Row]:
    """Ours against each of the others."""
    with tempfile.TemporaryDirectory(prefix="holdspace-writes-") as folder:
        found = contenders(Path(folder))
        turns = [{name: measure(database) for name, database in found.items()} for _ in range(ROUNDS)]
    told = {name: merge([turn[name] for turn in turns]) for name in found}
    ours = told.pop("ours")
    for name, theirs in told.items():
        ratio = f"{ours.rate / theirs.rate:.1f}x" if theirs.written else "–"
        note = f"{PROCESSES} processes × {THREADS} threads, each write a durable transaction"
        yield Row(f"writes, beside {name}", str(ours), str(theirs), ratio, note)


def contenders(folder: Path) -> dict[str, Database]:
    """The databases to measure, each on a file or server of its own."""
    from holdspace import sqlite

    sqlite.swap_driver()
    ours = sqlite.describe(folder / "ours.sqlite3", durable=True)
    found = {
        "ours": ours,
        "Django's SQLite as it comes": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(folder / "plain.sqlite3"),
        },
        "the same settings without the gate": ours
        | {"ENGINE": "django.db.backends.sqlite3", "NAME": str(folder / "no-gate.sqlite3")},
    }
    if url := os.environ.get("HOLDSPACE_TEST_PG"):
        from dj_database_url import parse

        found["PostgreSQL"] = dict(parse(url))
    return found


def merge(turns: list[Told]) -> Told:
    """Several turns as one."""
    waits = sorted(wait for turn in turns for wait in turn.waits)
    written, errors = sum(turn.written for turn in turns), sum(turn.errors for turn in turns)
    return Told(written, errors, sum(turn.seconds for turn in turns), tuple(waits))


def measure(database: Database, seconds: float = SECONDS) -> Told:
    """Let processes of threads write for a while."""
    run("prepare", database).communicate()
    crew = [run("write", database, str(seconds), str(time.time() + 2)) for _ in range(PROCESSES)]
    told = [json.loads(process.communicate(timeout=seconds * 10 + 120)[0]) for process in crew]
    waits = sorted(wait for one in told for wait in one["waits"])
    errors = sum(one["errors"] for one in told)
    return Told(len(waits) - errors, errors, max(one["seconds"] for one in told), tuple(waits))


def run(deed: str, database: Database, *words: str) -> "subprocess.Popen[bytes]":
    """Begin a deed of this file in another process."""
    command = [sys.executable, "-m", "bench.writes", deed, json.dumps(database), *words]
    return subprocess.Popen(command, stdout=subprocess.PIPE)


def connect(database: Database) -> None:
    """Start Django with this one database."""
    from holdspace import sqlite

    sqlite.swap_driver()
    import django
    from django.conf import settings

    settings.configure(DATABASES={"default": database}, USE_TZ=True, SECRET_KEY="only to measure")
    django.setup()


def prepare() -> None:
    """An empty table, and one row that every writer changes."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS bench_notes")
        cursor.execute("DROP TABLE IF EXISTS bench_heads")
        cursor.execute("CREATE TABLE bench_notes (id char(36) PRIMARY KEY, words text)")
        cursor.execute("CREATE TABLE bench_heads (id integer PRIMARY KEY, number integer)")
        cursor.executemany("INSERT INTO bench_heads VALUES (%s, 0)", [(number,) for number in range(16)])


def write(seconds: float, start: float) -> None:
    """A note and its place in a trail, again and again from each thread."""
    from django.db import DatabaseError, connection, transaction
    from uuid_utils import uuid7

    waits: list[float] = []
    errors: list[float] = []
    gathered = Barrier(THREADS)

    def go(number: int) -> None:
        gathered.wait()
        time.sleep(max(0.0, start - time.time()))
        end = start + seconds
        while time.time() < end:
            began = time.perf_counter()
            try:
                with transaction.atomic(), connection.cursor() as cursor:
                    cursor.execute("UPDATE bench_heads SET number = number + 1 WHERE id = %s", [number])
                    cursor.execute("INSERT INTO bench_notes VALUES (%s, %s)", [str(uuid7()), "w" * 600])
            except DatabaseError:
                errors.append(time.perf_counter() - began)
            waits.append(time.perf_counter() - began)
        connection.close()

    crew = [Thread(target=go, args=(number,)) for number in range(THREADS)]
    for thread in crew:
        thread.start()
    for thread in crew:
        thread.join()
    spent = time.time() - start
    print(json.dumps({"waits": waits, "errors": len(errors), "seconds": spent}))


def main(deed: str, database: str, *words: str) -> None:
    """A deed for the process that asked."""
    connect(json.loads(database))
    if deed == "prepare":
        prepare()
    else:
        write(*map(float, words))


if __name__ == "__main__":
    if sys.argv[1:]:
        main(*sys.argv[1:])
    else:
        from .table import draw

        print(draw(list(rows())))
