"""Mail that came back: a report of the mail server about a letter, which marks it and stops further ones for good."""

import email
from email.message import Message as Mail
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from .models import Letter, Returned

PARTS = 20
"""Parts of a report that are looked at."""


class NotAReport(Exception):
    """Not a mail server's word that something could not be delivered."""


def take_bounce(pk: UUID, envelope_from: str, content: bytes) -> bool:
    """Note that a letter came back for good; False when that was known, or it is only late. Raises NotAReport."""
    status = failed_for_good(email.message_from_bytes(content)) if not envelope_from else None
    if status is None:
        raise NotAReport
    if not status.startswith("5"):
        return False
    letter = Letter.objects.access_system("a letter that came back").select_related("to").filter(pk=pk).first()
    if letter is None:
        return False
    with transaction.atomic():
        new = Returned.note(letter.to, status)
        if new:
            row = Letter.objects.access_system("it came back").filter(pk=pk, returned_at=None)
            row.update(returned_at=timezone.now())
    return new


def failed_for_good(mail: Mail) -> str | None:
    """The status in a report that says "failed", 5.1.1 and the like; 4 for other actions; None for no report."""
    if mail.get_content_type() != "multipart/report" or mail.get_param("report-type") != "delivery-status":
        return None
    for number, part in enumerate(mail.walk()):
        if number > PARTS:
            return None
        if part.get_content_type() == "message/delivery-status":
            return _worst(part)
    return None


def _worst(part: Mail) -> str | None:
    blocks = part.get_payload()
    said = [one for one in blocks if isinstance(one, Mail)] if isinstance(blocks, list) else []
    found = [_status(one) for one in said[:PARTS] if one.get("Action")]
    return max(found, default=None)


def _status(block: Mail) -> str:
    action = str(block.get("Action", "")).strip().lower()
    status = (str(block.get("Status", "")).split() or [""])[0]
    return status[:11] if action == "failed" and status[:2] in ("5.", "4.") else "4.0.0"
