"""The canary walk: nobody sees, changes or can tell apart what isn't theirs, whatever they ask and however."""

import os
from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from django.db import connection

from . import bodies, canaries, table
from .addresses import KINDS, Address, UnknownBlank, addresses
from .walker import Report, Walk
from .world import ACTORS, PEOPLE, World

NEAR = ["ana", "ben", "eve", "dov", "mia", "nobody"]
FAR = ["max", "lou", "kim", "ned", "rui", "uma", "cleo"]
"""Who walks in the quick walk: those who get to see every noun of the house, and one of each other kind."""
HERE = [NEAR, FAR] if connection.vendor == "sqlite" else [[*FAR, "dov", "mia", "nobody"]]
"""Who may do what is told by the same rules on every database; on PostgreSQL ana, ben and eve stay out, for time."""
CROWDS = [ACTORS[first:last] for first, last in pairwise([0, 5, 10, 15, len(ACTORS)])]
pytestmark = pytest.mark.django_db
SHUT = {"company_door", "company_back"}
"""Doors that open only where the host named an outside service."""
LEAST = 100_000
"""Requests in the full walk."""
SHARE = 0.05
"""How much is walked of all that there would be: every row of every noun, by everybody, in every way."""
SEED = int(os.environ.get("WALK_SEED", date.today().toordinal()))
"""By what chance: another one each day, told with the result, so that the same walk can be taken again."""


def show(report: Report) -> str:
    """The first faults of each kind, for the reader of a red test."""
    return f"{report}\n" + "\n".join(str(fault) for fault in report.faults[:40])


@pytest.mark.slow
@pytest.mark.parametrize("crowd", HERE, ids=" ".join)
def test_the_quick_walk(world: World, crowd: list[str]) -> None:
    report = Walk(world).run(crowd)
    assert not report.faults, show(report)
    if crowd == NEAR:
        see_everything(report)


def see_everything(report: Report) -> None:
    """A walk that is neither blind nor deaf: what was never shown or never answered can't have been seen to leak."""
    blind = {label for label, named in table.MAY_SEE.items() if named} - table.NOWHERE_YET - report.seen
    assert not blind, f"nobody was ever shown {sorted(blind)}: the walk can't have seen it leak either"
    deaf = {name for name, met in report.answered.items() if met == {404}} - SHUT
    assert not deaf, f"nobody ever got an answer from {sorted(deaf)}"


@pytest.mark.prove
@pytest.mark.parametrize("crowd", CROWDS, ids=" ".join)
def test_the_full_walk(world: World, crowd: list[str], record_property: Any) -> None:
    whole = Walk(world, nearer=ACTORS).run(crowd)
    chosen = Walk(world, full=True, share=SHARE, seed=SEED).run(crowd)
    requests = whole.requests + chosen.requests
    assert not whole.faults, show(whole)
    assert not chosen.faults, f"WALK_SEED={SEED} {show(chosen)}"
    assert requests >= LEAST / len(ACTORS) * len(crowd)
    record_property("measured", f"{requests:,} requests as {', '.join(crowd)}: 0 leaks (seed {SEED})")


def test_everybody_walks() -> None:
    assert sorted(actor for crowd in CROWDS for actor in crowd) == sorted([*PEOPLE, "nobody"])
    assert len(ACTORS) >= 16


@pytest.mark.slow
def test_the_table_names_every_cell_of_the_world_and_no_other(world: World) -> None:
    labels = {cell.label for cells in world.cells.values() for cell in cells}
    assert labels == table.MAY_SEE.keys()


def test_an_address_with_a_blank_of_an_unknown_kind_is_not_walked_past(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(KINDS, ("uuid", "pk"))
    with pytest.raises(UnknownBlank, match="teach the walk"):
        addresses()


def test_a_field_the_walk_would_never_post_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "NAMED", {name: value for name, value in bodies.NAMED.items() if name != "speaker"})
    with pytest.raises(bodies.UnknownField, match="speaker"):
        bodies.full()


def test_what_stands_on_paper_is_heard_and_how_it_is_built_is_not() -> None:
    canary = canaries.song()
    paper = pytest.importorskip("weasyprint", exc_type=OSError)
    made = paper.HTML(string=f"<title>{canaries.moment(1)}</title><p>Ana said {canary}.").write_pdf()
    assert canary.encode() not in made, "the words of a page are packed"
    assert canaries.heard_in(canaries.unpacked(made + b"% /Length 1751\n")) == {canary, "1702"}


def test_every_address_of_the_house_is_found() -> None:
    found = {address.name: address for address in addresses()}
    assert found["session"] == Address("session", "sessions/\0/", ("ids",))
    assert found["session"].fill(("x",)) == "/sessions/x/"
    assert found["account_confirm_email"].fill(("x",)) == "/door/confirm-email/x/"
    assert {"today", "consent_by_link", "account_login"} <= found.keys()
