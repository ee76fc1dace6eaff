"""Sealing bytes with AES-256-GCM, bound to the one place they belong to."""

import os
import struct
from typing import NamedTuple, NoReturn
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

HEADER = struct.Struct(">BBI")
VERSION = 1
AES_256_GCM = 1
NONCE_SIZE = 12
TAG_SIZE = 16
STEP = 256
"""Sealed values are padded to a multiple of this many bytes, so that their length says little."""


class SealBroken(Exception):
    """What stands in the column is not what was sealed for this row, field and key."""


class Place(NamedTuple):
    """Where a sealed value lives; moved anywhere else it does not open."""

    table: str
    row: UUID
    field: str


class Cipher:
    """One opened key. It never shows, copies or pickles its secret."""

    __slots__ = ("_bound", "_gcm", "_header")

    def __init__(self, secret: bytes, key_id: UUID, version: int) -> None:
        self._gcm = AESGCM(secret)
        self._header = HEADER.pack(VERSION, AES_256_GCM, version)
        self._bound = self._header + key_id.bytes

    def seal(self, plain: bytes, place: Place) -> bytes:
        """The token: version, algorithm, key version, nonce, ciphertext and tag."""
        nonce = os.urandom(NONCE_SIZE)
        return self._header + nonce + self._gcm.encrypt(nonce, _pad(plain), self._bind(place))

    def open(self, token: bytes, place: Place) -> bytes:
        """The sealed bytes; raises SealBroken for any other token, place or key."""
        if token[: HEADER.size] != self._header:
            raise SealBroken("not a token of this key")
        nonce, sealed = token[HEADER.size : HEADER.size + NONCE_SIZE], token[HEADER.size + NONCE_SIZE :]
        if len(nonce) != NONCE_SIZE or len(sealed) < STEP + TAG_SIZE:
            raise SealBroken("a cut token")
        try:
            return _unpad(self._gcm.decrypt(nonce, sealed, self._bind(place)))
        except InvalidTag:
            raise SealBroken("changed, or sealed for another place") from None

    def _bind(self, place: Place) -> bytes:
        # Fixed sizes first, then two names that cannot hold a zero byte: no two places give the same bytes.
        return self._bound + place.row.bytes + place.table.encode() + b"\0" + place.field.encode()

    def __repr__(self) -> str:
        return "<Cipher>"

    def __reduce__(self) -> NoReturn:
        raise TypeError("an opened key stays in its process")


def _pad(plain: bytes) -> bytes:
    return plain + b"\x80" + bytes(-(len(plain) + 1) % STEP)


def _unpad(padded: bytes) -> bytes:
    plain = padded.rstrip(b"\0")
    if plain[-1:] != b"\x80":
        raise SealBroken("no end mark")
    return plain[:-1]
