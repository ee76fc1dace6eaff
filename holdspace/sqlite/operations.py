"""Emptying tables also where triggers forbid deleting, for the flush command and the tests that use it."""

from collections.abc import Iterable

from django.db import transaction
from django.db.backends.sqlite3.operations import DatabaseOperations


class Operations(DatabaseOperations):
    """SQLite's operations; a flush lifts triggers and puts them back in the same transaction."""

    def execute_sql_flush(self, sql_list: Iterable[str]) -> None:
        """Empty the tables named in the statements."""
        using = self.connection.alias
        with transaction.atomic(using=using), self.connection.cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            triggers = cursor.fetchall()
            for name, _ in triggers:
                cursor.execute(f"DROP TRIGGER {self.quote_name(name)}")
            for sql in sql_list:
                cursor.execute(sql)
            for _, sql in triggers:
                cursor.execute(sql)
