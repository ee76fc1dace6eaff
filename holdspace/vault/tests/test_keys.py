"""Keys: house, practice, engagement; the right house key or none; destroyed is gone."""

from typing import Any

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction

from holdspace.vault import trail
from holdspace.vault.cipher import Place
from holdspace.vault.keys import WrongHouseKey, check_house_key
from holdspace.vault.models import Key, KeyDestroyed, SealBroken, Trace, new_id
from holdspace.vault.models import key as module
from holdspace.vault.tests.boxes import Box, Somebody

PLACE = Place("notes", new_id(), "text")
OTHER = bytes(range(32))


@pytest.fixture
def cold() -> Any:
    """As in a process that has opened nothing yet."""
    module._opened.clear()
    return module._opened.clear


def reads(key: Key) -> bytes:
    fresh = Key.objects.get(pk=key.pk)
    return fresh.opened().open(fresh.opened().seal(b"x", PLACE), PLACE)


def test_an_empty_house_gets_its_check_once(stored: None) -> None:
    check_house_key()
    check_house_key()
    assert Key.objects.filter(kind="house").count() == 1


def test_the_second_of_two_processes_takes_what_the_first_made(stored: None) -> None:
    first = Key._first_house()
    assert Key._first_house() == first
    Key.make("practice")
    assert Key._first_house() == first


def test_the_wrong_house_key_is_refused(stored: None, settings: Any) -> None:
    check_house_key()
    settings.HOUSE_KEY, settings.OTHER_HOUSE_KEYS = OTHER, tuple
    with pytest.raises(WrongHouseKey):
        check_house_key()
    with pytest.raises(WrongHouseKey):
        Key.make("practice")
    assert Key.objects.filter(kind="house").count() == 1


def test_keys_without_a_check_are_refused(practice_key: Key) -> None:
    Key.objects.filter(pk=practice_key.pk).update(parent=None)
    Key.objects.filter(kind="house").delete()
    with pytest.raises(WrongHouseKey):
        check_house_key()
    assert not Key.objects.filter(kind="house").exists()


def test_with_the_wrong_house_key_nothing_opens(key: Key, cold: Any, settings: Any) -> None:
    settings.HOUSE_KEY, settings.OTHER_HOUSE_KEYS = OTHER, tuple
    with pytest.raises(WrongHouseKey):
        Key.objects.get(pk=key.pk).opened()


def test_keys_open_cold_and_warm(key: Key, cold: Any, queries: Any) -> None:
    assert reads(key) == b"x"
    with queries() as asked:
        Key.objects.get(pk=key.pk).opened()
    assert len(asked) == 1


def test_no_secret_stands_in_the_database(key: Key, practice_key: Key) -> None:
    secret = key._open().secret
    for row in Key.objects.all():
        assert secret not in bytes(row.wrapped or b"")
        assert settings.HOUSE_KEY not in bytes(row.wrapped or b"")


def test_another_practice_opens_nothing(key: Key, cold: Any) -> None:
    other = Key.make("practice")
    Key.objects.filter(pk=key.pk).update(parent=other)
    with pytest.raises(SealBroken):
        Key.objects.get(pk=key.pk).opened()


def test_a_key_exchanged_for_another_does_not_open(key: Key, practice_key: Key, cold: Any) -> None:
    other = Key.make("engagement", parent=practice_key)
    Key.objects.filter(pk=key.pk).update(wrapped=other.wrapped)
    with pytest.raises(SealBroken):
        Key.objects.get(pk=key.pk).opened()


@pytest.mark.parametrize("at", [0, 1, 5, 6, 20, 60, -1])
def test_a_changed_key_does_not_open_even_when_opened_before(key: Key, at: int) -> None:
    key.opened()
    changed = bytearray(key.wrapped or b"")
    changed[at] ^= 1
    Key.objects.filter(pk=key.pk).update(wrapped=bytes(changed))
    with pytest.raises(SealBroken):
        Key.objects.get(pk=key.pk).opened()


@pytest.mark.parametrize("kind", ["engagement", "house", "person", ""])
def test_a_key_hangs_from_its_own_kind_of_parent(stored: None, kind: str) -> None:
    with pytest.raises(ValueError, match="hangs from"):
        Key.make(kind)


def test_an_engagement_key_hangs_from_no_house(stored: None) -> None:
    with pytest.raises(ValueError, match="hangs from"):
        Key.make("engagement", parent=Key.house())


def test_destroying_is_for_good(key: Key, practice_key: Key, ana: Somebody) -> None:
    other = Key.make("engagement", parent=practice_key)
    key.destroy(by=ana, why="the work ended")
    assert key.wrapped is None
    assert key.destroyed_at is not None
    with pytest.raises(KeyDestroyed):
        Key.objects.get(pk=key.pk).opened()
    assert reads(other) == b"x"


def test_destroying_leaves_one_trace(key: Key, ana: Somebody) -> None:
    key.destroy(by=ana, why="the work ended")
    key.destroy(by=ana, why="the work ended")
    (trace,) = Trace.objects.access_system("looking in a test")
    assert (trace.verb, trace.noun, trace.noun_id, trace.actor_id) == ("destroyed key", "vault.key", key.pk, ana.pk)
    assert trail.verify(None) == []


def test_destroying_a_practice_takes_all_under_it(key: Key, practice_key: Key, box: Box) -> None:
    assert box.text == "a quiet word"
    practice_key.destroy(by=None, why="closed")
    for row in (key, practice_key):
        with pytest.raises(KeyDestroyed):
            Key.objects.get(pk=row.pk).opened()
    with pytest.raises(KeyDestroyed):
        assert Box._base_manager.get(pk=box.pk).text


@pytest.mark.parametrize("kind", ["house", "trail", "door"])
def test_the_houses_own_keys_are_not_destroyed_alone(stored: None, kind: str) -> None:
    own = {"house": Key.house, "trail": trail.trail_key, "door": lambda: Key.make("door")}[kind]()
    with pytest.raises(ValueError, match="replaced"):
        own.destroy(by=None, why="by mistake")
    assert reads(own) == b"x"


def test_a_key_is_whole_or_destroyed(key: Key) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Key.objects.filter(pk=key.pk).update(wrapped=None)


def test_only_so_many_are_kept(practice_key: Key, cold: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "KEPT", 3)
    keys = [Key.make("engagement", parent=practice_key) for _ in range(6)]
    assert [reads(key) for key in keys] == [b"x"] * 6
    assert len(module._opened) == 3


def test_two_processes_starting_at_once_agree(house: Any) -> None:
    crew = [house.start("check") for _ in range(4)]
    assert {process.communicate(timeout=60)[0].strip() for process in crew} == {'"right"'}
    house.key = OTHER.hex()
    assert house.run("check") == "wrong"
