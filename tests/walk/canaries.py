"""Canaries: values that stand in one private cell each, and are known wherever they turn up."""

import base64
import binascii
import io
import json
import re
import secrets
import zipfile
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from http.cookies import SimpleCookie
from urllib.parse import unquote_to_bytes

from argon2.low_level import Type, hash_secret
from pypdf import PdfReader
from pypdf.errors import PyPdfError

SONG = re.compile(rb"cnry[0-9a-f]{10}", re.IGNORECASE)
YEAR = re.compile(rb"(?<![\w-])17\d\d(?!\w)")
PLACE = re.compile(rb"(?:Antarctica|Indian)/\w+")
OTHER_CHOICE = re.compile(rb'<option value="[^"]*">[^<]*</option>')
"""A choice that isn't the chosen one: every form with a time zone lists them all."""
PLACES = [
    *("Antarctica/" + name for name in ("Casey", "Davis", "Macquarie", "Mawson", "McMurdo", "Palmer", "Rothera")),
    *("Antarctica/" + name for name in ("South_Pole", "Syowa", "Troll", "Vostok", "DumontDUrville")),
    *("Indian/" + name for name in ("Antananarivo", "Chagos", "Christmas", "Cocos", "Comoro", "Kerguelen", "Mahe")),
    *("Indian/" + name for name in ("Maldives", "Mauritius", "Mayotte", "Reunion")),
]


def song() -> str:
    """A fresh canary, one word long."""
    return "cnry" + secrets.token_hex(5)


def address() -> str:
    """A canary that is an e-mail address."""
    return f"{song()}@walk.example"


def password_hash(password: str) -> str:
    """A cheap but valid hash of a password, with a canary for its salt."""
    salt = base64.b64decode(song() + "aa")
    encoded = hash_secret(password.encode(), salt, time_cost=1, memory_cost=8, parallelism=1, hash_len=16, type=Type.ID)
    return "argon2" + encoded.decode("ascii")


def moment(number: int) -> datetime:
    """A canary that is a time: a year nothing else in the house has."""
    return datetime(1701 + number, 3, 4, 5, 6, 7, tzinfo=UTC)


def heard_in(text: bytes) -> set[str]:
    """Every canary that can be heard in these bytes, in the form `voices` gives."""
    found = {sung.decode().lower() for sung in SONG.findall(text)}
    if b"17" in text:
        found |= {year.decode() for year in YEAR.findall(text)}
    if b"Antarctica/" in text or b"Indian/" in text:
        found |= {place.decode() for place in PLACE.findall(OTHER_CHOICE.sub(b"", text))}
    return found


def unpacked(body: bytes) -> bytes:
    """What a reader finds in a body: everything in an archive, the words of a PDF, the lines of a calendar unfolded."""
    kinds = {b"PK": _archived, b"%PDF-": _printed, b"BEGIN:VCALENDAR": lambda calendar: calendar.replace(b"\r\n ", b"")}
    return next((kind(body) for start, kind in kinds.items() if body.startswith(start)), body)


def _archived(body: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        return b"\n".join([*(name.encode() for name in archive.namelist()), *map(archive.read, archive.namelist())])


def _printed(body: bytes) -> bytes:
    """The words on its pages and what it says of itself; how it is built holds numbers that say nothing."""
    try:
        paper = PdfReader(io.BytesIO(body))
        words = [*(page.extract_text() for page in paper.pages), *map(str, (paper.metadata or {}).values())]
    except PyPdfError:  # a file that somebody sent, and only its beginning says PDF
        return body
    return "\n".join(words).encode()


def heard_in_secrets(text: bytes, written: dict[bytes, str]) -> set[str]:
    """Names of the secrets (wrapped keys, in any usual spelling) that stand in these bytes."""
    return {name for spelling, name in written.items() if spelling in text}


def spellings(secret: bytes) -> Iterator[bytes]:
    """How a wrapped key might be written down: raw, hex, base64. The first bytes are the same for all keys."""
    part = secret[6:30]
    yield part
    yield part.hex().encode()
    yield base64.b64encode(part)[:-4]
    yield base64.urlsafe_b64encode(part)[:-4]


def voices(value: object) -> set[str]:
    """The canaries in a value as it stands in a cell."""
    if isinstance(value, datetime):
        return heard_in(value.isoformat().encode())
    text = value if isinstance(value, str) else json.dumps(value, default=str)
    return heard_in(text.encode())


def unfold(header: str) -> bytes:
    """A header's value with everything in it that was merely written differently: per cent, base64, zlib."""
    plain = header.encode("latin-1", "replace")
    folded = [unquote_to_bytes(plain)]
    for morsel in SimpleCookie(header).values() if "=" in header else ():
        folded += [unfolded for part in re.split(r"[:.|]", morsel.value) if (unfolded := _unpacked(part))]
    return b" ".join([plain, *folded])


def _unpacked(part: str) -> bytes:
    try:
        raw = base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))
    except (binascii.Error, ValueError):
        return b""
    try:
        return zlib.decompress(raw)
    except zlib.error:
        return raw
