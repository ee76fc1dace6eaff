"""What tests do inside a house of another process: `python -m tests.faults.inside DEED`; answers in JSON."""

import json
import os
import sys
import time
from collections.abc import Callable
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "holdspace.settings")
django.setup()

from django.conf import settings  # noqa: E402  after the set-up
from django.db import connection  # noqa: E402
from django.utils.timezone import now  # noqa: E402

from holdspace.conversations import intake  # noqa: E402
from holdspace.conversations.consent import withdraw  # noqa: E402
from holdspace.conversations.models import Mark, Session, Transcript  # noqa: E402
from holdspace.people.models import User  # noqa: E402
from holdspace.worker import work  # noqa: E402
from tests import cast  # noqa: E402

CANARY = "the canary sings quince marmalade"
SAID = cast.TALK + f"Ben: I'm worried that {CANARY}.\n"


def say(answer: Any) -> None:
    """One line for the test that waits."""
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


def seed() -> None:
    """Ana, Ben, a session with both consents, and a transcript that waits for the worker."""
    practice = cast.found("Juniper House", "Europe/London")
    ana, ben = cast.person("Ana"), cast.person("Ben")
    cast.seat(ana, practice, cast.Seat.Role.COACH)
    session = cast.meeting(cast.open_engagement(ana, ben, called="Ben", accepted_at=now()))
    cast.both_agree(session)
    intake.take_in(session, SAID.encode(), by=ana)


def slow_work() -> None:
    """A worker that takes a minute over each conversation, and says when it has begun."""
    real = intake.listen

    def slowly(*given: Any, **named: Any) -> Any:
        say("begun")
        time.sleep(float(os.environ.get("SLOWLY", "60")))
        return real(*given, **named)

    intake.listen = slowly
    work(once=True)


def let_go() -> None:
    """The lease of whoever died runs out at once, as it would in a minute."""
    Transcript.objects.access_system("a minute later").update(leased_until=None)


def take_back() -> None:
    """Ben takes his consent back."""
    session = Session.objects.access_system("the one there is").get()
    withdraw(session, by=User.objects.get(name="Ben"))


def take_back_under_eyes() -> dict[str, bool]:
    """Ben takes his consent back while the house goes on; says whether the words' tokens are still in a file."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT words FROM conversations_transcript")
        tokens = [bytes(words)[40:72] for (words,) in cursor.fetchall()]
    before = left(tokens)
    take_back()
    return {"before": before, "after": left(tokens)}


def left(tokens: list[bytes]) -> bool:
    """Whether any of these stands in the database's file or in its log."""
    files = [path.read_bytes() for path in settings.STORE.glob("house.sqlite3*")]
    return any(token in content for token in tokens for content in files)


def look() -> dict[str, int]:
    """How much is kept."""
    return {
        "transcripts": Transcript.objects.access_system("counting rows").count(),
        "heard": Transcript.objects.access_system("counting rows").exclude(done_at=None).count(),
        "marks": Mark.objects.access_system("counting rows").count(),
        "places": Mark.objects.access_system("counting rows").values("kind", "turn", "span_start").distinct().count(),
    }


DEEDS: dict[str, Callable[[], Any]] = {
    deed.__name__: deed for deed in (seed, slow_work, let_go, take_back, take_back_under_eyes, look)
}

if __name__ == "__main__":
    answer = DEEDS[sys.argv[1]]()
    say(answer)
