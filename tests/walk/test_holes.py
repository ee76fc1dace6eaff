"""The walk is worth something only if it finds what is there: every planted hole turns it red, for its own reason."""

import pytest

from .holes import HOLES, Hole
from .walker import Walk
from .world import World

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


@pytest.mark.parametrize("hole", HOLES, ids=lambda hole: hole.name)
def test_a_planted_hole_is_found(hole: Hole, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted, actors = hole.addresses.split(), hole.actors.split()
    before = Walk(world, nearer=actors).run(actors, lambda address: address.name in wanted)
    assert not before.faults, f"red before anything was planted: {before}"
    hole.plant(monkeypatch)
    report = Walk(world, nearer=actors).run(actors, lambda address: address.name in wanted)
    found = [fault for fault in report.faults if fault.kind == hole.kind and hole.says in fault.what]
    assert found, f"not found; the walk said: {report}"


def test_there_are_twenty_holes_at_least() -> None:
    assert len(HOLES) >= 20
    assert {hole.kind for hole in HOLES} >= {"leak", "foreign row", "header", "log", "mail", "broken"}
