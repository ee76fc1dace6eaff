"""What it costs to look for words among a coach's own sealed notes."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict
from datetime import timedelta
from typing import Any

from .table import Row, cpu, draw, wall

NOTES, MESSAGES, PROMISES, SIZE, CLIENTS, SESSIONS = 5000, 5000, 500, 2000, 25, 500


def rows() -> Iterator[Row]:
    """Measured in a process of its own, in a house of its own."""
    with tempfile.TemporaryDirectory(prefix="holdspace-search-") as folder:
        house = os.environ | {"HOLDSPACE_HOME": folder, "DJANGO_SETTINGS_MODULE": "holdspace.settings"}
        command = [sys.executable, "-m", "bench.search", "here"]
        told = subprocess.run(command, env=house, stdout=subprocess.PIPE, check=True).stdout
    yield from (Row(**row) for row in json.loads(told))


def measured() -> Iterator[Row]:
    """A rare word, a word that is nowhere, and accented text."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    coach = fill()
    from holdspace.desk.search import search

    first = wall(lambda: search(coach, "lighthouse"), 1)
    for name, asked in (("a rare word", "lighthouse"), ("a word that is nowhere", "submarine")):
        spent = cpu(lambda asked=asked: search(coach, asked))  # type: ignore[misc]
        found = len(search(coach, asked))
        yield Row(
            f"search {NOTES:,} notes of {SIZE / 1000:.0f} kB, {MESSAGES:,} messages, {PROMISES} promises: {name}",
            f"{spent * 1000:.0f} ms",
            note=f"processor; {found} found; wall of the first {first * 1000:.0f} ms; aim 300 ms",
        )


def fill() -> Any:
    """A coach with clients, sessions and notes; every thousandth note holds the rare word."""
    from django.db import transaction
    from django.utils import timezone

    from holdspace.conversations.models import Note, Session
    from holdspace.engagements.models import open_engagement
    from holdspace.people.begin import found, seat
    from holdspace.people.models import Seat, User

    coach = User.objects.create_user("ana@example.org", None, name="Ana")
    seat(coach, found("Juniper House", "UTC"), Seat.Role.COACH)

    def note(session: Session, words: str) -> Note:
        written = Note(session=session, writer=coach)
        written.text = words
        return written

    now, text = timezone.now(), "A quiet room with a window, and somebody who listens. " * (SIZE // 54)
    with transaction.atomic():
        clients = [User.objects.create_user(f"c{n}@example.org", None, name=f"Client {n}") for n in range(CLIENTS)]
        works = [open_engagement(coach, one, called=one.name, accepted_at=now) for one in clients]
        times = [now - timedelta(days=n) for n in range(SESSIONS)]
        sessions = Session.objects.bulk_create(
            Session(engagement=works[n % CLIENTS], day=at.date(), time=at.time(), timezone="UTC", starts_at=at)
            for n, at in enumerate(times)
        )
        Note.objects.bulk_create(
            note(sessions[n % SESSIONS], text + ("Lighthouse." if n % 1000 == 0 else "–")) for n in range(NOTES)
        )
        write(works, coach)
    return coach


def write(works: list[Any], coach: Any) -> None:
    """Messages of a few sentences, and promises; one of each holds the rare word."""
    from django.utils import timezone

    from holdspace.growth.models import Commitment
    from holdspace.threads.models import Message

    now, text = timezone.now(), "Thank you for today. I have thought about it. " * 6
    for number in range(MESSAGES):
        said = text + ("Lighthouse." if number == 0 else "–")
        message = Message(engagement=works[number % CLIENTS], writer=coach, goes_at=now)
        message.words = said
        message.save(force_insert=True)
    for number in range(PROMISES):
        one = Commitment(engagement=works[number % CLIENTS], owner="coach", proposed_by="coach", made_by=coach)
        one.action, one.accepted_at = f"Write to the keeper {number}", now
        one.save(force_insert=True)


if __name__ == "__main__":
    if sys.argv[1:]:
        print(json.dumps([asdict(row) for row in measured()]))
    else:
        print(draw(list(rows())))
