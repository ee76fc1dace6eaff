"""A practice's own starting words for its pacts."""

from typing import ClassVar, Self

from django.db import models, transaction
from django.utils import timezone

from holdspace.people.models import Practice, Seat, User
from holdspace.vault import trail
from holdspace.vault.models import Classes, Guarded, GuardedQuerySet, new_id


class PactTemplateQuerySet(GuardedQuerySet["PactTemplate"]):
    """Templates, found by those who work in the practice."""

    def seen_by(self, person: User) -> Self:
        """Templates of the practices where this person owns or coaches."""
        seats = Seat.objects.access_system("who works here").filter(user=person, left_at=None)
        practices = seats.filter(role__in=[Seat.Role.OWNER, Seat.Role.COACH]).values("practice")
        return self.filter(practice__in=practices).select_related("practice")

    def by_name(self) -> Self:
        """In the order of their names."""
        return self.order_by("name", "pk")


class PactTemplate(Guarded):
    """The words a practice starts its agreements with; no client's words are ever in it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="pact_templates")
    name = models.CharField(max_length=80)
    words = models.JSONField(default=dict)
    changed_at = models.DateTimeField(default=timezone.now)
    changed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    classes = Classes(public="id", practice="practice name words changed_at changed_by")

    objects = PactTemplateQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["practice", "name"], name="one_template_a_name"),
        ]

    def __str__(self) -> str:
        return self.name

    def write(self, name: str, words: dict[str, str], *, by: User) -> None:
        """Keep these words under this name."""
        self.name, self.words, self.changed_at, self.changed_by = name, words, timezone.now(), by
        with transaction.atomic():
            self.save()
            trail.leave("wrote a pact template", self, by=by, practice_id=self.practice_id)

    def remove(self, *, by: User) -> None:
        """Forget it; pacts that began with it keep their own words."""
        with transaction.atomic():
            trail.leave("removed a pact template", self, by=by, practice_id=self.practice_id)
            type(self).objects.access_system("remove it whole").filter(pk=self.pk).delete()
