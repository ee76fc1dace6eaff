"""What keeping words sealed and deeds traced costs, beside the same rows in plain text."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from .table import Row, cpu, draw, wall

NOTES, SIZE = 1000, 2000
KEYS = 200


def rows() -> Iterator[Row]:
    """Measured in a process of its own, on a database of its own."""
    with tempfile.TemporaryDirectory(prefix="holdspace-vault-") as folder:
        told = subprocess.run([sys.executable, "-m", "bench.vault", folder], stdout=subprocess.PIPE, check=True).stdout
    yield from (Row(**row) for row in json.loads(told))


def measured(folder: Path) -> Iterator[Row]:
    """Sealing, opening, keys and traces."""
    from holdspace import sqlite
    from holdspace.vault.tests import house

    house.open_house(sqlite.describe(folder / "house.sqlite3", durable=True), bytes(range(32)).hex())
    house.prepare()
    yield from sealing()
    yield from keys()
    yield from traces()


def sealing() -> Iterator[Row]:
    """A thousand notes, in and out."""
    from django.db import connection

    from holdspace.vault.models import Key
    from holdspace.vault.tests.boxes import Box, Somebody

    ana = Somebody()
    key = Key.make("engagement", parent=Key.make("practice"))
    text = "A quiet room with a window, and somebody who listens. " * (SIZE // 54)
    boxes = Box.objects.bulk_create(Box(key=key, owner=ana.pk, text=f"{text}{number}") for number in range(NOTES))

    def load() -> list[Box]:
        return list(Box.objects.visible_to(ana))

    def read() -> int:
        return sum(len(box.text) for box in load())

    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE plain (id char(32) PRIMARY KEY, owner char(32), label text, words text)")
        given = [(box.pk.hex, box.owner.hex, "", box.text) for box in boxes]
        cursor.executemany("INSERT INTO plain VALUES (%s, %s, %s, %s)", given)

    def plain() -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT id, owner, label, words FROM plain")
            return sum(len(found[3]) for found in cursor.fetchall())

    def seal() -> None:
        field = Box._meta.get_field("text")
        for box in boxes:
            box.text = text
            field.pre_save(box, True)

    loading, reading = cpu(load), cpu(read)
    yield Row(
        f"open {NOTES:,} notes of {SIZE / 1000:.0f} kB",
        f"{(reading - loading) * 1000:.1f} ms",
        note=f"processor; {(reading - loading) / NOTES * 1e6:.0f} µs each; aim 50 ms",
    )
    yield Row(
        f"load and read {NOTES:,} notes",
        f"{reading * 1000:.1f} ms",
        f"SQL alone, unsealed {cpu(plain) * 1000:.1f} ms",
        note=f"processor; rows and their keys by themselves {loading * 1000:.1f} ms",
    )
    sealed = cpu(seal)
    yield Row(f"seal {NOTES:,} notes", f"{sealed * 1000:.1f} ms", note=f"processor; {sealed / NOTES * 1e6:.0f} µs each")


def keys() -> Iterator[Row]:
    """Opening keys in a process that knows none."""
    from holdspace.vault.models import Key
    from holdspace.vault.models import key as module

    parent = Key.make("practice")
    made = [Key.make("engagement", parent=parent) for _ in range(KEYS)]

    def cold() -> None:
        module._opened.clear()
        for key in made:
            key.opened()

    def warm() -> None:
        for key in made:
            key.opened()

    yield Row(
        f"open {KEYS} keys",
        f"{cpu(cold) * 1000:.2f} ms",
        f"opened before {cpu(warm) * 1000:.2f} ms",
        note="processor; ours are opened for the first time",
    )


def traces() -> Iterator[Row]:
    """Leaving and proving."""
    from django.db import transaction

    from holdspace.vault import trail
    from holdspace.vault.models import Trace, new_id
    from holdspace.vault.tests.boxes import Box, Somebody

    ana, practice = Somebody(), new_id()
    boxes = list(Box.objects.access_system("something to read"))

    def empty() -> None:
        for _ in range(20):
            with transaction.atomic():
                pass

    def leave() -> None:
        for _ in range(20):
            with transaction.atomic():
                trail.leave("changed", boxes[0], by=ana, practice_id=practice)

    def first_read() -> None:
        trail.leave_read(boxes[:20], by=Somebody(), practice_id=practice, subject_id=ana.pk)

    reader = Somebody()
    trail.leave_read(boxes[:20], by=reader, practice_id=practice, subject_id=ana.pk)

    def known_read() -> None:
        trail.leave_read(boxes[:20], by=reader, practice_id=practice, subject_id=ana.pk)

    leaving = (cpu(leave) - cpu(empty)) / 20
    yield Row(
        "leave a trace",
        f"{leaving * 1000:.2f} ms",
        note=f"processor; {wall(leave) * 50:.1f} ms until on disk; aim 2 ms",
    )
    known, first = cpu(known_read, 20), cpu(first_read, 20)
    yield Row(
        "trace a page of 20 notes",
        f"{first * 1000:.2f} ms",
        f"read within the hour {known * 1000:.2f} ms",
        note="processor",
    )
    for _ in range(10):
        many(trail, boxes, ana, practice)
    number = Trace.objects.access_system("how many there are").filter(trail=practice).count()
    spent = wall(lambda: trail.verify(practice), 1)
    yield Row("prove a trail", f"{number / spent:,.0f} traces/s", note=f"{number:,} traces in {spent:.2f} s")


def many(trail: Any, boxes: list[Any], ana: Any, practice: Any) -> None:
    """A thousand reads by somebody new."""
    reader: Callable[[], Any] = type(ana)
    trail.leave_read(boxes, by=reader(), practice_id=practice, subject_id=ana.pk)


if __name__ == "__main__":
    if sys.argv[1:]:
        print(json.dumps([asdict(row) for row in measured(Path(sys.argv[1]))]))
    else:
        print(draw(list(rows())))
