"""The wish to be erased: what would go, what stays and why; then the deed, its receipt and its letter."""

import logging
from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from holdspace.engagements.models import Engagement
from holdspace.letters.models import Letter
from holdspace.people.models import User

from .erase import doomed, doomed_with, erase_engagement, erase_person, refuse_working
from .held import Held, count
from .holdings import Fate, Holding, holding_of, holdings
from .models import Request

logger = logging.getLogger("holdspace.privacy")


@dataclass(frozen=True)
class Forgotten:
    """What became of a wish to be erased: the receipt's token, and whether its letter left."""

    token: str
    posted: bool


def preview(person: User, engagement: Engagement | None = None) -> list[Held]:
    """What would go, parents first, counted in one query."""
    going = list(doomed_with(engagement) if engagement else doomed(person))[::-1]
    own = [] if engagement else [Held(holding_of("people.User"), 1)]
    return [*own, *count(person, going)]


def staying() -> list[Holding]:
    """What stays of anybody, each with its reason."""
    return [holding for holding in holdings() if holding.fate in (Fate.STAYS, Fate.EMPTIED)]


def forget_person(person: User) -> Forgotten:
    """Erase whoever asks for it themselves. Raises StillWorking."""
    refuse_working(person)
    address, person_id = person.email, person.pk
    mine = list(Engagement.objects.visible_to(person).of_client(person).order_by("started_on"))
    with transaction.atomic():
        counts = erase_person(person, by=person)
        token = _receipt(person_id, {one.practice_id for one in mine}, counts)
        for one in mine:
            _tell_coach(one)
    return Forgotten(token, _post(address, token))


def forget_engagement(engagement: Engagement, *, by: User) -> Forgotten:
    """Erase one engagement for its client, or for a client without an address at the coach's hand. Raises NotTheirs."""
    with transaction.atomic():
        counts = erase_engagement(engagement, by=by)
        token = _receipt(engagement.client_id, {engagement.practice_id}, counts, about=engagement.pk)
        if by.pk == engagement.client_id:
            _tell_coach(engagement)
    return Forgotten(token, _post(by.email, token))


def _receipt(person_id: UUID, practices: set[UUID], counts: Counter[str], about: UUID | None = None) -> str:
    """Note the wish as answered for each practice; the first carries the receipt."""
    token, now = "", timezone.now()
    for practice_id in set[UUID | None](practices) or {None}:
        row = Request(kind=Request.Kind.ERASE, person_id=person_id, practice_id=practice_id, about=about)
        row.counts, row.asked_at, row.answered_at = dict(counts), now, now
        token = token or row.seal_receipt()
        row.save(force_insert=True)
    return token


def _tell_coach(engagement: Engagement) -> None:
    """A kind word to the coach, without a name and without a reason."""
    Letter.write(
        engagement.coach,
        "erased",
        subject="Somebody you worked with has left",
        words=(
            f"Hello {engagement.coach.first},\n\n"
            "somebody you worked with has had everything from your work together erased. It is gone for both of you, "
            "and no longer in your list. People do this for many reasons, and need not give one.\n"
        ),
        key=engagement.practice.key,
        idem=f"erased-{engagement.pk}",
    )


def _post(address: str | None, token: str) -> bool:
    """Send the receipt at once and from memory: the address itself is gone by now, so no letter can wait for it."""
    if not address:
        return False
    words = (
        "What you asked to have erased is gone, for good. What stays, and why, stands on the receipt:\n\n"
        f"{settings.ADDRESS}{reverse('receipt', args=[token])}\n\n"
        "This letter was sent from memory. We no longer hold your address for it.\n"
    )
    try:
        EmailMessage("Your receipt", words, to=[address]).send()
    except OSError as trouble:
        logger.warning("a receipt could not be posted (%s)", type(trouble).__name__)
        return False
    return True
