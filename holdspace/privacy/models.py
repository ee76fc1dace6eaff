"""What people asked for about their own things, what was erased, and the nightly sweep of what has had its time."""

import secrets
from datetime import date, datetime, timedelta
from typing import ClassVar, Self
from uuid import UUID

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from holdspace.engagements.models import Engagement, Pact, Sponsor, between
from holdspace.people.models import Link, Practice, Seat, User, digest
from holdspace.vault import trail
from holdspace.vault.lease import Leased, LeasedQuerySet
from holdspace.vault.models import Classes, Guarded, GuardedQuerySet, SealedField, new_id

MONTH = timedelta(days=30)
"""How long the house may take to answer, by law; it answers at once."""
THREE_DAYS = timedelta(hours=72)
"""Within which the authority wants to hear of a breach, counted from when somebody noticed it."""


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


class BreachQuerySet(GuardedQuerySet["Breach"]):
    """Breaches, found by the owners of the practice."""

    def seen_by(self, person: User) -> Self:
        """Breaches in practices this person owns."""
        owned = Practice.objects.visible_to(person).owned_by(person)
        return self.filter(practice__in=owned.values("pk")).select_related("practice__key__parent")


class Breach(Guarded):
    """Something private was lost or reached the wrong eyes; written down whether or not it is reported."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="breaches")
    what = SealedField()
    done = SealedField(null=True)
    people = models.PositiveIntegerField(null=True)
    noticed_at = models.DateTimeField()
    written_at = models.DateTimeField(default=timezone.now)
    told_authority_at = models.DateTimeField(null=True)
    told_people_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    seal_with = "practice.key"
    classes: ClassVar = Classes(
        public="id", practice="practice people noticed_at written_at told_authority_at told_people_at closed_at"
    )

    objects = BreachQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "breaches"
        indexes: ClassVar = [models.Index(fields=["practice", "-noticed_at"], name="breach_latest")]

    def __str__(self) -> str:
        return f"breach {self.pk}"

    @property
    def due_at(self) -> datetime:
        """By when the authority wants to hear of it."""
        return self.noticed_at + THREE_DAYS

    @property
    def hours_left(self) -> int:
        """Whole hours until then; negative once it is late."""
        return int((self.due_at - timezone.now()).total_seconds() // 3600)

    @property
    def waits(self) -> bool:
        """Whether the authority was not told and nobody closed it with a reason."""
        return self.told_authority_at is None and self.closed_at is None

    @classmethod
    def write_down(
        cls, practice: Practice, *, what: str, people: int | None, noticed_at: datetime, by: User
    ) -> "Breach":
        """Note a breach; only an owner does."""
        practice.require_owner(by)
        with transaction.atomic():
            breach = cls.objects.create(practice=practice, what=what, people=people, noticed_at=noticed_at)
            trail.leave("wrote down a breach", breach, by=by, practice_id=practice.pk)
        return breach

    def note(self, step: str, *, by: User, done: str = "") -> None:
        """Note a step taken, once: told the authority, told the people, or closed; with what was done, in words."""
        self.practice.require_owner(by)
        field = STEPS[step]
        with transaction.atomic():
            fresh = type(self).objects.access_system("one step at a time").select_for_update().get(pk=self.pk)
            if getattr(fresh, field) is None:
                setattr(self, field, timezone.now())
                self.done = "\n".join(part for part in (self.done, done) if part) or None
                self.save(update_fields=[field, "done"])
                trail.leave(f"noted of a breach: {step}", self, by=by, practice_id=self.practice_id)


STEPS = {"authority": "told_authority_at", "people": "told_people_at", "closed": "closed_at"}


class WindowQuerySet(GuardedQuerySet["Window"]):
    """Windows, found by the two whose work is seen through them."""

    def seen_by(self, person: User) -> Self:
        """Windows of this person's work."""
        people = (f"engagement__{one}" for one in ("key__parent", "coach", "client"))
        return self.filter(between(person, "engagement__")).select_related("sponsor", *people)

    def live(self) -> Self:
        """Those that nobody closed, while the agreement in force still says that somebody pays."""
        paid = Pact.objects.access_system("is a sponsor agreed on?").with_sponsor()
        return self.filter(closed_at=None, engagement__in=paid.values("engagement"))


class Window(Guarded):
    """What whoever pays may see: `words` are just those a client approved, as they stood then, and nothing since."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    engagement = models.ForeignKey(Engagement, on_delete=models.CASCADE, related_name="windows")
    sponsor = models.ForeignKey(Sponsor, on_delete=models.CASCADE, related_name="windows")
    words = SealedField(kind="json")
    approved_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True)

    seal_with = "engagement.key"
    classes: ClassVar = Classes(public="id", practice="engagement sponsor approved_at closed_at")

    objects = WindowQuerySet.as_manager()

    def __str__(self) -> str:
        return f"window {self.pk}"

    @property
    def days(self) -> list[date]:
        """The days on which the two met."""
        return [date.fromisoformat(day) for day in self.words["sessions"]]

    def close(self, *, by: User) -> None:
        """No longer: by either of the two, and its link is dead; doing so twice changes nothing."""
        self.engagement.require_one_of(by)
        with transaction.atomic():
            open_now = type(self).objects.access_system("close once").filter(pk=self.pk, closed_at=None)
            if open_now.update(closed_at=timezone.now()):
                Link.live().filter(about=self.pk).update(withdrawn_at=timezone.now())
                self.engagement.leave_trace("closed what a sponsor saw", self, by)


class Erased(models.Model):
    """The ledger of erasures: what a restored backup must forget again before the house opens."""

    class Kind(models.TextChoices):
        ENGAGEMENT = "engagement", "an engagement"
        PERSON = "person", "a person"
        CONSENT = "consent", "a consent that was taken back"
        RELEASE = "release", "what a mentor could read, closed again"

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
