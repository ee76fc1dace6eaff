"""Replaying the ledger: after a backup came back, what was erased since it was taken is erased again."""

from collections import Counter

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from holdspace.conversations.intake import forget
from holdspace.conversations.models import Release, Transcript
from holdspace.engagements.models import Consent, Engagement, NoConsent
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
            if entry.kind not in (Erased.Kind.CONSENT, Erased.Kind.RELEASE):
                Erased.note(entry.kind, entry.noun_id)
    gone["conversations.Transcript"] += _without_consent()
    return gone


def _without_consent() -> int:
    """Forget every transcript that no longer has both its keys."""
    kept = Transcript.objects.access_system("only while both consent").select_related("session__engagement")
    return sum(not _agreed(transcript) and forget(transcript.session) for transcript in list(kept))


def _agreed(transcript: Transcript) -> bool:
    try:
        Consent.require(transcript.session.engagement, transcript.session_id)
    except NoConsent:
        return False
    return True


def _again(entry: ledger.Entry) -> Counter[str]:
    if entry.kind == Erased.Kind.PERSON:
        person = User.objects.filter(pk=entry.noun_id).first()
        return erase_person(person, by=None) if person else Counter()
    if entry.kind == Erased.Kind.CONSENT:
        live = Consent.objects.access_system("taking back again what a backup brought back").live()
        return Counter({"engagements.Consent": live.filter(pk=entry.noun_id).update(withdrawn_at=timezone.now())})
    if entry.kind == Erased.Kind.RELEASE:
        open_still = Release.objects.access_system("closing again what a backup brought back").standing()
        return Counter({"conversations.Release": open_still.filter(pk=entry.noun_id).update(closed_at=timezone.now())})
    every = Engagement.objects.access_system("erasing again what a backup brought back").select_related("client")
    engagement = every.filter(pk=entry.noun_id).first()
    return erase_engagement(engagement, by=None) if engagement else Counter()
