"""A backup comes back into an empty house: opened, checked, brought up to date, and what was erased erased again."""

import os
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connections

from .backup import NoBackup, refuse_damaged
from .people.begin import is_empty
from .privacy.replay import replay
from .serve import make_tables
from .strongbox import WontOpen, unlock
from .vault.keys import WrongHouseKey, check_house_key

SQLITE = b"SQLite format 3\0"
PIECE = 1 << 20


class NotRestored(Exception):
    """The backup could not be brought back; the house is as it was."""


def restore(path: Path, passphrase: str | None) -> Counter[str]:
    """Put a backup where the database of an empty house is. Says how much was erased again. Raises NotRestored."""
    database = settings.DATABASES["default"]
    if database["ENGINE"] != "holdspace.sqlite":
        raise NotRestored("On PostgreSQL use pg_restore into an empty database, and then: holdspace replay")
    home = Path(database["NAME"])
    _refuse_inhabited(home)
    with draft_of(path, home.with_name(".restore.part"), passphrase) as draft:
        with lived_in(draft):
            gone = bring_up_to_date()
            connections["default"].checkpoint()  # type: ignore[attr-defined]
        _clear(home)
        draft.rename(home)
    return gone


@contextmanager
def draft_of(path: Path, draft: Path, passphrase: str | None) -> Iterator[Path]:
    """The backup, opened, as a file that goes again. Whatever goes wrong meanwhile is told as NotRestored."""
    _clear(draft)
    try:
        _write(draft, path, passphrase)
        yield draft
    except WrongHouseKey:
        raise NotRestored("The keys here are not those of this backup. Put its house.key back first.") from None
    except (OSError, sqlite3.Error, DatabaseError, NoBackup, WontOpen) as trouble:
        raise NotRestored(f"{path} was not restored: {trouble}") from trouble
    finally:
        _clear(draft)


def bring_up_to_date() -> Counter[str]:
    """Tables as this version has them, the right key, and what was erased since erased again; says how much."""
    make_tables()
    check_house_key()
    return replay()


def is_locked(path: Path) -> bool:
    """Whether opening it needs a passphrase. Raises NotRestored where there is no such file."""
    try:
        with path.open("rb") as file:
            return file.read(len(SQLITE)) != SQLITE
    except OSError as trouble:
        raise NotRestored(f"{path} can't be read: {trouble.strerror}.") from trouble


def _refuse_inhabited(home: Path) -> None:
    if not home.exists():
        return
    try:
        empty = is_empty()
    except DatabaseError:  # no tables yet
        empty = True
    if not empty:
        raise NotRestored("Somebody lives in this house already. Restore into an empty one (another HOLDSPACE_HOME).")


def _write(draft: Path, path: Path, passphrase: str | None) -> None:
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        out.writelines(_plain(path) if passphrase is None else unlock(path, passphrase))
        out.flush()
        os.fsync(out.fileno())
    with closing(sqlite3.connect(draft)) as opened:
        refuse_damaged(opened)


def _plain(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece


@contextmanager
def lived_in(path: Path) -> Iterator[None]:
    """The house's own connection looks at this file for a while."""
    connection = connections["default"]
    home = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = str(path)
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = home


def _clear(path: Path) -> None:
    """A database file, its logs and its gate go."""
    for end in ("", "-wal", "-shm", ".gate", ".gate.next"):
        path.with_name(path.name + end).unlink(missing_ok=True)
