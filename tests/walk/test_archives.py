"""What people take along, judged by the same table as every page: each gets their own words, and nobody else's."""

import pytest

from holdspace.people.models import Invitation, Practice
from holdspace.privacy.archive import FrameArchive, OwnArchive
from holdspace.privacy.pack import as_json, files_of
from holdspace.privacy.readable import page

from . import canaries, table
from .relations import rows_of
from .world import PEOPLE, Cell, World

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
MAY_BE_HANDED = table.MAY_SEE | {
    # On no page, and in one's own archive all the same.
    "people.User.last_login": "self",
    "letters.Letter.subject": "to",
    "letters.Letter.words": "to",
    "letters.Letter.envelope": "to",
    **dict.fromkeys((f"engagements.Sponsor.{name}" for name in ("name", "organisation", "address")), "coach, client"),
}
CLOSED = {"lou", "sid"}
"""Their accounts are closed: nobody signs in to ask."""
FRAME = {"people.User.name", "people.Practice.name", "privacy.Breach.what", "privacy.Breach.done"}
TOGETHER = {"coach", "client"}
"""For these two an archive has to be whole."""


def stands(world: World, name: str, cell: Cell, relations: set[str]) -> bool:
    """Whether somebody stands to a cell in one of these relations that the table names."""
    if cell.label == "people.Invitation.address":
        return rows_of(Invitation).get(pk=cell.row).practice.is_owned_by(world.people[name])  # type: ignore[attr-defined]
    named = {word.strip() for word in MAY_BE_HANDED.get(cell.label, "").split(",")}
    return any(world.people[name].pk in cell.people.get(word, set()) for word in named & relations)


@pytest.mark.parametrize("name", [name for name in PEOPLE if name not in CLOSED])
def test_an_archive_holds_ones_own_words_and_nobody_elses(world: World, name: str) -> None:
    archive = OwnArchive(world.people[name])
    files = b" ".join(content for _, content in files_of(archive))
    heard = canaries.heard_in("".join([*as_json(archive), *page(archive)]).encode() + files)
    every = {word for named in MAY_BE_HANDED.values() for word in map(str.strip, named.split(","))}
    for one in heard & world.cells.keys():
        cells = world.cells[one]
        assert any(stands(world, name, cell, every) for cell in cells), f"{name} was handed {cells[0].label}"
    missing = {
        cell.label
        for one, cells in world.cells.items()
        for cell in cells
        if one not in heard and stands(world, name, cell, TOGETHER)
    }
    assert not missing, f"{name}'s archive lacks {sorted(missing)}"


def test_a_frame_holds_no_word_of_any_client(world: World) -> None:
    for practice in rows_of(Practice):
        assert isinstance(practice, Practice)
        owner = next(
            person for name, person in world.people.items() if name in ("dov", "vic") and practice.is_owned_by(person)
        )
        heard = canaries.heard_in("".join(as_json(FrameArchive(practice, owner))).encode())
        for one in heard & world.cells.keys():
            labels = {cell.label for cell in world.cells[one]}
            assert labels & FRAME, f"the frame holds {sorted(labels)}"
