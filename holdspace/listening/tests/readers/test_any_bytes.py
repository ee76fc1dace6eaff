"""Any bytes either read or are refused, in bounded time; and no word is lost on the way."""

import json
import time
from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as some

from holdspace.listening import Transcript, TranscriptError, read
from holdspace.listening.readers.joining import Cue, transcript

from .test_documents import LAYOUTS, _xml, packed
from .test_vtt import TEAMS, ZOOM

BOUNDED = settings(deadline=timedelta(seconds=2), suppress_health_check=[HealthCheck.too_slow])
FRAGMENTS = some.sampled_from(
    [
        *("WEBVTT", "WEBVTT - title", "NOTE", "STYLE", "REGION", "1", "42", "-->", " --> ", "\n", "\n\n", "\r\n", "\r"),
        *("00:00:01.000", "0:03", "00:00:02,500", "99:99", "1000:00:00.000", "10:02 AM", "00:01.000 --> 00:02.000\n"),
        *("Ana: ", "Ben (Guest): ", "[Ana] ", "(Ben)\n", "Ana  0:03\n", "Note: ", "：", ": ", "https://example.org: "),
        *("<v Ana>", "</v>", "<c.x>", "<00:00:01.000>", "<rt>", "<", ">", "&amp;", "&#0;", "&#xD800;", "&", "{\\an8}"),
        *("hello there", "a", " ", "  ", "\t", "…", "\u2028", "\u200f", "\ufeff", "\x00", "\x1b", "é", "田中", "😀"),
        *(
            "From Ana to Everyone: ",
            "[",
            "]",
            "{",
            "}",
            '"turns"',
            '"text"',
            "NaN",
            "null",
            ",",
            "- ",
            ">> ",
            "Transcript",
        ),
    ]
)


def whole(raw: bytes) -> Transcript | None:
    """What was read, after looking at every promise a transcript makes."""
    try:
        found = read(raw)
    except TranscriptError as refusal:
        kind = refusal.reason.endswith(".")
        return None if kind else pytest.fail(f"not a sentence: {refusal.reason}")
    for index, turn in enumerate(found.turns):
        assert turn.index == index
        assert turn.speaker is None or turn.speaker.strip()
        assert all(moment is None or 0 <= moment < float("inf") for moment in (turn.start, turn.end))
        (turn.text + (turn.speaker or "")).encode()
    return found


@BOUNDED
@given(some.binary(max_size=2000))
@example(b"\xff\xfe\xff")
@example(b"\x00\xd8\x00\xdc")
def test_any_bytes(raw: bytes) -> None:
    whole(raw)


@BOUNDED
@given(some.lists(FRAGMENTS, max_size=60).map("".join), some.sampled_from(["utf-8", "utf-16", "utf-16-le", "cp1252"]))
def test_any_mixture_of_what_transcripts_are_made_of(text: str, encoding: str) -> None:
    whole(text.encode(encoding, "replace"))


@BOUNDED
@given(some.lists(FRAGMENTS, max_size=40).map("".join))
def test_no_text_after_the_signature_is_refused(text: str) -> None:
    assert whole(f"WEBVTT\n\n{text}".encode()) is not None


@BOUNDED
@given(some.sampled_from([ZOOM.encode(), TEAMS.encode(), *LAYOUTS.values()]), some.data())
def test_a_good_file_gone_bad(raw: bytes, choice: some.DataObject) -> None:
    at = choice.draw(some.integers(0, len(raw)))
    whole(raw[:at] + choice.draw(some.binary(max_size=6)) + raw[at + choice.draw(some.integers(0, 6)) :])


@BOUNDED
@given(some.lists(FRAGMENTS, max_size=30).map("".join))
def test_any_document(text: str) -> None:
    whole(packed(_xml(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")))


KEYS = ("turns", "text", "speaker", "start", "end", "segments", "results", "utterances", "channels")
MORE_KEYS = ("alternatives", "words", "word", "paragraphs", "sentences", "monologues", "elements")
VALUES = some.recursive(
    some.none() | some.booleans() | some.floats() | some.integers() | some.text(max_size=8),
    lambda inner: (
        some.lists(inner, max_size=4)
        | some.dictionaries(some.sampled_from(KEYS), inner, max_size=4)
        | some.dictionaries(some.sampled_from(MORE_KEYS), inner, max_size=4)
    ),
    max_leaves=25,
)


@BOUNDED
@given(VALUES)
def test_any_json(found: object) -> None:
    whole(json.dumps(found).encode())


SPEAKERS = some.none() | some.sampled_from(["Ana", "Ben", "Cleo"])
CUES = some.lists(
    some.builds(
        Cue, SPEAKERS, some.sampled_from(["", "one", "two words", "and so on."]), some.none() | some.floats(0, 99)
    )
)


@given(CUES)
def test_joining_loses_no_words_and_keeps_their_speakers(cues: list[Cue]) -> None:
    before = [(cue.speaker, word) for cue in cues for word in cue.text.split()]
    after = [(turn.speaker, word) for turn in transcript(cues, "x").turns for word in turn.text.split()]
    assert after == before


@given(CUES)
def test_joined_neighbours_are_never_the_same_person(cues: list[Cue]) -> None:
    turns = transcript(cues, "x").turns
    assert all(one.speaker is None or one.speaker != other.speaker for one, other in pairwise(turns))


NAMED = some.lists(
    some.tuples(some.sampled_from(["Ana Fox", "Ben", "Cleo"]), some.sampled_from(["Yes.", "So: well", "at 12:30"])),
    min_size=4,
)


@given(NAMED)
def test_each_way_of_naming_says_the_same(said: list[tuple[str, str]]) -> None:
    labels = "".join(
        f"00:{at:02}.000 --> 00:{at + 1:02}.000\n{who}: {text}\n\n" for at, (who, text) in enumerate(said[:50])
    )
    voices = "".join(
        f"00:{at:02}.000 --> 00:{at + 1:02}.000\n<v {who}>{text}</v>\n\n" for at, (who, text) in enumerate(said[:50])
    )
    assert read(f"WEBVTT\n\n{labels}".encode()).turns == read(f"WEBVTT\n\n{voices}".encode()).turns


@pytest.mark.slow
def test_fifty_thousand_captions_in_bounded_time() -> None:
    cues = (
        f"{at}\n{_clock(at)} --> {_clock(at + 1)}\n{'Ana' if at % 2 else 'Ben'}: line {at}\n" for at in range(50_000)
    )
    raw = "\n".join(["WEBVTT\n", *cues]).encode()
    began = time.process_time()
    assert len(read(raw).turns) == 50_000
    assert time.process_time() - began < 6


def test_hostile_lines_in_bounded_time() -> None:
    million = 1_000_000
    head = b"WEBVTT\n\n00:01.000 --> 00:02.000\n"
    hostile = [
        b"<" * million,
        b"<a" * million,
        b"&amp" * million,
        b"{\\" * million,
        b"(he/" * million,
        b"Ana " * million + b": x",
    ]
    began = time.process_time()
    for line in hostile:
        whole(head + line)
        whole(line + b"\n0:03\n" + line)
    assert time.process_time() - began < 10


def test_one_caption_of_a_hundred_thousand_lines_in_bounded_time() -> None:
    raw = b"WEBVTT\n\n00:01.000 --> 00:02.000\nAna: Hi.\n" + b"And then the week.\n" * 100_000
    began = time.process_time()
    found = whole(raw)
    assert found is not None
    assert [turn.speaker for turn in found.turns] == ["Ana"]
    assert time.process_time() - began < 6


def _clock(at: int) -> str:
    return f"{at // 3600:02}:{at // 60 % 60:02}:{at % 60:02}.000"
