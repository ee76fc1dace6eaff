"""A goal: where the client wants to get, and five sentences, written beforehand, by which they will know."""

from typing import ClassVar, Self, TypeVar
from uuid import UUID

from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from holdspace.engagements.models import Engagement, between
from holdspace.people.models import User
from holdspace.vault.models import Classes, GuardedQuerySet, SealedField, new_id

from .road import OnTheRoad

PEOPLE = tuple(f"engagement__{part}" for part in ("key__parent", "coach", "client"))


class GoalQuerySet(GuardedQuerySet["Goal"]):
    """Goals, found by the two people of the engagement."""

    def seen_by(self, person: User) -> Self:
        """Goals in this person's work."""
        return self.filter(between(person, "engagement__")).select_related(*PEOPLE)

    def current(self) -> Self:
        """Those still walked towards."""
        return self.filter(reached_at=None, laid_down_at=None)

    def in_order(self) -> Self:
        """Current ones first, then those reached, then those laid down; the oldest first."""
        return self.order_by(
            F("laid_down_at").asc(nulls_first=True), F("reached_at").asc(nulls_first=True), "made_at", "pk"
        )


class Goal(OnTheRoad):
    """Where somebody wants to get. `levels` are five sentences, from much less than hoped to much more."""

    class Proposer(models.TextChoices):
        CLIENT = "client", "the client"
        COACH = "coach", "the coach"
        JOINT = "joint", "both together"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    engagement = models.ForeignKey(Engagement, on_delete=models.CASCADE, related_name="goals")
    title = SealedField()
    why = SealedField(null=True)
    levels = SealedField(kind="json", null=True)
    weight = models.PositiveSmallIntegerField(default=2)
    proposed_by = models.CharField(max_length=8, choices=Proposer)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    revised_at = models.DateTimeField(null=True)
    reached_at = models.DateTimeField(null=True)
    laid_down_at = models.DateTimeField(null=True)

    seal_with = "engagement.key"
    classes = Classes(
        public="id",
        practice="engagement weight proposed_by written_by made_at revised_at reached_at laid_down_at",
    )

    objects = GoalQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["engagement", "made_at"], name="goal_of_engagement")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(weight__gte=1, weight__lte=3), name="a_goal_weighs_one_to_three"),
            models.CheckConstraint(
                condition=Q(reached_at=None) | Q(laid_down_at=None), name="goal_reached_or_laid_down_not_both"
            ),
        ]

    def __str__(self) -> str:
        return f"goal {self.pk}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("goal", args=[self.pk])

    @property
    def is_current(self) -> bool:
        """Whether it is still walked towards."""
        return self.reached_at is None and self.laid_down_at is None

    @property
    def proposer(self) -> str:
        """Who proposed it, by name."""
        names = {self.Proposer.COACH: self.engagement.coach.first, self.Proposer.CLIENT: self.engagement.first}
        return names.get(self.Proposer(self.proposed_by), "both of you together")

    @classmethod
    def propose(
        cls, engagement: Engagement, pk: UUID, *, title: str, why: str, weight: int, proposed_by: str, by: User
    ) -> "Goal":
        """A new goal, written down by either of the two."""
        made = cls(pk=pk, engagement=engagement, title=title, why=why or None, weight=weight, written_by=by)
        made.proposed_by = proposed_by
        return made.keep("wrote down a goal", by=by)

    def say(self, *, title: str, why: str, weight: int, proposed_by: str, by: User) -> None:
        """Put it in other words, or give it another weight."""
        self.title, self.why, self.weight, self.proposed_by = title, why or None, weight, proposed_by
        self.change("changed a goal", "title", "why", "weight", "proposed_by", by=by)

    def write_levels(self, levels: list[str], *, by: User) -> None:
        """The five sentences; once somebody has rated, the earlier ones stay readable with their date."""
        if levels == self.levels:
            return
        with transaction.atomic():
            self.engagement.hold()
            if self.levels and self.ratings.access_system("is it rated yet?").exists():
                Revision.objects.create(goal=self, levels=self.levels, replaced_by=by)
                self.revised_at = timezone.now()
            self.levels = levels
            self.change("wrote a goal's levels", "levels", "revised_at", by=by)

    def reach(self, *, by: User) -> None:
        """It is reached; harmless when repeated."""
        if self.reached_at is None:
            self.reached_at, self.laid_down_at = timezone.now(), None
            self.change("reached a goal", "reached_at", "laid_down_at", by=by)

    def lay_down(self, *, by: User) -> None:
        """Let it rest, without a reason; harmless when repeated."""
        if self.laid_down_at is None:
            self.laid_down_at, self.reached_at = timezone.now(), None
            self.change("laid a goal down", "reached_at", "laid_down_at", by=by)

    def take_up(self, *, by: User) -> None:
        """Walk on towards it after all."""
        if not self.is_current:
            self.reached_at = self.laid_down_at = None
            self.change("took a goal up again", "reached_at", "laid_down_at", by=by)


Under = TypeVar("Under", bound="OfGoal")


class OfGoalQuerySet(GuardedQuerySet[Under]):
    """What stands under a goal, found by the two people of the engagement."""

    def seen_by(self, person: User) -> Self:
        """What stands under this person's goals."""
        found = self.filter(between(person, "goal__engagement__"))
        return found.select_related("goal", *(f"goal__{part}" for part in PEOPLE))


class OfGoal(OnTheRoad):
    """A row that stands under a goal."""

    goal: Goal
    seal_with = "goal.engagement.key"

    class Meta:
        abstract = True

    @property
    def engagement(self) -> Engagement:  # type: ignore[override]
        """Whose work it is about."""
        return self.goal.engagement


class RevisionQuerySet(OfGoalQuerySet["Revision"]):
    """Revisions, found as what they stand under."""


class Revision(OfGoal):
    """The five sentences as they were until somebody changed them."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="revisions")
    levels = SealedField(kind="json")
    replaced_at = models.DateTimeField(default=timezone.now)
    replaced_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    classes = Classes(public="id", practice="goal replaced_at replaced_by")
    objects = RevisionQuerySet.as_manager()

    def __str__(self) -> str:
        return f"revision {self.pk}"


class MilestoneQuerySet(OfGoalQuerySet["Milestone"]):
    """Milestones, found as what they stand under."""


class Milestone(OfGoal):
    """A place on the way to a goal."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="milestones")
    words = SealedField()
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    reached_at = models.DateTimeField(null=True)

    classes = Classes(public="id", practice="goal written_by made_at reached_at")
    objects = MilestoneQuerySet.as_manager()

    def __str__(self) -> str:
        return f"milestone {self.pk}"

    def reach(self, *, by: User) -> None:
        """It is reached; harmless when repeated."""
        if self.reached_at is None:
            self.reached_at = timezone.now()
            self.change("reached a milestone", "reached_at", by=by)

    def unreach(self, *, by: User) -> None:
        """Not yet, after all."""
        if self.reached_at is not None:
            self.reached_at = None
            self.change("took a reached milestone back", "reached_at", by=by)

    def remove(self, *, by: User) -> None:
        """Take it out, by either of the two."""
        self.engagement.require_one_of(by)
        self.take_out("removed a milestone", by=by)
