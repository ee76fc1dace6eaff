"""An answer by mail: taken in from its writer's own address alone, once, and only into the thread it answers."""

import hashlib
import hmac
from datetime import timedelta
from email.message import Message as Mail
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from holdspace.engagements.models import Erased, NotYetAccepted, Over
from holdspace.letters.envelope import host

from .files import BadFile
from .models import LONGEST, Message, ReplyAddress
from .reading import TooManyParts, files_in, is_automatic, is_forged, new_words, read_mail, sender_of
from .send import NothingToSend, TooLong, TooManyFiles, send

PER_HOUR = 20
"""Messages by mail from one person in one thread within an hour; more wait at the mail server."""


class Refused(Exception):
    """Not taken in; the sentence goes back to whoever wrote it, by the mail server that brought it."""


class NotNow(Refused):
    """Not taken in just now; the mail server tries again."""


class Automatic(Exception):
    """A machine wrote it, so it is let fall, and nobody is told, or two machines would write to each other forever."""


NOBODY = "550 5.1.1 There is nobody at this address. It may be old: answer a newer mail, or sign in."
NOT_YOU = "550 5.7.1 This mail is not from the address we know you by, so nothing was taken in. Write from that one."
FORGED = "550 5.7.1 The checks say that somebody else sent this, so nothing was taken in."
EMPTY = "550 5.6.0 There are no new words in this mail. Write above what you quote."
LONG = f"552 5.3.4 That is too long for one message, where {LONGEST} characters fit. Shorten it, or sign in."
FILES = "550 5.6.1 One of the files is of a kind or size that is not taken here, or there are more than five."
ENDED = "550 5.7.0 This work has ended, so nothing new is written there. What was stays readable."
BUSY = "450 4.7.1 That is a lot within an hour. It is tried again later."


def take_answer(token: str, envelope_from: str, content: bytes) -> Message:
    """A mail becomes a message; the same mail twice is one. Raises Refused, NotNow and Automatic."""
    address = ReplyAddress.behind(token)
    if address is None:
        raise Refused(NOBODY)
    mail = read_mail(content)
    if not envelope_from or is_automatic(mail, host()):
        raise Automatic
    if sender_of(mail) != (address.person.email or "").lower():
        raise Refused(NOT_YOU)
    if is_forged(mail, settings.REPLY_JUDGE):
        raise Refused(FORGED)
    return _keep(address, mail, once_of(address, mail, content))


def _keep(address: ReplyAddress, mail: Mail, once: UUID) -> Message:
    engagement, person = address.engagement, address.person
    by_mail = Message.objects.visible_to(person).filter(engagement=engagement, writer=person, by_mail=True)
    lately = by_mail.filter(written_at__gt=timezone.now() - timedelta(hours=1)).exclude(pk=once)
    if lately.count() >= PER_HOUR:
        raise NotNow(BUSY)
    try:
        return send(engagement, new_words(mail), by=person, once=once, files=files_in(mail), by_mail=True)
    except NothingToSend:
        raise Refused(EMPTY) from None
    except TooLong:
        raise Refused(LONG) from None
    except (BadFile, TooManyParts, TooManyFiles):
        raise Refused(FILES) from None
    except (Over, NotYetAccepted):
        raise Refused(ENDED) from None
    except Erased:
        raise Refused(NOBODY) from None


def once_of(address: ReplyAddress, mail: Mail, content: bytes) -> UUID:
    """The id of the message that this mail becomes: the same for the same Message-ID, and nobody's to foresee."""
    said = str(mail.get("Message-ID", "")).strip().encode("utf-8", "replace") or content
    made = hmac.digest(settings.SECRET_KEY.encode(), b"mail " + address.pk.bytes + said, hashlib.sha256)
    return UUID(bytes=made[:16], version=4)
