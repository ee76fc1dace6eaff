"""Runs full floors one after the other and prints what held; `--write` renews just their rows in docs/proof.md."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from platform import python_version

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "proof.md"
NOT_RUN, FAILED, TOO_LONG = "not run", "FAILED", "OUT OF TIME"
INTRODUCTION = """\
# What was proved, and when

Written by `bin/prove --write`, which runs each floor in full; `bin/prove --write NAME...` renews only the rows it
names, so each row has a day, a commit and a Python of its own. A row says FAILED when its floor did not hold, and OUT
OF TIME when it took longer than it is given. “Not run” means that the test is there and has not been run in full.
`tests/proofs` and `tests/faults` say what each row does and leaves out.

A power cut is simulated from a record (strace) of every write and sync that the house makes while it keeps notes: what
was synced stays, and of what was not, each write is there, missing or torn at sectors of 512 bytes. Disks that say
“synced” and lie, sectors that rot and damage to the file system itself are not simulated.
"""


@dataclass(frozen=True)
class Floor:
    """One promise: what is held, how much of it is aimed at, and the command that measures it."""

    name: str
    what: str
    aim: str
    command: tuple[str, ...]
    minutes: int = 10


def tests(*words: str) -> tuple[str, ...]:
    """A run of pytest over these, slow ones included."""
    return (sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-m", "not browser", *words)


def proof(name: str) -> tuple[str, ...]:
    """A file of floors, with the tests that show it sees what it should."""
    return tests(f"tests/proofs/{name}")


KILLS = ("tests/faults/test_worker_ends.py", "tests/faults/test_worker_faults.py", "tests/faults/test_uploads.py")
VAULT = ("holdspace/vault/tests/test_cipher.py", "holdspace/vault/tests/test_trail.py")
READERS = "holdspace/listening/tests/readers"
SPONSOR = "What a sponsor can work out by comparing"
LARGE = "tests/proofs/test_large_house.py"
FLOORS = (
    Floor("guesses", "Wrong passwords at once", "160, at most 5 looked at", tests("tests/faults/test_guessing.py")),
    Floor("tampering", "Sealed words and trails tampered with", "all refused or found", tests(*VAULT), 5),
    Floor("fuzz", "Any bytes into our own readers", "nothing but words or a sentence", tests(READERS), 10),
    Floor("room", "Full disk, or no writing", "0 lost, a clear page", tests("tests/faults/test_no_room.py"), 5),
    Floor("writes", "Writers at once", "200/s, 0 errors, p99 500 ms", (sys.executable, "-m", "bench.run", "writes"), 5),
    Floor("kills", "Workers and servers killed in the middle", "0 lost, 0 twice", tests(*KILLS), 10),
    Floor(
        "inputs", "Each field of each form, 50 hostile values", "0 faults of ours", tests("tests/test_inputs.py"), 30
    ),
    Floor("holes", "Planted holes", "all found, 20 or more", tests("tests/walk/test_holes.py"), 30),
    Floor("walk", "The full walk", "100,000 requests, 0 leaks", tests("tests/walk/test_walk.py", "-k", "full"), 90),
    Floor("million", "Spoiled files into each reader", "1,000,000, 0 unexpected", proof("test_readers.py"), 150),
    Floor("web", "Kills of the web server during writes", "200, 0 lost, 0 twice", proof("test_web_killed.py"), 40),
    Floor("worker", "Kills of the worker while it listens", "100, 0 lost, 0 twice", proof("test_worker_killed.py"), 40),
    Floor("power", "Simulated power cuts", "1,000, 0 lost, 0 corrupt", proof("test_power_cuts.py"), 20),
    Floor("backup", "A locked copy of 1 GB under writes", "10 s", tests(LARGE, "-k", "copy"), 40),
    Floor("pages", "Traced private pages at 500,000 notes", "100/s, p95 200 ms", tests(LARGE, "-k", "pages"), 40),
    Floor("consent", "Random histories of consent", "10,000, no work without it", proof("test_consent.py"), 40),
    Floor("sponsor", SPONSOR, "1,000 groups, nobody told apart", proof("test_sponsor.py"), 40),
)


def main() -> int:
    """Run what was asked for, then print; returns the exit code."""
    words = [word for word in sys.argv[1:] if word != "--write"]
    known = [floor.name for floor in FLOORS]
    if unknown := [word for word in words if word not in known]:
        print(f"bin/prove knows {', '.join(known)}; not {', '.join(unknown)}", file=sys.stderr)
        return 2
    if "--write" in sys.argv[1:] and "PROVE_SHARE" in os.environ:
        print("PROVE_SHARE is set, and the page holds full floors only: unset it first", file=sys.stderr)
        return 2
    rows = kept()
    wanted = [floor for floor in FLOORS if floor.name in (words or known)]
    for floor in wanted:
        rows[floor.what] = renewed(floor)
        if "--write" in sys.argv[1:]:
            PAGE.write_text(f"{INTRODUCTION}\n{draw(rows)}\n", encoding="utf-8")
    print(draw(rows))
    return int(any(rows[floor.what].said.startswith((FAILED, TOO_LONG)) for floor in wanted))


@dataclass(frozen=True)
class Row:
    """What came of a floor when it last ran, and when and of which state of the house that was."""

    said: str
    when: str = ""


def kept() -> dict[str, Row]:
    """The rows of the page as it is, by what was held; those it lacks have not been run."""
    rows = {floor.what: Row(NOT_RUN) for floor in FLOORS}
    for line in PAGE.read_text(encoding="utf-8").splitlines() if PAGE.exists() else []:
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 4 and cells[3] and cells[0] in rows:
            rows[cells[0]] = Row(cells[2], cells[3])
    return rows


def renewed(floor: Floor) -> Row:
    """Run one floor; its row, of the state it began with."""
    state = stamp()
    print(f"{floor.name} ...", file=sys.stderr, flush=True)
    began = time.monotonic()
    code, out = answer(floor)
    if code is None:
        return Row(f"{TOO_LONG}: longer than {floor.minutes} minutes", state)
    said = READ.get(floor.name, counted)(out)
    return Row(f"{f'{FAILED}: ' if code else ''}{said}, {time.monotonic() - began:.0f} s", state)


def answer(floor: Floor) -> tuple[int | None, str]:
    """The exit code and what was printed; no code when time ran out, and then whatever it started ends with it."""
    with subprocess.Popen(
        floor.command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True
    ) as running:
        try:
            out, _ = running.communicate(timeout=floor.minutes * 60)
        except subprocess.TimeoutExpired:
            os.killpg(running.pid, signal.SIGKILL)
            return None, ""
    if running.returncode:
        print(out[-6_000:], file=sys.stderr)
    return running.returncode, out


def counted(out: str) -> str:
    """The figures that the tests measured; else what pytest says in its last line, without the time."""
    if figures := re.findall(r"^measured: (.+)$", out, re.MULTILINE):
        return "; ".join(figures)
    lines = [line for line in out.splitlines() if re.search(r"\d+ (?:passed|failed|error)", line)]
    return re.sub(r" in [\d.]+s.*|=+ ?|, \d+ deselected", "", lines[-1]).strip() if lines else "no answer"


def ours(out: str) -> str:
    """Our own column of the table of writes."""
    found = re.search(r"[\d,]+/s, \S+ errors, p99 \d+ ms, max \d+ ms", out)
    return found.group() if found else "no answer"


READ: dict[str, Callable[[str], str]] = {"writes": ours}


def draw(rows: dict[str, Row]) -> str:
    """The table, as the page has it."""
    lines = ["| Floor | Aim | Measured | When |", "|---|---|---|---|"]
    for floor in FLOORS:
        row = rows[floor.what]
        lines.append(f"| {floor.what} | {floor.aim} | {row.said} | {row.when} |")
    return "\n".join(lines)


def stamp() -> str:
    """Today, the state of the house and the Python; of the state its commit, and whether more than the page changed."""
    commit = git("rev-parse", "--short", "HEAD") or "unknown"
    changed = ", changed since" if git("status", "--porcelain", "--", ".", ":!docs/proof.md") else ""
    return f"{datetime.now(UTC):%d %B %Y}, {commit}{changed}, Python {python_version()}"


def git(*words: str) -> str:
    """What git answers; nothing where there is none."""
    return subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=False).stdout.strip()


if __name__ == "__main__":
    sys.exit(main())
