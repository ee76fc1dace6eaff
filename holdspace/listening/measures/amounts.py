"""How much was said and by whom: words in a turn, share of the words, the longest stretches."""

import re
from collections.abc import Sequence
from dataclasses import replace

from holdspace.listening.intervals import Figure, clustered_share, middle
from holdspace.listening.values import CodedTurn, Measure, Role

from .figures import LEAST, hidden, shown, too_few

REMARK = re.compile(r"\[[^\]\n]{0,60}\]")
WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")


def words_in(text: str) -> int:
    """How many words were spoken; a transcriber's remarks in square brackets are not words."""
    return len(WORD.findall(REMARK.sub(" ", text)))


def amounts(turns: Sequence[CodedTurn]) -> list[Measure]:
    """The measures that need no codes and no stamps, only who said how many words."""
    return [
        _words_per_turn("words_per_coach_turn", turns, "coach"),
        _words_per_turn("words_per_client_turn", turns, "client"),
        _coach_share(turns),
        _longest("longest_coach_turn", turns, "coach"),
        _longest("longest_client_turn", turns, "client"),
    ]


def _of(turns: Sequence[CodedTurn], role: Role) -> list[CodedTurn]:
    return [coded for coded in turns if coded.role == role]


def _words_per_turn(name: str, turns: Sequence[CodedTurn], role: Role) -> Measure:
    spoken = _of(turns, role)
    behind = [coded.turn.index for coded in spoken]
    if len(spoken) < LEAST:
        return hidden(name, too_few(len(spoken), f"{role} turns"), len(spoken), behind)
    return shown(name, middle([words_in(coded.turn.text) for coded in spoken]), len(spoken), behind)


def _coach_share(turns: Sequence[CodedTurn]) -> Measure:
    """Words of the coach over words of coach and client; a cluster is a coach turn with what the client says to it."""
    name, clusters = "coach_word_share", _exchanges(turns)
    behind = [coded.turn.index for coded in turns if coded.role in ("coach", "client")]
    if len(clusters) < LEAST:
        return hidden(name, too_few(len(clusters), "exchanges"), len(clusters), behind)
    if not sum(a + b for a, b in clusters):
        return hidden(name, "Nobody said a word.", 0, behind)
    return shown(name, clustered_share(clusters), len(clusters), behind)


def _exchanges(turns: Sequence[CodedTurn]) -> list[tuple[float, float]]:
    """(coach words, client words) from one coach turn to the next; words before the first belong to the first."""
    found: list[tuple[float, float]] = []
    opened = False
    for coded in turns:
        if coded.role == "other":
            continue
        words = words_in(coded.turn.text)
        begins = coded.role == "coach" and opened
        if begins or not found:
            found.append((0.0, 0.0))
        opened = opened or coded.role == "coach"
        a, b = found[-1]
        found[-1] = (a + words, b) if coded.role == "coach" else (a, b + words)
    return found


def _longest(name: str, turns: Sequence[CodedTurn], role: Role) -> Measure:
    spoken = _of(turns, role)
    if not spoken:
        return hidden(name, f"No {role} turns.", 0, ())
    longest = max(spoken, key=lambda coded: words_in(coded.turn.text))
    words = float(words_in(longest.turn.text))
    found = shown(name, Figure(words, words, words), len(spoken), [longest.turn.index])
    return replace(found, low=None, high=None)
