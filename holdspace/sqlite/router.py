"""Which table lives in which file: sessions and cache beside the house, so they don't take its write lock."""

from typing import Any

from django.conf import settings
from django.db.models import Model

SIDE_APPS = frozenset({"sessions", "django_cache"})


class SideTables:
    """Sends sessions and the cache table to "side" where that database exists; all else to "default"."""

    def db_for_read(self, model: type[Model], **hints: Any) -> str:
        """The database a model is read from."""
        return _home(model._meta.app_label)

    def db_for_write(self, model: type[Model], **hints: Any) -> str:
        """The database a model is written to."""
        return _home(model._meta.app_label)

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool | None:
        """Tables are made only where they live."""
        if db not in ("default", "side"):
            return None
        return db == _home(app_label)


def _home(app_label: str) -> str:
    return "side" if app_label in SIDE_APPS and "side" in settings.DATABASES else "default"
