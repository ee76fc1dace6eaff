"""Fills a house with notes and the traces of writing them: `python -m tests.proofs.filling NOTES`; answers in JSON."""

import json
import os
import random
import sys
from collections.abc import Iterator
from datetime import timedelta
from importlib import import_module

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "holdspace.settings")
django.setup()

from django.conf import settings  # noqa: E402  after the set-up
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.db import transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from holdspace.conversations.models import Note, Session  # noqa: E402
from holdspace.engagements.models import Engagement, open_engagement  # noqa: E402
from holdspace.people.begin import found, seat  # noqa: E402
from holdspace.people.models import Practice, Seat, User  # noqa: E402
from holdspace.vault import trail  # noqa: E402
from holdspace.vault.models import Trace  # noqa: E402

COACHES, EACH = 25, 20
"""Coaches of the practice, and notes of a session: half the coach's own, half the client's, which are shared."""
SESSIONS = 25
"""Sessions of an engagement."""
SAID = """said about the harbour, the interview, the letter that never came and the friend who asked twice; a small
step first, then the longer one, and what would have to be true for it to feel like their own choice"""
WORDS = SAID.split()
chance = random.Random("a large house")


def text(marked_up: bool) -> str:
    """Some 1,900 characters in paragraphs, as people write; in one of four, emphasis and a list."""
    said = [" ".join(chance.choices(WORDS, k=30)).capitalize() + "." for _ in range(11)]
    return "\n\n".join([*said, "- *first*, the letter\n- then the harbour"] if marked_up else said)


def people(notes: int) -> tuple[Practice, list[User], list[Engagement]]:
    """A practice with its coaches and as many engagements as these notes need."""
    practice, now = found("Juniper House", "Europe/London"), timezone.now()
    coaches = [User.objects.create_user(f"coach{n}@example.org", None, name=f"Coach {n}") for n in range(COACHES)]
    for coach in coaches:
        seat(coach, practice, Seat.Role.COACH)
    works = []
    for number in range(max(COACHES, notes // (SESSIONS * EACH))):
        client = User.objects.create_user(f"client{number}@example.org", None, name=f"Client {number}")
        coach = coaches[number % COACHES]
        works.append(open_engagement(coach, client, called=f"Client {number}", accepted_at=now))
    return practice, coaches, works


def meetings(engagement: Engagement) -> list[Session]:
    """Sessions of one engagement, once a week."""
    times = [timezone.now() - timedelta(days=7 * week) for week in range(1, SESSIONS + 1)]
    return Session.objects.bulk_create(
        Session(engagement=engagement, day=at.date(), time=at.time(), timezone="UTC", starts_at=at) for at in times
    )


def notes_about(session: Session, texts: list[str]) -> Iterator[Note]:
    """Notes of both about one session."""
    engagement = session.engagement
    for number in range(EACH):
        by_client = number % 2
        writer, at = (engagement.client if by_client else engagement.coach), session.starts_at
        note = Note(session=session, writer=writer, written_at=at, shared_at=at if by_client else None)
        note.text = chance.choice(texts)
        yield note


def trace_of(note: Note) -> Trace:
    """The trace that writing it left."""
    return Trace(
        at=note.written_at,
        actor_id=note.writer_id,
        verb="wrote a note",
        noun="conversations.note",
        noun_id=note.pk,
        subject_id=note.writer_id,
        engagement_id=note.engagement.pk,
    )


def fill(notes: int) -> list[tuple[str, str]]:
    """All of it; gives a coach's cookie and the address for each session."""
    texts = [text(number % 4 == 0) for number in range(200)]
    with transaction.atomic():
        practice, coaches, works = people(notes)
    cookies = {coach.pk: cookie(coach) for coach in coaches}
    pages = []
    for engagement in works:
        with transaction.atomic():
            sessions = meetings(engagement)
            kept = [note for session in sessions for note in notes_about(session, texts)]
            Note.objects.bulk_create(kept, batch_size=500)
            trail.carry_over(practice.pk, [trace_of(note) for note in kept])
        pages += [(cookies[engagement.coach_id], session.get_absolute_url()) for session in sessions]
    return pages


def cookie(user: User) -> str:
    """Somebody signed in."""
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store[SESSION_KEY], store[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store.create()
    return store.session_key


if __name__ == "__main__":
    pages = fill(int(sys.argv[1]))
    made = Note.objects.access_system("how many there are").count()
    sys.stdout.write(json.dumps({"pages": pages, "notes": made}) + "\n")
