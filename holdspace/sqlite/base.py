"""Django's SQLite backend behind the write gate."""

from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from typing import Any

from django.db import transaction

from . import refuse_old
from .gate import Gate, GateTimeout, gate_of

plain: Any = import_module("django.db.backends.sqlite3.base")
refuse_old(plain.Database.sqlite_version)

READS = frozenset({"SELECT", "EXPLAIN", "PRAGMA", "VALUES", "ATTACH", "DETACH"})
"""First words of statements that need no gate; whatever else comes is taken for a write."""


class Passage:
    """One connection's way through the gate; entering twice is entering once."""

    def __init__(self, gate: Gate | None, wait: float) -> None:
        self._gate = gate
        self._wait = wait
        self.inside = False

    def enter(self) -> None:
        """Wait for the gate, unless already inside or there is none."""
        if self._gate is None or self.inside:
            return
        try:
            self._gate.enter(self._wait)
        except GateTimeout:
            raise plain.Database.OperationalError("database is locked: the write gate did not open in time") from None
        self.inside = True

    def leave(self) -> None:
        """Open the gate for the next writer; harmless when not inside."""
        if self._gate is not None and self.inside:
            self.inside = False
            self._gate.leave()

    def __del__(self) -> None:
        self.leave()


class GatedCursor(plain.SQLiteCursorWrapper):
    """A cursor whose writes pass the gate: for the statement, or until the transaction it opened ends."""

    def __init__(self, connection: Any, passage: Passage) -> None:
        super().__init__(connection)
        self._passage = passage

    def execute(self, query: str, params: Any = None) -> Any:
        """Run a statement, behind the gate when it may write."""
        if self._passage.inside or _reads_only(query):
            return self._leaving(super().execute, query, params)
        self._passage.enter()
        return self._leaving(super().execute, query, params)

    def executemany(self, query: str, param_list: Any) -> Any:
        """Run a statement for each row, behind the gate."""
        self._passage.enter()
        return self._leaving(super().executemany, query, param_list)

    def _leaving(self, run: Any, *given: Any) -> Any:
        try:
            return run(*given)
        finally:
            if self._passage.inside and not self.connection.in_transaction:
                self._passage.leave()


def _reads_only(query: str) -> bool:
    words = query.lstrip()[:8].split(None, 1)
    return bool(words) and words[0].upper() in READS


class Operations(plain.DatabaseOperations):
    """SQLite's operations; emptying tables lifts their triggers, and puts them back in the same transaction."""

    def execute_sql_flush(self, sql_list: Iterable[str]) -> None:
        """Run the statements of a flush."""
        with transaction.atomic(using=self.connection.alias), self.connection.cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            triggers = cursor.fetchall()
            for name, _ in triggers:
                cursor.execute(f"DROP TRIGGER {self.quote_name(name)}")
            for sql in (*sql_list, *(sql for _, sql in triggers)):
                cursor.execute(sql)


class DatabaseWrapper(plain.DatabaseWrapper):
    """A connection that waits its turn to write, in order, for a bounded time."""

    ops_class = Operations

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._passage = Passage(None, 0)

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Open the file (readable by its owner only when new); the first one turns on the write-ahead log."""
        if self.is_in_memory_db():
            return super().get_new_connection(conn_params)
        path = Path(conn_params["database"])
        path.touch(mode=0o600, exist_ok=True)
        gate = gate_of(path)
        self._passage = Passage(gate, conn_params.get("timeout", 5.0))
        if _logs_ahead(path):
            return super().get_new_connection(conn_params)
        self._passage.enter()
        try:
            return super().get_new_connection(conn_params)
        finally:
            self._passage.leave()

    def create_cursor(self, name: str | None = None) -> Any:
        """A cursor that knows the gate."""
        return self.connection.cursor(factory=lambda connection: GatedCursor(connection, self._passage))

    def checkpoint(self) -> bool:
        """Move the write-ahead log into the file and cut it, so that deleted text stays in neither."""
        self.ensure_connection()
        self._passage.enter()
        with self.cursor() as cursor:
            busy, _, _ = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return not busy

    def _commit(self) -> None:
        super()._commit()
        self._leave_when_done()

    def _rollback(self) -> None:
        super()._rollback()
        self._leave_when_done()

    def _leave_when_done(self) -> None:
        if self.connection is None or not self.connection.in_transaction:
            self._passage.leave()

    def _close(self) -> None:
        try:
            super()._close()
        finally:
            self._passage.leave()


def _logs_ahead(path: Path) -> bool:
    # Bytes 18 and 19 of the file say 2 once it is in WAL mode (the file format's "read/write version").
    with path.open("rb") as file:
        return file.read(20)[18:20] == b"\x02\x02"
