"""Readers: a transcript file of any known kind in, turns out. The kind is told by content, never by the name."""

import os

from holdspace.listening.values import Transcript, TranscriptError

from .captions import is_timed, is_vtt, read_srt, read_vtt
from .encodings import decoded
from .objects import is_json, read_json
from .opening import MAX_BYTES, MAX_LINES, is_zip, opened, refuse_binary
from .scripts import read_script

__all__ = ["MAX_BYTES", "read"]

_MARKUP = "This is a page or data in markup, not a transcript. Copy the conversation's text into a plain file."


def read(source: str | os.PathLike[str] | bytes, *, name: str | None = None) -> Transcript:
    """The conversation in a file: WebVTT, SRT, DOCX, plain text, or JSON (ours, Whisper, Deepgram, AssemblyAI, Rev).

    `source` is a path, or the file's bytes; `name` is what the file was called, where only bytes are given: it only
    makes refusals clearer. Times are seconds since the start, as the file gives them; a speaker nobody named is None.
    Raises `TranscriptError` with a sentence for a person where the file cannot be read, and `OSError` where there is
    no such file. Formats: docs/transcripts.md.
    """
    raw = opened(source)
    if is_zip(raw):
        return _read_document(raw)
    refuse_binary(raw, name or (os.fspath(source) if isinstance(source, str | os.PathLike) else ""))
    text, notes = decoded(raw)
    return _with_notes(_read_text(text), notes)


def _read_document(raw: bytes) -> Transcript:
    from .documents import paragraphs

    return _read_lines(_bounded(paragraphs(raw)), "docx")


def _read_text(text: str) -> Transcript:
    if is_json(text):
        return read_json(text)
    if text[:200].lstrip().lower().startswith(("<!doctype", "<html", "<?xml", "<tt ", "<tt>")):
        raise TranscriptError(_MARKUP)
    if text.count("\n") > MAX_LINES:
        raise _too_many()
    lines = text.split("\n")
    return read_vtt(lines) if is_vtt(text) else _read_lines(lines, "text")


def _read_lines(lines: list[str], form: str) -> Transcript:
    if is_timed(lines):
        return read_srt(lines, "srt" if form == "text" else form)
    return read_script(lines, form)


def _bounded(lines: list[str]) -> list[str]:
    if len(lines) > MAX_LINES:
        raise _too_many()
    return lines


def _too_many() -> TranscriptError:
    return TranscriptError(f"The file has more than {MAX_LINES:,} lines. Give the transcript of one conversation.")


def _with_notes(read: Transcript, notes: tuple[str, ...]) -> Transcript:
    return Transcript(read.turns, read.format, read.stamps, (*notes, *read.notes)) if notes else read
