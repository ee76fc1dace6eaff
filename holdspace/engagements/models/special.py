"""A special date: an exam, an interview, a birthday; something to hold for the other."""

from datetime import date, timedelta
from typing import ClassVar, Self

from django.db import models, transaction
from django.utils import timezone

from holdspace.people.models import User
from holdspace.vault.models import Classes, Guarded, GuardedQuerySet, SealedField, new_id

from .engagement import Engagement, between


class SpecialDateQuerySet(GuardedQuerySet["SpecialDate"]):
    """Special dates, found by the two people of the engagement."""

    def seen_by(self, person: User) -> Self:
        """Dates in this person's work."""
        found = self.filter(between(person, "engagement__"))
        return found.select_related("engagement__key__parent", "engagement__coach", "engagement__client")

    def coming(self) -> Self:
        """From a week ago on, soonest first: how it went is worth asking, too."""
        return self.filter(day__gte=timezone.localdate() - timedelta(days=7)).order_by("day", "pk")


class SpecialDate(Guarded):
    """One day that matters to the client."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    engagement = models.ForeignKey(Engagement, on_delete=models.CASCADE, related_name="special_dates")
    day = models.DateField()
    label = SealedField()
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)

    seal_with = "engagement.key"
    classes = Classes(public="id", practice="engagement day added_by added_at")

    objects = SpecialDateQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["engagement", "day"], name="special_day")]

    def __str__(self) -> str:
        return f"special date {self.pk}"

    @classmethod
    def add(cls, engagement: Engagement, day: date, label: str, *, by: User) -> "SpecialDate":
        """Remember a day, by either of the two; raises Over and NotYetAccepted."""
        engagement.require_one_of(by)
        with transaction.atomic():
            engagement.hold().require_live()
            made = cls.objects.create(engagement=engagement, day=day, label=label, added_by=by)
            engagement.leave_trace("noted a special date", made, by)
        return made

    def remove(self, *, by: User) -> None:
        """Forget it, by either of the two."""
        self.engagement.require_one_of(by)
        with transaction.atomic():
            self.engagement.leave_trace("removed a special date", self, by)
            type(self).objects.access_system("remove it whole").filter(pk=self.pk).delete()
