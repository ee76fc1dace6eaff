"""Hand-made signs of what a turn does, each with words a person can check against the turn."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import log1p

from .lexicon import ASKED, ASKING, COMMANDS, FILLERS, FUNCTION, PHRASES, SHORT, WHAT, WHEN
from .ready import Ready

EARLY, LATE = 5, 12
"""A phrase is early within the first words that carry meaning, and late within the last words of a turn."""


SELF = frozenset({"i", "im", "ive", "id", "ill", "my", "me"})
BACK = 6
"""How many turns back a turn may take up the other person's words."""
KINDS = ("what", "when", "asking", "you", "i", "so you", "if", "command", "other")
"""How a sentence may begin, once the fillers are past."""
BEGINNINGS = {"what": WHAT, "when": WHEN, "asking": ASKING, "i": SELF - {"me"}, "if": frozenset({"if"})}


def opening(words: Sequence[str]) -> tuple[str, int, int]:
    """The kind of beginning in `KINDS`, and which words show it (none of them for "other")."""
    at = next((k for k, word in enumerate(words) if word not in FILLERS), None)
    if at is None:
        return "other", 0, 0
    word, before = words[at], words[at - 1] if at else ""
    if word.startswith("you") and word not in ("young", "youth"):
        return ("so you", at - 1, at + 1) if before in ("so", "and", "but", "because") else ("you", at, at + 1)
    follows = words[at + 1] if at + 1 < len(words) else ""
    if follows not in ASKED and (word in COMMANDS or (word == "dont" and follows)):
        return "command", at, at + 1
    kind = next((kind for kind, some in BEGINNINGS.items() if word in some), None)
    return (kind, at, at + 1) if kind else ("other", 0, 0)


Branch = dict[str, tuple[tuple[int, ...], "Branch"]]
"""By word the places in `PHRASES` of the phrase that ends with it, and how phrases go on from there."""


def _lexicon() -> Branch:
    root: Branch = {}
    for place, phrases in enumerate(PHRASES.values()):
        for phrase in dict.fromkeys(phrases.split("|")):
            branch, words = root, phrase.split()
            for word in words[:-1]:
                branch = branch.setdefault(word, ((), {}))[1]
            places, more = branch.get(words[-1], ((), {}))
            branch[words[-1]] = (*places, place), more
    return root


LEXICON = _lexicon()


def phrases_in(words: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """Every phrase of the lexicon: its place in `PHRASES`, first word and one past its last."""
    for at, word in enumerate(words):
        known = LEXICON.get(word)
        end = at + 1
        while known:
            for place in known[0]:
                yield place, at, end
            known = known[1].get(words[end]) if end < len(words) else None
            end += 1


def meat(words: Sequence[str]) -> frozenset[str]:
    """The words that carry a turn's matter, cut to six letters so that "smoking" meets "smoke" half-way."""
    return frozenset(word[:6] for word in set(words) - FUNCTION if len(word) > 2)


def _share(mine: frozenset[str], theirs: frozenset[str]) -> float:
    return len(mine & theirs) / len(mine) if mine and theirs else 0.0


def brief(turn: Ready) -> bool:
    """Whether a turn only says that it listens ("mm-hmm", "okay, great")."""
    return SHORT.issuperset(turn.words)


def asks(turn: Ready) -> bool:
    """Whether a turn bears a question mark."""
    return any(sentence.mark == "?" for sentence in turn.sentences)


def names() -> tuple[str, ...]:
    """What each number of `signs_of` is, in order."""
    lexical = [f"{when} {name}" for name in PHRASES for when in ("any", "early", "late")]
    first = [f"begins {kind}" for kind in KINDS]
    last = [f"last begins {kind}" for kind in KINDS]
    some = [f"some begins {kind}" for kind in KINDS]
    asked = [f"asks {kind}" for kind in KINDS]
    return (*lexical, *first, *last, *some, *asked, *NUMBERS)


NUMBERS = (
    "mark", "ends mark", "marks", "length", "short", "sentences", "you share", "i share", "per mark", "brief",
    "echoes before", "echoes earlier", "echo count", "taken up", "before length", "before brief", "before asks",
    "before cut", "begins cut", "ends cut", "after length", "after brief", "after yes", "after no", "after asks",
    "same before", "same after", "first", "early turn", "late turn", "digits", "wh late", "or late",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around a turn: its neighbours, and the other person's words shortly before."""

    before: Ready | None
    after: Ready | None
    earlier: tuple[str, ...]


def around(turns: Sequence[Ready], at: int) -> Around:
    """What stands around turn `at`."""
    before = turns[at - 1] if at else None
    after = turns[at + 1] if at + 1 < len(turns) else None
    others = (turn for turn in turns[max(0, at - BACK) : at] if turn.coach != turns[at].coach)
    return Around(before, after, tuple(word for turn in others for word in turn.words))


def signs_of(turn: Ready, near: Around) -> list[float]:
    """The numbers of `names()` for a turn, or a span of it, and what stands around it."""
    return [*_lexical(turn.words), *_openings(turn), *_shape(turn), *_context(turn, near), *_place(turn, near)]


def _lexical(words: Sequence[str]) -> list[float]:
    row = [0.0] * (3 * len(PHRASES))
    start = next((k for k, word in enumerate(words) if word not in FILLERS), 0)
    for place, begin, end in phrases_in(words):
        row[3 * place] = min(row[3 * place] + 1.0, 3.0)
        if begin < start + EARLY:
            row[3 * place + 1] = 1.0
        if end > len(words) - LATE:
            row[3 * place + 2] = 1.0
    return row


def _openings(turn: Ready) -> list[float]:
    row = [0.0] * (4 * len(KINDS))
    kinds = [KINDS.index(opening(sentence.words)[0]) for sentence in turn.sentences]
    if not kinds:
        return row
    row[kinds[0]] = row[len(KINDS) + kinds[-1]] = 1.0
    for kind, sentence in zip(kinds, turn.sentences, strict=True):
        row[2 * len(KINDS) + kind] = 1.0
        if sentence.mark == "?":
            row[3 * len(KINDS) + kind] = 1.0
    return row


def _shape(turn: Ready) -> list[float]:
    words, count = turn.words, len(turn.words) or 1
    marks = sum(sentence.mark == "?" for sentence in turn.sentences)
    return [
        float(marks > 0),
        float(bool(turn.sentences) and turn.sentences[-1].mark == "?"),
        min(marks, 3) / 3,
        log1p(len(words)) / 3,
        float(len(words) <= 3),
        log1p(len(turn.sentences)),
        min(1.0, 4 * sum(word.startswith("you") for word in words) / count),
        min(1.0, 4 * sum(map(SELF.__contains__, words)) / count),
        marks / len(turn.sentences) if turn.sentences else 0.0,
        float(brief(turn)),
    ]


def _context(turn: Ready, near: Around) -> list[float]:
    before, after = near.before, near.after
    first = after.words[:1] if after else ()
    mine, earlier = meat(turn.words), meat(near.earlier)
    return [
        _share(mine, meat(before.words) if before else frozenset()),
        _share(mine, earlier),
        log1p(len(mine & earlier)),
        _share(meat(after.words) if after else frozenset(), mine),
        log1p(len(before.words)) / 3 if before else 0.0,
        float(before is not None and brief(before)),
        float(before is not None and asks(before)),
        float(before is not None and before.ends_cut),
        float(turn.begins_cut),
        float(turn.ends_cut),
        log1p(len(after.words)) / 3 if after else 0.0,
        float(after is not None and brief(after)),
        float(first in (("yeah",), ("yes",), ("yep",), ("right",), ("exactly",))),
        float(first in (("no",), ("not",), ("nope",), ("nah",))),
        float(after is not None and asks(after)),
    ]


def _place(turn: Ready, near: Around) -> list[float]:
    tail = turn.words[-LATE:]
    return [
        float(near.before is not None and near.before.coach == turn.coach),
        float(near.after is not None and near.after.coach == turn.coach),
        float(turn.since == 0),
        float(turn.since < 6),
        float(turn.left < 6),
        float(any(word[0].isdigit() for word in turn.words)),
        float(not (WHAT.isdisjoint(tail) and WHEN.isdisjoint(tail))),
        float("or" in tail[1:]),
    ]
