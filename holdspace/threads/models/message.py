"""A message: words of one of the two to the other; all of an engagement's messages are its thread."""

from datetime import UTC, datetime, timedelta
from typing import ClassVar, Self
from uuid import UUID

from django.db import models, transaction
from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from holdspace.conversations.markdown import as_html
from holdspace.engagements.models import Engagement, between
from holdspace.people.models import User
from holdspace.vault.models import Classes, Guarded, GuardedQuerySet, SealedField, new_id
from holdspace.vault.scrub import scrub_after_commit

LONGEST = 20_000
"""Characters in one message."""
STILL_OURS = timedelta(minutes=15)
"""How long after the other could read it a message can be changed or taken back; that it was is shown."""
NEVER = datetime(1900, 1, 1, tzinfo=UTC)


class NotTheWriter(Exception):
    """Only whoever wrote a message changes it or takes it back."""


class TooLate(Exception):
    """The other has had it for longer than a quarter of an hour."""


class MessageQuerySet(GuardedQuerySet["Message"]):
    """Messages, found by the two people of the engagement; held ones by their writer alone."""

    def seen_by(self, person: User) -> Self:
        """One's own, and the other's that have gone."""
        readable = Q(writer=person) | there(timezone.now())
        found = self.filter(between(person, "engagement__"), readable)
        return found.select_related(*(f"engagement__{part}" for part in ("key__parent", "coach", "client")))

    def in_order(self) -> Self:
        """As a thread is read: the oldest first."""
        return self.order_by("goes_at", "written_at", "pk")

    def still_there(self) -> Self:
        """Those that weren't taken back."""
        return self.filter(taken_back_at=None)

    def unread_by(self, person: User) -> Self:
        """What the other wrote and this person hasn't opened."""
        fresh = self.still_there().filter(first_read_at=None, goes_at__lte=timezone.now())
        return fresh.exclude(writer=person)

    def owed_by(self, person: User) -> Self:
        """In each live engagement of this person, the first message that waits for their answer.

        Answered is what was written after it could be read; "no reply needed" answers too.
        """
        mine = Engagement.objects.visible_to(person).between(person).live().select_related(None)
        return self.filter(pk__in=mine.annotate(waits=waiting_for(Q(writer=person))).values("waits"))

    def owed_to(self, person: User) -> Self:
        """In each live engagement of this person, the first of their own messages that waits for an answer."""
        mine = Engagement.objects.visible_to(person).between(person).live().select_related(None)
        return self.filter(pk__in=mine.annotate(waits=waiting_for(~Q(writer=person))).values("waits"))


def there(now: datetime) -> Q:
    """What the reader has: its hour has come, or it was read before a clock went back."""
    return Q(goes_at__lte=now) | Q(first_read_at__isnull=False)


def waiting_for(theirs: Q) -> Subquery:
    """Of the engagement outside, the first message not written by these and not answered by them."""
    every = Message._base_manager.filter(engagement=OuterRef("pk"), taken_back_at=None)
    answers = Message._base_manager.filter(theirs, engagement=OuterRef("engagement"), taken_back_at=None)
    last = Subquery(answers.order_by("-written_at").values("written_at")[:1])
    open_ones = every.exclude(theirs).filter(settled_at=None, goes_at__lte=timezone.now())
    return Subquery(open_ones.filter(goes_at__gt=Coalesce(last, NEVER)).order_by("goes_at", "pk").values("pk")[:1])


class Message(Guarded):
    """Words to the other; until `goes_at`, the end of the reader's quiet hours, the writer alone has them."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    engagement = models.ForeignKey(Engagement, on_delete=models.CASCADE, related_name="messages", db_index=False)
    writer = models.ForeignKey(User, on_delete=models.PROTECT, related_name="messages")
    words = SealedField(null=True)
    by_mail = models.BooleanField(default=False)
    written_at = models.DateTimeField(default=timezone.now)
    goes_at = models.DateTimeField()
    first_read_at = models.DateTimeField(null=True)
    edited_at = models.DateTimeField(null=True)
    taken_back_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)

    seal_with = "engagement.key"
    classes = Classes(
        public="id",
        practice="engagement writer by_mail written_at goes_at first_read_at edited_at taken_back_at settled_at",
    )

    objects = MessageQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["engagement", "goes_at"], name="message_of_thread"),
            models.Index(fields=["engagement", "writer", "written_at"], name="message_answers"),
            models.Index(
                fields=["engagement", "goes_at"],
                condition=Q(first_read_at=None, taken_back_at=None),
                name="message_unread",
            ),
        ]

    def __str__(self) -> str:
        return f"message {self.pk}"

    @property
    def shown(self) -> SafeString:
        """The words as clean HTML."""
        return as_html(self.words or "")

    @property
    def writer_name(self) -> str:
        """What the writer is called in a sentence."""
        return self.engagement.name_of(self.writer_id)

    @property
    def reader(self) -> User:
        """The other of the two."""
        return self.engagement.other(self.writer)

    @property
    def is_held(self) -> bool:
        """Whether the reader sleeps, so that the writer alone has it."""
        return self.goes_at > timezone.now() and self.first_read_at is None

    @property
    def can_change(self) -> bool:
        """Whether its writer can still change it or take it back."""
        return self.taken_back_at is None and timezone.now() <= self.goes_at + STILL_OURS

    def get_absolute_url(self) -> str:
        """Its place in the thread."""
        return f"{reverse('thread', args=[self.engagement_id])}#message-{self.pk}"

    @property
    def address_of_page(self) -> str:
        """Its place on the page of the thread that ends with it, however old it is."""
        return f"{reverse('thread', args=[self.engagement_id])}?until={self.pk}#message-{self.pk}"

    def edit(self, words: str, *, by: User) -> None:
        """Say it otherwise; once the other can read it, that it was changed is shown. Raises TooLate."""
        with transaction.atomic():
            now = self._mine(by)
            if now is None or now.taken_back_at is not None:
                raise TooLate
            if words == now.words:
                return
            self.words, self.edited_at = words, None if now.is_held else timezone.now()
            self.save(update_fields=["words", "edited_at"])
            self.engagement.leave_trace("changed a message", self, by)

    def take_back(self, *, by: User) -> None:
        """Unsay it: the words and files are gone, and once the other can read it, that it was there stays shown.

        Harmless when repeated. Raises TooLate.
        """
        with transaction.atomic():
            now = self._mine(by)
            if now is None or now.taken_back_at is not None:
                return
            self.engagement.leave_trace("took a message back", self, by)
            self.attachments.access_system("what came with it goes too").all().delete()
            if now.is_held:
                type(self).objects.access_system("nobody had it").filter(pk=self.pk).delete()
            else:
                self.words, self.taken_back_at = None, timezone.now()
                self.save(update_fields=["words", "taken_back_at"])
            scrub_after_commit()

    def _mine(self, by: User) -> "Message | None":
        """The row as it is now, the engagement held, or None when it is gone; raises where nothing can be changed."""
        if by.pk != self.writer_id:
            raise NotTheWriter
        self.engagement.hold()
        now = type(self).objects.access_system("one deed at a time").filter(pk=self.pk).first()
        if now is not None and now.taken_back_at is None and not now.can_change:
            raise TooLate
        if now is not None:
            now.engagement = self.engagement
        return now

    def settle(self, *, by: User) -> None:
        """The reader says that it needs no reply, nor what came before it; harmless when repeated."""
        self.engagement.require_one_of(by)
        if by.pk == self.writer_id:
            raise NotTheWriter
        with transaction.atomic():
            earlier = Q(goes_at__lt=self.goes_at) | Q(pk=self.pk)
            waiting = type(self).objects.access_system("settled once").filter(earlier, settled_at=None)
            theirs = waiting.filter(engagement=self.engagement_id, writer=self.writer_id)
            if theirs.update(settled_at=timezone.now()):
                self.engagement.leave_trace("said a message needs no reply", self, by)


def note_read(engagement: Engagement, until: UUID, *, by: User) -> int:
    """What the other wrote up to this message has been opened now; says how many were new."""
    mine = Message.objects.visible_to(by).filter(engagement=engagement)
    last = mine.filter(pk=until).values_list("goes_at", flat=True).first()
    if last is None:
        return 0
    fresh = Message.objects.access_system("read once").unread_by(by).filter(engagement=engagement, goes_at__lte=last)
    return fresh.update(first_read_at=timezone.now())
