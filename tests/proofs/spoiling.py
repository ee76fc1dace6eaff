"""Spoils good files as disks, editors, exporters and mischief do; every input comes back from its number."""

import io
import json
import math
import random
import zipfile
from typing import Any
from xml.sax.saxutils import escape

from .samples import JSON, TEXT

FRAGMENTS = [
    *(b"WEBVTT", b"NOTE", b"STYLE", b"1\n", b"-->", b" --> ", b"\n", b"\n\n", b"\r\n", b"\r", b"\t", b"  ", b"\x00"),
    *(b"00:00:01.000", b"0:03", b"00:00:02,500", b"99:99", b"1000:00:00.000", b"10:02 AM", b"(0:05):", b"[00:03]"),
    *(b"Ana: ", b"Ben (Guest): ", b"[Ana] ", b"Ana  0:03\n", b"Note: ", b"**Ana**", b"- ", b">> ", b" | ", b"/", b"~"),
    *(b"<v Ana>", b"</v>", b"<c.x>", b"<rt>", b"<", b">", b"&amp;", b"&#0;", b"&#xD800;", b"&", b"{\\an8}", b"<!--"),
    *("：…é田中😀\u2028\u200f\u202e\ufeff\u0661".encode(), b"\xff", b"\xc3", b"\xed\xa0\x80", b"\x1b", b"\xfe\xff"),
    *(
        b"{",
        b"}",
        b"[",
        b"]",
        b'"',
        b"\\",
        b",",
        b":",
        b"null",
        b"NaN",
        b"-1",
        b"1e400",
        b"9" * 40,
        b"\\ud83d",
        b"true",
    ),
    *(b"<w:p>", b"</w:p>", b"<w:t>", b"</w:t>", b"<w:br/>", b"<w:tab/>", b"<mc:Fallback>", b"<!DOCTYPE x>", b"]]>"),
]
ODD = [
    None,
    True,
    0,
    -1,
    1e308,
    10**400,
    math.nan,
    math.inf,
    "",
    " ",
    "A",
    "\ud83d",
    "\x00",
    [],
    {},
    [[]],
    [None],
    "0:03",
]
ENCODINGS = ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "cp1252", "shift_jis", "utf-32", "cp1251", "utf-7"]
LONGEST_RUN = 30_000
"""How often at most a piece is said again, to find what takes more than its share of time."""


def spoiled(form: str, number: int) -> bytes:
    """Input `number` of a form."""
    chance = random.Random(f"{form} {number}")
    if form in JSON and chance.random() < 0.6:
        raw = _tree_spoiled(chance.choice(JSON[form]), chance)
    elif form == "docx" and chance.random() < 0.5:
        raw = _as_document(_text_spoiled(chance.choice(TEXT["text"]), chance).decode("utf-8", "replace"))
    else:
        raw = _text_spoiled(chance.choice(TEXT[form]), chance)
    if form != "docx":
        return raw
    whole = _packed(raw, chance)
    return whole if chance.random() < 0.8 else _text_spoiled(whole, chance)


def _text_spoiled(raw: bytes, chance: random.Random) -> bytes:
    for _ in range(chance.choice((1, 1, 1, 2, 3, 8))):
        raw = chance.choice(TRICKS)(raw, chance)
    return raw


def _place(raw: bytes, chance: random.Random) -> tuple[int, int]:
    start = chance.randint(0, len(raw))
    return start, min(len(raw), start + chance.choice((1, 2, 5, 20, 80)))


def _insert(raw: bytes, chance: random.Random) -> bytes:
    at = chance.randint(0, len(raw))
    return raw[:at] + chance.choice(FRAGMENTS) + raw[at:]


def _drop(raw: bytes, chance: random.Random) -> bytes:
    start, end = _place(raw, chance)
    return raw[:start] + raw[end:]


def _replace(raw: bytes, chance: random.Random) -> bytes:
    start, end = _place(raw, chance)
    return raw[:start] + chance.choice(FRAGMENTS) + raw[end:]


def _flip(raw: bytes, chance: random.Random) -> bytes:
    if not raw:
        return raw
    at = chance.randrange(len(raw))
    return raw[:at] + bytes([raw[at] ^ 1 << chance.randrange(8)]) + raw[at + 1 :]


def _noise(raw: bytes, chance: random.Random) -> bytes:
    start, end = _place(raw, chance)
    return raw[:start] + chance.randbytes(end - start) + raw[end:]


def _cut(raw: bytes, chance: random.Random) -> bytes:
    at = chance.randint(0, len(raw))
    return raw[:at] if chance.random() < 0.7 else raw[at:]


def _move(raw: bytes, chance: random.Random) -> bytes:
    start, end = _place(raw, chance)
    rest = raw[:start] + raw[end:]
    at = chance.randint(0, len(rest))
    return rest[:at] + raw[start:end] + rest[at:]


def _again(raw: bytes, chance: random.Random) -> bytes:
    start, end = _place(raw, chance)
    times = chance.randint(2, LONGEST_RUN) if chance.random() < 0.002 else chance.randint(2, 12)
    return raw[:start] + raw[start:end] * times + raw[end:]


def _lines(raw: bytes, chance: random.Random) -> bytes:
    lines = raw.split(b"\n")
    chance.shuffle(lines)
    return b"\n".join(lines)


def _splice(raw: bytes, chance: random.Random) -> bytes:
    other = chance.choice(TEXT[chance.choice(list(TEXT))])
    return raw[: chance.randint(0, len(raw))] + other[chance.randint(0, len(other)) :]


def _recode(raw: bytes, chance: random.Random) -> bytes:
    return raw.decode("utf-8", "replace").encode(chance.choice(ENCODINGS), "replace")


TRICKS = [_insert, _insert, _drop, _replace, _replace, _flip, _noise, _cut, _move, _again, _lines, _splice, _recode]


def _tree_spoiled(found: Any, chance: random.Random) -> bytes:
    for _ in range(chance.choice((1, 1, 2, 4))):
        found = _branch_spoiled(found, chance)
    return json.dumps(found, ensure_ascii=chance.random() < 0.5).encode("utf-8", "surrogatepass")


def _branch_spoiled(found: Any, chance: random.Random) -> Any:
    if isinstance(found, dict) and found and chance.random() < 0.85:
        key = chance.choice(list(found))
        return _member_spoiled(found, key, chance)
    if isinstance(found, list) and found and chance.random() < 0.85:
        at = chance.randrange(len(found))
        kept = [*found[:at], _branch_spoiled(found[at], chance), *found[at + 1 :]]
        return chance.choice((kept, kept, kept, found[:at], kept * 2, [kept]))
    return chance.choice(ODD)


def _member_spoiled(found: dict[str, Any], key: str, chance: random.Random) -> dict[str, Any]:
    kept, what = dict(found), chance.random()
    if what < 0.1:
        del kept[key]
    elif what < 0.2:
        kept[chance.choice(("turns", "segments", "words", "text", "start", "speaker", "results", "", "x"))] = kept[key]
    elif what < 0.35:
        kept[key] = chance.choice(ODD)
    else:
        kept[key] = _branch_spoiled(found[key], chance)
    return kept


def _as_document(text: str) -> bytes:
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    lines = (f"<w:p><w:r><w:t>{escape(line)}</w:t></w:r></w:p>" for line in text.split("\n"))
    return f'<w:document xmlns:w="{space}"><w:body>{"".join(lines)}</w:body></w:document>'.encode()


def _packed(xml: bytes, chance: random.Random) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", chance.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))) as archive:
        archive.writestr(chance.choice(("word/document.xml",) * 9 + ("word/document2.xml",)), xml)
        if chance.random() < 0.1:
            archive.writestr(chance.choice(("[Content_Types].xml", "word/document.xml ", "../x", "word/")), b"<x/>")
    return held.getvalue()
