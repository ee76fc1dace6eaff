"""Single-purpose links that let people in."""

import hashlib
import secrets
import uuid
from collections.abc import Sequence
from datetime import timedelta
from typing import ClassVar

from django.db import models
from django.utils.timezone import now

from holdspace.vault.models import Classes, new_id

from .user import User


class BadLink(Exception):
    """A link that is unknown, used, withdrawn or expired; which of these is not told."""


class Link(models.Model):
    """A signed link that does one thing, expires, and is dead after use; only its digest is kept."""

    class Purpose(models.TextChoices):
        BEGIN = "begin", "create the first practice"
        INVITATION = "invitation", "take a seat in a practice"
        CONSENT = "consent", "give consent for one session"
        WITHDRAW = "withdraw", "take a consent back"
        JOIN = "join", "answer a coach's invitation"
        PACT = "pact", "sign an agreement"
        COPY = "copy", "read the copy of an agreement"
        PROMISE = "promise", "say what became of a promise"
        MOMENT = "moment", "say how a moment went"
        WINDOW = "window", "read what a client approved for whoever pays"
        HANDOVER = "handover", "say whether to go on with another coach"
        RELEASE = "release", "say whether a mentor may read a session"
        YES = "yes", "take back what one said yes to"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    purpose = models.CharField(max_length=12, choices=Purpose)
    digest = models.CharField(max_length=64, unique=True)
    about = models.UUIDField(null=True)
    person = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="+")
    made_at = models.DateTimeField(default=now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    classes = Classes(public="id", practice="purpose digest about person made_at expires_at used_at withdrawn_at")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["about", "purpose"], name="link_about")]

    def __str__(self) -> str:
        return f"link to {self.get_purpose_display()}"

    @classmethod
    def make(
        cls,
        purpose: str,
        *,
        about: uuid.UUID | None = None,
        person: User | None = None,
        days: int = 7,
        alone: bool = True,
    ) -> str:
        """A fresh link's token; older live links for the same thing and person die, unless it need not be `alone`."""
        moment = now()
        if alone:
            cls.live().filter(purpose=purpose, about=about, person=person).update(withdrawn_at=moment)
        token = secrets.token_urlsafe(32)
        cls.objects.create(
            purpose=purpose, digest=digest(token), about=about, person=person, expires_at=moment + timedelta(days=days)
        )
        return token

    @classmethod
    def live(cls) -> "models.QuerySet[Link]":
        """Links that still open."""
        return cls.objects.filter(used_at=None, withdrawn_at=None, expires_at__gt=now())

    @classmethod
    def find(cls, token: str, purpose: str) -> "Link":
        """The live link behind a token; raises BadLink for every other, without saying why."""
        return cls.find_any(token, [purpose])

    @classmethod
    def find_any(cls, token: str, purposes: Sequence[str]) -> "Link":
        """The live link behind a token, made for any of these purposes; raises BadLink for every other."""
        link = cls.live().filter(digest=digest(token), purpose__in=purposes).select_related("person").first()
        if link is None:
            raise BadLink
        return link

    def spend(self) -> None:
        """Use it up, once; the second of two at the same moment meets BadLink."""
        spent = type(self).live().filter(pk=self.pk).update(used_at=now())
        if not spent:
            raise BadLink


def digest(token: str) -> str:
    """What is kept of a token: enough to know it again, not enough to use it."""
    return hashlib.sha256(token.encode()).hexdigest()
