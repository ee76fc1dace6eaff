"""A worker is killed or overtaken at the very moment it writes down what it heard."""

import pytest

from .places import RUN_OUT, TAKE_IN, WITHDRAW, Stage, kill

pytestmark = pytest.mark.slow


def test_killed_while_it_keeps_nothing_of_it_stays_and_the_next_hears_it_once(stage: Stage) -> None:
    stage.do(TAKE_IN)
    kill(stage.pausing_worker("_keep_heard"))
    left = stage.kept()
    assert (left["done"], left["marks"], left["heard"]) == (0, 0, 0)
    stage.do(RUN_OUT)
    stage.work()
    found = stage.kept()
    assert (found["done"], found["heard"], found["rows"]) == (1, 1, [[2, 3]])
    assert found["marks"] > 0


def test_consent_taken_back_while_it_keeps_waits_its_turn_and_takes_all(stage: Stage) -> None:
    stage.do(TAKE_IN)
    keeper = stage.pausing_worker("_keep_heard")
    withdrawing = stage.house.start("shell", "-v", "0", "-c", WITHDRAW)
    stage.let_go(keeper)
    _, trouble = withdrawing.communicate(timeout=60)
    assert withdrawing.returncode == 0, trouble
    left = stage.kept()
    assert (left["transcripts"], left["marks"]) == (0, 0)
