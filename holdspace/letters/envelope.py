"""The envelope: from whom a letter is, where answers go, what it belongs with, and how it looks in a mailbox."""

import hashlib
import hmac
from dataclasses import asdict, dataclass
from email.utils import formataddr, parseaddr
from typing import Any, Protocol
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

BOUNCE = "bounce"


class Addressed(Protocol):
    """What the envelope needs of a letter."""

    pk: UUID
    subject: str
    kind: str
    to: Any


@dataclass(frozen=True)
class Envelope:
    """What stands on a letter besides its words; kept sealed, and wiped with them."""

    sender: str = ""
    answers_to: str = ""
    belongs_to: str = ""

    def kept(self) -> dict[str, str] | None:
        """As the letter keeps it; nothing where it says nothing."""
        said = {name: value for name, value in asdict(self).items() if value}
        return said or None

    @classmethod
    def of(cls, kept: dict[str, str] | None) -> "Envelope":
        """As it was written."""
        return cls(**(kept or {}))


def host() -> str:
    """The house's own name in the world of mail."""
    return str(settings.ADDRESS.split("//")[1].split("/")[0].split(":")[0])


def enclosed(letter: Addressed, parts: list[tuple[str, str]], envelope: Envelope) -> EmailMultiAlternatives:
    """The e-mail of one or several texts, as text and as plain HTML; machines are told not to answer it."""
    several = len(parts) > 1
    subject = parts[0][0] if len(parts) == 1 else letter.subject
    if several:
        subject = f"{len(parts)} things from Holdspace, {letter.subject}"
    shown: dict[str, Any] = {"subject": subject, "several": several, "name": letter.to.first}
    shown["parts"] = [(title, _paragraphs(words, several)) for title, words in parts]
    to = [letter.to.email] if letter.to.email else []
    text = render_to_string("letters/letter.txt", shown)
    mail = EmailMultiAlternatives(subject, text, bounce_address(letter.pk), to=to, headers=_headers(envelope))
    mail.extra_headers["Message-ID"] = f"<{letter.pk}{_told_by(parts) if several else ''}@{host()}>"
    shown["parts"] = [(title, [_lines(paragraph) for paragraph in paragraphs]) for title, paragraphs in shown["parts"]]
    mail.attach_alternative(render_to_string("letters/letter.html", shown), "text/html")
    return mail


def _told_by(parts: list[tuple[str, str]]) -> str:
    """What several texts in one letter are known by, so that no name stands for two contents."""
    return "." + hashlib.sha256(repr(parts).encode()).hexdigest()[:16]


def _headers(envelope: Envelope) -> dict[str, str]:
    headers = {
        "From": from_name(envelope.sender),
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
        "X-Loop": host(),
    }
    if envelope.answers_to:
        headers["Reply-To"] = envelope.answers_to
    if envelope.belongs_to:
        headers |= dict.fromkeys(("In-Reply-To", "References"), f"<{envelope.belongs_to}@{host()}>")
    return headers


def from_name(sender: str) -> str:
    """The house's address under somebody's name: "Ana (Holdspace)"."""
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return formataddr((f"{sender} ({name or 'Holdspace'})", address)) if sender else settings.DEFAULT_FROM_EMAIL


def _paragraphs(words: str, several: bool) -> list[str]:
    """The text in paragraphs; where several stand in one letter, it greets once and not in each."""
    found = [part for part in words.strip().split("\n\n") if part.strip()]
    return found[1:] if several and found and found[0].startswith("Hello ") and len(found) > 1 else found


def _lines(paragraph: str) -> list[tuple[str, str]]:
    """Its lines; one such as "It is done: …" that ends in an address of this house is a link by that name."""
    return [_link(line) for line in paragraph.splitlines()]


def _link(line: str) -> tuple[str, str]:
    name, _, address = line.rpartition(": ")
    own = bool(name) and address.startswith(f"{settings.ADDRESS}/") and " " not in address
    return (name, address) if own else (line, "")


def bounce_address(pk: UUID) -> str:
    """Where the mail server sends word when a letter can't be delivered; known by its seal, so nobody makes one up."""
    if not settings.REPLY_DOMAIN:
        return settings.DEFAULT_FROM_EMAIL
    return f"{BOUNCE}+{pk.hex}-{_seal(pk)}@{settings.REPLY_DOMAIN}"


def bounced(local: str) -> UUID | None:
    """The letter that a bounce address is about; None when it is none of ours."""
    told, _, seal = local.partition("-")
    try:
        pk = UUID(hex=told)
    except ValueError:
        return None
    return pk if hmac.compare_digest(seal.lower().encode(), _seal(pk).encode()) else None


def _seal(pk: UUID) -> str:
    return hmac.digest(settings.SECRET_KEY.encode(), b"bounce " + pk.bytes, hashlib.sha256).hex()[:20]
