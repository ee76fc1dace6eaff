"""Reading the AnnoMI conversations that a user has fetched."""

import csv
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from holdspace.listening.coder.words import without_marks

Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Utterance:
    """One labelled turn; `labels` holds a code for every head of its role."""

    role: Literal["coach", "client"]
    text: str
    labels: dict[str, str]


@dataclass(frozen=True, slots=True)
class Conversation:
    """One conversation and the video it comes from; videos, not conversations, make the folds."""

    name: str
    video: str
    utterances: tuple[Utterance, ...]
    quality: str = ""


def conversations(path: Path) -> tuple[Conversation, ...]:
    """All conversations of the file, several annotators settled by majority."""
    found: dict[str, dict[int, list[Row]]] = {}
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            found.setdefault(row["transcript_id"], {}).setdefault(int(row["utterance_id"]), []).append(row)
    return tuple(_conversation(name, votes) for name, votes in found.items())


def _conversation(name: str, votes: dict[int, list[Row]]) -> Conversation:
    rows = [votes[at] for at in sorted(votes)]
    said = tuple(_utterance(some) for some in rows)
    return Conversation(name, rows[0][0]["video_url"], said, rows[0][0].get("mi_quality", ""))


def _utterance(votes: Sequence[Row]) -> Utterance:
    text = votes[0]["utterance_text"]
    if votes[0]["interlocutor"] == "client":
        return Utterance("client", text, {"talk": most(row["client_talk_type"] for row in votes)})
    main = most(row["main_therapist_behaviour"] for row in votes)
    labels = {
        "main": "input" if main == "therapist_input" else main,
        "question": _kind(votes, "question"),
        "reflection": "none" if _kind(votes, "reflection") == "none" else "reflection",
        "input": _kind(votes, "therapist_input"),
    }
    labels["input"] = labels["input"] if labels["input"] in ("none", "information", "advice") else "offer"
    return Utterance("coach", text, labels)


def _kind(votes: Sequence[Row], name: str) -> str:
    present = [row for row in votes if row[f"{name}_exists"] == "True"]
    return most(row[f"{name}_subtype"] for row in present) if 2 * len(present) > len(votes) else "none"


def most(votes: Iterable[str]) -> str:
    """The commonest vote; ties go to the first in the alphabet, so that the same file gives the same labels."""
    return min(Counter(votes).items(), key=lambda vote: (-vote[1], vote[0]))[0]


def stripped(text: str) -> str:
    """The text as raw speech recognition would give it."""
    return without_marks(text)
