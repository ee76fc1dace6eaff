"""How the house is: its own headers, keys, backups, clock, letters, database, worker and disk, in plain sentences."""

import shutil
import smtplib
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.cache import cache
from django.core.handlers.base import BaseHandler
from django.core.mail import get_connection
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone
from django.utils.timesince import timesince

from holdspace.letters.models import Letter
from holdspace.shell.headers import ALWAYS
from holdspace.vault.keys import WrongHouseKey, check_house_key
from holdspace.vault.models import Trace

BACKUP_EVERY, DRILL_EVERY = timedelta(days=2), timedelta(days=40)
WORKER_SILENT = timedelta(minutes=5)
LETTER_LATE = timedelta(hours=1)
LEAST_DISK = 2_000_000_000
HERE = {"localhost", "127.0.0.1", "::1"}
CAREFUL = {"journal_mode": "wal", "synchronous": "2", "secure_delete": "1", "foreign_keys": "1"}
PATIENCE = 3
"""Seconds to wait for the mail server."""


class Finding(NamedTuple):
    """One thing looked at: whether it is well, and a sentence about it."""

    well: bool
    says: str


def checkup() -> list[Finding]:
    """Everything, one after the other; nothing secret is in it. Without tables there is one thing to say."""
    if Trace._meta.db_table not in connection.introspection.table_names():
        return [Finding(False, "This house has no tables yet. Run holdspace prepare, and look again.")]
    looks: tuple[Callable[[], Iterator[Finding]], ...] = (
        headers, address, keys, backups, clock, mail, letters, worker, database, disk,
    )  # fmt: skip
    return [finding for look in looks for finding in look()]


def headers() -> Iterator[Finding]:
    """The headers of the house's own door, asked for as a browser would."""
    if not getattr(staticfiles_storage, "hashed_files", True):
        yield Finding(False, "What pages look like is not gathered yet. Run holdspace prepare.")
        return
    handler = BaseHandler()
    handler.load_middleware()
    host = urlsplit(settings.ADDRESS).hostname or "localhost"
    request = RequestFactory(HTTP_HOST=host).get(reverse("account_login"), secure=settings.HTTPS)
    answer = handler.get_response(request)
    missing = sorted(name for name, value in ALWAYS.items() if answer.headers.get(name) != value)
    if settings.HTTPS and "Strict-Transport-Security" not in answer.headers:
        missing.append("Strict-Transport-Security")
    said = "Pages carry the headers that keep foreign scripts and frames out."
    yield Finding(not missing, f"Pages lack headers: {', '.join(missing)}." if missing else said)


def address() -> Iterator[Finding]:
    """Whether what is said travels locked."""
    if settings.HTTPS:
        yield Finding(True, "The house is reached by HTTPS.")
    elif urlsplit(settings.ADDRESS).hostname in HERE:
        yield Finding(True, "The house is reached from this machine alone, without HTTPS.")
    else:
        yield Finding(False, "The house is reached without HTTPS: whoever is on the way can read along.")
    if settings.DEBUG:
        yield Finding(False, "HOLDSPACE_DEBUG is on: errors show more than they should. Switch it off.")


def keys() -> Iterator[Finding]:
    """The house key: right, outside the data, and for its owner's eyes only."""
    try:
        check_house_key()
        yield Finding(True, "The house key is the right one.")
    except WrongHouseKey:
        yield Finding(False, "The house key is not the one this database was sealed with.")
    path = settings.KEYS / "house.key"
    if not path.exists():
        yield Finding(True, "The house key comes from the environment. Keep a copy of it apart from the backups.")
        return
    private = not path.stat().st_mode & 0o077 and not path.parent.stat().st_mode & 0o022
    said = "The key's file can be read by its owner alone, and lies outside the data."
    yield Finding(private, said if private else "Others on this machine can read the key's file or change its folder.")
    if path.stat().st_dev == settings.STORE.stat().st_dev:
        yield Finding(True, "The key lies on the same disk as the data. Keep a copy elsewhere, apart from the backups.")


def backups() -> Iterator[Finding]:
    """How old the last backup is, and when one was last tried."""
    if connection.vendor != "sqlite":
        yield Finding(True, "The database is backed up by PostgreSQL's own means; the house can't see how old that is.")
        return
    taken = noted("last-backup")
    if taken is None:
        yield Finding(False, "No backup was taken yet. Run holdspace backup, best every night.")
        return
    fresh = timezone.now() - taken < BACKUP_EVERY
    yield Finding(fresh, f"The last backup was taken {timesince(taken)} ago{'.' if fresh else ': that is too long.'}")
    tried = noted("last-drill")
    if tried is None:
        yield Finding(False, "No backup was tried yet. Run holdspace drill with the newest, best every month.")
        return
    lately = timezone.now() - tried < DRILL_EVERY
    said = f"A backup was last tried {timesince(tried)} ago, and would have come back"
    yield Finding(lately, f"{said}{'.' if lately else '. That is too long: run holdspace drill with the newest.'}")


def noted(name: str) -> datetime | None:
    """When a command last touched its note in the house's home."""
    note = settings.HOME / name
    if not note.exists():
        return None
    return datetime.fromtimestamp(note.stat().st_mtime, tz=timezone.get_current_timezone())


def clock() -> Iterator[Finding]:
    """Whether the clock has gone back behind what was noted before."""
    noted = Trace.objects.access_system("whether the clock went back").order_by("-at")
    last = noted.values_list("at", flat=True).first()
    ahead = last is not None and last > timezone.now() + timedelta(minutes=1)
    said = f"The clock says {timezone.localtime():%d %B %Y, %H:%M}, {timezone.get_current_timezone_name()}."
    wrong = "The clock stands behind what was noted before: reminders and links go by a wrong time."
    yield Finding(not ahead, wrong if ahead else said)


def mail() -> Iterator[Finding]:
    """Whether letters can leave the house."""
    if not settings.EMAIL_BACKEND.endswith("smtp.EmailBackend"):
        yield Finding(False, "No mail server is set (EMAIL_URL): letters are written and reach nobody.")
        return
    post = get_connection(timeout=PATIENCE)
    try:
        post.open()
        yield Finding(True, "The mail server answers.")
    except (OSError, smtplib.SMTPException) as trouble:
        word = type(trouble).__name__
        yield Finding(False, f"The mail server does not answer ({word}). Letters wait and are tried again.")
    finally:
        post.close()


def letters() -> Iterator[Finding]:
    """Letters that are late, and those given up."""
    box = Letter.objects.access_system("whether letters leave")
    late = box.unsent().filter(due_at__lt=timezone.now() - LETTER_LATE).count()
    lost = box.filter(given_up_at__gt=timezone.now() - timedelta(days=7), trouble__gt="").count()
    yield Finding(not late, f"{late} letters are more than an hour late." if late else "No letter is late.")
    if lost:
        yield Finding(False, f"{lost} letters were given up this week.")


def worker() -> Iterator[Finding]:
    """Whether a worker is at work."""
    seen = cache.get("worker-seen")
    if seen is None:
        yield Finding(False, "No worker has been seen, so letters and transcripts wait. Run holdspace work.")
        return
    alive = timezone.now() - seen < WORKER_SILENT
    yield Finding(alive, "A worker is at work." if alive else f"The worker was last seen {timesince(seen)} ago.")


def database() -> Iterator[Finding]:
    """The database's version, how carefully it writes, and whether its tables are up to date."""
    executor = MigrationExecutor(connection)
    waiting = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    said = f"{waiting} changes of the tables wait. Run holdspace prepare." if waiting else "The tables are up to date."
    yield Finding(not waiting, said)
    with connection.cursor() as cursor:
        if connection.vendor != "sqlite":
            cursor.execute("SHOW server_version")
            yield Finding(True, f"PostgreSQL {cursor.fetchone()[0]}.")
            return
        told = {}
        for name in ("journal_mode", "synchronous", "secure_delete", "foreign_keys"):
            cursor.execute(f"PRAGMA {name}")
            told[name] = str(cursor.fetchone()[0])
        cursor.execute("SELECT sqlite_version()")
        version = cursor.fetchone()[0]
    careful = told == CAREFUL
    said = f"SQLite {version} writes everything down before it answers, and wipes what is deleted."
    yield Finding(careful, said if careful else f"SQLite {version} is not set as carefully as it should be: {told}.")


def disk() -> Iterator[Finding]:
    """How much room there is."""
    free = shutil.disk_usage(settings.STORE).free
    enough = free >= LEAST_DISK
    said = f"{free / 1e9:.0f} GB of the disk are free" if free >= 1e10 else f"{free / 1e9:.1f} GB of the disk are free"
    yield Finding(enough, f"{said}." if enough else f"Only {said}: make room before it is full.")
