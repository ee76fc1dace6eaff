"""An opening: an owner of the practice reads one engagement, for a day, with a reason that both people are told."""

from datetime import timedelta
from typing import ClassVar, Self

from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone

from holdspace.engagements.models import Engagement, between
from holdspace.people.models import Seat, User
from holdspace.vault.models import Classes, Guarded, GuardedQuerySet, SealedField, new_id

LASTS = timedelta(hours=24)
"""How long an opening lasts; it ends by itself."""


class OpeningQuerySet(GuardedQuerySet["Opening"]):
    """Openings: seen by the owner who asked for one, and by the two whose engagement it is."""

    def seen_by(self, person: User) -> Self:
        """Openings of this person's engagements, and the person's own."""
        mine = Q(owner=person) | between(person, "engagement__")
        return self.filter(mine).select_related("engagement__key__parent", "engagement__coach", "engagement__client")

    def live(self) -> Self:
        """Those that open something now."""
        return self.filter(ends_at__gt=timezone.now(), closed_at=None)

    def asked_by(self, owner: User) -> Self:
        """Those this owner asked for, while they own the practice."""
        return self.filter(owner=owner, engagement__practice__in=owner.practices_as(Seat.Role.OWNER))

    def newest_first(self) -> Self:
        """Latest first."""
        return self.order_by("-opened_at", "-pk")


class Opening(Guarded):
    """One engagement, opened to one owner until a moment; it gives reading alone and never what is somebody's only."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    engagement = models.ForeignKey(Engagement, on_delete=models.CASCADE, related_name="openings")
    owner = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="openings")
    reason = SealedField()
    opened_at = models.DateTimeField(default=timezone.now)
    ends_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    seal_with = "engagement.key"
    classes = Classes(public="id", practice="engagement owner opened_at ends_at closed_at")

    objects = OpeningQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("opened_at")), name="opening_lasts"),
        ]

    def __str__(self) -> str:
        return f"opening {self.pk}"

    @property
    def is_live(self) -> bool:
        """Whether it still opens anything."""
        return self.closed_at is None and self.ends_at > timezone.now()

    def close(self, *, by: User) -> None:
        """End it early, by the owner who asked for it; harmless when repeated."""
        if by.pk != self.owner_id or not self.is_live:
            return
        with transaction.atomic():
            self.closed_at = timezone.now()
            self.save(update_fields=["closed_at"])
            self.engagement.leave_trace("closed an engagement again, as owner", self, by)


def opened_to(person: User, path: str) -> Q:
    """What an opening lets this owner read now; `path` leads to the engagement."""
    live = Opening.objects.access_system("what an opening opens").live().asked_by(person)
    return Q(**{f"{path}__in": live.values("engagement")})
