"""A note: somebody's own words about a session, for the writer alone unless shared."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import ClassVar, Self
from uuid import UUID

from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.safestring import SafeString

from holdspace.conversations.markdown import as_html
from holdspace.engagements.models import Engagement, Kind, NotBetweenThem, Over, between
from holdspace.engagements.readers import Readers
from holdspace.people.models import User
from holdspace.vault import trail
from holdspace.vault.models import Classes, Guarded, GuardedQuerySet, SealedField, new_id

from .opening import opened_to
from .session import Session

KEPT_AFTER_DELETING = timedelta(days=7)
"""How long a deleted note can be brought back by its writer; then it is gone."""
LONGEST = 20_000
"""Characters in one note."""


class NotTheWriter(Exception):
    """Only whoever wrote a note changes it or says who reads it."""


class NoteQuerySet(GuardedQuerySet["Note"]):
    """Notes: one's own, and those the other of the two shared."""

    def seen_by(self, person: User) -> Self:
        """Notes this person wrote, and shared ones of their engagements."""
        readable = Q(writer=person) | Q(shared_at__isnull=False, deleted_at=None)
        return self.filter(between(person, "session__engagement__"), readable).with_people()

    def access_opening(self, owner: User) -> Self:
        """Shared notes of engagements opened to this owner, to read and nothing else."""
        shared = self.filter(opened_to(owner, "session__engagement"), shared_at__isnull=False, deleted_at=None)
        return shared.with_people()._let_through("opening")

    def with_people(self) -> Self:
        """Each with its key and its two people, in the same query."""
        return self.select_related(
            *(f"session__engagement__{part}" for part in ("key__parent", "coach", "client")),
        )

    def written_by(self, person: User) -> Self:
        """This person's own."""
        return self.filter(writer=person)

    def there(self) -> Self:
        """Those that weren't deleted."""
        return self.filter(deleted_at=None)

    def over(self, now: datetime) -> Self:
        """Deleted so long ago that nobody brings them back."""
        return self.filter(deleted_at__lt=now - KEPT_AFTER_DELETING)


class Note(Guarded):
    """Words of the coach's or the client's about one session; `shared_at` is since when the other may read them."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="notes")
    writer = models.ForeignKey(User, on_delete=models.PROTECT, related_name="notes")
    text = SealedField()
    written_at = models.DateTimeField(default=timezone.now)
    edited_at = models.DateTimeField(null=True)
    shared_at = models.DateTimeField(null=True)
    deleted_at = models.DateTimeField(null=True)

    seal_with = "session.engagement.key"
    classes = Classes(public="id", practice="session writer written_at edited_at shared_at deleted_at")

    objects = NoteQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["session", "written_at"], name="note_of_session")]

    def __str__(self) -> str:
        return f"note {self.pk}"

    @property
    def engagement(self) -> Engagement:
        """Whose work it is about."""
        return self.session.engagement

    @property
    def other(self) -> str:
        """What whoever may read it besides the writer is called."""
        return self.engagement.coach.first if self.writer_id == self.engagement.client_id else self.engagement.first

    @property
    def readers(self) -> str:
        """Who reads it once it is shared, as its writer sees it."""
        return self._readers_as(self._writer)

    @property
    def readers_with_writer(self) -> str:
        """Who reads it, as the other of the two sees it."""
        return self._readers_as(self.engagement.other(self._writer))

    def _readers_as(self, person: User) -> str:
        """The two, the next coach, and each mentor to whom it was released while it was shared."""
        mentors = (one.named_for(person) for one in self.session.released if one.opens_note_of(self.shared_at))
        return Readers(self.engagement, person).among(Kind.NOTES, *mentors)

    @property
    def _writer(self) -> User:
        return self.engagement.coach if self.writer_id == self.engagement.coach_id else self.engagement.client

    @property
    def writer_name(self) -> str:
        """What the writer is called in a sentence."""
        return self.engagement.name_of(self.writer_id)

    @property
    def shown(self) -> SafeString:
        """The words as clean HTML."""
        return as_html(self.text)

    @property
    def goes_at(self) -> datetime | None:
        """When a deleted note is gone for good."""
        return self.deleted_at + KEPT_AFTER_DELETING if self.deleted_at else None

    def edit(self, text: str, *, by: User) -> None:
        """Write it anew; whoever could read it before still can."""
        if text != self.text:
            self.text, self.edited_at = text, timezone.now()
            self._change("changed a note", by, "text", "edited_at")

    def share(self, *, by: User) -> None:
        """Let the other of the two read it from now on."""
        if self.shared_at is None:
            self.shared_at = timezone.now()
            self._change("shared a note", by, "shared_at", about=self.engagement.client_id)

    def unshare(self, *, by: User) -> None:
        """Keep it to oneself again; what was read was read."""
        if self.shared_at is not None:
            self.shared_at = None
            self._change("took a shared note back", by, "shared_at", about=self.engagement.client_id)

    def delete_softly(self, *, by: User) -> None:
        """Delete it; for a week the writer can bring it back."""
        if self.deleted_at is None:
            self.deleted_at = timezone.now()
            self._change("deleted a note", by, "deleted_at")

    def restore(self, *, by: User) -> None:
        """Bring it back as it was."""
        if self.deleted_at is not None:
            self.deleted_at = None
            self._change("brought a note back", by, "deleted_at")

    def _change(self, verb: str, by: User, *fields: str, about: UUID | None = None) -> None:
        if by.pk != self.writer_id:
            raise NotTheWriter
        with transaction.atomic():
            self.save(update_fields=fields)
            self.leave_trace(verb, by, about)

    def leave_trace(self, verb: str, by: User, about: UUID | None = None) -> None:
        """Note a deed in the trail; of a note nobody else may read, nobody else sees the deed either."""
        engagement = self.engagement
        subject = about or (engagement.client_id if self.shared_at else self.writer_id)
        trail.leave(
            verb, self, by=by, practice_id=engagement.practice_id, subject_id=subject, engagement_id=engagement.pk
        )


def write_note(session: Session, pk: UUID, text: str, *, by: User) -> Note:
    """A note for oneself; the same form sent twice is the same note, as last written. Raises Over, NotBetweenThem."""
    engagement = session.engagement
    engagement.require_one_of(by)
    if engagement.ended_on is not None:
        raise Over
    note = Note(pk=pk, session=session, writer=by, text=text)
    try:
        with transaction.atomic():
            note.save(force_insert=True)
            note.leave_trace("wrote a note", by)
    except IntegrityError:
        sent_before = Note.objects.visible_to(by).written_by(by).filter(pk=pk, session=session).first()
        if sent_before is None:
            raise NotBetweenThem from None
        sent_before.edit(text, by=by)
        return sent_before
    return note


def notes_of(session: Session, person: User) -> list[Note]:
    """All notes of a session that this person may read, in the order they were written."""
    found = Note.objects.visible_to(person).filter(session=session).select_related(None)
    return _with_session(found.order_by("written_at", "pk"), session)


def _with_session(notes: Iterable[Note], session: Session) -> list[Note]:
    kept = list(notes)
    for note in kept:
        note.session = session
    return kept
