"""Noting that somebody asked for their own, once for each practice that answers."""

from collections.abc import Iterable
from uuid import UUID

from django.utils import timezone

from .archive import OwnArchive
from .models import Request


def note_copy(archive: OwnArchive) -> None:
    """A copy was asked for and given."""
    practices = {one.practice_id for one in archive.engagements if one.client_id == archive.person.pk}
    note(Request.Kind.COPY, archive.person.pk, practices)


def note(kind: str, person_id: UUID, practices: Iterable[UUID]) -> None:
    """Write a request down as answered; one row for each practice, or one for the house."""
    now, answering = timezone.now(), list[UUID | None](practices)
    Request.objects.bulk_create(
        Request(kind=kind, person_id=person_id, practice_id=practice, asked_at=now, answered_at=now)
        for practice in answering or [None]
    )
