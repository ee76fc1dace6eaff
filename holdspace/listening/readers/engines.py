"""What transcription engines return as JSON: Whisper, Deepgram, AssemblyAI, Rev."""

from collections.abc import Callable, Iterable
from itertools import groupby
from typing import Any

from holdspace.listening.values import Transcript, TranscriptError

from .fields import members, objects, time, whole, words
from .joining import Cue, transcript
from .names import bare
from .voices import plain

Found = dict[str, Any]


def reader_of(found: Any) -> Callable[[Found], Transcript] | None:
    """The reader for an object's shape; None where no engine we know writes such."""
    if not isinstance(found, dict):
        return None
    results = found.get("results")
    if isinstance(results, dict) and ("channels" in results or "utterances" in results):
        return read_deepgram
    if "monologues" in found:
        return read_rev
    if "segments" in found or isinstance(found.get("transcription"), list):
        return read_whisper
    if "utterances" in found or ("words" in found and "text" in found):
        return read_assembly
    return None


def read_whisper(found: Found) -> Transcript:
    """Whisper's segments; with speakers as whisperx and others add them; whisper.cpp's too."""
    if "segments" not in found:
        return transcript(_of_whisper_cpp(objects(found, "transcription")), "whisper")
    cues = [
        _cue(segment, f"Segment {number}", _named(segment.get("speaker")), "text")
        for number, segment in enumerate(objects(found, "segments"), 1)
    ]
    return transcript(cues, "whisper")


def read_deepgram(found: Found) -> Transcript:
    """Deepgram's utterances, else its paragraphs, else its words."""
    results = found["results"]
    if results.get("utterances"):
        utterances = objects(results, "utterances")
        tracks = len({utterance.get("channel") for utterance in utterances if _is_key(utterance.get("channel"))})
        cues = [
            _cue(utterance, f"Utterance {number}", _tracked(utterance, tracks), "transcript")
            for number, utterance in enumerate(utterances, 1)
        ]
    else:
        channels = objects(results, "channels")
        cues = [cue for number, channel in enumerate(channels) for cue in _channel(channel, number, len(channels))]
    if all(cue.start is not None for cue in cues):
        cues.sort(key=lambda cue: cue.start or 0.0)
    return transcript(cues, "deepgram")


def read_assembly(found: Found) -> Transcript:
    """AssemblyAI's utterances, or its words cut into sentences where speakers were not told apart. Times are ms."""
    if found.get("utterances"):
        cues = [
            _cue(utterance, f"Utterance {number}", _named(utterance.get("speaker")), "text", 0.001)
            for number, utterance in enumerate(objects(found, "utterances"), 1)
        ]
    else:
        cues = list(_sentences(_spoken_words(objects(found, "words"), ("text",), 0.001)))
    return transcript(cues, "assemblyai")


def read_rev(found: Found) -> Transcript:
    """Rev's monologues."""
    people = found.get("speakers")
    names = {
        person["id"]: person["name"]
        for person in (people if isinstance(people, list) else [])
        if isinstance(person, dict) and _is_key(person.get("id")) and isinstance(person.get("name"), str)
    }
    cues = []
    for number, monologue in enumerate(objects(found, "monologues"), 1):
        place = f"Monologue {number}"
        elements = objects(monologue, "elements")
        text = "".join(words(element, "value", place) for element in elements)
        starts = [moment for element in elements if (moment := time(element, "ts", place)) is not None]
        ends = [moment for element in elements if (moment := time(element, "end_ts", place)) is not None]
        speaker = monologue.get("speaker")
        name = _named(names.get(speaker, speaker) if _is_key(speaker) else speaker)
        cues.append(Cue(name, plain(text), starts[0] if starts else None, max(ends, default=None)))
    return transcript(cues, "rev")


def _cue(found: Found, place: str, speaker: str | None, key: str, unit: float = 1.0) -> Cue:
    text = plain(words(found, key, place))
    return Cue(speaker, text, time(found, "start", place, unit), time(found, "end", place, unit))


def _is_key(value: Any) -> bool:
    return isinstance(value, str | int)


def _named(speaker: Any) -> str | None:
    """An engine's speaker as a name: 0 is “Speaker 0”, "A" is “Speaker A”, a name stays."""
    if speaker is None or isinstance(speaker, bool):
        return None
    if not _is_key(speaker):
        raise TranscriptError("A “speaker” in this JSON is neither a name nor a number.")
    said = bare(plain(whole(str(speaker))[:200])) if isinstance(speaker, str) or abs(speaker) < 10**9 else None
    return f"Speaker {said}" if said and (said.isdecimal() or len(said) == 1) else said


def _tracked(found: Found, tracks: int) -> str | None:
    """The speaker; where each person was recorded apart and nobody is named, the track."""
    channel = found.get("channel")
    if tracks > 1 and _is_key(channel) and found.get("speaker") in (None, 0):
        return _named(f"Channel {channel}")
    return _named(found.get("speaker"))


def _channel(channel: Found, number: int, channels: int) -> Iterable[Cue]:
    """One channel's cues by paragraphs, else by words; a channel of its own is a speaker of its own."""
    best = next(iter(objects(channel, "alternatives")), {})
    paragraphs = best.get("paragraphs")
    alone = f"Channel {number}" if channels > 1 else None
    if isinstance(paragraphs, dict) and paragraphs.get("paragraphs"):
        for place, paragraph in enumerate(objects(paragraphs, "paragraphs"), 1):
            name = alone or _named(paragraph.get("speaker"))
            for sentence in objects(paragraph, "sentences"):
                yield _cue(sentence, f"Paragraph {place}", name, "text")
    elif isinstance(best.get("words"), list):
        spoken = _spoken_words(members(best["words"], "words"), ("punctuated_word", "word"), 1.0)
        yield from (Cue(alone or cue.speaker, cue.text, cue.start, cue.end) for cue in _sentences(spoken))


def _spoken_words(found: Iterable[Found], keys: tuple[str, ...], unit: float) -> Iterable[Cue]:
    for number, word in enumerate(found, 1):
        key = next((key for key in keys if word.get(key) is not None), keys[-1])
        yield _cue(word, f"Word {number}", _named(word.get("speaker")), key, unit)


def _sentences(spoken: Iterable[Cue]) -> Iterable[Cue]:
    """Words put together up to the end of a sentence or the next speaker."""
    for speaker, run in groupby(spoken, key=lambda cue: cue.speaker):
        sentence: list[Cue] = []
        for word in run:
            sentence.append(word)
            if word.text.endswith((".", "?", "!", "…", "。", "？", "！")):
                yield _together(speaker, sentence)
                sentence = []
        if sentence:
            yield _together(speaker, sentence)


def _together(speaker: str | None, spoken: list[Cue]) -> Cue:
    return Cue(speaker, " ".join(word.text for word in spoken if word.text), spoken[0].start, spoken[-1].end)


def _of_whisper_cpp(found: list[Found]) -> Iterable[Cue]:
    for number, segment in enumerate(found, 1):
        place = f"Segment {number}"
        offsets = segment.get("offsets")
        times = offsets if isinstance(offsets, dict) else {}
        text = plain(words(segment, "text", place))
        yield Cue(
            _named(segment.get("speaker")), text, time(times, "from", place, 0.001), time(times, "to", place, 0.001)
        )
