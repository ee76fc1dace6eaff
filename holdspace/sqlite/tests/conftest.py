"""A database file of its own, known to Django as "own"."""

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from django.db import connections

from holdspace import sqlite

ALIAS = "own"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "own.sqlite3"


@pytest.fixture
def own(path: Path, django_db_blocker: Any) -> Iterator[Any]:
    connections.settings[ALIAS] = connections.configure_settings(
        {"default": {}, ALIAS: sqlite.describe(path, durable=True)}
    )[ALIAS]
    with django_db_blocker.unblock():
        connection = connections[ALIAS]
        with connection.cursor() as cursor:
            cursor.execute("CREATE TABLE words (number INTEGER PRIMARY KEY, word TEXT)")
        yield connection
        connection.close()
    del connections[ALIAS]
    del connections.settings[ALIAS]


@pytest.fixture
def elsewhere(own: Any) -> Callable[..., Any]:
    """Do something in another thread, on a connection of its own, and bring back what came of it."""

    def do(deed: Callable[[Any], Any], wait: float = 10) -> Any:
        came: list[Any] = []

        def run() -> None:
            connection = connections[ALIAS]
            try:
                came.append(deed(connection))
            except Exception as fault:  # noqa: BLE001 brought back to the test
                came.append(fault)
            finally:
                connection.close()

        thread = Thread(target=run)
        thread.start()
        thread.join(wait)
        return came[0] if came else "still waiting"

    return do
