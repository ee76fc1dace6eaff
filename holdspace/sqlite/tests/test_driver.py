"""The SQLite build: the safe one or none, and every pragma as promised."""

import sqlite3
import sys
from pathlib import Path
from typing import Any

import pytest

from holdspace import sqlite


@pytest.mark.parametrize("version", ["3.40.1", "3.51.2", "3.7.0", "3.51"])
def test_a_build_with_the_bug_is_refused(version: str) -> None:
    with pytest.raises(sqlite.OldSqlite) as refusal:
        sqlite.refuse_old(version)
    assert version in str(refusal.value)
    assert "pysqlite3" in str(refusal.value)


@pytest.mark.parametrize("version", ["3.51.3", "3.53.4", "3.100.0", "4.0.0"])
def test_a_safe_build_is_taken(version: str) -> None:
    sqlite.refuse_old(version)


def test_an_old_driver_does_not_start(monkeypatch: pytest.MonkeyPatch) -> None:
    driver = sys.modules["sqlite3"]
    monkeypatch.setattr(driver, "sqlite_version", "3.40.1")
    with pytest.raises(sqlite.OldSqlite):
        sqlite.swap_driver()


def test_swapping_again_changes_nothing() -> None:
    before = sys.modules["sqlite3"]
    sqlite.swap_driver()
    assert sys.modules["sqlite3"] is before
    assert tuple(map(int, sqlite3.sqlite_version.split("."))) >= sqlite.OLDEST


def test_without_the_package_the_standard_build_is_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pysqlite3", None)
    monkeypatch.setattr(sys.modules["sqlite3"], "sqlite_version", "3.51.2")
    with pytest.raises(sqlite.OldSqlite):
        sqlite.swap_driver()


PROMISED = {
    "journal_mode": "wal",
    "synchronous": 2,
    "foreign_keys": 1,
    "secure_delete": 1,
    "busy_timeout": 20000,
    "temp_store": 2,
}


@pytest.mark.parametrize(("pragma", "value"), PROMISED.items())
def test_every_pragma_holds(own: Any, pragma: str, value: Any) -> None:
    with own.cursor() as cursor:
        assert cursor.execute(f"PRAGMA {pragma}").fetchone()[0] == value


def test_nothing_is_mapped_into_memory(own: Any) -> None:
    with own.cursor() as cursor:
        assert (cursor.execute("PRAGMA mmap_size").fetchone() or (0,))[0] == 0


def test_what_may_be_lost_is_written_faster(path: Path) -> None:
    assert "synchronous=NORMAL" in sqlite.describe(path, durable=False)["OPTIONS"]["init_command"]
    assert "synchronous=FULL" in sqlite.describe(path, durable=True)["OPTIONS"]["init_command"]


def test_only_its_owner_reads_the_file(own: Any, path: Path) -> None:
    for file in path.parent.iterdir():
        assert file.stat().st_mode & 0o077 == 0, file
