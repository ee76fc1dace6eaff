"""Proposing a pact: the words of both, the settings said as sentences, and the exact text that will be signed."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Max

from holdspace.people.models import User

from .models import Engagement, Pact, PactTemplate
from .models.pact import SETTINGS, fingerprint_of
from .wording import HOUSE, HOUSE_TITLE, SECTIONS, TO_FILL, filled, said_settings, whole_text

Words = dict[str, str]


def propose(engagement: Engagement, words: Words, settings: dict[str, Any], *, by: User) -> Pact:
    """Put a version before both; one that still waits is replaced by it. Raises Over and NotYetAccepted."""
    engagement.require_one_of(by)
    sections = _sections(engagement, words, settings)
    text = whole_text(sections)
    kept = {name: settings[name] for name in SETTINGS}
    kept |= {"channels": " ".join(settings["channels"]), "off_limits": settings["off_limits"] or None}
    kept["addressed"] = settings["addressed"] or None
    with transaction.atomic():
        engagement.hold().require_live()
        versions = Pact.objects.access_system("the next number").filter(engagement=engagement)
        for waiting in versions.open():
            waiting.withdraw(by=by)
        number = (versions.aggregate(last=Max("number"))["last"] or 0) + 1
        pact = Pact(engagement=engagement, number=number, proposed_by=by, **kept)
        pact.sections, pact.text, pact.fingerprint = sections, text, fingerprint_of(text)
        pact.save(force_insert=True)
        engagement.leave_trace("proposed a pact", pact, by)
    return pact


def _sections(engagement: Engagement, words: Words, settings: dict[str, Any]) -> list[dict[str, str]]:
    names = names_in(engagement)
    said = [(part.key, filled(part.title, names), words.get(part.key, "").strip()) for part in SECTIONS]
    said.append((HOUSE, HOUSE_TITLE, said_settings(settings | names)))
    return [{"key": key, "title": title, "words": tidy(one)} for key, title, one in said if one]


def tidy(words: str) -> str:
    """One kind of line end, whatever the browser sent, so that the same words have the same fingerprint."""
    return words.replace("\r\n", "\n").replace("\r", "\n").strip()


def names_in(engagement: Engagement) -> Words:
    """What the words of a template ask for."""
    return {
        "coach": engagement.coach.first,
        "client": engagement.first,
        "practice": engagement.practice.name,
        "purpose": engagement.purpose or f"What {engagement.first} wants to have reached: {TO_FILL}",
        "rhythm": engagement.rhythm or "as often as we agree",
    }


def starting_words(engagement: Engagement, template: PactTemplate | None = None) -> Words:
    """What the first proposal starts from: the practice's template, or the house's own words."""
    own = template.words if template else {}
    names = names_in(engagement)
    return {part.key: filled(own.get(part.key, part.words), names) for part in SECTIONS}


def words_of(pact: Pact) -> Words:
    """What an amendment starts from: the version in force."""
    return {part.key: pact.words_of(part.key) for part in SECTIONS}


def section_titles(names: Words) -> Iterable[tuple[str, str]]:
    """Every section's key with its title as these two people read it."""
    return ((part.key, filled(part.title, names)) for part in SECTIONS)
