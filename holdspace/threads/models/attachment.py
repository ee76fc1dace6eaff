"""An attachment: a file that goes with a message, sealed like the words."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from holdspace.engagements.models import Engagement, between
from holdspace.people.models import User
from holdspace.vault.models import Classes, Guarded, GuardedQuerySet, SealedField, new_id

from .draft import Draft
from .message import Message

MOST = 5
"""Files with one message."""


class AttachmentQuerySet(GuardedQuerySet["Attachment"]):
    """Attachments, found by whoever can read what they go with."""

    def seen_by(self, person: User) -> Self:
        """Files of messages this person can read, and of their own draft."""
        now = timezone.now()
        gone = Q(message__goes_at__lte=now) | Q(message__first_read_at__isnull=False)
        readable = Q(draft__writer=person) | Q(message__writer=person) | gone
        found = self.filter(between(person, "engagement__"), readable)
        return found.select_related(*(f"engagement__{part}" for part in ("key__parent", "coach", "client")))

    def listed(self) -> Self:
        """In order, and without what is in them."""
        return self.defer("content").order_by("pk")


class Attachment(Guarded):
    """One file, kept with a draft until it is sent with a message."""

    class Kind(models.TextChoices):
        PDF = "pdf", "PDF"
        PNG = "png", "picture"
        JPEG = "jpeg", "picture"
        WEBP = "webp", "picture"
        DOCX = "docx", "Word document"
        XLSX = "xlsx", "Excel sheet"
        ODT = "odt", "text document"
        TEXT = "txt", "plain text"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    engagement = models.ForeignKey(Engagement, on_delete=models.CASCADE, related_name="attachments")
    message = models.ForeignKey(Message, on_delete=models.CASCADE, null=True, related_name="attachments")
    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, null=True, related_name="attachments")
    name = SealedField()
    kind = models.CharField(max_length=8, choices=Kind)
    size = models.PositiveIntegerField()
    content = SealedField(kind="bytes")

    seal_with = "engagement.key"
    classes = Classes(public="id", practice="engagement message draft kind size")

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(message=None, draft__isnull=False) | Q(message__isnull=False, draft=None),
                name="with_a_draft_or_a_message",
            ),
        ]

    def __str__(self) -> str:
        return f"attachment {self.pk}"
