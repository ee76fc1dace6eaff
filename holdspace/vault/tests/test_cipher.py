"""Sealing bytes: they open only where and as they were sealed."""

import pickle
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from holdspace.vault.cipher import STEP, Cipher, Place, SealBroken

KEY, ROW = UUID(int=1), UUID(int=2)
SECRET = bytes(range(32))
CIPHER = Cipher(SECRET, KEY, 1)
PLACE = Place("notes", ROW, "text")
CANARY = b"canary-7f3a"


@given(st.binary(max_size=2000))
def test_what_was_sealed_opens(plain: bytes) -> None:
    assert CIPHER.open(CIPHER.seal(plain, PLACE), PLACE) == plain


@given(st.binary(max_size=1500))
def test_lengths_go_in_steps(plain: bytes) -> None:
    token = CIPHER.seal(plain, PLACE)
    assert (len(token) - len(CIPHER.seal(b"", PLACE))) % STEP == 0
    assert len(token) == len(CIPHER.seal(bytes(len(plain) // STEP * STEP), PLACE)) or len(plain) % STEP == STEP - 1


def test_short_words_all_look_alike() -> None:
    assert {len(CIPHER.seal(b"x" * size, PLACE)) for size in range(STEP)} == {len(CIPHER.seal(b"", PLACE))}


def test_sealing_twice_gives_two_tokens() -> None:
    assert CIPHER.seal(CANARY, PLACE) != CIPHER.seal(CANARY, PLACE)


def test_every_flipped_bit_is_refused() -> None:
    token = CIPHER.seal(CANARY, PLACE)
    for at in range(len(token)):
        for bit in range(8):
            changed = bytearray(token)
            changed[at] ^= 1 << bit
            with pytest.raises(SealBroken):
                CIPHER.open(bytes(changed), PLACE)


def test_every_cut_is_refused() -> None:
    token = CIPHER.seal(CANARY, PLACE)
    for size in range(len(token)):
        with pytest.raises(SealBroken):
            CIPHER.open(token[:size], PLACE)
        with pytest.raises(SealBroken):
            CIPHER.open(token[size + 1 :], PLACE)


names = st.text(st.characters(exclude_characters="\0", codec="utf-8"), min_size=1, max_size=12)
places = st.builds(Place, names, st.uuids(), names)


@settings(max_examples=300)
@given(places, places, st.binary(max_size=40))
def test_a_token_opens_at_its_own_place_only(here: Place, there: Place, plain: bytes) -> None:
    token = CIPHER.seal(plain, here)
    if here == there:
        assert CIPHER.open(token, there) == plain
        return
    with pytest.raises(SealBroken):
        CIPHER.open(token, there)


@pytest.mark.parametrize(
    "place",
    [Place("note", ROW, "stext"), Place("notes", UUID(int=3), "text"), Place("notes", ROW, "title")],
)
def test_moved_elsewhere_it_stays_shut(place: Place) -> None:
    with pytest.raises(SealBroken):
        CIPHER.open(CIPHER.seal(CANARY, PLACE), place)


@pytest.mark.parametrize("other", [Cipher(SECRET, uuid4(), 1), Cipher(SECRET, KEY, 2), Cipher(bytes(32), KEY, 1)])
def test_another_key_id_version_or_secret_stays_shut(other: Cipher) -> None:
    with pytest.raises(SealBroken):
        other.open(CIPHER.seal(CANARY, PLACE), PLACE)


@given(st.binary(max_size=700))
def test_anything_else_is_refused(noise: bytes) -> None:
    with pytest.raises(SealBroken):
        CIPHER.open(noise, PLACE)


def test_an_opened_key_neither_shows_nor_leaves() -> None:
    assert SECRET.hex() not in repr(CIPHER)
    assert repr(SECRET) not in repr(CIPHER)
    with pytest.raises(TypeError):
        pickle.dumps(CIPHER)
