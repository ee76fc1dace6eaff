"""A coach's day: what they promised, the answers they owe, whom they meet, and what waits to be heard."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from holdspace.conversations.models import Session
from holdspace.growth.ledger import Group
from holdspace.growth.models import Commitment, Concern, Moment, Move
from holdspace.growth.shown import GROUPS, Shown
from holdspace.people.models import User
from holdspace.threads.models import Message
from holdspace.threads.owing import Owed, all_owed

SHOWN = 12
"""Lines of each kind at most: more is no day but a list, and each list has its own page."""
SOON = timedelta(days=7)
ASKING = "Waits for your answer"


class Day:
    """Everything on one coach's first page. Only their own words stand in it: of others' it tells where they are."""

    def __init__(self, person: User) -> None:
        self.person, self.now = person, timezone.localtime()
        self.promises = self._promises()
        self.owed = self._owed()
        sessions = Session.objects.visible_to(person).filter(engagement__coach=person)
        self.sessions = list(sessions.coming()[:SHOWN])
        concerns = Concern.objects.visible_to(person).waiting_after_next_session(person)
        self.concerns = list(concerns[:SHOWN])
        self.moments = list(Moment.objects.visible_to(person).this_week(person)[:SHOWN])

    @property
    def greeting(self) -> str:
        """Good morning, by the person's own clock."""
        return greeting(self.now)

    @property
    def is_quiet(self) -> bool:
        """Whether nothing at all is on the page."""
        return not (self.promises or self.owed or self.sessions or self.concerns or self.moments)

    @property
    def groups(self) -> Iterator[Group]:
        """Promises by when they are due, what asks for an answer last."""
        for name in (*GROUPS[:3], ASKING):
            some = [one for one in self.promises if self._group(one) == name]
            if some:
                yield Group(name, some)

    def _group(self, shown: Shown) -> str:
        return shown.group if shown.is_mine and shown.state == "open" else ASKING

    def _promises(self) -> list[Shown]:
        """One's own that are late or due within a week, and what a client asks about promises."""
        wished = Move._base_manager.filter(commitment=OuterRef("pk"), asked_by=OuterRef("engagement__client"))
        wished = wished.filter(agreed_at=None, declined_at=None, withdrawn_at=None)
        mine = Q(owner=Commitment.Owner.COACH)
        due = mine & Q(accepted_at__isnull=False, due_on__lte=self.now.date() + SOON)
        asking = (mine & Q(accepted_at=None)) | (~mine & Q(wants_help=True)) | Exists(wished)
        found = Commitment.objects.visible_to(self.person).filter(engagement__coach=self.person)
        live = found.unsettled().filter(due | asking, engagement__ended_on=None)
        return [Shown(one, self.person) for one in live.by_due()[: 2 * SHOWN]]

    def _owed(self) -> list[Owed]:
        """Answers this coach owes, those that were promised by an hour first."""
        waiting = Message.objects.visible_to(self.person).filter(engagement__coach=self.person).owed_by(self.person)
        return sorted(all_owed(list(waiting[:SHOWN])), key=lambda one: (one.by is None, one.by or one.message.goes_at))


def greeting(now: datetime) -> str:
    """Good morning until noon, good afternoon until six, then good evening; nobody is told to be asleep."""
    return "Good morning" if 4 <= now.hour < 12 else "Good afternoon" if 12 <= now.hour < 18 else "Good evening"
