"""A file locked with a passphrase: scrypt makes the key, AES-256-GCM seals it, piece by piece to the end."""

import getpass
import os
import struct
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

MAGIC = b"Holdspace box 1\n"
COST = struct.Struct(">BBB16s")
"""How hard the passphrase is to guess (log2 n, r, p), and its salt."""
N, R, P = 17, 8, 1
HARDEST = (20, 16, 4)
PIECE = 1 << 20
TAG = 16
SHORTEST = 12
FILE = "HOLDSPACE_PASSPHRASE_FILE"


class WontOpen(Exception):
    """Another passphrase, another kind of file, or one that was changed or cut."""


class NoPassphrase(Exception):
    """There is no passphrase, or one too short to keep anybody out."""


def lock(pieces: Iterable[bytes], out: BinaryIO, passphrase: str) -> None:
    """Seal what comes, of any length, and write it out."""
    head = MAGIC + COST.pack(N, R, P, os.urandom(16))
    box = AESGCM(_key(head, passphrase))
    out.write(head)
    number, waiting = 0, b""
    for number, following in enumerate(_even(pieces)):
        if number:
            out.write(box.encrypt(_nonce(number - 1, last=False), waiting, head))
        waiting = following
    out.write(box.encrypt(_nonce(number, last=True), waiting, head))


def unlock(path: Path, passphrase: str) -> Iterator[bytes]:
    """The pieces that were locked; raises WontOpen. Use nothing of it before the end has been reached."""
    with path.open("rb") as file:
        head = file.read(len(MAGIC) + COST.size)
        if not head.startswith(MAGIC) or len(head) < len(MAGIC) + COST.size:
            raise WontOpen(f"{path.name} is not a locked file of Holdspace.")
        box, number = AESGCM(_key(head, passphrase)), 0
        piece, following = file.read(PIECE + TAG), file.read(PIECE + TAG)
        while True:
            try:
                yield box.decrypt(_nonce(number, last=not following), piece, head)
            except InvalidTag:
                raise WontOpen(_why(path, number)) from None
            if not following:
                return
            piece, following, number = following, file.read(PIECE + TAG), number + 1


def ask_passphrase(*, twice: bool) -> str:
    """The passphrase: from the file that the environment names, or typed. Raises NoPassphrase."""
    named = os.environ.get(FILE)
    if named:
        try:
            return _checked(Path(named).read_text(encoding="utf-8").strip())
        except OSError as trouble:
            raise NoPassphrase(f"The file that {FILE} names can't be read: {trouble.strerror}.") from trouble
    if not sys.stdin.isatty():
        raise NoPassphrase(f"Nobody is there to type a passphrase: name a file that holds it in {FILE}.")
    typed = _checked(getpass.getpass("Passphrase: "))
    if twice and getpass.getpass("Once more: ") != typed:
        raise NoPassphrase("The two differ. Nothing was written.")
    return typed


def _even(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in pieces of one size; only the last may be shorter. Those that have it already are not copied."""
    waiting = bytearray()
    for piece in pieces:
        if not waiting and len(piece) == PIECE:
            yield piece
            continue
        waiting += piece
        while len(waiting) >= PIECE:
            yield bytes(waiting[:PIECE])
            del waiting[:PIECE]
    if waiting:
        yield bytes(waiting)


def _checked(passphrase: str) -> str:
    if len(passphrase) < SHORTEST:
        raise NoPassphrase(f"A passphrase needs {SHORTEST} characters or more; a sentence is easy to remember.")
    return passphrase


def _key(head: bytes, passphrase: str) -> bytes:
    n, r, p, salt = COST.unpack(head[len(MAGIC) :])
    if not (10 <= n <= HARDEST[0] and 1 <= r <= HARDEST[1] and 1 <= p <= HARDEST[2]):
        raise WontOpen("The head of this file is damaged.")
    return Scrypt(salt=salt, length=32, n=1 << n, r=r, p=p).derive(passphrase.encode())


def _nonce(number: int, *, last: bool) -> bytes:
    # The key is new for each file, so counting is enough; the last piece says that it is the last.
    return number.to_bytes(11, "big") + bytes([last])


def _why(path: Path, number: int) -> str:
    if number:
        return f"{path.name} was changed or cut: piece {number + 1} does not fit."
    return f"{path.name} does not open: another passphrase, or the file was changed."
