"""Makes a house ready and serves it: web server and worker side by side, until one word stops both."""

import ctypes
import hashlib
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connections
from django.urls import reverse

from .people.begin import is_empty
from .people.models import Link
from .vault.keys import check_house_key

GRACE = 20
"""Seconds that a server or worker gets to finish what it has begun."""

PARENT_DIED = 1
"""PR_SET_PDEATHSIG of prctl(2)."""


class AddressTaken(Exception):
    """Something else already listens where the house should."""


def prepare() -> None:
    """Bring tables, cache and static files up to date; harmless and quick when repeated."""
    make_tables()
    check_house_key()
    stamp, print_now = settings.STATIC_ROOT / ".stamp", fingerprint()
    if settings.DEBUG or (stamp.exists() and stamp.read_text() == print_now):
        return
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(print_now)


def make_tables() -> None:
    """Bring the tables of every database up to date."""
    for alias in settings.DATABASES:
        call_command("migrate", database=alias, interactive=False, verbosity=0)
        call_command("createcachetable", database=alias, verbosity=0)


def fingerprint() -> str:
    """One line that changes when any static file does."""
    seen = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            stat = os.stat(storage.path(name))
            seen.update(f"{name} {stat.st_size} {stat.st_mtime_ns}\n".encode())
    return seen.hexdigest()


def first_page() -> str | None:
    """Where an empty house begins, by a fresh link; None when somebody has begun."""
    if not is_empty():
        return None
    return settings.ADDRESS + reverse("begin", args=[Link.make(Link.Purpose.BEGIN)])


def serve() -> int:
    """Run web server, worker and, where set, the listener for mail, until Ctrl-C, a TERM or the end of any of them."""
    check_house_key()
    connections.close_all()
    told: list[int] = []
    for word in (signal.SIGINT, signal.SIGTERM):
        signal.signal(word, lambda number, _frame: told.append(number))
    crew = [start(command) for command in (web(), worker(), *([receiver()] if settings.RECEIVE else []))]
    while not told and all(one.poll() is None for one in crew):
        time.sleep(0.2)
    stop(crew)
    return 0 if told else 1


def start(command: list[str]) -> subprocess.Popen[bytes]:
    """Start one of the crew in a group of its own, so that Ctrl-C reaches nobody twice and nobody is left behind."""
    return subprocess.Popen(command, process_group=0, preexec_fn=end_with_parent)  # noqa: S603


def end_with_parent() -> None:
    """Have the kernel tell this process to end when the one that started it is killed (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PARENT_DIED, signal.SIGTERM)


def bound() -> tuple[str, int]:
    """Host and port where the house listens."""
    host, _, port = settings.BIND.rpartition(":")
    return host.strip("[]") or "127.0.0.1", int(port)


def web() -> list[str]:
    """The command of the web server."""
    host, port = bound()
    return [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port)),
        *("--workers", str(settings.WEB_PROCESSES), "--blocking-threads", str(settings.WEB_THREADS)),
        *("--no-ws", "--workers-kill-timeout", str(GRACE // 4), "--log-level", "warning", "holdspace.wsgi:application"),
    ]


def worker() -> list[str]:
    """The command of the worker."""
    return [sys.executable, "-m", "holdspace.command", "work"]


def receiver() -> list[str]:
    """The command of the listener for answers by mail."""
    return [sys.executable, "-m", "holdspace.command", "receive"]


def stop(crew: list[subprocess.Popen[bytes]]) -> None:
    """Ask everyone to finish, and end those who do not within the grace, or were left behind by one who has."""
    for one in crew:
        if one.poll() is None:
            one.terminate()
    end = time.monotonic() + GRACE
    for one in crew:
        with suppress(subprocess.TimeoutExpired):
            one.wait(max(0.1, end - time.monotonic()))
        with suppress(ProcessLookupError):
            os.killpg(one.pid, signal.SIGKILL)
        one.wait()


def refuse_taken() -> None:
    """Raise AddressTaken when another program listens where the house should."""
    host, port = bound()
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as door:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind((host, port))
        except OSError as trouble:
            raise AddressTaken(f"Holdspace cannot listen at {host}:{port}: {trouble.strerror}.") from trouble
