"""Good transcripts of every kind we read, to be spoiled; by the name that `Transcript.format` gives them."""

import io
import json
import zipfile
from typing import Any

from holdspace.listening.tests.readers.test_documents import ARROWS, LAYOUTS
from holdspace.listening.tests.readers.test_scripts import OTTER, WAYS
from holdspace.listening.tests.readers.test_srt import SRT
from holdspace.listening.tests.readers.test_vtt import TEAMS, ZOOM

SCRIPT = "Ana: So, how was the week?\nBen: Hard. We met at 12:30 — twice.\n\nAna: Note: take your time.\nBen: OK…\n"
WORDS = [
    {"word": word, "punctuated_word": said, "text": said, "start": at, "end": at + 0.5, "speaker": at % 2}
    for at, (word, said) in enumerate([("how", "How"), ("are", "are"), ("you", "you?"), ("fine", "Fine.")])
]
SENTENCES = [{"text": "Hello.", "start": 0.5, "end": 2}, {"text": "So.", "start": 2, "end": 3}]
BEST = {"transcript": "Hello. So.", "words": WORDS, "paragraphs": {"paragraphs": [{"sentences": SENTENCES}]}}
SEGMENTS = [
    {"id": 0, "start": 0.0, "end": 2.5, "text": " Hello.", "speaker": "SPEAKER_00", "words": []},
    {"id": 1, "start": 2.5, "end": 4, "text": " Hi, “you”.", "avg_logprob": -0.25},
]
CPP = {"timestamps": {"from": "00:00:00,000"}, "offsets": {"from": 0, "to": 1500}, "text": " Hi."}
UTTERANCES = [
    {"start": 0.5, "end": 2.0, "channel": 0, "speaker": 0, "transcript": "Hello."},
    {"start": 3.5, "end": 4.0, "channel": 1, "speaker": 1, "transcript": "Hi."},
]
SPOKEN = [{"speaker": "A", "text": "Hello.", "start": 250, "end": 1650}, {"speaker": "Ana Fox", "text": "Hi."}]
ELEMENTS = [
    {"type": "text", "value": "Hello", "ts": 0.5, "end_ts": 1.0, "confidence": 0.9},
    {"type": "punct", "value": ", "},
    {"type": "text", "value": "you.", "ts": 1, "end_ts": 1.5},
]
TURNS = [
    {"speaker": "Ana", "text": "How was it?", "start": 1.25, "end": 2.5},
    {"speaker": "Ben", "text": "Hard, naïve – 田中 😀.", "start": 3},
    {"text": "…"},
]
JSON: dict[str, list[Any]] = {
    "json": [TURNS, {"turns": TURNS, "notes": ["x"]}],
    "whisper": [{"text": "…", "language": "en", "segments": SEGMENTS}, {"transcription": [CPP, CPP]}],
    "deepgram": [
        {"metadata": {}, "results": {"channels": [{"alternatives": [BEST]}]}},
        {"results": {"channels": [{"alternatives": [{"words": WORDS}]}] * 2}},
        {"results": {"channels": [], "utterances": UTTERANCES}},
    ],
    "assemblyai": [
        {"id": "x", "text": "…", "utterances": SPOKEN, "words": []},
        {"text": "…", "utterances": None, "words": WORDS},
    ],
    "rev": [
        {"monologues": [{"speaker": 0, "elements": ELEMENTS}, {"speaker": 1, "elements": ELEMENTS[:1]}]},
        {"speakers": [{"id": 0, "name": "Ana Fox"}], "monologues": [{"speaker": 0, "elements": ELEMENTS}]},
    ],
}


def document_of(packed: bytes) -> bytes:
    """The XML inside a DOCX."""
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        return archive.read("word/document.xml")


TEXT: dict[str, list[bytes]] = {
    "webvtt": [ZOOM.encode(), TEAMS.encode(), "WEBVTT\n\nNOTE x\n\n01:02.5 --> 01:03\n- Ana\n- Ben\n".encode("utf-16")],
    "srt": [SRT.encode(), SRT.replace("\n", "\r\n").encode("cp1252")],
    "text": [SCRIPT.encode(), OTTER.encode(), *(way.encode() for way in WAYS.values())],
    "docx": [document_of(packed) for packed in (*LAYOUTS.values(), *ARROWS.values())],
    **{form: [json.dumps(one, ensure_ascii=False).encode() for one in kept] for form, kept in JSON.items()},
}
FORMS = tuple(TEXT)
