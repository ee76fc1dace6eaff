"""Finding any trace of somebody: needles planted in every private and sealed cell, and the whole house as bytes."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.sessions.models import Session as Browser
from django.db import connections, models
from django.db.models import Q

from holdspace.people.models import User
from holdspace.privacy.holdings import holdings
from holdspace.vault.classes import class_of
from holdspace.vault.models import Key, SealedField
from holdspace.vault.seal import Sealed

Needles = dict[str, bytes]
WORDS = {"name", "called", "subject"}
"""Private cells in the open that may hold any words."""
PART = slice(20, 60)
"""Of a sealed token: past the head and nonce, which say nothing."""


def rows_of(person: User) -> Iterator[models.Model]:
    """Every row of the house that is tied to this person, past every guard."""
    for holding in holdings():
        model = holding.model
        if model is None:
            continue
        ways = Q()
        if holding.person:
            ways |= Q(**{holding.person: person.pk})
        if holding.engagement == "@key":
            ways |= Q(key__in=person.engagements.access_system("in a test").values("key"))
        elif holding.engagement:
            ways |= Q(**{f"{holding.engagement}__client" if holding.engagement != "pk" else "client": person.pk})
        if ways:
            yield from model._base_manager.filter(ways)


def plant(person: User) -> Needles:
    """A marker in every private cell of this person's rows; what to look for, by where it was."""
    needles: Needles = {}
    for row in rows_of(person):
        for field in row._meta.concrete_fields:
            mark = f"needle{len(needles):04d}"
            if class_of(field) == "private" and isinstance(field, models.EmailField):
                setattr(row, field.name, f"{mark}@example.org")
            elif class_of(field) == "private" and field.name in WORDS:
                setattr(row, field.name, mark[: field.max_length])
            elif isinstance(field, SealedField) and field.kind == "text" and getattr(row, field.name) is not None:
                setattr(row, field.name, mark)
            else:
                continue
            if class_of(field) == "private":
                needles[f"{row._meta.label}.{field.name} {row.pk}"] = mark.encode()
        row.save()
    return needles | dict(secrets_of(person))


def secrets_of(person: User) -> Iterator[tuple[str, bytes]]:
    """What stands in this person's rows as bytes: sealed tokens, keys, addresses, browsers' sessions."""
    for row in rows_of(person):
        row.refresh_from_db()
        for field in row._meta.concrete_fields:
            value = getattr(row, field.attname)
            if isinstance(field, SealedField) and isinstance(value, Sealed):
                yield f"{row._meta.label}.{field.name} {row.pk}", value.token[PART]
            elif isinstance(field, models.EmailField) and value:
                yield f"{row._meta.label}.{field.name}", value.encode()
        if isinstance(row, User):
            yield "password", row.password.encode()
    for key in Key.objects.filter(pk__in=person.engagements.access_system("in a test").values("key")):
        yield f"key {key.pk}", bytes(key.wrapped or b"")[PART]
    for browser in Browser.objects.iterator():
        if browser.get_decoded().get("_auth_user_id") == str(person.pk):
            yield f"browser {browser.pk}", browser.pk.encode()


def everything() -> bytes:
    """The whole house as bytes: every file of its databases with their logs, every file in its home, every table."""
    parts = []
    for alias in settings.DATABASES:
        connection = connections[alias]
        if connection.vendor == "sqlite":
            name = connection.settings_dict["NAME"]
            parts += [
                path.read_bytes() for end in ("", "-wal", "-shm", "-journal") if (path := Path(f"{name}{end}")).exists()
            ]
        else:
            parts += list(_dumped(connection))
    parts += [path.read_bytes() for path in settings.STORE.rglob("*") if path.is_file()]
    if settings.LEDGER.exists():
        parts.append(settings.LEDGER.read_bytes())
    return b"\n".join(parts)


def _dumped(connection: Any) -> Iterator[bytes]:
    """Every table of a server, cell by cell."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                yield b" ".join(
                    bytes(cell) if isinstance(cell, bytes | memoryview) else str(cell).encode() for cell in row
                )


def found(needles: Needles) -> set[str]:
    """Where something is left."""
    hay = everything()
    return {place for place, needle in needles.items() if needle in hay}
