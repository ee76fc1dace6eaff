"""People: who they are, and what a session of theirs is checked against."""

import zoneinfo
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils.crypto import salted_hmac
from django.utils.functional import cached_property
from django.utils.timezone import localdate, now

from holdspace.vault import trail
from holdspace.vault.models import Classes, new_id

if TYPE_CHECKING:
    from .practice import Seat


def check_zone(name: str) -> None:
    """Refuse a time zone that this house doesn't know."""
    if name not in zoneinfo.available_timezones():
        raise ValidationError("We don't know that time zone. Pick one from the list, such as Europe/Dublin.")


class UserManager(BaseUserManager["User"]):
    """Makes people; nobody is found here but by the sign-in."""

    def create_user(self, email: str | None, password: str | None = None, **fields: Any) -> "User":
        """A person with this address, or with none; without a password they sign in by code."""
        user = self.model(email=self.tidy(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    @staticmethod
    def tidy(email: str | None) -> str | None:
        """An address as we keep it: lower case, or None."""
        return (email or "").strip().lower() or None


class User(AbstractBaseUser):
    """A person: may coach in one practice and be a client in another."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    email = models.EmailField("e-mail address", unique=True, null=True, blank=True)
    name = models.CharField(max_length=120)
    timezone = models.CharField(max_length=64, default="UTC", validators=[check_zone])
    joined_at = models.DateTimeField(default=now)
    closed_at = models.DateTimeField(null=True, blank=True)
    locks_changed_at = models.DateTimeField(null=True, blank=True)

    classes = Classes(
        public="id",
        practice="joined_at closed_at locks_changed_at",
        private="email name timezone password last_login",
    )

    objects: ClassVar[UserManager] = UserManager()
    USERNAME_FIELD = "email"

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(name=""), name="a_person_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_active(self) -> bool:  # type: ignore[override]
        """Whether this person may sign in."""
        return self.closed_at is None

    @cached_property
    def live_seats(self) -> "list[Seat]":
        """The seats this person sits in now, the oldest first; asked for once while a page is made."""
        return list(self.seats.access_system("one's own seats").live().select_related("practice").order_by("taken_at"))

    def practices_as(self, role: str) -> "list[UUID] | models.QuerySet[Seat, Any]":
        """Where this person has such a seat, for a filter: as this page was told already, or by a question in it."""
        if "live_seats" in vars(self):
            return [seat.practice_id for seat in self.live_seats if seat.role == role]
        seats = self.seats.access_system("what a seat lets one see ends with it").live()
        return seats.filter(role=role).values("practice")

    def change_locks(self, what: str, *, by: "User | None") -> None:
        """Sign this person out everywhere, and note what was changed; `by` is None where the house itself does it."""
        with transaction.atomic():
            self.locks_changed_at = now()
            self.save(update_fields=["locks_changed_at"])
            trail.leave("changed locks", self, by=by, practice_id=None, subject_id=self.pk, detail=what)

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        # What a session is checked against on every request: the password, and when the locks were last changed.
        locks = self.locks_changed_at.isoformat() if self.locks_changed_at else ""
        words = f"{self.password}|{locks}"
        return salted_hmac("holdspace.people.session", words, secret=secret, algorithm="sha256").hexdigest()

    @property
    def first(self) -> str:
        """What they are called in a sentence."""
        return self.name.split()[0] if self.name.split() else self.name

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        """Their own time zone."""
        return zoneinfo.ZoneInfo(self.timezone)

    @property
    def today(self) -> date:
        """Which day it is where they are."""
        return localdate(timezone=self.zone)
