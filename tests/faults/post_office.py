"""What the tests of killed workers do inside a house: `python -m tests.faults.post_office DEED`; answers in JSON."""

import json
import os
import signal
import sys
from collections.abc import Callable
from datetime import time, timedelta
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "holdspace.settings")
django.setup()

from django.core.mail import EmailMultiAlternatives  # noqa: E402  after the set-up
from django.utils import timezone  # noqa: E402

from holdspace.engagements.models import open_engagement  # noqa: E402
from holdspace.engagements.writing import write_to  # noqa: E402
from holdspace.letters import post  # noqa: E402
from holdspace.letters.choose import choose  # noqa: E402
from holdspace.letters.models import Letter  # noqa: E402
from holdspace.worker import work  # noqa: E402
from tests import cast  # noqa: E402

THINGS = ("nut", "apple", "pear")


def seed() -> None:
    """Ben wants one mail a day and has three things in it, due now; Ana has three letters by themselves."""
    practice = cast.found("Juniper House", "Europe/London")
    ana, ben = cast.person("Ana"), cast.person("Ben")
    cast.seat(ana, practice, cast.Seat.Role.COACH)
    together = open_engagement(ana, ben, called="Ben", accepted_at=timezone.now())
    choose(ben, words=False, daily_at=time(18))
    for thing in THINGS:
        for to in (ben, ana):
            words = f"Hello {to.first},\n\nThe {thing} is there.\n"
            write_to(together, to, "try", subject=thing, words=words, idem=f"{thing}-{to.pk}", can_wait=True)
    Letter.objects.access_system("its hour has come").update(due_at=timezone.now() - timedelta(minutes=1))


def die_before() -> None:
    """A worker that is killed with a letter in its hand, before the mail server has it."""
    EmailMultiAlternatives.send = _killed
    work(once=True)


def die_after() -> None:
    """A worker that is killed when the mail server has the letter and the house doesn't know it yet."""
    post._posted = _killed
    work(once=True)


def _killed(*_given: object, **_named: object) -> Any:
    os.kill(os.getpid(), signal.SIGKILL)


def let_go() -> None:
    """The leases of whoever died run out at once, as they would in a minute."""
    Letter.objects.access_system("a minute later").update(leased_until=None)


def waiting() -> int:
    """Letters that haven't left."""
    return Letter.objects.access_system("counting rows").unsent().count()


DEEDS: dict[str, Callable[[], Any]] = {one.__name__: one for one in (seed, die_before, die_after, let_go, waiting)}

if __name__ == "__main__":
    sys.stdout.write(json.dumps(DEEDS[sys.argv[1]]()) + "\n")
