"""The last minutes of a session, at one screen: what is taken along, what was promised, and when the two meet next."""

from uuid import UUID

from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from holdspace.conversations.models import Note, Session, notes_of, write_note
from holdspace.people.models import User

from .models import Commitment, note_reads
from .shown import Shown, dress


class Closing:
    """What the page holds: nothing that only one of the two can read, since both look at it."""

    def __init__(self, session: Session, reader: User) -> None:
        self.session, self.reader, self.engagement = session, reader, session.engagement
        self.taken = [note for note in notes_of(session, reader) if note.shared_at and not note.deleted_at]
        self.promises = self._promises()
        mine = Session.objects.visible_to(reader).filter(engagement=self.engagement)
        after = max(session.starts_at, timezone.now())
        self.next = mine.filter(starts_at__gt=after).order_by("starts_at", "pk").first()
        self._note_reads()

    def _promises(self) -> list[Shown]:
        """What was promised in this session, the coach's first; without what nobody wants to keep any more."""
        mine = Commitment.objects.visible_to(self.reader).filter(made_in=self.session)
        found = list(mine.filter(declined_at=None, released_at=None).order_by("-owner", "made_at", "pk"))
        for one in found:
            one.engagement, one.made_in = self.engagement, None  # where it was made, the page says once
        return dress(found, self.reader)

    def _note_reads(self) -> None:
        others: list[Model] = [note for note in self.taken if note.writer_id != self.reader.pk]
        others += [one.commitment for one in self.promises if one.commitment.made_by_id != self.reader.pk]
        note_reads(self.engagement, others, by=self.reader)


def take_along(session: Session, pk: UUID, words: str, *, by: User) -> Note:
    """Keep what somebody takes along, for both to read; the same form twice is one. Raises Over and NotBetweenThem."""
    with transaction.atomic():
        session.engagement.hold().require_live()
        note = write_note(session, pk, words, by=by)
        note.share(by=by)
    return note
