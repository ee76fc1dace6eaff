"""One whole copy of the database, taken while the house runs; the keys are never in it."""

import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings


class NoBackup(Exception):
    """A copy could not be made, or would not be worth keeping."""


def back_up(folder: Path) -> Path:
    """Write a dated copy into `folder` and check it; raises NoBackup, and then leaves nothing behind."""
    database = settings.DATABASES["default"]
    if database["ENGINE"] != "holdspace.sqlite":
        raise NoBackup("This house is on PostgreSQL: take the copy with pg_dump --format=custom.")
    if not Path(database["NAME"]).exists():
        raise NoBackup("There is no database to copy yet.")
    name = f"house-{datetime.now(UTC):%Y-%m-%d-%H%M%S}.sqlite3"
    draft = folder / f".{name}.part"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except OSError as trouble:
        raise NoBackup(f"No copy was made in {folder}: {trouble.strerror}.") from trouble
    try:
        copy(Path(database["NAME"]), draft)
        return draft.rename(folder / name)
    except (OSError, sqlite3.Error) as trouble:
        raise NoBackup(f"No copy was made in {folder}: {trouble}.") from trouble
    finally:
        draft.unlink(missing_ok=True)


def copy(source: Path, target: Path) -> None:
    """Copy a database in one step, so that writers cannot make it start over, and read it through."""
    with (
        closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True)) as old,
        closing(sqlite3.connect(target)) as new,
    ):
        old.backup(new, pages=-1)
        new.execute("PRAGMA journal_mode = DELETE")
        (verdict,) = new.execute("PRAGMA quick_check").fetchone()
        if verdict != "ok":
            raise NoBackup("The copy is damaged, and so may be the database: stop the house and look at the disk.")
    with target.open("rb") as file:
        os.fsync(file.fileno())
