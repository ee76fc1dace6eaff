"""The bytes of a source, or a kind refusal: too large, empty, or no text at all."""

import os
import stat
from pathlib import Path

from holdspace.listening.values import TranscriptError

from .encodings import is_noise

MAX_BYTES = 50_000_000
"""A file above this is refused before it is read; a whole day of talk as text is under 2 MB."""
MAX_LINES = 300_000
"""A text above this is refused before it is taken apart; an hour has about 4,000 lines."""

_SOUND = "This is a sound recording, not a transcript. Have it transcribed first, then give the transcript."
_VIDEO = "This is a sound or video recording, not a transcript. Have it transcribed first, then give the transcript."
_PICTURE = "This is a picture, not a transcript. Give the text itself."
_PACKED = "This is a packed archive. Unpack it and give the transcript inside."
_STARTS: tuple[tuple[bytes, str], ...] = (
    (
        b"%PDF",
        "This is a PDF, and its text cannot be told apart safely. Save the transcript as text, DOCX, VTT or SRT.",
    ),
    (b"\x89PNG", _PICTURE),
    (b"\xff\xd8\xff", _PICTURE),
    (b"GIF8", _PICTURE),
    (b"BM\x00", _PICTURE),
    (b"II*\x00", _PICTURE),
    (b"MM\x00*", _PICTURE),
    (b"ID3", _SOUND),
    (b"\xff\xfb", _SOUND),
    (b"\xff\xf3", _SOUND),
    (b"\xff\xf1", _SOUND),
    (b"OggS", _SOUND),
    (b"fLaC", _SOUND),
    (b"#!AMR", _SOUND),
    (b"caff", _SOUND),
    (b"FORM", _SOUND),
    (b"\x1aE\xdf\xa3", _VIDEO),
    (b"0&\xb2u", _VIDEO),
    (b"\x1f\x8b", _PACKED),
    (b"7z\xbc\xaf", _PACKED),
    (b"Rar!", _PACKED),
    (b"BZh", _PACKED),
    (b"\xfd7zXZ", _PACKED),
    (
        b"\xd0\xcf\x11\xe0",
        "This is an old Word file (.doc), or one with a password. Save it as .docx without one, or as plain text.",
    ),
    (b"{\\rtf", "This is a rich text file (.rtf). Open it and save it as .docx or as plain text."),
    (b"SQLite format 3", "This is a database, not a transcript."),
)
_RECORDINGS = (
    *(".mp3", ".m4a", ".m4b", ".wav", ".ogg", ".opus", ".flac", ".aac", ".wma", ".aif", ".aiff", ".amr"),
    *(".mp4", ".webm", ".mkv", ".mov", ".avi"),
)


def opened(source: str | os.PathLike[str] | bytes) -> bytes:
    """All bytes of a source; a path's size is asked first, so that a huge file costs nothing."""
    if isinstance(source, bytes | bytearray | memoryview):
        return _bounded(bytes(source))
    path = Path(source)
    found = path.stat()
    if stat.S_ISDIR(found.st_mode):
        raise TranscriptError("This is a folder, not a file. Give the transcript inside it.")
    if found.st_size > MAX_BYTES:
        raise _too_large(found.st_size)
    with path.open("rb") as file:
        return _bounded(file.read(MAX_BYTES + 1))


def is_zip(raw: bytes) -> bool:
    """Whether the bytes begin as every DOCX does."""
    return raw.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"))


def refuse_binary(raw: bytes, name: str) -> None:
    """Say what a file is that cannot be a transcript, as far as its first bytes tell."""
    for start, sentence in _STARTS:
        if raw.startswith(start):
            raise TranscriptError(sentence)
    if raw[4:8] == b"ftyp":
        raise TranscriptError(_VIDEO)
    if raw.startswith(b"RIFF"):
        raise TranscriptError(_PICTURE if raw[8:12] == b"WEBP" else _SOUND)
    if name.lower().endswith(_RECORDINGS) and is_noise(raw):
        raise TranscriptError(_VIDEO)


def _bounded(raw: bytes) -> bytes:
    if len(raw) > MAX_BYTES:
        raise _too_large(len(raw))
    if not raw.strip(b"\x00\t\n\x0b\x0c\r \xef\xbb\xbf\xff\xfe"):
        raise TranscriptError("The file is empty.")
    return raw


def _too_large(size: int) -> TranscriptError:
    megabytes, limit = size // 1_000_000, MAX_BYTES // 1_000_000
    return TranscriptError(
        f"The file has {max(megabytes, limit + 1)} MB or more, and a transcript is under {limit} MB. "
        "Give the transcript of one conversation, without sound or video."
    )
