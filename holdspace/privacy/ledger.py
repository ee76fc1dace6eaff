"""The ledger's second copy: a file outside the database, so that even an old backup knows what to forget."""

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from django.conf import settings

from holdspace.conversations.models import Release
from holdspace.engagements.models import Consent

from .models import Erased


class Entry(NamedTuple):
    """One thing to forget: what kind of noun, and its bare id."""

    kind: str
    noun_id: UUID


class BadLedger(Exception):
    """The file is there and can't be read as a ledger; restoring without it would bring back what was erased."""


def write_down() -> None:
    """Add to the file what the database knows and the file doesn't; harmless when repeated."""
    known = {entry.noun_id for entry in read(settings.LEDGER)}
    missing = [(at, entry) for at, entry in _due() if entry.noun_id not in known]
    if not missing:
        return
    settings.LEDGER.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(settings.LEDGER, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "w") as file:
        file.writelines(f"{at.date()} {entry.kind} {entry.noun_id}\n" for at, entry in missing)
        file.flush()
        os.fsync(file.fileno())


def _due() -> Iterator[tuple[datetime, Entry]]:
    """What a restored backup has to forget: who and what was erased, and each yes that was taken back."""
    for row in Erased.objects.order_by("at", "pk"):
        yield row.at, Entry(row.kind, row.noun_id)
    every = Consent.objects.access_system("what a restored backup has to forget").order_by("withdrawn_at", "pk")
    for pk, taken_back in every.filter(withdrawn_at__isnull=False).values_list("pk", "withdrawn_at"):
        if taken_back is not None:
            yield taken_back, Entry(Erased.Kind.CONSENT.value, pk)
    asked = Release.objects.access_system("what a restored backup has to forget").order_by("closed_at", "pk")
    for pk, closed in asked.filter(closed_at__isnull=False).values_list("pk", "closed_at"):
        if closed is not None:
            yield closed, Entry(Erased.Kind.RELEASE.value, pk)


def read(path: Path) -> Iterator[Entry]:
    """The entries of a ledger file; none where there is no file."""
    if not path.exists():
        return
    for number, line in enumerate(path.read_text(encoding="ascii", errors="replace").splitlines(), 1):
        try:
            _, kind, noun_id = line.split()
            yield Entry(Erased.Kind(kind).value, UUID(noun_id))
        except ValueError:
            raise BadLedger(f"Line {number} of {path} is not one of a ledger of erasures.") from None
