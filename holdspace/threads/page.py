"""What the thread page shows to one of the two: messages from the newest, what was begun, and who waits for whom."""

import uuid
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format

from holdspace.engagements.models import Engagement, Pact
from holdspace.engagements.offlimits import Topic, topics_in
from holdspace.engagements.readers import Readers
from holdspace.engagements.writing import came_back
from holdspace.letters.models import Returned
from holdspace.letters.quiet import next_awake
from holdspace.people.models import User
from holdspace.vault import trail

from .models import Attachment, Draft, Message, ReplyAddress
from .owing import Owed, owed_under

AT_ONCE = 30
"""Messages on one page."""


@dataclass
class Shown:
    """One message as the page shows it."""

    message: Message
    mine: bool
    files: list[Attachment] = field(default_factory=list)
    first_unread: bool = False

    @property
    def gets_it(self) -> str:
        """When a held message reaches its reader, by the reader's own clock."""
        return clock_of(self.message.reader, self.message.goes_at)


class ThreadPage:
    """All of one page of a thread that one person may see, opened once."""

    def __init__(self, engagement: Engagement, reader: User, before: str = "", until: str = "") -> None:
        self.engagement, self.reader = engagement, reader
        self.other, self.other_name = engagement.other(reader), engagement.other_name(reader)
        self.is_coach = reader.pk == engagement.coach_id
        self.readers = Readers(engagement, reader)
        self.before, self.until = before, until

    @classmethod
    def open(cls, engagement: Engagement, reader: User, before: str = "", until: str = "") -> "ThreadPage":
        """Find what there is, and note that somebody read another's words."""
        page = cls(engagement, reader, before, until)
        theirs = [shown.message for shown in page.messages if not shown.mine and not shown.message.taken_back_at]
        trail.leave_read(
            theirs,
            by=reader,
            practice_id=engagement.practice_id,
            subject_id=engagement.client_id if page.is_coach else engagement.coach_id,
            engagement_id=engagement.pk,
        )
        return page

    @cached_property
    def found(self) -> list[Message]:
        """The newest messages, before one or up to one, and one more to know that there are more."""
        mine = Message.objects.visible_to(self.reader).filter(engagement=self.engagement).select_related(None)
        cursor = _cursor(self.until or self.before, self.engagement, self.reader)
        if cursor is not None:
            earlier = Q(goes_at__lt=cursor.goes_at) | Q(goes_at=cursor.goes_at, written_at__lt=cursor.written_at)
            mine = mine.filter(earlier | Q(pk=cursor.pk)) if self.until else mine.filter(earlier)
        return list(mine.in_order().reverse()[: AT_ONCE + 1])

    @property
    def earlier(self) -> uuid.UUID | None:
        """The message that the page before this one ends at."""
        return self.found[AT_ONCE - 1].pk if len(self.found) > AT_ONCE else None

    @cached_property
    def messages(self) -> list[Shown]:
        """The messages of this page, the oldest first."""
        people = {one.pk: one for one in (self.reader, self.other)}
        shown, unread = [], False
        for message in reversed(self.found[:AT_ONCE]):
            message.engagement, message.writer = self.engagement, people[message.writer_id]
            mine = message.writer_id == self.reader.pk
            fresh = not mine and message.first_read_at is None and message.taken_back_at is None
            shown.append(Shown(message, mine, self.files.get(message.pk, []), fresh and not unread))
            unread = unread or fresh
        return shown

    @property
    def last_unread(self) -> uuid.UUID | None:
        """The newest of the other's messages that wasn't opened before."""
        fresh = [
            one.message.pk
            for one in self.messages
            if not one.mine and not one.message.first_read_at and not one.message.taken_back_at
        ]
        return fresh[-1] if fresh else None

    @cached_property
    def draft(self) -> Draft | None:
        """What this person has begun to write."""
        return Draft.of(self.engagement, self.reader)

    @cached_property
    def files(self) -> dict[uuid.UUID, list[Attachment]]:
        """Files by the message or draft they go with."""
        wanted = Q(message__in=[message.pk for message in self.found[:AT_ONCE]])
        if self.draft is not None:
            wanted |= Q(draft=self.draft)
        files: dict[uuid.UUID, list[Attachment]] = {}
        for one in Attachment.objects.visible_to(self.reader).filter(wanted).select_related(None).listed():
            one.engagement = self.engagement
            with_it = one.message_id or one.draft_id
            files.setdefault(with_it, []).append(one) if with_it else None
        return files

    @property
    def draft_files(self) -> list[Attachment]:
        """Files that wait to be sent."""
        return self.files.get(self.draft.pk, []) if self.draft else []

    @cached_property
    def pact(self) -> Pact | None:
        """What the two agreed on last."""
        return Pact.objects.visible_to(self.reader).signed().filter(engagement=self.engagement).first()

    @property
    def topics(self) -> list[Topic]:
        """What the coach agreed not to bring up."""
        return topics_in(self.pact) if self.is_coach else []

    @cached_property
    def waiting(self) -> tuple[Owed | None, Owed | None]:
        """The answer this person owes, and the one they are owed."""
        return owed_under(self.engagement, self.reader, self.pact)

    @property
    def sleeps_until(self) -> str:
        """When the other would get something written now, if not at once; by their own clock."""
        now = timezone.now()
        pact = self.pact
        due = next_awake(now, self.other.zone, pact.quiet_from, pact.quiet_to) if pact else now
        return clock_of(self.other, due) if due > now else ""

    @cached_property
    def answers_by_mail(self) -> bool:
        """Whether this person has an address to answer to."""
        mine = ReplyAddress.objects.visible_to(self.reader).live()
        return bool(settings.REPLY_DOMAIN) and mine.filter(engagement=self.engagement).exists()

    @cached_property
    def returned(self) -> Returned | None:
        """That mail to the other came back."""
        return came_back(self.engagement, self.reader)


def clock_of(person: User, moment: datetime) -> str:
    """A moment by somebody's own clock: 08:00 today, 08:00 tomorrow, 08:00 on Friday 27 November."""
    wall, today = moment.astimezone(person.zone), timezone.now().astimezone(person.zone).date()
    days = (wall.date() - today).days
    day = {0: "today", 1: "tomorrow"}.get(days) or f"on {date_format(wall, 'l j F')}"
    return f"{wall:%H:%M} {day}"


def _cursor(before: str, engagement: Engagement, reader: User) -> Message | None:
    """The message a page starts before; whatever isn't one of this thread is no place to start."""
    try:
        pk = uuid.UUID(before)
    except ValueError:
        return None
    return Message.objects.visible_to(reader).filter(engagement=engagement, pk=pk).first()
