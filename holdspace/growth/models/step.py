"""A step: a smaller part of a promise, ticked off by whoever promised."""

from typing import ClassVar, Self
from uuid import UUID

from django.db import IntegrityError, models, transaction
from django.utils import timezone

from holdspace.engagements.models import NotBetweenThem, between
from holdspace.people.models import User
from holdspace.vault.models import Classes, Guarded, GuardedQuerySet, SealedField, new_id

from .commitment import Commitment


class StepQuerySet(GuardedQuerySet["Step"]):
    """Steps, found by the two people between whom the promise holds."""

    def seen_by(self, person: User) -> Self:
        """Steps of promises in this person's work."""
        way = "commitment__engagement__"
        found = self.filter(between(person, way))
        return found.select_related(f"{way}key__parent", f"{way}coach", f"{way}client")

    def in_order(self) -> Self:
        """As they were written down."""
        return self.order_by("made_at", "pk")


class Step(Guarded):
    """One part of a promise; the other of the two sees it too."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="steps")
    action = SealedField()
    made_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True)

    seal_with = "commitment.engagement.key"
    classes = Classes(public="id", practice="commitment made_at done_at")

    objects = StepQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["commitment", "made_at"], name="step_of_commitment")]

    def __str__(self) -> str:
        return f"step {self.pk}"

    @classmethod
    def add(cls, commitment: Commitment, pk: UUID, action: str, *, by: User) -> "Step":
        """Write a step down; the same form sent twice is the same step. Raises AlreadySettled and NotAccepted."""
        try:
            with commitment.deed(by, owner=True):
                commitment.require_open()
                made = cls(pk=pk, commitment=commitment, action=action)
                with transaction.atomic():
                    made.save(force_insert=True)
                commitment.engagement.leave_trace("added a step to a promise", made, by)
        except IntegrityError:
            before = cls.objects.visible_to(by).filter(pk=pk, commitment=commitment).first()
            if before is None:
                raise NotBetweenThem from None
            return before
        return made

    def tick(self, *, by: User) -> None:
        """Done; harmless when repeated."""
        with self.commitment.deed(by, owner=True):
            if self.done_at is None:
                self.commitment.require_open()
                self.done_at = timezone.now()
                self.save(update_fields=["done_at"])
                self.commitment.engagement.leave_trace("did a step of a promise", self, by)

    def untick(self, *, by: User) -> None:
        """Not done after all; harmless when repeated."""
        with self.commitment.deed(by, owner=True):
            if self.done_at is not None:
                self.commitment.require_open()
                self.done_at = None
                self.save(update_fields=["done_at"])
                self.commitment.engagement.leave_trace("took a done step back", self, by)

    def remove(self, *, by: User) -> None:
        """Take it off the list."""
        with self.commitment.deed(by, owner=True):
            self.commitment.require_open()
            self.commitment.engagement.leave_trace("took a step off a promise", self, by)
            type(self).objects.access_system("removed whole").filter(pk=self.pk).delete()
