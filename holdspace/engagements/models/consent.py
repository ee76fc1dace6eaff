"""Consents: one person's yes to one purpose, for one thing or until withdrawn."""

import uuid
from datetime import datetime
from typing import ClassVar, Self

from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from holdspace.people.models import User
from holdspace.vault.models import Classes, Guarded, GuardedQuerySet, new_id

from .engagement import Engagement, between


class NoConsent(Exception):
    """Coach and client do not both hold a live consent for this."""


class ConsentQuerySet(GuardedQuerySet["Consent"]):
    """Consents, found by the two people of the engagement."""

    def seen_by(self, person: User) -> Self:
        """Consents in this person's engagements."""
        return self.filter(between(person, "engagement__"))

    def live(self) -> Self:
        """Consents that were not taken back."""
        return self.filter(withdrawn_at=None)

    def taken_back_since(self, moment: datetime, *, told: User) -> Self:
        """What the other of two took back since then and has not said again, latest first, for who is told of it."""
        later = self.model.objects.access_system("whether it was said again").filter(given_at__gt=OuterRef("given_at"))
        again = later.filter(person=OuterRef("person"), scope=OuterRef("scope"), purpose=OuterRef("purpose"))
        gone = self.filter(withdrawn_at__gt=moment).exclude(person=told).exclude(Exists(again))
        return gone.select_related("engagement__coach").order_by("-withdrawn_at", "pk")

    def given_by(self, person: User) -> Self:
        """What this person said yes to, newest first."""
        return self.filter(person=person).order_by("-given_at", "pk")


class Consent(Guarded):
    """One person's yes to one purpose until withdrawn: for one session, or where `scope` is empty for all the work."""

    class Purpose(models.TextChoices):
        TRANSCRIPT = "transcript", "keep and analyse the transcript of this session"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    engagement = models.ForeignKey(Engagement, on_delete=models.CASCADE, related_name="consents")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="consents")
    purpose = models.CharField(max_length=16, choices=Purpose)
    scope = models.UUIDField(null=True)
    given_at = models.DateTimeField(default=timezone.now)
    given_by_link = models.BooleanField(default=False)
    withdrawn_at = models.DateTimeField(null=True)

    classes = Classes(public="id", practice="engagement person purpose scope given_at given_by_link withdrawn_at")

    objects = ConsentQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["scope", "purpose", "person"], condition=Q(withdrawn_at=None), name="one_live_consent"
            ),
            models.UniqueConstraint(
                fields=["engagement", "purpose", "person"],
                condition=Q(withdrawn_at=None, scope=None),
                name="one_live_consent_to_all",
            ),
        ]

    def __str__(self) -> str:
        return f"consent to {self.purpose}"

    @property
    def said_by(self) -> str:
        """What whoever said it is called in a sentence."""
        return self.engagement.name_of(self.person_id)

    @classmethod
    def give(
        cls,
        engagement: Engagement,
        scope: uuid.UUID | None,
        *,
        by: User,
        purpose: str = Purpose.TRANSCRIPT,
        link: bool = False,
    ) -> "Consent":
        """This person's yes; saying it twice changes nothing. Only the two of a live engagement can."""
        if by.pk not in (engagement.coach_id, engagement.client_id) or not engagement.is_live:
            raise NoConsent
        with transaction.atomic():
            consent, new = cls.objects.access_system("give once").get_or_create(
                engagement=engagement,
                scope=scope,
                purpose=purpose,
                person=by,
                withdrawn_at=None,
                defaults={"given_by_link": link},
            )
            if new:
                engagement.leave_trace("gave consent", consent, by)
        return consent

    def withdraw(self, *, by: User) -> None:
        """Take the yes back; only the person who gave it can."""
        if by.pk != self.person_id:
            raise NoConsent
        with transaction.atomic():
            taken = type(self).objects.access_system("withdraw once").live().filter(pk=self.pk)
            if taken.update(withdrawn_at=timezone.now()):
                self.engagement.leave_trace("took back consent", self, by)

    @classmethod
    def require(cls, engagement: Engagement, scope: uuid.UUID | None, purpose: str = Purpose.TRANSCRIPT) -> None:
        """Raise NoConsent unless both people hold a live consent for just this, as the database says now."""
        holders = cls.objects.access_system("both keys, inside the deed").live()
        holders = holders.filter(engagement=engagement, scope=scope, purpose=purpose)
        if set(holders.values_list("person_id", flat=True)) != {engagement.coach_id, engagement.client_id}:
            raise NoConsent
