"""Tables for the nouns of these tests, a key to seal with, and databases for processes of their own."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, connections, models
from django.db.utils import load_backend
from django.test.utils import CaptureQueriesContext

from holdspace import sqlite
from holdspace.vault.models import Key, new_id
from holdspace.vault.tests.boxes import NOUNS, Box, Somebody

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def nouns(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The tables of the test nouns, for one module: others count what tables there are."""
    with django_db_blocker.unblock():
        with connection.schema_editor() as editor:
            for noun in NOUNS:
                editor.create_model(noun)
        yield
        with connection.schema_editor() as editor:
            for noun in reversed(NOUNS):
                editor.delete_model(noun)


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

    def __init__(self, described: dict[str, Any], unblocked: Callable[[], Any]) -> None:
        self.described, self._unblocked = described, unblocked
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

    def ask(self, table: str, *columns: str) -> list[tuple[Any, ...]]:
        """Rows of a table as they stand now."""
        named = connections.configure_settings({"default": {}, "own": self.described})["own"]
        with self._unblocked():
            there = load_backend(named["ENGINE"]).DatabaseWrapper(named, "own")
            with there.cursor() as cursor:
                cursor.execute(f"SELECT {', '.join(columns)} FROM {table}")
                found = cursor.fetchall()
            there.close()
        return found


@pytest.fixture(scope="session")
def empty_house(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: Any) -> Path:
    """A SQLite file with all tables, made once and copied from then on."""
    path = tmp_path_factory.mktemp("house") / "empty.sqlite3"
    House(sqlite.describe(path, durable=True), django_db_blocker.unblock).run("prepare")
    return path


@pytest.fixture
def house(tmp_path: Path, request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any) -> Any:
    if connection.vendor == "sqlite":
        path = shutil.copy(request.getfixturevalue("empty_house"), tmp_path / "own.sqlite3")
        yield House(sqlite.describe(path, durable=True), django_db_blocker.unblock)
        return
    name = f"own_{new_id().hex}"
    with django_db_blocker.unblock(), connection._nodb_cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
    described = {word: connection.settings_dict[word] for word in ("ENGINE", "USER", "PASSWORD", "HOST", "PORT")}
    options = connection.settings_dict["OPTIONS"] | {"pool": False}  # a pool would outlive the database
    made = House(described | {"NAME": name, "OPTIONS": options}, django_db_blocker.unblock)
    made.run("prepare")
    yield made
    with django_db_blocker.unblock(), connection._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")
