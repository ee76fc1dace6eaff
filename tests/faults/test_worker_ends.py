"""The worker ends in the middle of its work, or loses its consent: real processes, a real file."""

import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.house import ROOT, House

pytestmark = pytest.mark.slow


def start(house: House, deed: str, **around: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "tests.faults.inside", deed]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, cwd=ROOT, env=house.around | around, stdout=pipe, stderr=pipe, text=True)


def inside(house: House, deed: str, **around: str) -> Any:
    with start(house, deed, **around) as process:
        out, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
    return json.loads(out.splitlines()[-1])


@pytest.fixture
def house(prepared: Path, tmp_path: Path) -> House:
    """A house with one transcript that waits for the worker."""
    made = House.like(prepared, tmp_path / "house")
    inside(made, "seed")
    return made


def begun(process: "subprocess.Popen[str]") -> None:
    assert process.stdout is not None
    assert json.loads(process.stdout.readline()) == "begun"


def test_a_worker_killed_in_the_middle_is_followed_by_one_that_hears_it_once(house: House) -> None:
    with start(house, "slow_work") as first:
        begun(first)
        first.send_signal(signal.SIGKILL)
    assert inside(house, "look") == {"transcripts": 1, "heard": 0, "marks": 0, "places": 0}
    assert house.run("work", "--once").returncode == 0
    assert inside(house, "look")["heard"] == 0, "the lease of the dead one holds for a minute"
    inside(house, "let_go")
    assert house.run("work", "--once").returncode == 0
    after = inside(house, "look")
    assert after["heard"] == 1
    assert after["marks"] == after["places"] > 0
    assert house.run("work", "--once").returncode == 0
    assert inside(house, "look") == after


def test_a_slow_worker_overtaken_by_another_keeps_nothing_of_its_own(house: House) -> None:
    with start(house, "slow_work", SLOWLY="6") as slow:
        begun(slow)
        inside(house, "let_go")
        assert house.run("work", "--once").returncode == 0
        after = inside(house, "look")
        slow.communicate(timeout=60)
    assert inside(house, "look") == after
    assert after["marks"] == after["places"] > 0


def test_consent_taken_back_while_the_worker_listens_leaves_nothing(house: House) -> None:
    with start(house, "slow_work", SLOWLY="3") as process:
        begun(process)
        inside(house, "take_back")
        process.communicate(timeout=60)
    assert inside(house, "look") == {"transcripts": 0, "heard": 0, "marks": 0, "places": 0}


def test_what_was_taken_back_is_in_no_file_while_the_house_goes_on(house: House) -> None:
    assert inside(house, "take_back_under_eyes") == {"before": True, "after": False}


def test_no_word_stands_in_any_file_outside_the_vault(house: House) -> None:
    assert house.run("work", "--once").returncode == 0
    files = [path.read_bytes() for path in house.home.rglob("*") if path.is_file()]
    assert not any(b"quince" in content for content in files)
