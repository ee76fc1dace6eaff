"""What stands under a concern: the options weighed together, and how strong it is over time."""

from typing import ClassVar, Self, TypeVar
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils import timezone

from holdspace.engagements.models import Engagement, being_coached, coaching_now
from holdspace.people.models import User
from holdspace.vault.models import Classes, GuardedQuerySet, SealedField, new_id

from .concern import Concern
from .road import NotTheirs, OnTheRoad

Under = TypeVar("Under", bound="OfConcern")


class OfConcernQuerySet(GuardedQuerySet[Under]):
    """What stands under a concern, found by whoever may read the concern."""

    def seen_by(self, person: User) -> Self:
        """The client always; the coach while the concern is shared."""
        coach = coaching_now(person, "concern__engagement__") & Q(concern__shared_at__isnull=False)
        found = self.filter(coach | being_coached(person, "concern__engagement__")).select_related("concern")
        return found.select_related(*(f"concern__engagement__{part}" for part in ("key__parent", "coach", "client")))


class OfConcern(OnTheRoad):
    """A row that stands under a concern."""

    concern: Concern
    seal_with = "concern.engagement.key"

    class Meta:
        abstract = True

    @property
    def engagement(self) -> Engagement:  # type: ignore[override]
        """Whose work it is about."""
        return self.concern.engagement


class OptionQuerySet(OfConcernQuerySet["Option"]):
    """Options, found as what they stand under."""


class Option(OfConcern):
    """One way to go, with what speaks for it and what against."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    concern = models.ForeignKey(Concern, on_delete=models.CASCADE, related_name="options")
    words = SealedField()
    speaks_for = SealedField(null=True)
    speaks_against = SealedField(null=True)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    chosen_at = models.DateTimeField(null=True)

    classes = Classes(public="id", practice="concern written_by made_at chosen_at")
    objects = OptionQuerySet.as_manager()

    def __str__(self) -> str:
        return f"option {self.pk}"

    @property
    def writer_name(self) -> str:
        """What the writer is called in a sentence."""
        return self.engagement.name_of(self.written_by_id)

    def choose(self, *, by: User) -> None:
        """This is the way, says the client; harmless when repeated."""
        self.require_client(by)
        if self.chosen_at is None:
            self.chosen_at = timezone.now()
            self.change("chose an option", "chosen_at", by=by)

    def unchoose(self, *, by: User) -> None:
        """Not this one, after all."""
        self.require_client(by)
        if self.chosen_at is not None:
            self.chosen_at = None
            self.change("let an option go", "chosen_at", by=by)

    def remove(self, *, by: User) -> None:
        """Take it out: whoever wrote it, or the client."""
        if by.pk not in (self.written_by_id, self.engagement.client_id):
            raise NotTheirs
        self.take_out("removed an option", by=by)


class IntensityQuerySet(OfConcernQuerySet["Intensity"]):
    """Intensities, found as what they stand under."""


class Intensity(OfConcern):
    """How strong a concern is to the client: `said` is `{"level": 0..10, "words": …}`, sealed like any words."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    concern = models.ForeignKey(Concern, on_delete=models.CASCADE, related_name="intensities")
    said = SealedField(kind="json")
    at = models.DateTimeField(default=timezone.now)

    classes = Classes(public="id", practice="concern at")
    objects = IntensityQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["concern", "at"], name="intensity_of_concern")]

    def __str__(self) -> str:
        return f"intensity {self.pk}"

    @property
    def level(self) -> int:
        """From 0, not at all, to 10."""
        return int(self.said["level"])

    @property
    def words(self) -> str:
        """A word on it, if there was one."""
        return str(self.said["words"])

    @classmethod
    def say(cls, concern: Concern, pk: UUID, level: int, words: str = "", *, by: User) -> "Intensity":
        """How strong it is now; only the client says."""
        concern.require_client(by)
        if level not in range(11):
            raise ValueError("from 0 to 10")
        made = cls(pk=pk, concern=concern, said={"level": level, "words": words})
        return made.keep("said how strong a concern is", by=by)

    def undo(self, *, by: User) -> None:
        """Take it back; nothing of it stays but the deed."""
        self.require_client(by)
        self.take_out("took back how strong a concern is", by=by)
