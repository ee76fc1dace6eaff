"""A client's home: what comes next, what the two promised, where it leads, and who reads what."""

from collections import defaultdict
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from holdspace.conversations.models import Session
from holdspace.engagements.models import Engagement
from holdspace.growth.models import Commitment, Concern, Goal
from holdspace.growth.shown import Shown
from holdspace.people.models import User
from holdspace.threads.models import Message
from holdspace.vault import trail

from .day import greeting

SHOWN = 5
"""Lines of each kind at most; each kind has its own page."""
MANY = 60
"""Rows of a kind asked for over all of somebody's work."""


@dataclass
class Work:
    """One engagement as its client sees it at home."""

    engagement: Engagement
    sessions: list[Session] = field(default_factory=list)
    coachs: list[Shown] = field(default_factory=list)
    own: list[Shown] = field(default_factory=list)
    goals: list[Goal] = field(default_factory=list)
    concerns: list[Concern] = field(default_factory=list)

    @property
    def unread(self) -> int:
        """How many messages wait to be read."""
        return int(vars(self.engagement).get("unread", 0))

    @property
    def last_session(self) -> UUID | None:
        """The session they last had, about which something can be written down."""
        last: UUID | None = vars(self.engagement).get("last")
        return last

    @property
    def promises(self) -> bool:
        """Whether either has promised anything that is still open."""
        return bool(self.coachs or self.own)


class Home:
    """All that one client comes home to."""

    def __init__(self, person: User) -> None:
        self.person, self.now = person, timezone.localtime()
        mine = Engagement.objects.visible_to(person).of_client(person).order_by("ended_on", "started_on")
        self.works = {one.pk: Work(one) for one in mine.annotate(unread=unread_by(person), last=last_met(person))}
        for session in Session.objects.visible_to(person).filter(engagement__client=person).coming()[:SHOWN]:
            self.works[session.engagement_id].sessions.append(session)
        self._promises()
        goals = Goal.objects.visible_to(person).filter(engagement__client=person).current().in_order()[:MANY]
        for goal in goals:
            self._work(goal).goals.append(goal)
        concerns = Concern.objects.visible_to(person).filter(engagement__client=person).open().in_order()[:MANY]
        for concern in concerns:
            self._work(concern).concerns.append(concern)
        self._trace()

    @property
    def greeting(self) -> str:
        """Good morning, by the person's own clock."""
        return greeting(self.now)

    @property
    def live(self) -> list[Work]:
        """Work that goes on."""
        return [work for work in self.works.values() if not work.engagement.ended_on]

    @property
    def ended(self) -> list[Work]:
        """Work that has ended; all of it stays readable."""
        return [work for work in self.works.values() if work.engagement.ended_on]

    def _work(self, noun: Goal | Concern) -> Work:
        return self.works[noun.engagement_id]

    def _promises(self) -> None:
        open_now = Commitment.objects.visible_to(self.person).filter(engagement__client=self.person).unsettled()
        for one in open_now.filter(engagement__ended_on=None).by_due()[:MANY]:
            work = self.works[one.engagement_id]
            column = work.coachs if one.owner == Commitment.Owner.COACH else work.own
            column.append(Shown(one, self.person))

    def _trace(self) -> None:
        """Of the coach's words, their promises stand here: that they were read is noted."""
        read: dict[UUID, list[Commitment]] = defaultdict(list)
        for work in self.live:
            read[work.engagement.pk] += [shown.commitment for shown in work.coachs[:SHOWN]]
        for pk, commitments in read.items():
            engagement = self.works[pk].engagement
            trail.leave_read(
                commitments,
                by=self.person,
                practice_id=engagement.practice_id,
                subject_id=engagement.coach_id,
                engagement_id=engagement.pk,
            )


def last_met(person: User) -> Subquery:
    """The last session of an engagement that has begun, as part of asking for the engagement."""
    met = Session.objects.visible_to(person).filter(engagement=OuterRef("pk"), starts_at__lte=timezone.now())
    return Subquery(met.select_related(None).newest_first().values("pk")[:1])


def unread_by(person: User) -> Coalesce:
    """How many messages of an engagement this person has not read, as part of asking for the engagement."""
    waiting = Message.objects.visible_to(person).unread_by(person).filter(engagement=OuterRef("pk"))
    counted = waiting.select_related(None).order_by().values("engagement").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)
