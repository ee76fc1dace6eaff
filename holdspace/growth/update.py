"""A short note on how it goes, drafted for the coach from what both already share, and sent by nobody but the coach."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Model
from django.utils import timezone

from holdspace.engagements.models import Engagement
from holdspace.people.models import User
from holdspace.threads.models import Draft

from .due import said_day, said_due
from .models import Commitment, Milestone, NotTheCoach, Rating, note_reads

LATELY = timedelta(days=30)
"""What is told of: promises kept, goals seen anew and places reached within so many days."""
MOST = 5
"""Lines of a kind; a note is short."""


class NothingToTell(Exception):
    """Nothing that both share has changed lately, and nothing is open."""


def draft_update(engagement: Engagement, *, by: User) -> Draft:
    """Put the note under what the coach has begun to write.

    Raises NotTheCoach, NothingToTell, Over and NotYetAccepted.
    """
    if by.pk != engagement.coach_id:
        raise NotTheCoach
    engagement.require_live()
    read: list[Model] = []
    paragraphs = [*_kept(engagement, by, read), *_goals(engagement, by, read), *_next(engagement, by, read)]
    if not paragraphs:
        raise NothingToTell
    note_reads(engagement, read, by=by)
    words = "\n\n".join([f"Hello {engagement.first},", *paragraphs, engagement.coach.first])
    return Draft.offer(engagement, words, by=by)


def _kept(engagement: Engagement, by: User, read: list[Model]) -> Iterator[str]:
    """What both kept lately, the coach's own first."""
    mine = Commitment.objects.visible_to(by).filter(engagement=engagement)
    kept = list(mine.filter(kept_at__gte=timezone.now() - LATELY).order_by("kept_at"))
    for owner, begins in (
        (Commitment.Owner.COACH, "What I promised and did:"),
        (Commitment.Owner.CLIENT, "What you did:"),
    ):
        done = [f"- {one.action} ({_on(one)})" for one in kept if one.owner == owner][-MOST:]
        if done:
            read += [one for one in kept if one.owner == owner == Commitment.Owner.CLIENT][-MOST:]
            yield "\n".join([begins, "", *done])


def _on(one: Commitment) -> str:
    today = timezone.localdate()
    return said_day(one.kept_on, today) if one.kept_on else ""


def _goals(engagement: Engagement, by: User, read: list[Model]) -> Iterator[str]:
    """Where the client sees each goal, if they said so lately, and the places reached on the way."""
    since = timezone.now() - LATELY
    here = {"goal__engagement": engagement}
    ratings = Rating.objects.visible_to(by).filter(**here, by=engagement.client, at__gte=since).order_by("at")
    seen = {one.goal_id: f"- {one.goal.title}: you see it {one.in_words}" for one in ratings}
    reached = Milestone.objects.visible_to(by).filter(**here, reached_at__gte=since).order_by("reached_at")
    lines = [*seen.values(), *(f"- reached: {one.words}" for one in reached)][-MOST:]
    if lines:
        read += [*ratings, *reached]
        yield "\n".join(["Where you are going:", "", *lines])


def _next(engagement: Engagement, by: User, read: list[Model]) -> Iterator[str]:
    """What is open, the soonest first."""
    today = timezone.localdate()
    soon = Commitment.objects.visible_to(by).filter(engagement=engagement).open().by_due()[:MOST]
    lines = [
        f"- {'I' if one.owner == Commitment.Owner.COACH else 'you'}: {one.action} ({said_due(one.due_on, today)})"
        for one in soon
    ]
    if lines:
        read += [one for one in soon if one.owner == Commitment.Owner.CLIENT]
        yield "\n".join(["What comes next:", "", *lines])
