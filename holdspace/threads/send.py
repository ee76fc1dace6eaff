"""Sending a message, with what goes with it; and taking one back."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from holdspace.engagements.models import Engagement, NotBetweenThem
from holdspace.engagements.writing import manner_of
from holdspace.letters.quiet import next_awake
from holdspace.people.models import User

from .announce import announce, recall, reword
from .files import NewFile
from .models import LONGEST, MOST, Attachment, Draft, Message


class NothingToSend(Exception):
    """Neither words nor a file."""


class TooLong(Exception):
    """More than one message holds."""


class TooManyFiles(Exception):
    """More files than go with one message."""


def send(
    engagement: Engagement,
    words: str,
    *,
    by: User,
    once: UUID,
    files: Sequence[NewFile] = (),
    by_mail: bool = False,
) -> Message:
    """Words to the other, held until their quiet hours are over; the same form sent twice is the same message.

    Files that waited with what this person had begun to write go with it, and the draft is gone; a mail leaves it be.
    Raises Over, NotYetAccepted, NotBetweenThem, NothingToSend, TooLong and TooManyFiles.
    """
    engagement.require_one_of(by)
    with transaction.atomic():
        engagement = engagement.hold()
        sent_before = _sent_before(engagement, once, by)
        if sent_before is not None:
            return sent_before
        engagement.require_live()
        draft = None if by_mail else Draft.of(engagement, by)
        waiting = (
            list(Attachment.objects.visible_to(by).filter(draft=draft).values_list("pk", flat=True)) if draft else []
        )
        _refuse(words, len(waiting) + len(files))
        message = Message(pk=once, engagement=engagement, writer=by, words=words, by_mail=by_mail)
        message.written_at = timezone.now()
        message.goes_at = awake(engagement, engagement.other(by), message.written_at)
        message.save(force_insert=True)
        Attachment.objects.access_system("sent with the message").filter(pk__in=waiting).update(
            message=message, draft=None
        )
        _attach(message, files)
        if draft is not None:
            draft.drop()
        engagement.leave_trace("sent a message", message, by)
        announce(message)
    return message


def awake(engagement: Engagement, reader: User, moment: datetime) -> datetime:
    """When the reader may get something written then: at once, or when the quiet hours agreed on are over."""
    manner = manner_of(engagement)
    return next_awake(moment, reader.zone, manner.quiet_from, manner.quiet_to)


def keep_files(draft: Draft, files: Sequence[NewFile]) -> None:
    """Files that wait with what is being written; those that fit, and TooManyFiles when others don't."""
    with transaction.atomic():
        draft.engagement.hold()
        room = MOST - Attachment.objects.visible_to(draft.writer).filter(draft=draft).count()
        for file in files[: max(room, 0)]:
            _keep(file, draft.engagement, draft=draft)
    if len(files) > room:
        raise TooManyFiles


def edit(message: Message, words: str, *, by: User) -> None:
    """Say it otherwise; a letter about it that still waits says it otherwise too."""
    if not words.strip() and not message.attachments.visible_to(by).exists():
        raise NothingToSend
    if len(words) > LONGEST:
        raise TooLong
    with transaction.atomic():
        message.edit(words, by=by)
        reword(message)


def take_back(message: Message, *, by: User) -> None:
    """Unsay it; what nobody had seen yet is the writer's draft again, files and all."""
    with transaction.atomic():
        message.engagement.hold()
        if message.is_held and message.writer_id == by.pk and message.words is not None:
            draft = Draft.offer(message.engagement, message.words, by=by)
            _move_back(message, draft)
        message.take_back(by=by)
        recall(message)


def _move_back(message: Message, draft: Draft) -> None:
    there = Attachment.objects.access_system("how many wait already").filter(draft=draft).count()
    mine = Attachment.objects.access_system("back to the draft").filter(message=message).order_by("pk")
    room = list(mine.values_list("pk", flat=True)[: max(MOST - there, 0)])
    Attachment.objects.access_system("back to the draft").filter(pk__in=room).update(message=None, draft=draft)


def _sent_before(engagement: Engagement, once: UUID, by: User) -> Message | None:
    there = Message.objects.access_system("the same form sent twice?").filter(pk=once).first()
    if there is None:
        return None
    if (there.engagement_id, there.writer_id) != (engagement.pk, by.pk):
        raise NotBetweenThem
    there.engagement = engagement
    return there


def _refuse(words: str, files: int) -> None:
    if len(words) > LONGEST:
        raise TooLong
    if files > MOST:
        raise TooManyFiles
    if not words.strip() and not files:
        raise NothingToSend


def _attach(message: Message, files: Sequence[NewFile]) -> None:
    for file in files:
        _keep(file, message.engagement, message=message)


def _keep(file: NewFile, engagement: Engagement, *, message: Message | None = None, draft: Draft | None = None) -> None:
    Attachment.objects.create(
        engagement=engagement,
        message=message,
        draft=draft,
        name=file.name,
        kind=file.kind,
        size=len(file.content),
        content=file.content,
    )
