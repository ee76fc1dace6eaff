"""What may come as a file: known by its content, never by its name; within bounds, and under a name of letters."""

import io
import re
import unicodedata
import zipfile
import zlib
from dataclasses import dataclass

from .models import Attachment

LARGEST = 5_000_000
"""Bytes in one file."""
ENTRIES, UNPACKED, RATIO = 200, 50_000_000, 100
"""How much an office document may hold: files in it, bytes unpacked, and how far its packing may shrink them."""
LONGEST_NAME = 120
Kind = Attachment.Kind
BEGINNINGS = ((b"%PDF-", Kind.PDF), (b"\x89PNG\r\n\x1a\n", Kind.PNG), (b"\xff\xd8\xff", Kind.JPEG))
OFFICE = {"word/document.xml": Kind.DOCX, "xl/workbook.xml": Kind.XLSX}
ODT = b"application/vnd.oasis.opendocument.text"
TYPES = {
    Kind.PDF: "application/pdf",
    Kind.PNG: "image/png",
    Kind.JPEG: "image/jpeg",
    Kind.WEBP: "image/webp",
    Kind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Kind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Kind.ODT: ODT.decode(),
    Kind.TEXT: "text/plain; charset=utf-8",
}
SIGNS = re.compile(r'[\\/:*?"<>|]')


class BadFile(Exception):
    """A file that isn't taken; the words say which, why, and what to do."""


@dataclass(frozen=True)
class NewFile:
    """A file that was looked at and may be kept."""

    name: str
    kind: str
    content: bytes


def look_at(name: str, content: bytes) -> NewFile:
    """A file as it may be kept; raises BadFile. What it is called ends as what it is."""
    called = tidy_name(name)
    if len(content) > LARGEST:
        raise BadFile(f"“{called}” is larger than {LARGEST // 1_000_000} MB. Send a smaller copy of it.")
    if not content:
        raise BadFile(f"“{called}” is empty. Choose it again.")
    kind = kind_of(content)
    if kind is None:
        raise BadFile(
            f"“{called}” is none of what can be sent here: PDF, PNG, JPEG, WebP, Word, Excel and OpenDocument files "
            "without macros, and plain text. Save it as one of these."
        )
    return NewFile(_ending(called, kind), kind, content)


def kind_of(content: bytes) -> str | None:
    """What this is, told by its content; None for anything else."""
    for beginning, kind in BEGINNINGS:
        if content.startswith(beginning):
            return kind
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return Kind.WEBP
    if content.startswith(b"PK\x03\x04"):
        return _office(content)
    return Kind.TEXT if _is_text(content) else None


def _office(content: bytes) -> str | None:
    """Which kind of office document a zip is, if it is one, is bounded, and carries no program."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as zipped:
            entries = zipped.infolist()
            names = {entry.filename for entry in entries}
            if not _bounded(entries) or any(name.lower().endswith(("vbaproject.bin", ".exe", ".js")) for name in names):
                return None
            if "mimetype" in names and zipped.getinfo("mimetype").file_size < 200:
                return Kind.ODT if zipped.read("mimetype").strip() == ODT and "content.xml" in names else None
            found = [kind for name, kind in OFFICE.items() if name in names]
            return found[0] if len(found) == 1 and "[Content_Types].xml" in names else None
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, OSError, EOFError, zlib.error):
        return None


def _bounded(entries: list[zipfile.ZipInfo]) -> bool:
    unpacked, packed = (sum(getattr(one, part) for one in entries) for part in ("file_size", "compress_size"))
    encrypted = any(one.flag_bits & 1 for one in entries)
    return not encrypted and len(entries) <= ENTRIES and unpacked <= UNPACKED and unpacked <= RATIO * max(packed, 1)


def _is_text(content: bytes) -> bool:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return not any(unicodedata.category(sign) == "Cc" and sign not in "\t\n\r\f" for sign in set(text))


def tidy_name(name: str) -> str:
    """A file's name without folders, without signs that hide or turn what is written, and not too long."""
    last = re.split(r"[\\/]", name)[-1]
    kept = "".join(sign for sign in unicodedata.normalize("NFC", last) if unicodedata.category(sign)[0] != "C")
    plain = " ".join(SIGNS.sub(" ", kept).split()).strip(" .")
    stem, dot, ending = plain.rpartition(".")
    if dot and len(ending) <= 8:
        return f"{stem[: LONGEST_NAME - 10].strip()}.{ending}" if stem else f"file.{ending}"
    return plain[:LONGEST_NAME] or "file"


def _ending(name: str, kind: str) -> str:
    """The name with the ending of what it is, so that nothing opens as something else."""
    _, dot, ending = name.rpartition(".")
    known = {"jpeg": "jpg"}.get(kind, kind)
    if dot and (ending.lower() == known or (ending.lower(), kind) in (("jpeg", "jpeg"), ("md", "txt"), ("csv", "txt"))):
        return name
    return f"{name}.{known}"
