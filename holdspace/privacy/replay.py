"""Replaying the ledger: after a backup came back, what was erased since it was taken is erased again."""

from collections import Counter

from django.conf import settings
from django.db import transaction

from holdspace.engagements.models import Engagement
from holdspace.people.models import User

from . import ledger
from .erase import erase_engagement, erase_person
from .models import Erased


def replay() -> Counter[str]:
    """Erase again whatever either copy of the ledger knows of. Says how many rows of what went; safe to repeat."""
    known = {ledger.Entry(row.kind, row.noun_id) for row in Erased.objects.all()}
    gone: Counter[str] = Counter()
    for entry in sorted(known | set(ledger.read(settings.LEDGER))):
        with transaction.atomic():
            gone += _again(entry)
            Erased.note(entry.kind, entry.noun_id)
    return gone


def _again(entry: ledger.Entry) -> Counter[str]:
    if entry.kind == Erased.Kind.PERSON:
        person = User.objects.filter(pk=entry.noun_id).first()
        return erase_person(person, by=None) if person else Counter()
    every = Engagement.objects.access_system("erasing again what a backup brought back").select_related("client")
    engagement = every.filter(pk=entry.noun_id).first()
    return erase_engagement(engagement, by=None) if engagement else Counter()
