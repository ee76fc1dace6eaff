"""Word documents from Teams and elsewhere, and those that are traps."""

import io
import struct
import zipfile
import zlib

import pytest

from holdspace.listening import TranscriptError
from holdspace.listening.readers.documents import MAX_MEMBERS

from .spoken import heard, spoken, timed

SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MORE = "http://schemas.openxmlformats.org/markup-compatibility/2006"


def packed(body: str | bytes, name: str = "word/document.xml", others: int = 0) -> bytes:
    """A DOCX whose document is `body`."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(name, body)
        for number in range(others):
            archive.writestr(f"word/media/{number}.png", b"")
    return held.getvalue()


def document(*paragraphs: str) -> bytes:
    """A DOCX of paragraphs, in which \\n is a line break and \\t a tab, as Word writes them."""
    inner = (f"<w:p><w:pPr/><w:r><w:rPr><w:b/></w:rPr><w:t>{_marked(text)}</w:t></w:r></w:p>" for text in paragraphs)
    return packed(_xml("".join(inner)))


def _marked(text: str) -> str:
    return text.replace("\n", "</w:t><w:br/><w:t>").replace("\t", "</w:t><w:tab/><w:t>")


def _xml(inner: str, before: str = "") -> str:
    spaces = f'xmlns:w="{SPACE}" xmlns:mc="{MORE}"'
    return f'<?xml version="1.0" encoding="UTF-8"?>{before}<w:document {spaces}><w:body>{inner}</w:body></w:document>'


TURNS = [
    ("Ana Fox", "How was it?", 3.0, None),
    ("Ben", "Hard &. We met at 12:30.", 9.0, None),
    ("Ana Fox", "So.", 3729.0, None),
]
LAYOUTS = {
    "header and words in one paragraph": document(
        "Session with Ben-20250301_100000-Meeting Recording",
        "March 1, 2025, 10:00AM",
        "25m 3s",
        "Ana Fox started transcription",
        "Ana Fox   0:03\nHow was it?",
        "Ben (Guest)   0:09\nHard &amp;.\nWe met at 12:30.",
        "Ana Fox   1:02:09\nSo.",
        "Ana Fox stopped transcription",
    ),
    "header and words apart": document(
        "Ana Fox   0:03",
        "How was it?",
        "Ben [External]\t0:09",
        "Hard &amp;.",
        "We met at 12:30.",
        "",
        "Ana Fox\t1:02:09",
        "So.",
    ),
}
ARROWS = {
    "in one paragraph": document(
        "Meeting", "0:0:0.0 --> 0:0:5.260\nAna Fox\nHow was it?", "0:0:5.900 --> 0:0:7.100\nBen\nHard."
    ),
    "apart": document("0:0:0.0 --> 0:0:5.260", "Ana Fox", "How was it?", "0:0:5.900 --> 0:0:7.100", "Ben", "Hard."),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_teams_with_headers(layout: str) -> None:
    assert timed(LAYOUTS[layout]) == TURNS
    assert (heard(LAYOUTS[layout]).format, heard(LAYOUTS[layout]).stamps) == ("docx", "seconds")


@pytest.mark.parametrize("layout", ARROWS)
def test_teams_with_spans(layout: str) -> None:
    assert timed(ARROWS[layout]) == [("Ana Fox", "How was it?", 0.0, 5.26), ("Ben", "Hard.", 5.9, 7.1)]


def test_a_typed_script_and_a_table() -> None:
    assert spoken(document("Ana: How was it?", "Ben: Hard.")) == [("Ana", "How was it?"), ("Ben", "Hard.")]
    cells = "".join(f"<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>" for text in ("Ana: Hi.", "Ben: Yes."))
    assert spoken(packed(_xml(f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>"))) == [("Ana", "Hi."), ("Ben", "Yes.")]


def test_the_document_s_part_may_have_a_number() -> None:
    body = _xml("<w:p><w:r><w:t>Ana: Hi.</w:t></w:r></w:p><w:p><w:r><w:t>Ben: Yes.</w:t></w:r></w:p>")
    assert spoken(packed(body, "word/document2.xml")) == [("Ana", "Hi."), ("Ben", "Yes.")]


def test_words_taken_out_and_twins_for_old_programs_are_not_read() -> None:
    gone = "<w:del><w:r><w:delText>never </w:delText></w:r></w:del>"
    once, twice = "<w:r><w:t>once</w:t></w:r>", "<w:r><w:t>twice</w:t></w:r>"
    twin = f"<mc:Choice>{once}</mc:Choice><mc:Fallback>{twice}</mc:Fallback>"
    said = "<w:r><w:t>Ana: said </w:t></w:r>"
    inner = f"<w:p>{said}{gone}<mc:AlternateContent>{twin}</mc:AlternateContent></w:p>"
    assert spoken(packed(_xml(inner))) == [("Ana", "said once")]


def test_it_is_known_by_its_content() -> None:
    assert heard(LAYOUTS["header and words apart"]).speakers == ("Ana Fox", "Ben")


def refused(raw: bytes, sentence: str) -> None:
    with pytest.raises(TranscriptError, match=sentence):
        heard(raw)


def test_a_bomb_by_its_directory() -> None:
    refused(packed(b"<a>" + b" " * 60_000_000), "unpacks to far more")


def test_a_bomb_by_its_ratio() -> None:
    refused(packed(b"<a>" + b" " * 5_000_000), "unpacks to far more")


def test_a_bomb_whose_directory_lies() -> None:
    raw = packed(b"<a>" + b" " * 60_000_000)
    small = raw.replace(struct.pack("<L", 60_000_003), struct.pack("<L", 900_000))
    assert small != raw
    refused(small, "damaged|unpacks to far more")


def test_too_many_parts() -> None:
    refused(packed(_xml(""), others=MAX_MEMBERS), "unpacks to far more")


def test_far_too_many_parts_are_not_even_listed() -> None:
    refused(packed(_xml("")) + b"PK\x01\x02" * 100_000, "unpacks to far more")


@pytest.mark.parametrize("size", [5, 20])
def test_entities_of_its_own(size: int) -> None:
    names = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "ha"}">' for n in range(size))
    refused(
        packed(_xml(f"<w:p><w:r><w:t>&e{size - 1};</w:t></w:r></w:p>", f"<!DOCTYPE x [{names}]>")),
        "entities of its own",
    )


def test_entities_from_outside() -> None:
    refused(packed(_xml("<w:p/>", '<!DOCTYPE x SYSTEM "file:///etc/passwd">')), "entities of its own")


@pytest.mark.parametrize("body", [b"", b"<a>", b"<a></b>", b"\x00\xff", b'<?xml version="1.0" encoding="none"?><a/>'])
def test_a_broken_document(body: bytes) -> None:
    refused(packed(body), "damaged")


def test_a_cut_archive() -> None:
    raw = LAYOUTS["header and words apart"]
    for length in range(4, len(raw), 37):
        refused(raw[:length], "damaged")


def test_a_wrong_checksum() -> None:
    checksum = struct.pack("<L", zlib.crc32(_xml("").encode()))
    refused(packed(_xml("")).replace(checksum, b"\x00\x00\x00\x00"), "damaged")


def test_no_words() -> None:
    refused(document("", ""), "no words")


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("xl/workbook.xml", "spreadsheet"),
        ("ppt/presentation.xml", "presentation"),
        ("content.xml", "OpenDocument"),
        ("a.txt", "ZIP archive"),
    ],
)
def test_other_archives(name: str, sentence: str) -> None:
    refused(packed("x", name), sentence)


def test_very_deep_nesting() -> None:
    refused(packed(_xml("<w:p>" * 100_000)), "damaged")
