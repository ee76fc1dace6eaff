"""Reasons in words: what weighed most for the code picked, over the next best one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .lexicon import FUNCTION
from .model import Model
from .ready import Ready
from .scoring import Scored
from .signs import Around, meat, names, opening, phrases_in
from .words import TAILS, WORD, located, quiet

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from .model import Floats

Said = tuple[str, Ready]
"""A turn as it is written and as it was made ready."""
LEAST, MOST = 0.15, 2
"""A reason moves the score (log-odds) by at least so much; at most so many are given."""
SEEN = {
    "short": "is a few words long",
    "brief": "only shows that one listens",
    "before asks": "follows a question",
    "before brief": "follows a word or two",
    "before cut": "comes in before the other has ended",
    "begins cut": "goes on after an interruption",
    "ends cut": "breaks off",
    "after brief": "is answered in a word or two",
    "after yes": "is answered with a yes",
    "after no": "is answered with a no",
    "after asks": "is answered with a question",
    "first": "opens the conversation",
    "early turn": "stands near the beginning",
    "late turn": "stands near the end",
    "digits": "names a number",
    "or late": "has an “or” near its end",
}
"""What can be said of a sign that is there; of other signs nothing a person could check is said."""
PLACES = {name: at for at, name in enumerate(names())}
SIGHTS = tuple((words, PLACES[name]) for name, words in SEEN.items())
"""The same by the places of the signs."""
MARKS = ("mark", "ends mark", "marks", "per mark")
ECHO = ("echoes before", "echoes earlier", "echo count")
LENGTH = PLACES["length"]
LONG = 1.0
"""The sign "length" of a turn of some twenty words, from which it is long."""


@dataclass(frozen=True, slots=True)
class Fact:
    """Something true of a turn in words, and the places of the signs that saw it."""

    words: str
    signs: tuple[int, ...]


def facts(turn: Ready, near: Around, marked: bool, spelled: Sequence[str]) -> list[Fact]:
    """All that can be said of a turn, its words quoted as `spelled`."""
    found: dict[str, set[int]] = {}
    said = (*_phrases(turn, spelled), *_openings(turn, spelled), *_marks(turn, marked), *_echo(turn, near, spelled))
    for words, signs in said:
        found.setdefault(words, set()).update(signs)
    return [Fact(words, tuple(sorted(signs))) for words, signs in found.items()]


def spelling(text: str) -> list[str]:
    """A turn's words as they are written, in lower case and one for one with `Ready.words`."""
    plain = quiet(text)
    words = [word.lower() for word in WORD.findall(plain)]
    return words if TAILS.isdisjoint(words) else [plain[start:end].lower() for _, start, end in located(plain)]


def _phrases(turn: Ready, spelled: Sequence[str]) -> Iterator[tuple[str, list[int]]]:
    for place, begin, end in phrases_in(turn.words):
        yield f"says “{' '.join(spelled[begin:end])}”", [3 * place, 3 * place + 1, 3 * place + 2]


def _openings(turn: Ready, spelled: Sequence[str]) -> Iterator[tuple[str, list[int]]]:
    last, so_far = len(turn.sentences) - 1, 0
    for at, sentence in enumerate(turn.sentences):
        kind, begin, end = opening(sentence.words)
        words = " ".join(spelled[so_far + begin : so_far + end])
        so_far += len(sentence.words)
        if not words or 0 < at < last:
            continue
        seen = [f"some begins {kind}"]
        seen += [f"begins {kind}"] if at == 0 else []
        seen += [f"last begins {kind}"] if at == last else []
        seen += [f"asks {kind}"] if sentence.mark == "?" else []
        said = f"begins with “{words}”" if at == 0 else f"has a last sentence that begins with “{words}”"
        yield said, [PLACES[name] for name in seen]


def _marks(turn: Ready, marked: bool) -> Iterator[tuple[str, list[int]]]:
    asks = any(sentence.mark == "?" for sentence in turn.sentences)
    if marked:
        yield ("has a question mark" if asks else "has no question mark"), [PLACES[name] for name in MARKS]
    else:
        yield ("reads like a question" if asks else "does not read like a question"), [PLACES[name] for name in MARKS]


def _echo(turn: Ready, near: Around, spelled: Sequence[str]) -> Iterator[tuple[str, list[int]]]:
    shared = meat(turn.words) & meat((*near.earlier, *(near.before.words if near.before else ())))
    at = next((at for at, word in enumerate(turn.words) if word[:6] in shared), None)
    if at is not None:
        yield f"takes up “{spelled[at]}” from before", [PLACES[name] for name in ECHO]


def reasons(
    model: Model, some: Scored, said: Sequence[Said], picks: "dict[str, NDArray[np.int64]]", marked: bool
) -> list[dict[str, str]]:
    """For every turn of a batch its reasons by head; a head for which nothing can be said is left out."""
    found: list[dict[str, str]] = [{} for _ in said]
    spelled = [spelling(text) for text, _ in said]
    known = [facts(one[1], near, marked, words) for one, near, words in zip(said, some.around, spelled, strict=True)]
    for name, columns in model.columns().items():
        pick, rival = _against(some.scores[:, columns], picks[name], columns.start)
        signs = some.level * (model.signs[:, pick] - model.signs[:, rival]).T
        runs = _heaviest(some, pick, rival)
        for at, words in enumerate(spelled):
            line = _line(known[at], signs[at].tolist(), some.raw[at], runs.get(at), words)
            if line:
                found[at][name] = line
    return found


def _against(scores: "Floats", picks: "NDArray[np.int64]", start: int) -> "tuple[NDArray[np.int64], NDArray[np.int64]]":
    """The columns of the codes picked and of the strongest others."""
    import numpy as np

    others = scores.copy()
    others[np.arange(len(picks)), picks] = -np.inf
    return picks + start, others.argmax(axis=1) + start


def _heaviest(some: Scored, pick: "NDArray[np.int64]", rival: "NDArray[np.int64]") -> dict[int, tuple[int, int, float]]:
    """By turn the run that spoke most for the pick: its first word, its length and its weight."""
    import numpy as np

    rows, at = some.words.rows, np.arange(len(some.words.rows))
    weight = some.added[at, pick[rows]] - some.added[at, rival[rows]]
    order = np.lexsort((weight, rows))
    last = order[np.append(rows[order][1:] != rows[order][:-1], True)] if len(order) else order
    held = (rows[last], some.words.places[last], some.words.lengths[last], weight[last])
    return {
        row: (place, length, heavy) for row, place, length, heavy in zip(*(one.tolist() for one in held), strict=True)
    }


def _line(
    known: Sequence[Fact],
    signs: Sequence[float],
    raw: Sequence[float],
    run: tuple[int, int, float] | None,
    spelled: Sequence[str],
) -> str:
    """The strongest reasons in one line, without saying the same words twice."""
    weights = {fact.words: sum(signs[at] for at in fact.signs) for fact in known}
    weights |= {words: signs[at] for words, at in SIGHTS if raw[at] > 0}
    if abs(signs[LENGTH]) >= LEAST:
        weights["is long" if raw[LENGTH] > LONG else "is short"] = signs[LENGTH]
    if run and not FUNCTION.issuperset(spelled[run[0] : run[0] + run[1]]):
        words = f"says “{' '.join(spelled[run[0] : run[0] + run[1]])}”"
        weights[words] = weights.get(words, 0.0) + run[2]
    kept: list[str] = []
    for words, weight in sorted(weights.items(), key=lambda one: -one[1]):
        if weight >= LEAST and len(kept) < MOST and not any(_quoted(words) in one for one in kept):
            kept.append(words)
    return "; ".join(kept)


def _quoted(words: str) -> str:
    return words.partition("“")[2].rstrip("”") or words
