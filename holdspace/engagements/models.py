"""Engagements: who works with whom, and the consents they hold."""

import uuid
from datetime import date
from typing import ClassVar, Self

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from holdspace.people.models import Practice, Seat, User
from holdspace.vault import trail
from holdspace.vault.models import Classes, Guarded, GuardedQuerySet, Key, SealedField, new_id


class NoConsent(Exception):
    """Coach and client do not both hold a live consent for this."""


class NotACoach(Exception):
    """This person has no coach's seat in a practice."""


def coaching_now(person: User, path: str = "") -> Q:
    """What this person coaches, for as long as they hold a coach's seat there; `path` leads to the engagement."""
    seats = Seat.objects.access_system("a coach's sight ends with the seat").filter(user=person, left_at=None)
    practices = seats.filter(role=Seat.Role.COACH).values("practice")
    return Q(**{f"{path}coach": person, f"{path}practice__in": practices})


class EngagementQuerySet(GuardedQuerySet["Engagement"]):
    """Engagements, found by the two people in them."""

    def seen_by(self, person: User) -> Self:
        """Engagements this person coaches or is coached in."""
        return self.filter(coaching_now(person) | Q(client=person)).select_related("key__parent", "coach", "client")

    def coached_by(self, person: User) -> Self:
        """Engagements this person coaches."""
        return self.filter(coach=person)

    def of_client(self, person: User) -> Self:
        """Engagements this person is the client in."""
        return self.filter(client=person)

    def by_name(self) -> Self:
        """Live ones first, then by the client's name."""
        return self.order_by(models.F("ended_on").asc(nulls_first=True), "called", "pk")


class Engagement(Guarded):
    """One coach and one client working together, with a key of their own."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="engagements")
    coach = models.ForeignKey(User, on_delete=models.PROTECT, related_name="coaching")
    client = models.ForeignKey(User, on_delete=models.PROTECT, related_name="engagements")
    called = models.CharField(max_length=120)
    key = models.OneToOneField(Key, on_delete=models.PROTECT, related_name="+")
    purpose = SealedField(null=True)
    rhythm = models.CharField(max_length=60, blank=True)
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    seal_with = "key"
    classes = Classes(public="id", practice="practice coach client key rhythm started_on ended_on", private="called")

    objects = EngagementQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(coach=models.F("client")), name="nobody_coaches_themselves"),
        ]

    def __str__(self) -> str:
        return f"engagement {self.pk}"

    def describe(self, called: str, purpose: str, rhythm: str, *, by: User) -> None:
        """What the coach calls the client, what they come for and how often they meet; only the coach says."""
        if by.pk != self.coach_id:
            raise NotACoach
        self.called, self.purpose, self.rhythm = called, purpose or None, rhythm
        with transaction.atomic():
            self.save(update_fields=["called", "purpose", "rhythm"])
            trail.leave(
                "changed an engagement",
                self,
                by=by,
                practice_id=self.practice_id,
                subject_id=self.client_id,
                engagement_id=self.pk,
            )

    @property
    def first(self) -> str:
        """What the client is called in a sentence; the coach's own word for them, never another practice's."""
        return self.called.split()[0]

    def other_name(self, person: User) -> str:
        """What the other of the two is called in a sentence."""
        return self.coach.first if person.pk == self.client_id else self.first


def open_engagement(
    coach: User, client: User, *, called: str, purpose: str = "", rhythm: str = "", started_on: date | None = None
) -> Engagement:
    """Begin working together; raises NotACoach for a person without a coach's seat."""
    seat = (
        Seat.objects.visible_to(coach)
        .filter(user=coach, role=Seat.Role.COACH, left_at=None)
        .select_related("practice__key")
        .order_by("taken_at")
        .first()
    )
    if seat is None:
        raise NotACoach
    with transaction.atomic():
        engagement = Engagement.objects.create(
            practice=seat.practice,
            coach=coach,
            client=client,
            called=called,
            key=Key.make("engagement", parent=seat.practice.key),
            purpose=purpose,
            rhythm=rhythm,
            started_on=started_on or timezone.localdate(),
        )
        trail.leave(
            "began an engagement",
            engagement,
            by=coach,
            practice_id=engagement.practice_id,
            subject_id=client.pk,
            engagement_id=engagement.pk,
        )
    return engagement


class ConsentQuerySet(GuardedQuerySet["Consent"]):
    """Consents, found by the two people of the engagement."""

    def seen_by(self, person: User) -> Self:
        """Consents in this person's engagements."""
        return self.filter(coaching_now(person, "engagement__") | Q(engagement__client=person))

    def live(self) -> Self:
        """Consents that were not taken back."""
        return self.filter(withdrawn_at=None)


class Consent(Guarded):
    """One person's yes to one purpose for one session, until withdrawn."""

    class Purpose(models.TextChoices):
        TRANSCRIPT = "transcript", "keep and analyse the transcript of this session"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    engagement = models.ForeignKey(Engagement, on_delete=models.CASCADE, related_name="consents")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="consents")
    purpose = models.CharField(max_length=16, choices=Purpose)
    scope = models.UUIDField()
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
        ]

    def __str__(self) -> str:
        return f"consent to {self.purpose}"

    @classmethod
    def give(
        cls,
        engagement: Engagement,
        scope: uuid.UUID,
        *,
        by: User,
        purpose: str = Purpose.TRANSCRIPT,
        link: bool = False,
    ) -> "Consent":
        """This person's yes; saying it twice changes nothing. Only the two of the engagement can."""
        if by.pk not in (engagement.coach_id, engagement.client_id):
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
                consent.leave_trace("gave consent", by)
        return consent

    def withdraw(self, *, by: User) -> None:
        """Take the yes back; only the person who gave it can."""
        if by.pk != self.person_id:
            raise NoConsent
        with transaction.atomic():
            taken = type(self).objects.access_system("withdraw once").live().filter(pk=self.pk)
            if taken.update(withdrawn_at=timezone.now()):
                self.leave_trace("took back consent", by)

    @classmethod
    def require(cls, engagement: Engagement, scope: uuid.UUID, purpose: str = Purpose.TRANSCRIPT) -> None:
        """Raise NoConsent unless both people hold a live consent, as the database says now."""
        holders = cls.objects.access_system("both keys, inside the deed").live().filter(scope=scope, purpose=purpose)
        if set(holders.values_list("person_id", flat=True)) != {engagement.coach_id, engagement.client_id}:
            raise NoConsent

    def leave_trace(self, verb: str, by: User) -> None:
        """Note the deed in the trail."""
        trail.leave(
            verb,
            self,
            by=by,
            practice_id=self.engagement.practice_id,
            subject_id=self.engagement.client_id,
            engagement_id=self.engagement_id,
        )
