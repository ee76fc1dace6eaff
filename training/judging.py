"""Every turn judged by models that never saw its video: the quick engine alone, and with the transformer's second look.

What turns scores into probabilities is fitted on the other folds' unseen scores, so that no turn is judged with the
help of its own label.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from holdspace.listening.coder.careful import COLUMNS, DOUBTS, Mix
from holdspace.listening.coder.judging import Judged, judged
from holdspace.listening.coder.model import HEADS, Head
from holdspace.listening.values import Role
from training.annomi import Conversation
from training.folding import FOLDS, fold_of
from training.learn import RELY, Floats, Lot, Places, calibrated, lots, unseen
from training.outcome import Outcome

LINE = 0.72
"""A coach's turn of which the quick engine is less sure than this is read by the transformer too."""
Read = Mapping[tuple[str, bool], Floats]
"""By conversation and way the second looks' scores [turns, columns] on turns they never saw, those of the transformers
and then how the words lean; NaN where there is none."""
WIDTH = sum(len(codes) for codes in COLUMNS.values())
TALK = slice(WIDTH - len(COLUMNS["talk"]), WIDTH)
"""The columns of `talk`, which come last of those of the transformers."""
assert list(COLUMNS)[-1] == "talk"
LEAN = slice(WIDTH, WIDTH + len(COLUMNS["talk"]))
"""And those of how the words lean."""


@dataclass(frozen=True, slots=True)
class Unseen:
    """One role, one way: its turns, their folds, the quick engine's unseen scores by head, and its probabilities."""

    lot: Lot
    marked: bool
    fold: Places
    scores: dict[str, Floats]
    chances: dict[str, Floats]
    heads: dict[int, dict[str, Head]]

    @property
    def role(self) -> Role:
        """Whose turns they are."""
        return "coach" if self.lot.role == "coach" else "client"

    def doubtful(self) -> np.ndarray:
        """Which turns get a second look: a coach's least sure ones, and all of a client's."""
        if self.role == "client":
            return self.fold >= 0
        return (np.min([self.chances[name].max(axis=1) for name in DOUBTS], axis=0) < LINE) & (self.fold >= 0)


def everything_unseen(some: Sequence[Conversation], extra: Sequence[Conversation]) -> list[Unseen]:
    """Both roles, as written and stripped; `extra` is only learned from."""
    places = fold_of(some)
    found = []
    for marked in (True, False):
        found += [unseen_in(lot, marked, places) for lot in lots([*some, *extra], marked).values()]
    return found


def unseen_in(lot: Lot, marked: bool, places: Mapping[str, int]) -> Unseen:
    """The quick engine's unseen scores, and what the other folds make of them."""
    fold = lot.fold(places)
    scores = {name: unseen(lot, name, fold) for name in HEADS[lot.role]}
    heads = {at: _heads(lot, scores, (fold >= 0) & (fold != at)) for at in range(FOLDS)}
    chances = {name: np.zeros_like(some) for name, some in scores.items()}
    for at, some in heads.items():
        for name, head in some.items():
            chances[name][fold == at] = head.chances(scores[name][fold == at])
    return Unseen(lot, marked, fold, scores, chances, heads)


def _heads(lot: Lot, scores: Mapping[str, Floats], rows: np.ndarray) -> dict[str, Head]:
    return {
        name: calibrated(codes, [scores[name][rows]], lot.truth(name)[rows], RELY[name])[1]
        for name, codes in HEADS[lot.role].items()
    }


def read_again(one: Unseen, read: Mapping[str, Floats]) -> np.ndarray:
    """The turns that call for a second look and got one: on other arithmetic than that under which the transformer's
    scores were kept, a turn on the line may have none."""
    return one.doubtful() & ~np.isnan(next(iter(read.values()))).any(axis=(1, 2))


def mixes_for(one: Unseen, read: Mapping[str, Floats], rows: np.ndarray) -> dict[str, Mix]:
    """How both engines' scores are mixed, fitted on these turns."""
    found = {}
    for name, codes in HEADS[one.lot.role].items():
        every = [one.scores[name][rows], *read[name][rows].transpose(1, 0, 2)]
        (quick, *looks), head = calibrated(codes, every, one.lot.truth(name)[rows], RELY[name])
        found[name] = Mix(float(quick), tuple(map(float, looks)), head_as_is(head))
    return found


def head_as_is(head: Head) -> Head:
    """The head for scores that are weighed already."""
    return Head(head.codes, 1.0, head.shift, head.favour, head.sure, head.prior)


def quick_outcomes(one: Unseen) -> dict[str, Outcome]:
    """The quick engine's judgement of every turn."""
    return _outcomes(one, {at: _judged_quick(one, at) for at in range(FOLDS)})


def careful_outcomes(one: Unseen, read: Read) -> dict[str, Outcome]:
    """The careful engine's: the quick one's, where it is sure; elsewhere both together."""
    scores = read_by_head(one, read)
    doubtful = read_again(one, scores)
    found = {}
    for at in range(FOLDS):
        first, here = _judged_quick(one, at), one.fold == at
        mixes = mixes_for(one, scores, doubtful & ~here)
        again = doubtful & here
        chances = {
            name: mix.head.chances(mix.scores(one.scores[name][again], scores[name][again]))
            for name, mix in mixes.items()
        }
        second = judged({name: mix.head for name, mix in mixes.items()}, chances)
        rows = np.flatnonzero(doubtful[here])
        found[at] = {name: head.with_rows(rows, second[name]) for name, head in first.items()}
    return _outcomes(one, found)


def read_by_head(one: Unseen, read: Read) -> dict[str, Floats]:
    """The second looks' scores [turns, looks, codes] by head for the turns of the folds; our own turns hold none."""
    rows = np.full((len(one.fold), LEAN.stop), np.nan)
    for row in np.flatnonzero(one.fold >= 0).tolist():
        rows[row] = read[str(one.lot.sessions[row]), one.marked][int(one.lot.places[row])]
    if one.role == "client":
        return {"talk": np.stack([rows[:, TALK], rows[:, LEAN]], axis=1)}
    ends = np.cumsum([len(codes) for codes in COLUMNS.values()]).tolist()
    columns = {name: slice(end - len(codes), end) for end, (name, codes) in zip(ends, COLUMNS.items(), strict=True)}
    return {name: rows[:, None, columns[name]] for name in HEADS["coach"]}


def _judged_quick(one: Unseen, at: int) -> dict[str, Judged]:
    here = one.fold == at
    return judged(one.heads[at], {name: some[here] for name, some in one.chances.items()})


def _outcomes(one: Unseen, found: Mapping[int, Mapping[str, Judged]]) -> dict[str, Outcome]:
    places = np.concatenate([np.flatnonzero(one.fold == at) for at in range(FOLDS)])
    held = one.lot.videos[places], one.lot.sessions[places], one.lot.places[places], one.fold[places]
    outcomes = {}
    for name, codes in HEADS[one.lot.role].items():
        some = [found[at][name] for at in range(FOLDS)]
        picks, chances, sure = (np.concatenate([getattr(s, k) for s in some]) for k in ("picks", "chances", "sure"))
        truth = one.lot.truth(name)[places]
        outcomes[name] = Outcome(name, one.marked, codes, truth, picks, chances, sure, *held)
    return outcomes
