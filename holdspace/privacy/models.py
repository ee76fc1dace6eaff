"""What people asked for about their own things, what was erased, and the nightly sweep of what has had its time."""

import secrets
from datetime import datetime, timedelta
from typing import ClassVar, Self
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils import timezone

from holdspace.people.models import Practice, Seat, User, digest
from holdspace.vault.lease import Leased, LeasedQuerySet
from holdspace.vault.models import Classes, Guarded, GuardedQuerySet, new_id

MONTH = timedelta(days=30)
"""How long the house may take to answer, by law; it answers at once."""


class RequestQuerySet(GuardedQuerySet["Request"]):
    """Requests, found by the person who asked and by the owners of the practice that answers."""

    def seen_by(self, person: User) -> Self:
        """One's own, and those made to a practice that one owns."""
        owned = Seat.objects.visible_to(person).filter(user=person, role=Seat.Role.OWNER, left_at=None)
        return self.filter(Q(person_id=person.pk) | Q(practice__in=owned.values("practice")))


class Request(Guarded):
    """Somebody asked for a copy of their things or for erasure. Ids only: it outlives the person's account."""

    class Kind(models.TextChoices):
        COPY = "copy", "a copy"
        ERASE = "erase", "erasure"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=8, choices=Kind)
    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, null=True, related_name="+")
    person_id = models.UUIDField()
    about = models.UUIDField(null=True)
    asked_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True)
    counts = models.JSONField(default=dict)
    digest = models.CharField(max_length=64, null=True, unique=True)  # noqa: DJ001  unique where there is one

    classes: ClassVar = Classes(
        public="id", practice="kind practice person_id about asked_at answered_at counts", private="digest"
    )

    objects = RequestQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["practice", "-asked_at"], name="request_latest")]

    def __str__(self) -> str:
        return f"request for {self.get_kind_display()}"

    @property
    def due_at(self) -> datetime:
        """When the law wants it answered."""
        return self.asked_at + MONTH

    def seal_receipt(self) -> str:
        """A token by which whoever asked can see the receipt without an account; only its digest is kept."""
        token = secrets.token_urlsafe(32)
        self.digest = digest(token)
        return token


class Erased(models.Model):
    """The ledger of erasures: what a restored backup must forget again before the house opens."""

    class Kind(models.TextChoices):
        ENGAGEMENT = "engagement", "an engagement"
        PERSON = "person", "a person"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=12, choices=Kind)
    noun_id = models.UUIDField(unique=True)
    at = models.DateTimeField(default=timezone.now)

    classes: ClassVar = Classes(public="id", practice="kind noun_id at")

    def __str__(self) -> str:
        return f"{self.kind} {self.noun_id}"

    @classmethod
    def note(cls, kind: str, noun_id: UUID) -> "Erased":
        """Write it down, once."""
        row, _ = cls.objects.get_or_create(noun_id=noun_id, defaults={"kind": kind})
        return row


class SweepQuerySet(LeasedQuerySet["Sweep"]):
    """Nights."""


class Sweep(Leased):
    """One night's sweep: what had its time was deleted, and how much of what."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    day = models.DateField(unique=True)
    counts = models.JSONField(default=dict)

    classes: ClassVar = Classes(public="id day", practice="counts")

    objects = SweepQuerySet.as_manager()

    def __str__(self) -> str:
        return f"sweep of {self.day}"
