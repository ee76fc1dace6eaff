"""Tables for the nouns of these tests, a key to seal with, and databases for processes of their own."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, models
from django.test.utils import CaptureQueriesContext

from holdspace import sqlite
from holdspace.vault.models import Key, new_id
from holdspace.vault.tests.boxes import NOUNS, Box, Somebody

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="session")
def nouns(django_db_setup: None, django_db_blocker: Any) -> None:
    with django_db_blocker.unblock(), connection.schema_editor() as editor:
        for noun in NOUNS:
            editor.create_model(noun)


@pytest.fixture
def stored(nouns: None, db: None) -> None:
    """The database, with the tables of the test nouns."""


@pytest.fixture
def ana() -> Somebody:
    return Somebody()


@pytest.fixture
def cleo() -> Somebody:
    return Somebody()


@pytest.fixture
def practice_key(stored: None) -> Key:
    return Key.make("practice")


@pytest.fixture
def key(practice_key: Key) -> Key:
    return Key.make("engagement", parent=practice_key)


@pytest.fixture
def box(key: Key, ana: Somebody) -> Box:
    return Box.objects.create(owner=ana.pk, key=key, text="a quiet word", label="first")


@pytest.fixture
def again() -> Callable[[models.Model], Any]:
    """Load a row anew, past the guard."""
    return lambda row: type(row)._base_manager.get(pk=row.pk)


@pytest.fixture
def queries() -> Callable[[], CaptureQueriesContext]:
    return lambda: CaptureQueriesContext(connection)


class House:
    """A database of its own that several processes work in."""

    def __init__(self, described: dict[str, Any], folder: Path) -> None:
        self.described, self.folder = described, folder
        self.key = settings.HOUSE_KEY.hex()

    def start(self, *words: str) -> "subprocess.Popen[str]":
        """Begin a deed of house.py in another process."""
        command = [sys.executable, "-m", "holdspace.vault.tests.house", json.dumps(self.described), self.key, *words]
        return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def run(self, *words: str) -> Any:
        """Do it to the end, and return what it answers."""
        process = self.start(*words)
        answer, trouble = process.communicate(timeout=120)
        assert process.returncode == 0, trouble
        return json.loads(answer) if answer.strip() else None


@pytest.fixture
def house(tmp_path: Path, django_db_setup: None, django_db_blocker: Any) -> Iterator[House]:
    if connection.vendor == "sqlite":
        made = House(sqlite.describe(tmp_path / "own.sqlite3", durable=True), tmp_path)
        made.run("prepare")
        yield made
        return
    name = f"own_{new_id().hex}"
    with django_db_blocker.unblock(), connection._nodb_cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
    kept = ("ENGINE", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")
    made = House({word: connection.settings_dict[word] for word in kept} | {"NAME": name}, tmp_path)
    made.run("prepare")
    yield made
    with django_db_blocker.unblock(), connection._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")
