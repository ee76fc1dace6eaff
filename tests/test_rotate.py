"""Changing the house key while the house runs, and after being cut short at any step."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from holdspace import rotate as roof
from holdspace.conversations.models import Session, write_note
from holdspace.keys import KeyTrouble, find_keys, other_house_keys
from holdspace.people.models import User
from holdspace.vault.keys import broken_keys
from holdspace.vault.models import Key, new_id
from holdspace.vault.models import key as module

Note = Any


@pytest.fixture(autouse=True)
def house_keys(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A keys folder of one's own, read once as a process does when it starts."""
    for name in ("HOLDSPACE_HOUSE_KEY", "HOLDSPACE_HOUSE_KEY_FILE"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "data").mkdir()
    settings.KEYS = tmp_path / "keys"
    start(settings)
    module._opened.clear()
    return tmp_path / "keys"


def start(settings: Any) -> None:
    """Read the keys as a process does when it starts."""
    settings.HOUSE_KEY, _ = find_keys(settings.KEYS, store=settings.KEYS.parent / "data")
    settings.OTHER_HOUSE_KEYS = partial(other_house_keys, settings.KEYS)
    module._opened.clear()


@pytest.fixture
def note(house_keys: Path, session: Session, ana: User) -> Note:
    return write_note(session, new_id(), "A quiet room", by=ana)


def text_of(note: Note) -> str:
    fresh = (
        type(note)
        .objects.access_system("as another process")
        .select_related("session__engagement__key__parent__parent")
    )
    module._opened.clear()
    return str(fresh.get(pk=note.pk).text)


def test_a_running_process_and_a_new_one_both_read_on(note: Note, settings: Any) -> None:
    old = settings.HOUSE_KEY
    moved, before = roof.rotate()
    assert moved >= 2
    assert text_of(note) == "A quiet room", "the process that began with the old key"
    start(settings)
    assert old != settings.HOUSE_KEY
    assert text_of(note) == "A quiet room", "one that starts now"
    assert before.stat().st_mode & 0o777 == 0o600
    assert not list(broken_keys())


def test_nothing_hangs_from_the_old_key_any_more(note: Note, settings: Any) -> None:
    _, before = roof.rotate()
    start(settings)
    before.unlink()
    assert text_of(note) == "A quiet room"
    assert Key.objects.filter(kind="house", destroyed_at=None).count() == 1


def test_keys_made_after_it_hang_from_the_new_one(note: Note) -> None:
    roof.rotate()
    made = Key.make("practice")
    assert made.parent == Key.house()
    assert made.parent.version == 2


def test_it_can_be_changed_again_and_again(note: Note, settings: Any, house_keys: Path) -> None:
    for _ in range(3):
        roof.rotate()
        start(settings)
    assert text_of(note) == "A quiet room"
    assert len(list(house_keys.glob("house.before.*.key"))) == 3


class CutError(Exception):
    """The power went."""


@pytest.mark.parametrize("step", ["change_house_key", "put_next_in_place", "retire_old_houses"])
@pytest.mark.parametrize("after", [False, True])
def test_cut_short_anywhere_it_reads_on_and_the_next_try_finishes(
    note: Note, settings: Any, monkeypatch: pytest.MonkeyPatch, step: str, after: bool
) -> None:
    real: Callable[..., Any] = getattr(roof, step)

    def cut(*given: Any) -> None:
        if after:
            real(*given)
        raise CutError

    monkeypatch.setattr(roof, step, cut)
    with pytest.raises(CutError):
        roof.rotate()
    monkeypatch.undo()
    assert text_of(note) == "A quiet room"
    start(settings)
    assert text_of(note) == "A quiet room"
    roof.rotate()
    start(settings)
    assert text_of(note) == "A quiet room"
    assert Key.objects.filter(kind="house", destroyed_at=None).count() == 1


def test_a_key_in_the_environment_is_not_changed_behind_its_back(note: Note, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOLDSPACE_HOUSE_KEY", "x")
    with pytest.raises(KeyTrouble, match="unset it"):
        roof.rotate()


def test_a_wrong_key_is_told_and_opens_nothing(note: Note, settings: Any, house_keys: Path) -> None:
    settings.HOUSE_KEY, settings.OTHER_HOUSE_KEYS = bytes(32), tuple
    module._opened.clear()
    assert roof.check()
