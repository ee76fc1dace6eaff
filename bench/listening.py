"""How fast a conversation is heard, beside tools people use on the same words."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path

from holdspace.listening import Transcript, listen, read

from . import coders
from .table import Row, cpu, wall

SESSIONS = Path(__file__).resolve().parent.parent / "holdspace" / "sample" / "transcripts"
ABSENT = "not installed; bin/bench --peers installs it"


def rows() -> Iterator[Row]:
    """Reading, hearing and starting up."""
    files = sorted(path for path in SESSIONS.iterdir() if path.suffix in {".vtt", ".srt", ".txt", ".json"})
    heard = [read(path) for path in files]
    turns = [turn.text for transcript in heard for turn in transcript.turns]
    words = sum(len(text.split()) for text in turns)
    size = f"{len(files)} sessions, {len(turns)} turns, {words} words"
    yield from reading(files)
    hearing = cpu(lambda: [listen(transcript) for transcript in heard])
    quick = cpu(lambda: [listen(transcript, engine="quick") for transcript in heard])
    ours = f"careful {len(turns) / hearing:,.0f}, quick {len(turns) / quick:,.0f} turns/s"
    yield compare("hear: codes, measures, findings", ours, hearing, turns, "spaCy", spacy_coder, size)
    yield compare("hear: codes, measures, findings", ours, hearing, turns, "VADER", vader, size)
    yield from starting(heard)
    yield from coders.rows()


def reading(files: list[Path]) -> Iterator[Row]:
    """Our reader beside a library in wide use, on the same captions."""
    captions = [path for path in files if path.suffix == ".vtt"]
    ours = cpu(lambda: [read(path) for path in captions])
    if find_spec("webvtt") is None:
        yield Row("read captions", f"{ours * 1000:.1f} ms", f"webvtt-py: {ABSENT}", note=f"{len(captions)} VTT files")
        return
    import webvtt

    bare = cpu(lambda: [webvtt.read(str(path)).captions for path in captions])
    note = f"{len(captions)} VTT files; webvtt-py parses cues and joins no turns"
    yield Row(
        "read captions",
        f"{ours * 1000:.1f} ms",
        f"webvtt-py {bare * 1000:.1f} ms",
        f"{ours / bare:.1f}x the time",
        note,
    )


def compare(
    what: str,
    ours: str,
    spent: float,
    turns: list[str],
    peer: str,
    make: Callable[[], Callable[[list[str]], object]],
    size: str,
) -> Row:
    """One row beside one peer, or the plain word that it isn't here."""
    if find_spec({"spaCy": "spacy", "VADER": "vaderSentiment"}[peer]) is None:
        return Row(what, ours, f"{peer}: {ABSENT}", note=size)
    work = make()
    theirs = cpu(lambda: work(turns))
    does = {"spaCy": "three bag-of-words coders, untrained: its speed alone", "VADER": "one feeling score a turn"}[peer]
    return Row(
        what,
        ours,
        f"{peer} {len(turns) / theirs:,.0f} turns/s",
        f"{spent / theirs:.1f}x the time",
        f"{size}; {peer}: {does}",
    )


def spacy_coder() -> Callable[[list[str]], object]:
    """The same job in spaCy: words split, and three heads of codes for each turn."""
    import spacy
    from spacy.training import Example

    heads = {
        "main": ["question", "reflection", "input", "other"],
        "question": ["none", "open", "closed"],
        "talk": ["change", "neutral", "sustain"],
    }
    language = spacy.blank("en")
    for head, labels in heads.items():
        bag = {
            "@architectures": "spacy.TextCatBOW.v3",
            "exclusive_classes": True,
            "ngram_size": 2,
            "length": 262144,
            "no_output_layer": False,
        }
        pipe = language.add_pipe("textcat", name=head, config={"model": bag})
        for label in labels:
            pipe.add_label(label)  # type: ignore[attr-defined]
    every = {label: 0.0 for labels in heads.values() for label in labels}
    language.initialize(lambda: [Example.from_dict(language.make_doc("What would help?"), {"cats": every})])
    return lambda turns: list(language.pipe(turns, batch_size=128))


def vader() -> Callable[[list[str]], object]:
    """A word-list scorer in wide use."""
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    scorer = SentimentIntensityAnalyzer()
    return lambda turns: [scorer.polarity_scores(text) for text in turns]


def starting(heard: list[Transcript]) -> Iterator[Row]:
    """What a person at a terminal waits for: an hour of talk, start-up included."""
    hour = max(heard, key=lambda transcript: len(transcript.turns))
    path = next(path for path in SESSIONS.iterdir() if path.suffix != ".md" and read(path) == hour)
    listen_to = [sys.executable, "-m", "holdspace.command", "listen", "--json", str(path)]
    ours = wall(lambda: subprocess.run(listen_to, capture_output=True, check=True))
    bare = wall(lambda: subprocess.run([sys.executable, "-c", "pass"], check=True))
    imports = wall(lambda: subprocess.run([sys.executable, "-c", "import holdspace.listening"], check=True))
    note = f"{path.name}, {len(hour.turns)} turns, as a command with its start-up"
    yield Row(
        "holdspace listen FILE", f"{ours:.2f} s", f"bare Python {bare:.2f} s", f"{ours / bare:.0f}x the time", note
    )
    yield Row("import holdspace.listening", f"{imports - bare:.2f} s", note="above bare Python")
