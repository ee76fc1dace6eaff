"""A house that isn't ready says so in one sentence, whatever is asked of it, and never with a trace."""

from pathlib import Path

import pytest

from .house import House, free_port

pytestmark = pytest.mark.slow
ASKED = (
    "checkup",
    "trail verify",
    "letin nobody@example.org",
    "keys check",
    "keys rotate",
    "sweep",
    "replay",
    "sample",
)


def said(house: House, words: str) -> str:
    """What a command answers when it can't do what was asked; one line."""
    done = house.run(*words.split())
    answer = (done.stdout + done.stderr).strip()
    assert done.returncode == 1, answer
    assert answer.count("\n") == 0, answer
    return answer


@pytest.mark.parametrize("words", [*ASKED, "work --once"])
def test_without_tables(tmp_path: Path, words: str) -> None:
    assert "holdspace prepare" in said(House(tmp_path / "house"), words)


def test_without_what_pages_look_like(prepared: Path, tmp_path: Path) -> None:
    house = House.like(prepared, tmp_path / "house")
    (house.home / "static" / "staticfiles.json").unlink()
    done = house.run("checkup")
    assert "! What pages look like is not gathered yet. Run holdspace prepare." in done.stdout
    assert done.stderr == ""


def test_without_its_key(prepared: Path, tmp_path: Path) -> None:
    house = House.like(prepared, tmp_path / "house")
    (house.home / "keys" / "house.key").unlink()
    assert "put the house key back" in said(house, "checkup")


@pytest.mark.parametrize("words", ["checkup", "trail verify"])
def test_without_a_database_that_answers(tmp_path: Path, words: str) -> None:
    house = House(tmp_path / "house")
    house.around["DATABASE_URL"] = f"postgres://nobody:x@127.0.0.1:{free_port()}/none"
    assert "The database cannot be used" in said(house, words)
