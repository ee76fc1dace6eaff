"""The trail: who did or read what, when and about whom, in a chain that shows every change."""

from __future__ import annotations

from typing import Any, ClassVar, Self
from uuid import UUID

from django.db import models
from django.utils import timezone

from holdspace.vault.classes import Classes
from holdspace.vault.guard import Guarded, GuardedQuerySet
from holdspace.vault.ids import new_id

from .key import Key

HOUSE_TRAIL = UUID(int=0)
"""The trail of deeds that belong to no practice."""


class TraceQuerySet(GuardedQuerySet["Trace"]):
    """Traces one may see."""

    def seen_by(self, person: Any) -> Self:
        """One's own deeds, and whatever anyone did about oneself."""
        return self.filter(models.Q(subject_id=person.pk) | models.Q(actor_id=person.pk))


class Trace(Guarded):
    """One deed or read. Ids only: names change and are erased, words are nobody's business here."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    trail = models.UUIDField(default=HOUSE_TRAIL)
    number = models.PositiveBigIntegerField()
    at = models.DateTimeField(default=timezone.now)
    actor_id = models.UUIDField(null=True)
    verb = models.CharField(max_length=60)
    noun = models.CharField(max_length=60)
    noun_id = models.UUIDField()
    subject_id = models.UUIDField(null=True)
    engagement_id = models.UUIDField(null=True)
    detail = models.CharField(max_length=120, blank=True)
    previous = models.BinaryField(max_length=32)
    hash = models.BinaryField(max_length=32)

    objects = TraceQuerySet.as_manager()
    classes: ClassVar = Classes(
        public="id number",
        practice="trail at actor_id verb noun noun_id subject_id engagement_id detail previous hash",
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["trail", "number"], name="trace_number")]
        indexes = [
            models.Index(fields=["noun_id", "actor_id", "at"], name="trace_reads"),
            models.Index(fields=["subject_id", "at"], name="trace_subject"),
            models.Index(fields=["engagement_id", "at"], name="trace_engagement"),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.verb} {self.noun}"


class Head(models.Model):
    """The end of one trail, sealed by the trail key, so that a trail cut short is seen."""

    trail = models.UUIDField(primary_key=True)
    key = models.ForeignKey(Key, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveBigIntegerField(default=0)
    hash = models.BinaryField(max_length=32)
    seal = models.BinaryField(max_length=32)

    classes: ClassVar = Classes(public="trail key", practice="number hash seal")

    def __str__(self) -> str:
        return f"trail {self.trail} at {self.number}"
