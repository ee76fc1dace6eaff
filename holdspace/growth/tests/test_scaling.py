"""Goal attainment: the known values, and what it is when nothing is known."""

import pytest

from holdspace.growth.scaling import attainment


def test_the_known_values() -> None:
    assert attainment([(1, 1), (1, 1), (1, 1)]) == pytest.approx(63.69, abs=0.005)
    assert attainment([(1, 1)]) == pytest.approx(60)
    assert attainment([(3, 1)]) == pytest.approx(60), "one goal's weight weighs against nothing"
    assert attainment([(1, 0), (3, 0)]) == 50


def test_a_heavier_goal_pulls_more() -> None:
    light, heavy = attainment([(1, 2), (3, 0)]), attainment([(3, 2), (1, 0)])
    assert light is not None
    assert heavy is not None
    assert 50 < light < heavy


def test_nothing_rated_is_no_figure() -> None:
    assert attainment([]) is None
