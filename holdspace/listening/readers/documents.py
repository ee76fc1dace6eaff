"""Word documents: the paragraphs of a DOCX as lines, read within bounds.

Read with the standard library's streaming parser: what python-docx adds (styles, sections, a tree of all) is not
needed here, costs 160 ms to import, and it unpacks every part of the file before anyone can ask for its size.
"""

import io
import re
import zipfile
import zlib
from xml.parsers import expat

from holdspace.listening.values import TranscriptError

MAX_MEMBERS = 200
MAX_UNPACKED = 50_000_000
MAX_RATIO = 100
_SMALL = 1_000_000
"""Bytes under which a high ratio is only repetition, not a bomb."""
_CHUNK = 65_536
_ENTRY = b"PK\x01\x02"
"""Begins each entry of the directory, which Python reads whole before it tells how long it is."""
_BODY = re.compile(r"word/document[0-9]*\.xml")
_BOMB = "This document unpacks to far more than a transcript could be. It was not opened."
_DAMAGED = "This Word document is damaged and cannot be opened. Save it anew, or as plain text."
_OTHERS = {
    "xl/": "This is a spreadsheet, not a transcript. Save it as plain text, one line for each turn.",
    "ppt/": "This is a presentation, not a transcript.",
    "content.xml": "This is an OpenDocument file. Save it as .docx or as plain text.",
}
_NOT_DOCX = "This is a ZIP archive, not a Word document. Unpack it and give the transcript inside."


def paragraphs(raw: bytes) -> list[str]:
    """The lines of a DOCX: its paragraphs, cut at line breaks."""
    if raw.count(_ENTRY) > 5 * MAX_MEMBERS:
        raise TranscriptError(_BOMB)
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            return _Paragraphs().of(_body(archive))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError) as error:
        if isinstance(error, TranscriptError):
            raise
        raise TranscriptError(_DAMAGED) from error


def _body(archive: zipfile.ZipFile) -> bytes:
    """The document's XML, unpacked no further than the bounds; what the directory says of sizes is not believed."""
    members = archive.infolist()
    if len(members) > MAX_MEMBERS:
        raise TranscriptError(_BOMB)
    names = [member.filename for member in members]
    body = next((name for name in names if _BODY.fullmatch(name)), None)
    if body is None:
        raise TranscriptError(
            next((_OTHERS[key] for key in _OTHERS if any(n.startswith(key) for n in names)), _NOT_DOCX)
        )
    member = archive.getinfo(body)
    bound = min(MAX_UNPACKED, max(_SMALL, member.compress_size * MAX_RATIO))
    if member.file_size > bound:
        raise TranscriptError(_BOMB)
    unpacked = bytearray()
    with archive.open(member) as part:
        while chunk := part.read(_CHUNK):
            unpacked += chunk
            if len(unpacked) > bound:
                raise TranscriptError(_BOMB)
    return bytes(unpacked)


class _Paragraphs:
    """Gathers the text of each paragraph while the XML streams by; entities of its own are refused outright."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.open: list[list[str]] = []
        self.text = 0
        self.fallback = 0

    def of(self, xml: bytes) -> list[str]:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.characters
        parser.StartDoctypeDeclHandler = self.doctype
        try:
            parser.Parse(xml, True)
        except (expat.ExpatError, LookupError) as error:
            raise TranscriptError(_DAMAGED) from error
        return self.lines

    def start(self, name: str, _: dict[str, str]) -> None:
        tag = _local(name)
        if tag == "Fallback":
            self.fallback += 1
        if self.fallback:
            return
        if tag == "p":
            self.open.append([])
        elif tag == "t":
            self.text += 1
        elif self.open and tag in _MARKS:
            self.open[-1].append(_MARKS[tag])

    def end(self, name: str) -> None:
        tag = _local(name)
        if tag == "Fallback":
            self.fallback -= 1
        elif self.fallback:
            return
        elif tag == "t":
            self.text -= 1
        elif tag == "p" and self.open:
            self.lines.extend("".join(self.open.pop()).split("\n"))

    def characters(self, text: str) -> None:
        if self.text and self.open and not self.fallback:
            self.open[-1].append(text)

    def doctype(self, *_: object) -> None:
        raise TranscriptError(
            "This Word document defines entities of its own, as no honest one does. It was not opened."
        )


_MARKS = {"br": "\n", "cr": "\n", "tab": "\t", "noBreakHyphen": "-"}


def _local(name: str) -> str:
    """The element's own name where it is WordprocessingML's (or the fallback marker's), else nothing."""
    space, _, tag = name.rpartition(" ")
    return tag if ("wordprocessingml" in space and space.endswith("/main")) or tag == "Fallback" else ""
