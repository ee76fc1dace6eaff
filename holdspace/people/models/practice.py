"""Practices, and the seats people have in them."""

from typing import ClassVar, Self

from django.db import models, transaction
from django.db.models import Q
from django.utils.timezone import now

from holdspace.vault import trail
from holdspace.vault.models import Classes, Guarded, GuardedQuerySet, Key, new_id

from .user import User, check_zone


class NotTheOwner(Exception):
    """Only an owner of the practice can do this."""


class LastOwner(Exception):
    """A practice can't be left without an owner."""


class PracticeQuerySet(GuardedQuerySet["Practice"]):
    """Practices, found by those with a seat in them."""

    def seen_by(self, person: User) -> Self:
        """Practices where this person has a seat."""
        return self.filter(seats__user=person, seats__left_at=None).distinct()

    def owned_by(self, person: User) -> Self:
        """Practices this person owns."""
        return self.filter(
            pk__in=Seat.objects.access_system("what somebody owns")
            .filter(user=person, role=Seat.Role.OWNER, left_at=None)
            .values("practice")
        )


class Practice(Guarded):
    """A coaching practice: a house may hold many, strictly apart."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=120)
    timezone = models.CharField(max_length=64, default="UTC", validators=[check_zone])
    key = models.OneToOneField(Key, on_delete=models.PROTECT, related_name="+")
    founded_at = models.DateTimeField(default=now)
    factor_since = models.DateTimeField(null=True, blank=True)
    """Since when everyone with a seat needs a second factor; None where it is only offered."""

    classes = Classes(public="id", practice="name timezone key founded_at factor_since")

    objects = PracticeQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    def is_owned_by(self, person: User) -> bool:
        """Whether this person owns it now."""
        seats = Seat.objects.access_system("whether somebody owns it")
        return seats.filter(practice=self, user=person, role=Seat.Role.OWNER, left_at=None).exists()

    def require_owner(self, person: User) -> None:
        """Raise NotTheOwner for anybody else."""
        if not self.is_owned_by(person):
            raise NotTheOwner

    def ask_for_factor(self, wanted: bool, *, by: User) -> None:
        """Whether everyone with a seat here needs a second factor; saying so twice changes nothing."""
        self.require_owner(by)
        with transaction.atomic():
            mine = type(self).objects.access_system("switch once").select_for_update().get(pk=self.pk)
            if wanted == (mine.factor_since is not None):
                return
            self.factor_since = mine.factor_since = now() if wanted else None
            mine.save(update_fields=["factor_since"])
            verb = "asked seats for a second factor" if wanted else "left the second factor to the seats"
            trail.leave(verb, self, by=by, practice_id=self.pk)


class SeatQuerySet(GuardedQuerySet["Seat"]):
    """Seats, found by whoever shares the practice."""

    def seen_by(self, person: User) -> Self:
        """Seats in the practices this person sits in."""
        return self.filter(practice__seats__user=person, practice__seats__left_at=None).distinct()

    def live(self) -> Self:
        """Seats that somebody sits in now."""
        return self.filter(left_at=None)


class Seat(Guarded):
    """One role of one person in one practice; somebody who owns and coaches has two."""

    class Role(models.TextChoices):
        OWNER = "owner", "owner"
        COACH = "coach", "coach"
        MENTOR = "mentor", "mentor"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="seats")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="seats")
    role = models.CharField(max_length=8, choices=Role)
    taken_at = models.DateTimeField(default=now)
    left_at = models.DateTimeField(null=True, blank=True)

    classes = Classes(public="id", practice="practice user role taken_at left_at")

    objects = SeatQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["practice", "user", "role"], condition=Q(left_at=None), name="one_live_seat_a_role"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} in {self.practice_id}"

    def end(self, *, by: User) -> None:
        """Give the seat up, or have it taken away by an owner, whose sessions then end; twice is once.

        Whether a coach still works with people is asked by the deed of the room that knows (end_seat).
        """
        if by.pk != self.user_id:
            self.practice.require_owner(by)
        with transaction.atomic():
            seats = type(self).objects.access_system("end once").select_for_update()
            owners = list(seats.filter(practice=self.practice_id, role=self.Role.OWNER, left_at=None))
            if [seat.pk for seat in owners] == [self.pk]:
                raise LastOwner
            if seats.filter(pk=self.pk, left_at=None).update(left_at=now()):
                self.user.change_locks("a seat ended", by=by)
                trail.leave("ended a seat", self, by=by, practice_id=self.practice_id, subject_id=self.user_id)
