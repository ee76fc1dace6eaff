"""A small house for processes of their own: python -m holdspace.vault.tests.house DATABASE KEY DEED …"""

import json
import sys
import time
from collections.abc import Callable
from typing import Any

import django
from django.conf import settings

from holdspace import sqlite


def open_house(described: dict[str, Any], key: str) -> None:
    sqlite.swap_driver()
    settings.configure(
        DATABASES={"default": described},
        DATABASE_ROUTERS=["holdspace.sqlite.router.SideTables"],
        INSTALLED_APPS=["holdspace.vault"],
        HOUSE_KEY=bytes.fromhex(key),
        SECRET_KEY="only for tests",
        USE_TZ=True,
        LOGGING_CONFIG=None,
    )
    django.setup()


def answer(value: Any) -> None:
    """One line of JSON for the test that asked."""
    sys.stdout.write(json.dumps(value, default=str) + "\n")
    sys.stdout.flush()


def prepare() -> None:
    from django.core.management import call_command
    from django.db import connection

    from .boxes import NOUNS

    call_command("migrate", verbosity=0)
    with connection.schema_editor() as editor:
        for noun in NOUNS:
            editor.create_model(noun)


def chores(count: str) -> None:
    from .boxes import Chore

    Chore.objects.bulk_create(Chore(name=str(number)) for number in range(int(count)))


class Tidy:
    """Finishes chores; every finish leaves a row, and says the name of what it holds while it works."""

    name = "chores"

    def __init__(self, pause: float, lease: float) -> None:
        from datetime import timedelta

        self.pause, self.lease = pause, timedelta(seconds=lease)

    def claim(self) -> Any:
        from .boxes import Chore

        return Chore.objects.access_system("tidy what is due").claim(self.lease)

    def run(self, chore: Any) -> None:
        from .boxes import Finished

        answer(chore.name)
        time.sleep(self.pause)
        with chore.holding():
            Finished.objects.create(chore=chore.pk)


def work(pause: str, lease: str) -> None:
    from holdspace import worker

    worker.work(jobs=[Tidy(float(pause), float(lease))])


def write(count: str, threads: str) -> None:
    """Write rows from several threads; says how long the slowest waited and what went wrong."""
    from threading import Thread

    from django.db import DatabaseError, connection, transaction

    from .boxes import Finished, new_id

    waits: list[float] = []
    faults: list[str] = []

    def one() -> None:
        for _ in range(int(count)):
            began = time.monotonic()
            try:
                with transaction.atomic():
                    Finished.objects.create(chore=new_id())
            except DatabaseError as fault:
                faults.append(str(fault))
            waits.append(time.monotonic() - began)
        connection.close()

    crew = [Thread(target=one) for _ in range(int(threads))]
    for thread in crew:
        thread.start()
    for thread in crew:
        thread.join()
    answer({"longest": max(waits), "faults": faults, "written": len(waits)})


def leave(count: str) -> None:
    """Leave traces one by one on one trail."""
    from django.db import transaction

    from holdspace.vault import trail

    from .boxes import Chore

    noun = Chore()
    for _ in range(int(count)):
        with transaction.atomic():
            trail.leave("tried", noun, by=None, practice_id=None)


def verify() -> None:
    from holdspace.vault import trail
    from holdspace.vault.models import Trace

    number = Trace.objects.access_system("telling the test").count()
    answer({"number": number, "faults": [list(fault) for fault in trail.verify(None)]})


def check() -> None:
    from holdspace.vault.keys import WrongHouseKey, check_house_key

    try:
        check_house_key()
    except WrongHouseKey:
        answer("wrong")
    else:
        answer("right")


DEEDS: dict[str, Callable[..., None]] = {
    deed.__name__: deed for deed in (prepare, chores, work, write, leave, verify, check)
}

if __name__ == "__main__":
    open_house(json.loads(sys.argv[1]), sys.argv[2])
    DEEDS[sys.argv[3]](*sys.argv[4:])
