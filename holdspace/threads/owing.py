"""By when an answer is owed, as the two agreed, in words."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from holdspace.engagements.models import Engagement, Pact
from holdspace.letters.quiet import next_awake
from holdspace.people.models import User

from .models import Message
from .models.message import waiting_for


@dataclass(frozen=True)
class Owed:
    """An answer that waits: for which message, who owes it, and by when they agreed to give it, if they did."""

    message: Message
    owner: User
    by: datetime | None

    @property
    def is_late(self) -> bool:
        """Whether the time agreed on is over."""
        return self.by is not None and self.by < timezone.now()


def due(goes_at: datetime, hours: int, owner: User, pact: Pact) -> datetime:
    """So many hours after it could be read; where that falls into the owner's quiet hours, when these are over."""
    return next_awake(goes_at + timedelta(hours=hours), owner.zone, pact.quiet_from, pact.quiet_to)


def owed(message: Message) -> Owed:
    """The answer that this message waits for; by no particular hour where no reply time was agreed on."""
    (one,) = all_owed([message])
    return one


def all_owed(messages: list[Message]) -> list[Owed]:
    """The answers that these messages wait for, asking once for what was agreed on."""
    pacts = Pact.objects.access_system("the reply time they agreed on").in_force()
    agreed = {pact.engagement_id: pact for pact in pacts.filter(engagement__in={one.engagement_id for one in messages})}
    return [_owed(message, agreed.get(message.engagement_id)) for message in messages]


def _owed(message: Message, pact: Pact | None) -> Owed:
    owner = message.reader
    hours = pact.reply_hours if pact else None
    return Owed(message, owner, due(message.goes_at, hours, owner, pact) if pact and hours else None)


def owed_under(engagement: Engagement, person: User, pact: Pact | None) -> tuple[Owed | None, Owed | None]:
    """In one thread: the answer this person owes, and the one they are owed."""
    if not engagement.is_live:
        return None, None
    this = Engagement.objects.visible_to(person).filter(pk=engagement.pk).select_related(None)
    this = this.annotate(mine=waiting_for(Q(writer=person)), theirs=waiting_for(~Q(writer=person)))
    both = Message.objects.visible_to(person).filter(Q(pk__in=this.values("mine")) | Q(pk__in=this.values("theirs")))
    owing = awaited = None
    for message in both.select_related(None):
        message.engagement = engagement
        message.writer = person if message.writer_id == person.pk else engagement.other(person)
        if message.writer_id == person.pk:
            awaited = _owed(message, pact)
        else:
            owing = _owed(message, pact)
    return owing, awaited
