"""The walk is worth something only if it finds what is there: every planted hole turns it red, for its own reason."""

from collections.abc import Callable
from functools import cache

import pytest

from .holes import HOLES, Hole
from .walker import Report, Walk
from .world import World

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


def walked(world: World, actors: list[str], wanted: list[str]) -> Report:
    """These people at these addresses, in every way."""
    return Walk(world, nearer=actors).run(actors, lambda address: address.name in wanted)


@pytest.fixture(scope="module")
def faults_before(world: World) -> Callable[[str, str], str]:
    """What such a walk finds while nothing is planted; many holes lie at the same addresses."""

    @cache
    def found(actors: str, addresses: str) -> str:
        report = walked(world, actors.split(), addresses.split())
        return str(report) if report.faults else ""

    return found


@pytest.mark.parametrize("hole", HOLES, ids=lambda hole: hole.name)
def test_a_planted_hole_is_found(
    hole: Hole, world: World, faults_before: Callable[[str, str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted, actors = hole.addresses.split(), hole.actors.split()
    before = faults_before(hole.actors, hole.addresses)
    assert not before, f"red before anything was planted: {before}"
    hole.plant(monkeypatch)
    report = walked(world, actors, wanted)
    found = [fault for fault in report.faults if fault.kind == hole.kind and hole.says in fault.what]
    assert found, f"not found; the walk said: {report}"


def test_there_are_twenty_holes_at_least() -> None:
    assert len(HOLES) >= 20
    assert {hole.kind for hole in HOLES} >= {"leak", "foreign row", "header", "log", "mail", "broken"}
