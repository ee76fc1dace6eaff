"""Reading our own sessions of career coaching: written and coded for this, in `corpus/`."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from training.annomi import Conversation, Utterance

FOLDER = Path(__file__).with_name("corpus")
PREFIX = "own-"
HABITS = f"{PREFIX}habits-"
"""Talks about habits: they teach how a client's words lean, and nothing of what a coach does."""
EXCHANGES = ("short", "habits")
KEYS = ("theme", "coach", "client", "speakers", "date", "zone", "goal", "noise")
COACH = ("open", "closed", "reflection", "information", "advice", "offer", "other")
CLIENT = ("change", "neutral", "sustain")
SPANS = ("promise", "concern", "strength", "value")
KINDS = {"open": "question", "closed": "question", "reflection": "reflection", "other": "other"}
CODE = re.compile(r"\[([a-z]+)\]\s*")
TAG = re.compile(r"<(/?)([a-z]+)((?:\s+[a-z]+(?:=\"[^\"<>]*\")?)*)>")
SAID = re.compile(r"([a-z]+)(?:=\"([^\"]*)\")?")


class Misspelt(ValueError):
    """A line of a session that cannot be read."""


@dataclass(frozen=True, slots=True)
class Act:
    """A stretch of a turn that does one thing; `start` and `end` are offsets into the turn's text."""

    code: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Span:
    """Something marked in a turn: a promise, concern, strength or value, and what was written about it."""

    kind: str
    start: int
    end: int
    said: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Said:
    """One turn of a session, its acts and what was marked in it."""

    role: Literal["coach", "client"]
    text: str
    acts: tuple[Act, ...]
    spans: tuple[Span, ...]

    @property
    def labels(self) -> dict[str, str]:
        """A code for every head, as AnnoMI's turns carry them."""
        codes = [act.code for act in self.acts]
        if self.role == "client":
            return {"talk": self._most({code: code for code in CLIENT}, "neutral")}
        return {
            "main": self._most({code: KINDS.get(code, "input") for code in COACH}, "other"),
            "question": next((code for code in codes if code in ("open", "closed")), "none"),
            "reflection": "reflection" if "reflection" in codes else "none",
            "input": next((code for code in codes if KINDS.get(code, "input") == "input"), "none"),
        }

    def _most(self, kinds: Mapping[str, str], rest: str) -> str:
        """The kind of act with most letters; `rest` only where there is nothing else."""
        held = Counter({rest: 0})
        for act in self.acts:
            held[kinds[act.code]] += act.end - act.start if kinds[act.code] != rest else 0
        return max(held, key=lambda kind: held[kind])


@dataclass(frozen=True, slots=True)
class Session:
    """A whole session: what its head says, and its turns."""

    name: str
    head: Mapping[str, str]
    turns: tuple[Said, ...]

    def conversation(self) -> Conversation:
        """The session as something to learn from, a group of its own."""
        name = f"{PREFIX}{self.name}"
        return Conversation(name, name, tuple(Utterance(turn.role, turn.text, turn.labels) for turn in self.turns))


def sessions(folder: Path = FOLDER) -> tuple[Session, ...]:
    """All sessions of a folder by name. Raises Misspelt with file and line where one cannot be read."""
    return tuple(session(path) for path in sorted(folder.glob("[0-9]*.txt")))


def conversations(folder: Path = FOLDER) -> tuple[Conversation, ...]:
    """All sessions, the short exchanges and the talks about habits, as something to learn from."""
    short = (one for name in EXCHANGES for one in exchanges(folder / f"{name}.exchanges"))
    return tuple(one.conversation() for one in (*sessions(folder), *short))


def exchanges(path: Path) -> Iterator[Session]:
    """The exchanges of a file in which an empty line ends each, named after it; they carry codes and no spans."""
    head, *blocks = path.read_text(encoding="utf-8").strip().split("\n\n")
    for at, block in enumerate(blocks):
        yield Session(
            f"{path.stem}-{at + 1}", MappingProxyType(_head(head.splitlines())), tuple(map(turn, block.splitlines()))
        )


def session(path: Path) -> Session:
    """One session from its file."""
    lines = path.read_text(encoding="utf-8").splitlines()
    head = _head(lines)
    if tuple(head) != KEYS:
        raise Misspelt(f"{path.name}: its head says {', '.join(head)} and should say {', '.join(KEYS)}")
    turns = []
    for number, line in enumerate(lines[len(head) :], len(head) + 1):
        if line.strip():
            try:
                turns.append(turn(line))
            except Misspelt as trouble:
                raise Misspelt(f"{path.name}, line {number}: {trouble}") from None
    return Session(path.stem, MappingProxyType(head), tuple(turns))


def _head(lines: Sequence[str]) -> dict[str, str]:
    return dict(line[2:].split(": ", 1) for line in lines if line.startswith("# "))


def turn(line: str) -> Said:
    """One line: `coach: [other] Good. [open] And now?`, with spans in angle brackets."""
    role, _, rest = line.partition(": ")
    if role not in ("coach", "client") or not rest.startswith("["):
        raise Misspelt("a turn begins with coach or client and a code in square brackets")
    known = COACH if role == "coach" else CLIENT
    pieces = CODE.split(rest)[1:]
    text, acts, spans = "", [], []
    for code, words in zip(pieces[::2], pieces[1::2], strict=True):
        if code not in known:
            raise Misspelt(f"a {role} has no code {code}")
        plain, found = _plain(words.strip(), len(text) + bool(text))
        text = f"{text} {plain}".strip()
        acts.append(Act(code, len(text) - len(plain), len(text)))
        spans += found
    return Said(role, text, tuple(acts), tuple(spans))  # type: ignore[arg-type]


def _plain(words: str, begin: int) -> tuple[str, list[Span]]:
    """The words without tags, and what the tags marked, counted from `begin`."""
    text, at, spans, waiting = "", 0, [], None
    for tag in TAG.finditer(words):
        text += words[at : tag.start()]
        at = tag.end()
        if tag[2] not in SPANS or bool(tag[1]) == (waiting is None):
            raise Misspelt(f"a tag out of place: {tag[0]}")
        if waiting is None:
            waiting = (len(text), dict(SAID.findall(tag[3])))
            continue
        spans.append(Span(tag[2], begin + waiting[0], begin + len(text), MappingProxyType(waiting[1])))
        waiting = None
    if waiting is not None:
        raise Misspelt("a tag that is not closed")
    return text + words[at:], spans
