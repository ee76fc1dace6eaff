"""A house of 500,000 notes, more than a gigabyte: private pages that leave a trace, and a copy taken under writes."""

import http.client
import json
import random
import sqlite3
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.faults.places import WEB, Stage
from tests.house import ROOT
from tests.test_restore import furnished as with_passphrase

from .amount import SHARE, amount
from .test_web_killed import Writer

NOTES, PAGES, HANDS, WRITERS = 500_000, 3_000, 8, 3
LEAST, SLOWEST, LONGEST = 100, 0.2, 10.0
"""Pages a second; seconds for all but one in twenty; seconds for a copy of a gigabyte."""
pytestmark = pytest.mark.prove


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """The house, filled; whatever runs in it is ended."""
    folder = tmp_path_factory.mktemp("large")
    house = with_passphrase(folder / "house", folder)
    assert house.run("prepare").returncode == 0
    command = [sys.executable, "-m", "tests.proofs.filling", str(amount(NOTES, 12_500))]
    done = subprocess.run(command, cwd=ROOT, env=house.around, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    one = Stage(house, json.loads(done.stdout))
    yield one
    one.end()


class Reader:
    """Opens pages, each with the cookie of whose it is, over one line that stays open."""

    def __init__(self, port: int) -> None:
        self.line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def open(self, page: tuple[str, str]) -> float:
        """Seconds until all of it is there."""
        cookie, address = page
        began = time.perf_counter()
        self.line.request("GET", address, headers={"Cookie": f"session={cookie}"})
        answer = self.line.getresponse()
        body = answer.read()
        spent = time.perf_counter() - began
        assert answer.status == 200, f"{answer.status} {address}"
        assert body.count(b"harbour") >= 10, "a page without its notes"
        return spent


def read_all(port: int, pages: list[tuple[str, str]]) -> tuple[float, list[float]]:
    """Several people at once; gives pages a second, and the waits."""
    readers = threading.local()

    def read(page: tuple[str, str]) -> float:
        if not hasattr(readers, "one"):
            readers.one = Reader(port)
        return float(readers.one.open(page))

    began = time.perf_counter()
    with ThreadPoolExecutor(HANDS) as crowd:
        waits = list(crowd.map(read, pages))
    return len(pages) / (time.perf_counter() - began), sorted(waits)


def traces(stage: Stage) -> int:
    """How many reads were traced."""
    with closing(sqlite3.connect(stage.house.database)) as opened:
        return int(opened.execute("SELECT count(*) FROM vault_trace WHERE verb = 'read'").fetchone()[0])


def test_traced_pages(large: Stage, record_property: Any) -> None:
    pages = [tuple(page) for page in large.known["pages"]]
    random.Random("pages").shuffle(pages)
    warm, pages = pages[:100], pages[100 : 100 + amount(PAGES, 300)]
    large.web(WEB, HOLDSPACE_WEB_PROCESSES="2", HOLDSPACE_WEB_THREADS="2")
    read_all(large.house.port, warm)
    before = traces(large)
    rate, waits = read_all(large.house.port, pages)
    large.end()
    new, p95 = traces(large) - before, waits[int(0.95 * len(waits))]
    assert new == 10 * len(pages), "each page is of ten notes that were not read before, and says so"
    record_property(
        "measured",
        f"{rate:.0f}/s, p50 {statistics.median(waits) * 1000:.0f} ms, p95 {p95 * 1000:.0f} ms, "
        f"{new:,} traces, at {large.known['notes']:,} notes",
    )
    assert rate >= LEAST
    assert p95 <= SLOWEST


def test_a_copy_under_writes(large: Stage, tmp_path: Path, record_property: Any) -> None:
    cookie, address = large.known["pages"][0]
    large.known |= {"ana": cookie, "session": address.strip("/").rpartition("/")[2]}
    large.web()
    hands = [Writer(large, number) for number in range(WRITERS)]
    for hand in hands:
        hand.may_write.set()
        hand.start()
    large.until(lambda: all(hand.acknowledged for hand in hands))
    before = {once for hand in hands for once in list(hand.acknowledged)}
    began = time.perf_counter()
    done = large.house.run("backup", "--to", str(tmp_path / "copies"))
    spent = time.perf_counter() - began
    meanwhile = sum(len(hand.acknowledged) for hand in hands) - len(before)
    for hand in hands:
        hand.over.set()
    for hand in hands:
        hand.join(60)
    large.end()
    assert done.returncode == 0, done.stderr
    assert not [hand.wrong for hand in hands if hand.wrong]
    copy = Path(done.stdout.strip())
    size = copy.stat().st_size / 1e9
    record_property(
        "measured",
        f"{size:.2f} GB in {spent:.1f} s, while {meanwhile:,} notes were written, the slowest in "
        f"{max(hand.slowest for hand in hands) * 1000:.0f} ms",
    )
    assert size >= 1 or SHARE < 1, "a small house proves little"
    assert spent <= LONGEST * max(size, 1)
    assert meanwhile > 0, "nobody wrote while the copy was made"
    assert before <= notes_in(large, copy, tmp_path / "new")


def notes_in(large: Stage, copy: Path, home: Path) -> set[str]:
    """The notes that come back from a copy."""
    new = with_passphrase(home, home.parent)
    new.around["HOLDSPACE_KEYS"] = str(large.house.home / "keys")
    with new.start("restore", str(copy)) as process:
        _, trouble = process.communicate(timeout=600)
    assert process.returncode == 0, trouble
    with closing(sqlite3.connect(new.database)) as opened:
        found = {row[0] for row in opened.execute("SELECT id FROM conversations_note")}
    return {f"{pk[:8]}-{pk[8:12]}-{pk[12:16]}-{pk[16:20]}-{pk[20:]}" for pk in found}
