"""Telling by mail that there is a message: never what it says, unless its reader wants that."""

from django.conf import settings
from django.urls import reverse

from holdspace.engagements.models import Engagement
from holdspace.engagements.writing import may_write, write_to
from holdspace.letters.models import Letter, Wish
from holdspace.people.models import User

from .models import Message, ReplyAddress

KIND = "message"


def announce(message: Message) -> bool:
    """A letter to the reader, when the message is theirs; one that still waits speaks for all that came since."""
    engagement, reader = message.engagement, message.reader
    if not may_write(engagement, reader):
        return False
    inside = Wish.of(reader).words_since is not None
    if not inside and _waiting(engagement, reader):
        return False
    return write_to(
        engagement,
        reader,
        KIND,
        subject=f"A message from {_from(engagement, reader)}",
        words=_text(message, inside=inside),
        idem=idem_of(message),
        due=message.goes_at,
        answers_to=ReplyAddress.for_letters_to(engagement, reader),
        can_wait=True,
    )


def reword(message: Message) -> None:
    """A letter that carries the words and still waits carries the new ones."""
    if Letter.recall(idem_of(message)):
        announce(message)


def recall(message: Message) -> None:
    """Nothing is told of what was taken back; where the letter spoke for others too, one of them gets its own."""
    if not Letter.recall(idem_of(message)):
        return
    others = Message.objects.access_system("who else waits to be told").still_there().filter(first_read_at=None)
    mine = others.filter(engagement=message.engagement_id, writer=message.writer_id, goes_at__gte=message.goes_at)
    for other in mine.exclude(pk=message.pk).in_order():
        other.engagement = message.engagement
        announce(other)


def idem_of(message: Message) -> str:
    """What tells the letter about this message from every other."""
    return f"{KIND}-{message.pk}"


def _waiting(engagement: Engagement, reader: User) -> bool:
    box = Letter.objects.access_system("one letter tells of all that wait").untouched()
    return box.filter(to=reader, key=engagement.key_id, kind=KIND).exists()


def _from(engagement: Engagement, reader: User) -> str:
    return engagement.coach.first if reader.pk == engagement.client_id else "one of your clients"


def _text(message: Message, *, inside: bool) -> str:
    engagement, reader = message.engagement, message.reader
    name = _from(engagement, reader)
    hello = f"Hello {engagement.name_of(reader.pk)},\n\n{name[:1].upper()}{name[1:]} wrote"
    address = settings.ADDRESS + reverse("thread", args=[engagement.pk])
    by_mail = "\n\nOr answer this mail: what you write goes there, and what you quote is left out."
    answer = by_mail if settings.REPLY_DOMAIN else ""
    if inside:
        return f"{hello}:\n\n{message.words}\n\nAnswer here:\n\n{address}{answer}\n"
    return f"{hello} to you. It is here, and only for you:\n\n{address}\n\nYou are asked to sign in first.{answer}\n"
