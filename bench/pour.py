"""Pouring rows into a table by the million: copies of one real row with some of its columns changed."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.db import connections, models, router

CHUNK = 20_000


class Mould:
    """The columns of one saved row as its database has them; `cast` makes more like it."""

    def __init__(self, example: models.Model) -> None:
        model = type(example)
        self.connection = connections[router.db_for_write(model)]
        self.fields = {field.attname: field for field in model._meta.concrete_fields}
        self.table = model._meta.db_table
        self.row = [self.prepared(name, getattr(example, name)) for name in self.fields]
        self.places = {name: place for place, name in enumerate(self.fields)}

    def prepared(self, name: str, value: Any) -> Any:
        """A value as the database's own driver takes it; sealed tokens go in as they are and open nowhere."""
        token = getattr(value, "token", None)
        return token if token is not None else self.fields[name].get_db_prep_save(value, self.connection)

    def cast(self, changes: Iterable[dict[str, Any]]) -> int:
        """Insert a row for each of these changes; says how many."""
        columns = ", ".join(self.connection.ops.quote_name(str(field.column)) for field in self.fields.values())
        blanks = ", ".join(["%s"] * len(self.fields))
        sql = f"INSERT INTO {self.connection.ops.quote_name(self.table)} ({columns}) VALUES ({blanks})"
        rows, made = self._rows(changes), 0
        while chunk := list(islice(rows, CHUNK)):
            with self.connection.cursor() as cursor:
                if self.connection.vendor == "postgresql":
                    self._copy(cursor, columns, chunk)
                else:
                    cursor.executemany(sql, chunk)
            made += len(chunk)
        return made

    def _copy(self, cursor: Any, columns: str, chunk: list[list[Any]]) -> None:
        table = self.connection.ops.quote_name(self.table)
        with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as stream:
            for row in chunk:
                stream.write_row(row)

    def _rows(self, changes: Iterable[dict[str, Any]]) -> Iterator[list[Any]]:
        for change in changes:
            row = self.row.copy()
            for name, value in change.items():
                row[self.places[name]] = self.prepared(name, value)
            yield row
