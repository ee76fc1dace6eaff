"""People, the practices they belong to, and the single-purpose links that let them in."""

import hashlib
import secrets
import uuid
import zoneinfo
from datetime import timedelta
from typing import Any, ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils.crypto import salted_hmac
from django.utils.timezone import now

from holdspace.vault import trail
from holdspace.vault.models import Classes, Guarded, GuardedQuerySet, Key, new_id


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

    def change_locks(self, what: str) -> None:
        """Sign this person out everywhere, and note what was changed: no session from before opens any more."""
        with transaction.atomic():
            self.locks_changed_at = now()
            self.save(update_fields=["locks_changed_at"])
            trail.leave("changed locks", self, by=self, practice_id=None, subject_id=self.pk, detail=what)

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


class PracticeQuerySet(GuardedQuerySet["Practice"]):
    """Practices, found by those with a seat in them."""

    def seen_by(self, person: User) -> Self:
        """Practices where this person has a seat."""
        return self.filter(seats__user=person, seats__left_at=None).distinct()


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


class SeatQuerySet(GuardedQuerySet["Seat"]):
    """Seats, found by whoever shares the practice."""

    def seen_by(self, person: User) -> Self:
        """Seats in the practices this person sits in."""
        return self.filter(practice__seats__user=person, practice__seats__left_at=None).distinct()


class Seat(Guarded):
    """One role of one person in one practice; somebody who owns and coaches has two."""

    class Role(models.TextChoices):
        OWNER = "owner", "owner"
        COACH = "coach", "coach"

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


class BadLink(Exception):
    """A link that is unknown, used, withdrawn or expired; which of these is not told."""


class Link(models.Model):
    """A signed link that does one thing, expires, and is dead after use; only its digest is kept."""

    class Purpose(models.TextChoices):
        BEGIN = "begin", "create the first practice"
        CONSENT = "consent", "give consent for one session"
        WITHDRAW = "withdraw", "take a consent back"

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
    def make(cls, purpose: str, *, about: uuid.UUID | None = None, person: User | None = None, days: int = 7) -> str:
        """A fresh link's token; older live links for the same thing and person die."""
        moment = now()
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
        link = cls.live().filter(digest=digest(token), purpose=purpose).select_related("person").first()
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
