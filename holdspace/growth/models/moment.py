"""A moment that matters to the client: an interview, a deadline, the day the results come."""

from datetime import UTC, date, datetime, timedelta
from datetime import time as Clock
from typing import Any, ClassVar, Self
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import models
from django.utils.timezone import localdate, now

from holdspace.engagements.models import Engagement, between
from holdspace.people.models import User, check_zone
from holdspace.vault.models import Classes, GuardedQuerySet, SealedField, new_id

from .road import OnTheRoad

EVENING = Clock(18)
"""When one asks how a day went, and when one thinks of tomorrow, by the clock where the moment is."""
AFTER = timedelta(hours=2)
"""So long after the hour itself at the earliest."""


class MomentQuerySet(GuardedQuerySet["Moment"]):
    """Moments, found by the two people of the engagement."""

    def seen_by(self, person: User) -> Self:
        """Moments in this person's work."""
        found = self.filter(between(person, "engagement__"))
        return found.select_related("engagement__key__parent", "engagement__coach", "engagement__client")

    def coming(self) -> Self:
        """From a week ago on, soonest first: how it went is worth asking, too."""
        return self.filter(day__gte=localdate() - timedelta(days=7)).order_by("day", "pk")

    def this_week(self, coach: User) -> Self:
        """Those of a coach's clients from yesterday to a week from now, soonest first."""
        today = localdate()
        near = self.filter(day__gte=today - timedelta(days=1), day__lte=today + timedelta(days=7))
        return near.filter(engagement__coach=coach, engagement__ended_on=None).order_by("day", "time", "pk")


class Moment(OnTheRoad):
    """One day, or hour, that counts; the time is by the clock of its zone. `went` is what the client said of it."""

    class Kind(models.TextChoices):
        INTERVIEW = "interview", "an interview"
        DEADLINE = "deadline", "a deadline"
        RESULTS = "results", "a day of results"
        FIRST_DAY = "first day", "a first day"
        LAST_DAY = "last day", "a last day"
        OTHER = "other", "something else"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    engagement = models.ForeignKey(Engagement, on_delete=models.CASCADE, related_name="moments")
    kind = models.CharField(max_length=10, choices=Kind)
    label = SealedField()
    day = models.DateField()
    time = models.TimeField(null=True)
    timezone = models.CharField(max_length=64, validators=[check_zone])
    starts_at = models.DateTimeField(null=True)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField(default=now)
    ask_at = models.DateTimeField(null=True)
    thought_at = models.DateTimeField(null=True)
    went = SealedField(kind="json", null=True)
    told_at = models.DateTimeField(null=True)

    seal_with = "engagement.key"
    classes = Classes(
        public="id",
        practice="engagement kind day time timezone starts_at written_by noted_at ask_at thought_at told_at",
    )

    objects = MomentQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["engagement", "day"], name="moment_of_engagement"),
            models.Index(fields=["day"], name="moment_day"),
        ]

    def __str__(self) -> str:
        return f"moment {self.pk}"

    @property
    def zone(self) -> ZoneInfo:
        """Where its clock stands."""
        return ZoneInfo(self.timezone)

    @property
    def is_over(self) -> bool:
        """Whether its hour, or its day where it is, has come."""
        moment = now()
        return self.starts_at <= moment if self.starts_at else self.day < localdate(moment, self.zone)

    @property
    def can_be_told(self) -> bool:
        """Whether there may be something to tell: its day has come."""
        return self.day <= localdate(now(), self.zone)

    @property
    def evening_before(self) -> datetime:
        """When one thinks of tomorrow."""
        return self._at(self.day - timedelta(days=1), EVENING)

    @property
    def evening_after(self) -> datetime:
        """When one asks how it went: that evening, or two hours after a late one."""
        evening = self._at(self.day, EVENING)
        return max(evening, self.starts_at + AFTER) if self.starts_at else evening

    def _at(self, day: date, clock: Clock) -> datetime:
        return datetime.combine(day, clock, self.zone).astimezone(UTC)

    def set_time(self, said: dict[str, Any]) -> None:
        """Take over what a form says of when and what; saves nothing."""
        for name in ("kind", "label", "day", "time", "timezone", "starts_at"):
            setattr(self, name, said[name])
        self.ask_at = self.evening_after if said["ask"] else None

    @classmethod
    def note(cls, engagement: Engagement, pk: UUID, said: dict[str, Any], *, by: User) -> "Moment":
        """Remember a moment, by either of the two."""
        made = cls(pk=pk, engagement=engagement, written_by=by)
        made.set_time(said)
        return made.keep("noted a moment that matters", by=by)

    def move(self, said: dict[str, Any], *, by: User) -> None:
        """Another day, hour or name for it; a thought that was to be sent is the coach's to send anew."""
        self.set_time(said)
        self.thought_at = None
        fields = ("kind", "label", "day", "time", "timezone", "starts_at", "ask_at", "thought_at")
        self.change("changed a moment that matters", *fields, by=by)

    def tell(self, words: str, of_ten: int | None, *, by: User) -> None:
        """How it went, in the client's words, a number, or both."""
        self.require_client(by)
        if not words and of_ten is None:
            raise ValueError("there is nothing in it")
        self.went, self.told_at = {"words": words, "of_ten": of_ten}, now()
        self.change("told how a moment went", "went", "told_at", by=by)

    def remove(self, *, by: User) -> None:
        """Forget it, by either of the two."""
        self.engagement.require_one_of(by)
        self.take_out("removed a moment that matters", by=by)
