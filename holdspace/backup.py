"""One whole copy of the database in one dated, locked file, taken while the house runs; the keys are never in it."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings

from .privacy import ledger
from .strongbox import lock

PIECE = 1 << 20
LOCKED, PLAIN = ".holdspace", ".sqlite3"


class NoBackup(Exception):
    """A copy could not be made, or would not be worth keeping."""


def back_up(folder: Path, passphrase: str | None) -> Path:
    """Write a dated copy into `folder` and check it; raises NoBackup, and then leaves nothing behind.

    With a passphrase it is locked; without one it is a plain database, whose private words are sealed all the same.
    """
    database = settings.DATABASES["default"]
    if database["ENGINE"] != "holdspace.sqlite":
        raise NoBackup("This house is on PostgreSQL: take the copy with pg_dump --format=custom.")
    if not Path(database["NAME"]).exists():
        raise NoBackup("There is no database to copy yet.")
    ledger.write_down()
    name = f"house-{datetime.now(UTC):%Y-%m-%d-%H%M%S}"
    draft = folder / f".{name}.part"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _make_private(draft)
    except OSError as trouble:
        raise NoBackup(f"No copy was made in {folder}: {trouble.strerror}.") from trouble
    try:
        if passphrase is None:
            copy(Path(database["NAME"]), draft)
            _settle(draft)
        else:
            _copy_locked(Path(database["NAME"]), draft, passphrase)
        kept = draft.rename(folder / f"{name}{PLAIN if passphrase is None else LOCKED}")
        (settings.HOME / "last-backup").touch()  # for the checkup, which can't know where backups are kept
        return kept
    except (OSError, sqlite3.Error) as trouble:
        why = trouble.strerror if isinstance(trouble, OSError) else trouble
        raise NoBackup(f"No copy was made in {folder}: {why}.") from trouble
    finally:
        draft.unlink(missing_ok=True)


def _copy_locked(source: Path, target: Path, passphrase: str) -> None:
    """A locked copy; the plain one in between stays beside the database and goes at once."""
    plain = source.with_name(f".copy-{os.getpid()}.part")
    try:
        _make_private(plain)
        copy(source, plain)
        with target.open("wb") as out:
            lock(_pieces(plain), out, passphrase)
            out.flush()
            os.fsync(out.fileno())
    finally:
        plain.unlink(missing_ok=True)


def _make_private(path: Path) -> None:
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece


def copy(source: Path, target: Path) -> None:
    """Copy a database in one step, so that writers cannot make it start over, and read it through; not yet synced."""
    with (
        closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True)) as old,
        closing(sqlite3.connect(target)) as new,
    ):
        new.execute("PRAGMA synchronous = OFF")
        old.backup(new, pages=-1)
        new.execute("PRAGMA journal_mode = DELETE")
        refuse_damaged(new)


def _settle(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


def refuse_damaged(opened: sqlite3.Connection) -> None:
    """Raise NoBackup for a database that does not read through."""
    (verdict,) = opened.execute("PRAGMA quick_check").fetchone()
    if verdict != "ok":
        raise NoBackup("The copy is damaged, and so may be the database: stop the house and look at the disk.")
