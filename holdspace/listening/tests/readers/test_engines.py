"""What Whisper, Deepgram, AssemblyAI and Rev return."""

import json
from typing import Any

import pytest

from holdspace.listening import Transcript, TranscriptError

from .spoken import heard


def said(found: dict[str, Any]) -> list[tuple[str | None, str, float | None, float | None]]:
    return [(turn.speaker, turn.text, turn.start, turn.end) for turn in engine(found).turns]


def engine(found: dict[str, Any]) -> Transcript:
    return heard(json.dumps(found))


def test_whisper_names_nobody_and_its_segments_stay_apart() -> None:
    segments = [
        {"id": 0, "start": 0.0, "end": 2.5, "text": " Hello."},
        {"id": 1, "start": 2.5, "end": 4, "text": " Hi."},
    ]
    assert said({"text": "…", "language": "en", "segments": segments}) == [
        (None, "Hello.", 0.0, 2.5),
        (None, "Hi.", 2.5, 4.0),
    ]


def test_whisper_with_speakers() -> None:
    segments = [
        {"start": 0.1, "end": 2, "text": " Hello.", "speaker": "SPEAKER_00", "words": []},
        {"start": 2, "end": 3, "text": " So.", "speaker": "SPEAKER_00"},
        {"start": 3, "end": 4, "text": " Hm."},
        {"start": 4, "end": 5, "text": " Hi.", "speaker": "SPEAKER_01"},
    ]
    assert said({"segments": segments}) == [
        ("SPEAKER_00", "Hello. So.", 0.1, 3.0),
        (None, "Hm.", 3.0, 4.0),
        ("SPEAKER_01", "Hi.", 4.0, 5.0),
    ]


def test_whisper_cpp() -> None:
    found = {
        "transcription": [{"timestamps": {"from": "00:00:00,000"}, "offsets": {"from": 0, "to": 1500}, "text": " Hi."}]
    }
    assert said(found) == [(None, "Hi.", 0.0, 1.5)]


def test_not_a_number_matters_only_in_times() -> None:
    assert said({"segments": [{"start": 0, "end": 1, "text": "Hi", "avg_logprob": float("nan")}]}) == [
        (None, "Hi", 0.0, 1.0)
    ]


def test_deepgram_s_utterances() -> None:
    utterances = [
        {"start": 0.5, "end": 2.0, "channel": 0, "speaker": 0, "transcript": "Hello."},
        {"start": 2.0, "end": 3.0, "channel": 0, "speaker": 0, "transcript": "So."},
        {"start": 3.5, "end": 4.0, "channel": 0, "speaker": 1, "transcript": "Hi."},
    ]
    found = {"metadata": {}, "results": {"channels": [], "utterances": utterances}}
    assert said(found) == [("Speaker 0", "Hello. So.", 0.5, 3.0), ("Speaker 1", "Hi.", 3.5, 4.0)]


def test_deepgram_s_paragraphs() -> None:
    paragraphs = [
        {
            "sentences": [{"text": "Hello.", "start": 0.5, "end": 2}, {"text": "So.", "start": 2, "end": 3}],
            "speaker": 0,
        },
        {"sentences": [{"text": "Hi.", "start": 3.5, "end": 4}], "speaker": 1},
    ]
    best = {"transcript": "…", "words": [], "paragraphs": {"transcript": "…", "paragraphs": paragraphs}}
    assert said({"results": {"channels": [{"alternatives": [best]}]}}) == [
        ("Speaker 0", "Hello. So.", 0.5, 3.0),
        ("Speaker 1", "Hi.", 3.5, 4.0),
    ]


def test_deepgram_s_words() -> None:
    words = [
        {"word": "hello", "punctuated_word": "Hello", "start": 0.5, "end": 1, "speaker": 0},
        {"word": "you", "punctuated_word": "you.", "start": 1, "end": 1.5, "speaker": 0},
        {"word": "hi", "start": 2, "end": 2.5, "speaker": 1},
    ]
    found = {"results": {"channels": [{"alternatives": [{"transcript": "…", "words": words}]}]}}
    assert said(found) == [("Speaker 0", "Hello you.", 0.5, 1.5), ("Speaker 1", "hi", 2.0, 2.5)]


def test_deepgram_s_channels_are_people_in_order_of_time() -> None:
    def channel(word: str, start: float) -> dict[str, Any]:
        return {"alternatives": [{"words": [{"word": word, "start": start, "end": start + 1}]}]}

    assert said({"results": {"channels": [channel("later", 5), channel("first", 1)]}}) == [
        ("Channel 1", "first", 1.0, 2.0),
        ("Channel 0", "later", 5.0, 6.0),
    ]


def test_assemblyai_counts_milliseconds() -> None:
    utterances = [
        {"speaker": "A", "text": "Hello.", "start": 250, "end": 1650},
        {"speaker": "Ana Fox", "text": "Hi.", "start": 1700, "end": 2000},
    ]
    assert said({"id": "x", "text": "…", "utterances": utterances, "words": []}) == [
        ("Speaker A", "Hello.", 0.25, 1.65),
        ("Ana Fox", "Hi.", 1.7, 2.0),
    ]


def test_assemblyai_without_speakers_gives_sentences() -> None:
    words = [
        {"text": text, "start": at * 500, "end": at * 500 + 400, "speaker": None}
        for at, text in enumerate(("It", "was.", "So"))
    ]
    assert said({"text": "…", "utterances": None, "words": words}) == [
        (None, "It was.", 0.0, 0.9),
        (None, "So", 1.0, 1.4),
    ]


def test_rev_s_monologues() -> None:
    hello = [{"type": "text", "value": "Hello", "ts": 0.5, "end_ts": 0.9}, {"type": "punct", "value": ", "}]
    you = [{"type": "text", "value": "you", "ts": 1.0, "end_ts": 1.4}, {"type": "punct", "value": "."}]
    found = {
        "speakers": [{"id": 1, "name": "Ben (Guest)"}],
        "monologues": [
            {"speaker": 0, "elements": hello + you},
            {"speaker": 1, "elements": [{"type": "text", "value": "Hi"}]},
        ],
    }
    assert said(found) == [("Speaker 0", "Hello, you.", 0.5, 1.4), ("Ben", "Hi", None, None)]


def test_each_is_named() -> None:
    assert engine({"segments": []}).format == "whisper"
    assert engine({"results": {"utterances": [], "channels": []}}).format == "deepgram"
    assert engine({"text": "", "words": []}).format == "assemblyai"
    assert engine({"monologues": []}).format == "rev"


REFUSED = [
    ({"segments": [{"text": "a", "start": float("nan")}]}, "Segment 1 has a “start” that is not a finite number"),
    ({"segments": [{"text": "a", "start": -1}]}, "Segment 1 has a “start” before zero"),
    ({"segments": [{"text": "a"}, {"start": 1}]}, "Segment 2 has no “text”"),
    ({"segments": [{"text": "a", "speaker": {}}]}, "neither a name nor a number"),
    ({"segments": {"a": 1}}, "“segments” in this JSON is not a list"),
    ({"segments": [1]}, "Number 1 of “segments” in this JSON is not an object"),
    ({"results": {"channels": [{}]}}, "“alternatives” in this JSON is not a list"),
    (
        {"results": {"utterances": [{"start": "0", "transcript": "a"}]}},
        "Utterance 1 has a “start” that is not a number",
    ),
    ({"monologues": [{"elements": [{"value": "a", "ts": -2}]}]}, "Monologue 1 has a “ts” before zero"),
    ({"status": "processing", "text": None, "words": None}, "“words” in this JSON is not a list"),
    ({"results": {"transcripts": [], "items": []}}, "no conversation we know"),
]


@pytest.mark.parametrize(("found", "sentence"), REFUSED, ids=[sentence for _, sentence in REFUSED])
def test_refused_with_the_place(found: dict[str, Any], sentence: str) -> None:
    with pytest.raises(TranscriptError, match=sentence):
        engine(found)
