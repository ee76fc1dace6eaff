"""Packs an archive into one zip, streamed: JSON for machines, a page for people."""

import io
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from .archive import Archive, FrameArchive, OwnArchive, tables_of
from .holdings import holdings
from .readable import page
from .schema import FORMAT, VERSION, schema_page

JSON_NAME = "holdspace.json"
PAGE_NAME = "index.html"
SCHEMA_NAME = "export.schema.json"
ENOUGH = 64 * 1024
"""How many bytes are gathered before they are sent on."""


class Sink(io.RawIOBase):
    """Takes what the zip writes and gives it on; nothing is held but the last piece."""

    def __init__(self) -> None:
        super().__init__()
        self._waiting = bytearray()

    def writable(self) -> bool:
        """It can be written to, and not read or wound back."""
        return True

    def write(self, piece: object) -> int:
        """Take a piece."""
        before = len(self._waiting)
        self._waiting += memoryview(piece).cast("B")  # type: ignore[arg-type]
        return len(self._waiting) - before

    def taken(self, least: int = ENOUGH) -> Iterator[bytes]:
        """What has gathered, when it is enough."""
        if len(self._waiting) >= max(least, 1):
            piece, self._waiting = bytes(self._waiting), bytearray()
            yield piece


def pack(archive: Archive) -> Iterator[bytes]:
    """The archive as one zip file, piece by piece."""
    sink = Sink()
    files: list[tuple[str, Iterable[str]]] = [(JSON_NAME, as_json(archive)), (SCHEMA_NAME, [schema_page()])]
    if isinstance(archive, OwnArchive):
        files.insert(0, (PAGE_NAME, page(archive)))
    with ZipFile(sink, "w", ZIP_DEFLATED) as zipped:  # type: ignore[call-overload]
        for name, parts in files:
            entry = ZipInfo(name, archive.made_at.timetuple()[:6])
            entry.compress_type, entry.external_attr = ZIP_DEFLATED, 0o600 << 16
            with zipped.open(entry, "w", force_zip64=True) as out:
                for piece in pieces(parts):
                    out.write(piece)
                    yield from sink.taken()
        for name, content in files_of(archive):
            entry = ZipInfo(name, archive.made_at.timetuple()[:6])
            entry.compress_type, entry.external_attr = ZIP_DEFLATED, 0o600 << 16
            zipped.writestr(entry, content)
            yield from sink.taken()
    yield from sink.taken(0)


def files_of(archive: Archive) -> Iterator[tuple[str, bytes]]:
    """Files that a person takes along, each as it was sent; a practice's stand in its JSON."""
    if isinstance(archive, OwnArchive):
        for holding in holdings():
            yield from archive.files(holding)


def pieces(parts: Iterable[str]) -> Iterator[bytes]:
    """Text as bytes, none longer than enough."""
    for part in parts:
        written = part.encode("utf-8", "replace")
        yield from (written[start : start + ENOUGH] for start in range(0, len(written), ENOUGH))


def pack_to(archive: Archive, path: Path) -> None:
    """The archive as a file."""
    with path.open("xb") as file:
        file.writelines(pack(archive))


def as_json(archive: Archive) -> Iterator[str]:
    """The archive as JSON text, a row at a time; docs/export.schema.json says its shape."""
    head: dict[str, Any] = {
        "format": FORMAT,
        "version": VERSION,
        "kind": archive.kind,
        "subject": str(archive.subject),
        "made_at": archive.made_at.isoformat(),
        "names": archive.names,
    }
    if isinstance(archive, FrameArchive):
        head["counts"] = archive.counts
    yield json.dumps(head, ensure_ascii=False)[:-1] + ', "tables": {'
    for place, (holding, rows) in enumerate(tables_of(archive)):
        yield f"{', ' if place else ''}\n{json.dumps(holding.label)}: ["
        for number, row in enumerate(rows):
            yield f"{',' if number else ''}\n{json.dumps(row, ensure_ascii=False)}"
        yield "]"
    yield "}}\n"
