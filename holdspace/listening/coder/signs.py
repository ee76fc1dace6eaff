"""Hand-made signs of what a turn does, each with words a person can check against the turn."""

from collections.abc import Iterator, Sequence
from math import log1p

from .lexicon import ASKING, FILLERS, FUNCTION, PHRASES, SHORT, WHAT, WHEN
from .ready import Ready

EARLY, LATE = 5, 12
"""A phrase is early within the first words that carry meaning, and late within the last words of a turn."""


KINDS = ("what", "when", "asking", "you", "i", "so you", "if", "other")
"""How a sentence may begin, once the fillers are past."""


def opening(words: Sequence[str]) -> tuple[str, str]:
    """The kind of beginning in `KINDS` and the words that show it."""
    at = next((k for k, word in enumerate(words) if word not in FILLERS), None)
    if at is None:
        return "other", ""
    word, before = words[at], words[at - 1] if at else ""
    if word in WHAT:
        return "what", word
    if word in WHEN:
        return "when", word
    if word in ASKING:
        return "asking", word
    if word.startswith("you") and word not in ("young", "youth"):
        return ("so you", f"{before} {word}") if before in ("so", "and", "but", "because") else ("you", word)
    if word in ("i", "im", "ive", "id", "ill", "my"):
        return "i", word
    return ("if", word) if word == "if" else ("other", "")


def _lexicon() -> dict[tuple[str, ...], tuple[int, ...]]:
    found: dict[tuple[str, ...], list[int]] = {}
    for place, phrases in enumerate(PHRASES.values()):
        for phrase in phrases.split("|"):
            found.setdefault(tuple(phrase.split()), []).append(place)
    return {phrase: tuple(dict.fromkeys(places)) for phrase, places in found.items()}


LEXICON = _lexicon()
HEADS = {phrase[0]: max(len(other) for other in LEXICON if other[0] == phrase[0]) for phrase in LEXICON}
"""First word of every phrase, and how long the phrases it begins may be."""


def phrases_in(words: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """Every phrase of the lexicon: its place in `PHRASES`, first word and one past its last."""
    for at, word in enumerate(words):
        for length in range(1, min(HEADS.get(word, 0), len(words) - at) + 1):
            for place in LEXICON.get(tuple(words[at : at + length]), ()):
                yield place, at, at + length


def meat(words: Sequence[str]) -> frozenset[str]:
    """The words that carry a turn's matter, cut to six letters so that "smoking" meets "smoke" half-way."""
    return frozenset(word[:6] for word in words if word not in FUNCTION and len(word) > 2)


def _shares(words: Sequence[str], other: Sequence[str]) -> float:
    mine, theirs = meat(words), meat(other)
    return len(mine & theirs) / len(mine) if mine and theirs else 0.0


def _brief(turn: Ready | None) -> bool:
    return turn is not None and all(word in SHORT for word in turn.words)


def _asks(turn: Ready | None) -> bool:
    return turn is not None and any(sentence.mark == "?" for sentence in turn.sentences)


def names() -> tuple[str, ...]:
    """What each number of `signs_of` is, in order."""
    lexical = [f"{when} {name}" for name in PHRASES for when in ("any", "early", "late")]
    first = [f"begins {kind}" for kind in KINDS]
    last = [f"last begins {kind}" for kind in KINDS]
    some = [f"some begins {kind}" for kind in KINDS]
    asked = [f"asked {kind}" for kind in KINDS]
    return (*lexical, *first, *last, *some, *asked, *NUMBERS)


NUMBERS = (
    "mark", "ends mark", "marks", "length", "short", "sentences", "you share", "i share", "per mark", "brief",
    "echoes before", "echoes earlier", "echo count", "taken up", "before length", "before brief", "before asks",
    "before cut", "begins cut", "ends cut", "after length", "after brief", "after yes", "after no", "after asks",
    "same before", "same after", "first", "early turn", "late turn", "digits", "says nothing", "wh late", "or late",
)  # fmt: skip


def signs_of(turns: Sequence[Ready], at: int) -> list[float]:
    """The numbers of `names()` for turn `at` among its neighbours."""
    turn = turns[at]
    return [*_lexical(turn.words), *_openings(turn), *_numbers(turns, at)]


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


def _numbers(turns: Sequence[Ready], at: int) -> list[float]:
    turn = turns[at]
    before = turns[at - 1] if at else None
    after = turns[at + 1] if at + 1 < len(turns) else None
    return [*_shape(turn), *_context(turns, at, before, after), *_place(turns, at, before, after)]


def _shape(turn: Ready) -> list[float]:
    words, count = turn.words, len(turn.words) or 1
    marks = sum(sentence.mark == "?" for sentence in turn.sentences)
    brief = _brief(turn)
    return [
        float(marks > 0),
        float(bool(turn.sentences) and turn.sentences[-1].mark == "?"),
        min(marks, 3) / 3,
        log1p(len(words)) / 3,
        float(len(words) <= 3),
        log1p(len(turn.sentences)),
        min(1.0, 4 * sum(word.startswith("you") for word in words) / count),
        min(1.0, 4 * sum(word in ("i", "im", "ive", "id", "ill", "my", "me") for word in words) / count),
        marks / len(turn.sentences) if turn.sentences else 0.0,
        float(brief),
    ]


def _context(turns: Sequence[Ready], at: int, before: Ready | None, after: Ready | None) -> list[float]:
    turn = turns[at]
    earlier = [word for other in turns[max(0, at - 6) : at] if other.coach != turn.coach for word in other.words]
    echo = _shares(turn.words, before.words if before else ())
    return [
        echo,
        _shares(turn.words, earlier),
        log1p(len(meat(turn.words) & meat(earlier))),
        _shares(after.words if after else (), turn.words),
        log1p(len(before.words)) / 3 if before else 0.0,
        float(_brief(before)),
        float(_asks(before)),
        float(before is not None and before.ends_cut),
        float(turn.begins_cut),
        float(turn.ends_cut),
        log1p(len(after.words)) / 3 if after else 0.0,
        float(_brief(after)),
        float(after is not None and after.words[:1] in (("yeah",), ("yes",), ("yep",), ("right",), ("exactly",))),
        float(after is not None and after.words[:1] in (("no",), ("not",), ("nope",), ("nah",))),
        float(_asks(after)),
    ]


def _place(turns: Sequence[Ready], at: int, before: Ready | None, after: Ready | None) -> list[float]:
    turn, tail = turns[at], turns[at].words[-LATE:]
    asked = [k for k, word in enumerate(tail) if word in WHAT or word in WHEN]
    return [
        float(before is not None and before.coach == turn.coach),
        float(after is not None and after.coach == turn.coach),
        float(at == 0),
        float(at < 6),
        float(at >= len(turns) - 6),
        float(any(word[0].isdigit() for word in turn.words)),
        float(not turn.words),
        float(bool(asked)),
        float("or" in tail[1:]),
    ]
