"""What a deletion leaves behind in a database's own log, and wiping it."""

from django.db import connections, transaction


def scrub_after_commit() -> None:
    """Once this transaction is kept, cut every log that still holds what it deleted; nothing to do on PostgreSQL."""
    transaction.on_commit(scrub)


def scrub() -> None:
    """Cut SQLite's write-ahead logs; a log that is being read is cut by the next one who asks, or at the end."""
    for alias in connections:
        checkpoint = getattr(connections[alias], "checkpoint", None)
        if checkpoint is not None:
            checkpoint()
