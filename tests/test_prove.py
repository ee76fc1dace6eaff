"""The page of floors keeps each row's own day: a run renews the rows it ran, and says so when one did not hold."""

import sys
from pathlib import Path

import pytest

from bench import prove
from bench.prove import Floor


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Three floors, of which the first holds, the second does not, and the third takes longer than it may."""
    floors = [
        Floor("holds", "What holds", "all", (sys.executable, "-c", "print('measured: 3 of 3')")),
        Floor("fails", "What fails", "all", (sys.executable, "-c", "print('measured: 2 of 3'); exit(1)")),
        Floor("sleeps", "What sleeps", "all", (sys.executable, "-c", "import time; time.sleep(60)"), minutes=0),
    ]
    monkeypatch.setattr(prove, "FLOORS", floors)
    monkeypatch.setattr(prove, "PAGE", tmp_path / "proof.md")
    monkeypatch.setattr(prove, "stamp", lambda: "today, abc1234")
    monkeypatch.delenv("PROVE_SHARE", raising=False)
    return prove.PAGE


def run(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    monkeypatch.setattr(sys, "argv", ["bin/prove", *words])
    return prove.main()


def rows(page: Path) -> list[str]:
    return [line for line in page.read_text().splitlines() if line.startswith("| What")]


def test_one_row_is_renewed_and_the_others_stay(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = "| What holds | all | 1 of 3, 9 s | long ago, def5678 |"
    page.write_text(f"{before}\n| What fails | all | 3 of 3, 9 s | long ago, def5678 |\n")
    assert run(monkeypatch, "--write", "fails") == 1
    held, failed, never = rows(page)
    assert held == before
    assert failed == "| What fails | all | FAILED: 2 of 3, 0 s | today, abc1234 |"
    assert never == "| What sleeps | all | not run |  |"


def test_out_of_time_is_said(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(monkeypatch, "--write", "sleeps", "holds") == 1
    held, _, slept = rows(page)
    assert held == "| What holds | all | 3 of 3, 0 s | today, abc1234 |"
    assert slept == "| What sleeps | all | OUT OF TIME: longer than 0 minutes | today, abc1234 |"


def test_without_write_the_page_stays(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(monkeypatch, "holds") == 0
    assert not page.exists()


def test_a_part_of_a_floor_is_never_kept(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PROVE_SHARE", "0.1")
    assert run(monkeypatch, "--write", "holds") == 2
    assert not page.exists()
