"""A session: one meeting of coach and client."""

import zoneinfo
from datetime import datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import now

from holdspace.engagements.models import Engagement, between
from holdspace.people.models import User, check_zone
from holdspace.vault.models import Classes, Guarded, GuardedQuerySet, SealedField, new_id

from .opening import opened_to

if TYPE_CHECKING:
    from .release import Release


class SessionQuerySet(GuardedQuerySet["Session"]):
    """Sessions, found by the two people who meet."""

    def seen_by(self, person: User) -> Self:
        """Sessions of this person's engagements."""
        mine = between(person, "engagement__")
        return self.filter(mine).with_people()

    def access_opening(self, owner: User) -> Self:
        """Sessions of engagements opened to this owner, to read and nothing else."""
        return self.filter(opened_to(owner, "engagement")).with_people()._let_through("opening")

    def with_people(self) -> Self:
        """Each with its key and its two people, in the same query."""
        return self.select_related("engagement__key__parent", "engagement__coach", "engagement__client")

    def with_transcript(self) -> Self:
        """Each with its transcript, which the same two people may see."""
        return self.select_related("transcript")

    def newest_first(self) -> Self:
        """Latest meeting first."""
        return self.order_by("-starts_at", "-pk")

    def with_states(self) -> Self:
        """Each with how far its transcript got and how many found marks wait, in the same query."""
        return self.annotate(
            heard_at=models.F("transcript__done_at"),
            taken_in_at=models.F("transcript__taken_in_at"),
            waiting=models.Count(
                "transcript__marks",
                filter=Q(transcript__marks__accepted_at=None, transcript__marks__dismissed_at=None),
            ),
        )

    def coming(self) -> Self:
        """Meetings that have not ended, soonest first; an hour's grace for one in progress."""
        return self.filter(starts_at__gte=now() - timedelta(hours=1)).order_by("starts_at", "pk")


class Session(Guarded):
    """A meeting at a wall-clock time in a zone, which is also kept as UTC."""

    class Channel(models.TextChoices):
        VIDEO = "video", "by video"
        IN_PERSON = "in person", "in person"
        PHONE = "phone", "by phone"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    engagement = models.ForeignKey(Engagement, on_delete=models.CASCADE, related_name="sessions")
    title = SealedField(null=True)
    day = models.DateField()
    time = models.TimeField()
    timezone = models.CharField(max_length=64, validators=[check_zone])
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField(default=60)
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.VIDEO)
    made_at = models.DateTimeField(default=now)

    seal_with = "engagement.key"
    classes = Classes(public="id", practice="engagement day time timezone starts_at minutes channel made_at")

    objects = SessionQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["engagement", "-starts_at"], name="session_latest")]

    def __str__(self) -> str:
        return f"session {self.pk}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("session", args=[self.pk])

    @property
    def is_over(self) -> bool:
        """Whether its time has passed."""
        return self.starts_at + timedelta(minutes=self.minutes) < now()

    @property
    def was_just_now(self) -> bool:
        """Whether it began within the last day."""
        return now() - timedelta(days=1) < self.starts_at <= now()

    @property
    def has_begun(self) -> bool:
        """Whether the two have met, or are meeting."""
        return self.starts_at <= now()

    @cached_property
    def released(self) -> "list[Release]":
        """The releases by which a mentor reads of this session now, for the line that says so; mostly none."""
        through = self.releases.access_system("who reads it is told to both")  # type: ignore[attr-defined]
        found = list(through.reading().select_related("mentor").order_by("agreed_at", "pk"))
        for one in found:
            one.session = self
        return found

    def is_coached_by(self, person: User) -> bool:
        """Whether this person is the coach here."""
        return person.pk == self.engagement.coach_id

    def hold(self) -> "Session":
        """Lock this session until the transaction ends, so that consent and transcript change one at a time."""
        found = type(self).objects.access_system("one deed at a time").select_for_update(of=("self",))
        return found.select_related("engagement__key__parent").get(pk=self.pk)


class NoSuchTime(ValueError):
    """The clocks went forward over this time."""


class TimeTwice(ValueError):
    """The clocks went back: this time exists twice."""


def utc_of(wall: datetime, zone: zoneinfo.ZoneInfo) -> datetime:
    """The moment of a wall-clock time; raises NoSuchTime or TimeTwice where the clocks change."""
    first, second = wall.replace(tzinfo=zone, fold=0), wall.replace(tzinfo=zone, fold=1)
    utc = first.astimezone(zoneinfo.ZoneInfo("UTC"))
    if first.utcoffset() == second.utcoffset():
        return utc
    if utc.astimezone(zone).replace(tzinfo=None) != wall:
        raise NoSuchTime
    raise TimeTwice
