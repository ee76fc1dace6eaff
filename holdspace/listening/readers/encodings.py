"""From bytes to text, whatever alphabet the file was saved in."""

import codecs
import re
from unicodedata import category

from holdspace.listening.values import TranscriptError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 16_384
_CONTROLS = frozenset(map(chr, [*range(1, 9), *range(14, 27), *range(28, 32), 127]))
_SIGNS = "‘’‚“”„–—…•·€£§°«»‹›©®™\xa0\xad"
_WESTERN = ("àâæçéèêëîïôœùûüÿ", "äöüßéèëïáêçñ", "áéíñóúü¿¡", "áâãàçéêíóôõúü", "àèéìíîòóùú", "åäöæøéü")
_LOST = "\ufffd"
NOT_TEXT = "This is not a text file. Give a transcript as VTT, SRT, DOCX, JSON or plain text."
DAMAGED = "Some letters could not be read and stand as �; the file may be damaged."


def decoded(raw: bytes) -> tuple[str, tuple[str, ...]]:
    """The text without its byte-order mark and with line feeds only, and what to say of its letters."""
    text, notes = _decoded(raw)
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", _LOST)
    return text, notes


def is_noise(raw: bytes) -> bool:
    """Whether the bytes are no text: control characters where letters should be, zeros that UTF-16 would not have.

    A WebVTT file in UTF-8 is never noise: its rules allow any character.
    """
    head = raw[: _SAMPLE - _SAMPLE % 4]
    mark, encoding = next(((mark, name) for mark, name in _MARKS if head.startswith(mark)), (b"", _wide(head)))
    if head[len(mark) :].startswith(b"WEBVTT") and _is_utf8(head):
        return False
    text = head[len(mark) :].decode(encoding or "latin-1", "ignore")
    if not encoding and "\x00" in text:
        return True
    strange = sum(char in _CONTROLS or (encoding is not None and category(char) in ("Cn", "Co")) for char in text)
    return strange > 1 + len(text) // 50


def _decoded(raw: bytes) -> tuple[str, tuple[str, ...]]:
    if is_noise(raw):
        raise TranscriptError(NOT_TEXT)
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return _as(raw[len(mark) :], encoding)
    if wide := _wide(raw[:_SAMPLE]):
        return _as(raw, wide)
    text, notes = _as(raw, "utf-8")
    return (text, notes) if not notes or _mostly_sound(text) else _legacy(raw)


def _as(raw: bytes, encoding: str) -> tuple[str, tuple[str, ...]]:
    try:
        return raw.decode(encoding).removeprefix("\ufeff"), ()
    except UnicodeDecodeError:
        return raw.decode(encoding, "replace").removeprefix("\ufeff"), (DAMAGED,)


def _wide(head: bytes) -> str | None:
    """UTF-16 without a mark: in it, spaces and line ends put zeros on one side of each pair only."""
    first, second = head[::2].count(0), head[1::2].count(0)
    if min(first, second) > max(first, second) // 20 or not first + second:
        return None
    low = sum(head.count(code) for code in range(9))
    if low < len(head) // 5 and _is_utf8(head):
        return None
    return "utf-16-le" if second > first else "utf-16-be"


def _is_utf8(head: bytes) -> bool:
    """Whether the bytes are UTF-8, the last letter perhaps cut."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return False
    return True


def _mostly_sound(text: str) -> bool:
    """UTF-8 that was cut or damaged in places, rather than another encoding."""
    beyond = len(re.findall(r"[^\x00-\x7f\ufffd]", text))
    return beyond > 4 * text.count(_LOST)


def _legacy(raw: bytes) -> tuple[str, tuple[str, ...]]:
    """An older encoding, judged by the lines that have letters beyond ASCII."""
    encoding = _guessed(_telling(raw))
    if encoding is None:
        raise TranscriptError(f"{NOT_TEXT} Its letters are in no encoding we know; saving it as UTF-8 helps.")
    text = raw.decode(encoding, "replace")
    return text, (f"The file is not in UTF-8; it was read as {encoding}. Check that letters with accents are right.",)


def _telling(raw: bytes) -> bytes:
    lines = [line for line in raw[: 64 * _SAMPLE].splitlines(keepends=True) if not line.isascii()]
    return b"".join(lines)[:_SAMPLE] or raw[-_SAMPLE:]


def _guessed(sample: bytes) -> str | None:
    """The encoding of some bytes; None where none fits.

    Statistics fail on the few accents and curly quotes of an English file, so Western Windows text is asked first:
    all its letters must be those of one language.
    """
    beyond = {letter for letter in sample.decode("cp1252", "replace").lower() if letter > "\x7f"}
    if any(beyond <= set(_SIGNS + letters) for letters in _WESTERN):
        return "cp1252"
    from charset_normalizer import from_bytes

    best = from_bytes(sample, cp_exclusion=["utf_16", "utf_32", "utf_7"]).best()
    return best.encoding if best else None
