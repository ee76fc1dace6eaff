"""Goals as one of the two sees them: where each is by both, side by side and never averaged, and how it went."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.utils import timezone

from holdspace.engagements.models import Engagement
from holdspace.people.models import User
from holdspace.shell.pictures import Picture
from holdspace.shell.steps import Line, Said, steps

from .models import IN_WORDS, Goal, Rating, note_reads
from .scaling import attainment


@dataclass(frozen=True)
class Attained:
    """One person's T over all rated goals, as a mirror."""

    who: str
    t: float
    goals: int


class ShownGoal:
    """A goal with all its ratings."""

    def __init__(self, goal: Goal, ratings: Iterable[Rating], reader: User) -> None:
        self.goal, self.reader = goal, reader
        self.ratings = sorted(ratings, key=lambda rating: (rating.at, rating.pk))
        for rating in self.ratings:
            rating.goal = goal

    @cached_property
    def latest(self) -> list[Rating]:
        """The last word of each who rated, the client's first."""
        last = {rating.by_id: rating for rating in self.ratings}
        return sorted(last.values(), key=lambda rating: rating.by_id != self.goal.engagement.client_id)

    @property
    def mine(self) -> Rating | None:
        """The reader's own last word, which can be taken back."""
        return next((rating for rating in self.latest if rating.by_id == self.reader.pk), None)

    @property
    def differ(self) -> bool:
        """Whether the two see it differently."""
        return len({rating.level for rating in self.latest}) > 1

    @property
    def levels(self) -> list[tuple[str, str]]:
        """The five sentences, each under what it stands for, the best first."""
        return list(zip(IN_WORDS.values(), self.goal.levels or [], strict=False))[::-1]

    @cached_property
    def picture(self) -> Picture | None:
        """Both people's levels over time; nothing before anybody rated."""
        if not self.ratings:
            return None
        engagement = self.goal.engagement
        people = (
            ("client", engagement.first, engagement.client_id),
            ("coach", engagement.coach.first, engagement.coach_id),
        )
        lines = [Line(role, name, self._said(pk)) for role, name, pk in people]
        until = self.goal.reached_at or self.goal.laid_down_at or timezone.now()
        caption = "Where each of you saw it over time, from −2, much less than hoped, to 2, much more."
        return steps([line for line in lines if line.said], low=-2, high=2, until=until, caption=caption)

    def _said(self, pk: object) -> tuple[Said, ...]:
        own = (rating for rating in self.ratings if rating.by_id == pk)
        return tuple(Said(one.at, one.level, one.words or one.in_words) for one in own)


def goals_of(engagement: Engagement, reader: User) -> list[ShownGoal]:
    """All goals of two people, with their ratings; reading the other's words leaves a trace."""
    goals = list(Goal.objects.visible_to(reader).filter(engagement=engagement).in_order())
    by_goal: dict[object, list[Rating]] = {goal.pk: [] for goal in goals}
    ratings = Rating.objects.visible_to(reader).select_related(None).filter(goal__engagement=engagement)
    for goal in goals:
        goal.engagement = engagement
    known = {goal.pk: goal for goal in goals}
    for rating in ratings:
        rating.goal = known[rating.goal_id]
        by_goal[rating.goal_id].append(rating)
    note_reads(engagement, [goal for goal in goals if goal.written_by_id != reader.pk], by=reader)
    return [ShownGoal(goal, by_goal[goal.pk], reader) for goal in goals]


def attained(shown: Iterable[ShownGoal]) -> list[Attained]:
    """T by each of the two who rated, over the goals they rated; goals that were laid down don't count."""
    pairs: dict[str, list[tuple[int, int]]] = {}
    for one in shown:
        for rating in one.latest if one.goal.laid_down_at is None else ():
            pairs.setdefault(rating.rater, []).append((one.goal.weight, rating.level))
    return [Attained(who, t, len(said)) for who, said in pairs.items() if (t := attainment(said)) is not None]
