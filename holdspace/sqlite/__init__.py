"""SQLite, made safe: a build without the WAL-reset bug, durable pragmas, and one writer at a time."""

import importlib
import sys
from pathlib import Path
from typing import Any

OLDEST = (3, 51, 3)
WAIT = 20.0
"""Seconds a writer waits for its turn before it is refused."""


class OldSqlite(RuntimeError):
    """The SQLite found here can corrupt a database, so the house does not start on it."""


def swap_driver() -> None:
    """Put the safe SQLite build in the place of the standard one, before the framework loads it."""
    try:
        driver = importlib.import_module("pysqlite3")
    except ImportError:
        driver = importlib.import_module("sqlite3")
    refuse_old(driver.sqlite_version)
    sys.modules["sqlite3"] = driver
    sys.modules["sqlite3.dbapi2"] = importlib.import_module(f"{driver.__name__}.dbapi2")


def refuse_old(version: str) -> None:
    """Raise OldSqlite for a version with the WAL-reset bug."""
    if tuple(int(part) for part in version.split(".")) >= OLDEST:
        return
    raise OldSqlite(
        f"SQLite {version} can corrupt a database under load; {'.'.join(map(str, OLDEST))} or newer is needed. "
        "Install the package pysqlite3 (not pysqlite3-binary), or use PostgreSQL by setting DATABASE_URL."
    )


def describe(path: Path, *, durable: bool) -> dict[str, Any]:
    """The DATABASES entry for one file; a durable one survives a power cut, the other may lose its last moments."""
    pragmas = {
        "journal_mode": "WAL",
        "synchronous": "FULL" if durable else "NORMAL",
        "busy_timeout": int(WAIT * 1000),
        "foreign_keys": "ON",
        "secure_delete": "ON",
        "temp_store": "MEMORY",
        "mmap_size": "0",
    }
    return {
        "ENGINE": "holdspace.sqlite",
        "NAME": str(path),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": WAIT,
            "init_command": "; ".join(f"PRAGMA {name}={value}" for name, value in pragmas.items()),
        },
    }
