"""The power goes while notes are written: what was acknowledged is there, and the rest is there whole or not at all."""

import random
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.faults.conftest import furnished, stage  # noqa: F401  a house with Ana, Ben and a session
from tests.faults.places import Stage
from tests.house import ROOT

from .amount import amount
from .power import Disk
from .tracing import STRACE, Event, events

CUTS, NOTES = 1_000, 240
WRITING = """
import os, sys, threading
import django
from django.conf import settings
settings.DATABASES["default"]["OPTIONS"]["init_command"] = (
    settings.DATABASES["default"]["OPTIONS"]["init_command"].replace("synchronous=FULL", f"synchronous={sys.argv[2]}")
)
django.setup()
from django.db import connection
from holdspace.conversations.models import Session, write_note
from holdspace.vault.models import new_id
each = int(sys.argv[1]) // 2

def write():
    session = Session.objects.access_system("in a test").with_people().get()
    for number in range(each):
        note = write_note(session, new_id(), f"What Ben said, {number}. " * 60, by=session.engagement.coach)
        os.write(1, f"kept {note.pk.hex}\\n".encode())
        if number % 40 == 39:
            connection.checkpoint()
    connection.close()

hands = [threading.Thread(target=write) for _ in range(2)]
for hand in hands:
    hand.start()
for hand in hands:
    hand.join()
"""

pytestmark = pytest.mark.skipif(shutil.which("strace") is None, reason="the record of writes and syncs needs strace")


@dataclass
class Came:
    """What the cuts did."""

    cuts: int = 0
    lost: list[str] = field(default_factory=list)
    harmed: list[str] = field(default_factory=list)
    unsaid: int = 0


def record(stage: Stage, notes: int, synchronous: str = "FULL") -> tuple[Disk, list[Event]]:  # noqa: F811
    """The house's folder before, and all that writing notes did to it."""
    store = stage.house.home / "data"
    disk, told = Disk.of(store), stage.house.home / "strace"
    command = [*STRACE, "-o", str(told), sys.executable, "-c", WRITING, str(notes), synchronous]
    around = stage.house.around | {"DJANGO_SETTINGS_MODULE": "holdspace.settings"}
    done = subprocess.run(command, cwd=ROOT, env=around, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("kept ") == notes
    with told.open() as lines:
        return disk, list(events(lines))


def cut_often(disk: Disk, done: list[Event], cuts: int, folder: Path) -> Came:
    """Let the power go at so many moments: each second one right after an acknowledgement."""
    chance, came = random.Random("power"), Came()
    whole = rows(disk.folder)
    acks = [number for number, event in enumerate(done, 1) if event.content.startswith(b"kept ")]
    chosen = sorted(
        [chance.choice(acks) for _ in range(cuts // 2)]
        + [chance.randint(1, len(done)) for _ in range(cuts - cuts // 2)]
    )
    acknowledged: set[str] = set()
    for number, event in enumerate(done, 1):
        if event.content.startswith(b"kept "):
            acknowledged.add(event.content.split()[1].decode())
        disk.do(number - 1, event)
        while chosen and chosen[0] == number:
            chosen.pop(0)
            look(came, list(disk.after_cut(chance)), acknowledged, whole, folder)
    return came


def rows(folder: str | Path) -> dict[str, tuple[Any, ...]]:
    """Every note as it stands in the file."""
    with closing(sqlite3.connect(Path(folder) / "house.sqlite3")) as opened:
        return {row[0]: row for row in opened.execute("SELECT id, text, writer_id FROM conversations_note")}


def look(
    came: Came, files: list[tuple[str, bytes]], acknowledged: set[str], whole: dict[str, Any], folder: Path
) -> None:
    """Open what the cut left, and compare it with what was acknowledged."""
    came.cuts += 1
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name, content in files:
        if not name.endswith("-shm"):  # shared memory: it is made anew by whoever opens the file first
            (folder / name).write_bytes(content)
    try:
        with closing(sqlite3.connect(folder / "house.sqlite3")) as opened:
            said = [row[0] for row in opened.execute("PRAGMA integrity_check")]
            loose = opened.execute("PRAGMA foreign_key_check").fetchall()
            traced = {row[0] for row in opened.execute("SELECT noun_id FROM vault_trace WHERE verb = 'wrote a note'")}
        found = rows(folder)
    except sqlite3.DatabaseError as fault:
        came.harmed.append(str(fault))
        return
    if said != ["ok"] or loose or traced != found.keys():
        came.harmed.append(f"{said[:3]}, {len(loose)} loose, {len(traced ^ found.keys())} half kept")
    if missing := [pk for pk in acknowledged if found.get(pk) != whole[pk]]:
        came.lost.append(f"{len(missing)} of {len(acknowledged)}")
    came.unsaid += len(found.keys() - acknowledged)


@pytest.mark.slow
def test_fifty_cuts(stage: Stage, tmp_path: Path) -> None:  # noqa: F811
    came = cut_often(*record(stage, 60), 50, tmp_path / "after")
    assert (came.cuts, came.lost, came.harmed) == (50, [], [])


@pytest.mark.prove
def test_a_thousand_cuts(stage: Stage, tmp_path: Path, record_property: Any) -> None:  # noqa: F811
    disk, done = record(stage, amount(NOTES, 80))
    wrote = sum(event.call == "pwrite64" for event in done)
    synced = sum(event.call in ("fsync", "fdatasync") for event in done)
    came = cut_often(disk, done, amount(CUTS, 20), tmp_path / "after")
    record_property(
        "measured",
        f"{came.cuts:,} cuts in {wrote:,} writes and {synced:,} syncs: "
        f"{len(came.lost)} lost, {len(came.harmed)} corrupt",
    )
    assert not came.lost, came.lost[:5]
    assert not came.harmed, came.harmed[:5]


@pytest.mark.slow
@pytest.mark.parametrize("synchronous", ["NORMAL", "OFF"])
def test_a_house_that_syncs_less_is_seen_to_lose(stage: Stage, tmp_path: Path, synchronous: str) -> None:  # noqa: F811
    came = cut_often(*record(stage, 80, synchronous), 60, tmp_path / "after")
    assert came.lost or came.harmed
