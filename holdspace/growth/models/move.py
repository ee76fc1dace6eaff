"""A move: one of the two asks for another day, and it counts once the other agrees."""

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from holdspace.engagements.models import between
from holdspace.growth.tell import recall_moved, tell_moved
from holdspace.people.models import User
from holdspace.vault.models import Classes, Guarded, GuardedQuerySet, new_id

from .commitment import Commitment
from .refusals import AlreadySettled, NotTheOther, PastDay, SameDay


class MoveQuerySet(GuardedQuerySet["Move"]):
    """Moves, found by the two people between whom the promise holds."""

    def seen_by(self, person: User) -> Self:
        """Moves of promises in this person's work."""
        way = "commitment__engagement__"
        found = self.filter(between(person, way))
        return found.select_related(f"{way}key__parent", f"{way}coach", f"{way}client")

    def waiting(self) -> Self:
        """Asked for, and not answered."""
        return self.filter(agreed_at=None, declined_at=None, withdrawn_at=None)

    def waiting_for(self, person: User) -> Self:
        """Asked of this person by the other, in work that goes on."""
        return self.waiting().filter(commitment__engagement__ended_on=None).exclude(asked_by=person)

    def in_time(self) -> Self:
        """Agreed on, and asked before the day was over: renegotiated before due."""
        return self.filter(agreed_at__isnull=False, asked_on__lte=F("from_day"))

    def in_order(self) -> Self:
        """As they were asked."""
        return self.order_by("asked_at", "pk")


class Move(Guarded):
    """A wish for another day. `asked_on` is the day of asking by the clock of whoever promised."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="moves")
    from_day = models.DateField(null=True)
    to_day = models.DateField()
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    asked_on = models.DateField()
    agreed_at = models.DateTimeField(null=True)
    declined_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    classes = Classes(
        public="id",
        practice="commitment from_day to_day asked_by asked_at asked_on agreed_at declined_at withdrawn_at",
    )

    objects = MoveQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["commitment"],
                condition=Q(agreed_at=None, declined_at=None, withdrawn_at=None),
                name="one_move_waits",
            ),
            models.CheckConstraint(
                condition=Q(agreed_at=None, declined_at=None)
                | Q(agreed_at=None, withdrawn_at=None)
                | Q(declined_at=None, withdrawn_at=None),
                name="a_move_is_answered_once",
            ),
            models.CheckConstraint(condition=~Q(from_day=F("to_day")), name="a_move_moves"),
        ]

    def __str__(self) -> str:
        return f"move {self.pk}"

    @property
    def state(self) -> str:
        """Waiting, agreed, declined or withdrawn."""
        names = ("agreed", "declined", "withdrawn")
        return next((name for name in names if getattr(self, f"{name}_at")), "waiting")

    @property
    def was_in_time(self) -> bool:
        """Whether it was asked before the day was over."""
        return self.from_day is not None and self.asked_on <= self.from_day

    @classmethod
    def ask(cls, commitment: Commitment, to_day: date, *, by: User) -> "Move":
        """Ask the other for another day; a new wish takes the place of one that waits.

        Raises PastDay, SameDay, AlreadySettled and NotAccepted. The same wish twice is one.
        """
        with commitment.deed(by):
            commitment.require_open()
            if to_day < commitment.today:
                raise PastDay
            if to_day == commitment.due_on:
                raise SameDay
            waits = cls.objects.access_system("one wish at a time").waiting().filter(commitment=commitment)
            same = waits.filter(asked_by=by, to_day=to_day).first()
            if same is not None:
                return same
            recall_moved(waits)
            waits.update(withdrawn_at=timezone.now())
            made = cls.objects.create(
                commitment=commitment,
                from_day=commitment.due_on,
                to_day=to_day,
                asked_by=by,
                asked_on=commitment.today,
            )
            commitment.engagement.leave_trace("asked to move a promise", made, by)
            tell_moved(made)
        return made

    def agree(self, *, by: User) -> None:
        """The other's yes: the promise has its new day. Raises PastDay when that has gone by since. Harmless twice."""
        self._require_other(by)
        with self.commitment.deed(by):
            if not self._waits("agreed"):
                return
            self.commitment.require_open()
            if self.to_day < self.commitment.today:
                raise PastDay
            self._answer("agreed_at")
            self.commitment.move_to(self.to_day, by=by)

    def decline(self, *, by: User) -> None:
        """The other would rather keep the day; harmless when repeated."""
        self._require_other(by)
        with self.commitment.deed(by):
            if self._waits("declined"):
                self._answer("declined_at")
                self.commitment.engagement.leave_trace("kept the day of a promise", self, by)

    def withdraw(self, *, by: User) -> None:
        """Whoever asked doesn't wish it any more; harmless when repeated."""
        if by.pk != self.asked_by_id:
            raise NotTheOther
        with self.commitment.deed(by):
            if self._waits("withdrawn"):
                self._answer("withdrawn_at")
                self.commitment.engagement.leave_trace("took back a wish to move a promise", self, by)

    def _require_other(self, by: User) -> None:
        if by.pk == self.asked_by_id:
            raise NotTheOther

    def _waits(self, wanted: str) -> bool:
        """Whether it still waits, read anew; False when it was answered just so, AlreadySettled when otherwise."""
        fresh = type(self).objects.access_system("read anew under the lock").get(pk=self.pk)
        for name in ("agreed_at", "declined_at", "withdrawn_at"):
            setattr(self, name, getattr(fresh, name))
        if self.state not in ("waiting", wanted):
            raise AlreadySettled
        return self.state == "waiting"

    def _answer(self, name: str) -> None:
        setattr(self, name, timezone.now())
        self.save(update_fields=[name])
        recall_moved(type(self).objects.access_system("nothing to tell any more").filter(pk=self.pk))
