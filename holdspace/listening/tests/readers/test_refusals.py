"""What is no transcript is refused with one kind sentence, at once."""

import os
import time
from pathlib import Path

import pytest

from holdspace.listening import TranscriptError, read
from holdspace.listening.readers import MAX_BYTES

REFUSED = {
    b"": "empty",
    b" \r\n\t ": "empty",
    b"\xef\xbb\xbf": "empty",
    b"\xff\xfe\n\x00": "empty",
    b"\x00" * 5000: "empty",
    b"%PDF-1.7\n1 0 obj": "PDF",
    b"\x89PNG\r\n\x1a\n" + bytes(range(256)): "picture",
    b"\xff\xd8\xff\xe0\x00\x10JFIF": "picture",
    b"RIFF\x00\x00\x00\x00WEBPVP8 ": "picture",
    b"RIFF\x24\x00\x00\x00WAVEfmt ": "sound recording",
    b"ID3\x04\x00\x00\x00": "sound recording",
    b"OggS\x00\x02": "sound recording",
    b"fLaC\x00\x00": "sound recording",
    b"\x00\x00\x00\x1cftypM4A \x00": "recording",
    b"\x00\x00\x00\x20ftypisom\x00": "recording",
    b"\x1aE\xdf\xa3\x01\x00": "recording",
    b"\x1f\x8b\x08\x00": "archive",
    b"PK\x03\x04" + b"\x00" * 40: "damaged",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "old Word file",
    b"{\\rtf1\\ansi Ana: Hi.}": "rich text",
    b"SQLite format 3\x00": "database",
    b"<!DOCTYPE html><html><body>Ana: Hi.</body></html>": "markup",
    b'<?xml version="1.0"?><tt xmlns="http://www.w3.org/ns/ttml"/>': "markup",
    bytes(range(256)) * 20: "not a text file",
    b"WEBVTT\n\n" + bytes(range(256)) * 20: "not a text file",
    b"\x7fELF\x02\x01\x01" + b"\x00" * 60: "not a text file",
}


@pytest.mark.parametrize("raw", REFUSED, ids=range(len(REFUSED)))
def test_refused_with_a_sentence(raw: bytes) -> None:
    with pytest.raises(TranscriptError, match=REFUSED[raw]) as refusal:
        read(raw)
    assert refusal.value.reason.endswith(".")


def test_the_suffix_is_not_believed(tmp_path: Path) -> None:
    picture = tmp_path / "session.vtt"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(2000))
    with pytest.raises(TranscriptError, match="picture"):
        read(picture)
    captions = tmp_path / "session.pdf"
    captions.write_bytes(b"WEBVTT\n\n00:01.000 --> 00:02.000\nAna: Hi.\n")
    assert read(str(captions)).speakers == ("Ana",)


def test_a_recording_no_one_knows_is_told_by_its_name() -> None:
    with pytest.raises(TranscriptError, match="recording"):
        read(bytes(range(256)) * 8, name="session.M4A")
    assert read(b"Ana: Hi.\nBen: Yes.\n", name="session.m4a").speakers == ("Ana", "Ben")


def test_two_hundred_megabytes_are_refused_without_reading(tmp_path: Path) -> None:
    huge = tmp_path / "huge.vtt"
    with huge.open("wb") as file:
        file.write(b"WEBVTT\n\n")
        os.truncate(file.fileno(), 200_000_000)
    began = time.process_time()
    with pytest.raises(TranscriptError, match="200 MB"):
        read(huge)
    assert time.process_time() - began < 0.05


def test_too_many_bytes() -> None:
    with pytest.raises(TranscriptError, match="under 50 MB"):
        read(b"a" * (MAX_BYTES + 1))


def test_too_many_lines() -> None:
    with pytest.raises(TranscriptError, match="more than 300,000 lines"):
        read(b"Ana: Hi.\n" * 300_001)


def test_a_folder_and_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(TranscriptError, match="folder"):
        read(tmp_path)
    with pytest.raises(FileNotFoundError):
        read(tmp_path / "missing.vtt")


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="this system has no endless file to try")
def test_an_endless_file_ends() -> None:
    with pytest.raises(TranscriptError):
        read("/dev/zero")
