"""How a goal is going: notes on the way, and where each of the two sees it."""

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.utils import timezone

from holdspace.people.models import User
from holdspace.vault.models import Classes, SealedField, new_id

from .goal import Goal, OfGoal, OfGoalQuerySet
from .road import NotTheirs

LEVELS = range(-2, 3)
IN_WORDS = {
    -2: "much less than hoped",
    -1: "less than hoped",
    0: "as hoped",
    1: "more than hoped",
    2: "much more than hoped",
}


class NoLevels(Exception):
    """Nobody can say how far a goal is before its five sentences are written."""


class ProgressQuerySet(OfGoalQuerySet["Progress"]):
    """Progress notes, found as what they stand under."""


class Progress(OfGoal):
    """A few words on how a goal is going; both read them at once."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="progress")
    words = SealedField()
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)

    classes = Classes(public="id", practice="goal written_by written_at")
    objects = ProgressQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["goal", "-written_at"], name="progress_of_goal")]

    def __str__(self) -> str:
        return f"progress {self.pk}"

    @property
    def writer_name(self) -> str:
        """What the writer is called in a sentence."""
        return self.engagement.name_of(self.written_by_id)

    def remove(self, *, by: User) -> None:
        """Take one's own words out again."""
        if by.pk != self.written_by_id:
            raise NotTheirs
        self.take_out("removed a progress note", by=by)


class RatingQuerySet(OfGoalQuerySet["Rating"]):
    """Ratings, found as what they stand under."""


class Rating(OfGoal):
    """Where one of the two sees a goal: `said` is `{"level": -2..2, "words": …}`, sealed like any words."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="ratings")
    said = SealedField(kind="json")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    classes = Classes(public="id", practice="goal by at")
    objects = RatingQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["goal", "at"], name="rating_of_goal")]

    def __str__(self) -> str:
        return f"rating {self.pk}"

    @property
    def level(self) -> int:
        """From -2, much less than hoped, to 2."""
        return int(self.said["level"])

    @property
    def words(self) -> str:
        """A word on why, if there was one."""
        return str(self.said["words"])

    @property
    def in_words(self) -> str:
        """The level as one would say it."""
        return IN_WORDS[self.level]

    @property
    def rater(self) -> str:
        """What whoever rated is called in a sentence."""
        return self.engagement.name_of(self.by_id)

    @classmethod
    def give(cls, goal: Goal, pk: UUID, level: int, words: str = "", *, by: User) -> "Rating":
        """Say where one sees a goal; raises NoLevels before there are sentences to choose from."""
        if not goal.levels:
            raise NoLevels
        if level not in LEVELS:
            raise ValueError("a goal stands between -2 and 2")
        return cls(pk=pk, goal=goal, said={"level": level, "words": words}, by=by).keep("rated a goal", by=by)

    def undo(self, *, by: User) -> None:
        """Take one's own rating back; nothing of it stays but the deed."""
        if by.pk != self.by_id:
            raise NotTheirs
        self.take_out("took a rating back", by=by)
