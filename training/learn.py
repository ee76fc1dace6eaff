"""From labelled conversations to the numbers of `holdspace.listening.coder.model`."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from holdspace.listening.coder.grams import neighbours, own_runs
from holdspace.listening.coder.model import HEADS, Head, Model
from holdspace.listening.coder.ready import Ready, as_written, restored, spoken
from holdspace.listening.coder.signs import around, signs_of
from training import own
from training.annomi import Conversation, stripped
from training.marking import folded

BUCKETS = 1 << 16
STRENGTH = 0.4
SIGN_WEIGHT = 0.1
"""A sign's weight beside a run's; the smaller, the more the runs may say."""
FAIRNESS = 0.8
"""How far rare codes get their due: 0 picks the likeliest code, 1 the one whose balanced score is best."""
RELY = {"main": 0.9, "question": 0.9, "reflection": 0.9, "input": 0.9, "talk": 0.85}
"""How often a head must be right where it calls itself sure."""

Floats = NDArray[np.float64]
Places = NDArray[np.int64]
Spoken = tuple[list[int], list[Ready]]


@dataclass(frozen=True, slots=True)
class Lot:
    """All turns of one role: runs [turns, buckets], raw signs [turns, signs], labels, videos, conversations."""

    role: str
    runs: sparse.csr_matrix
    signs: Floats
    labels: dict[str, NDArray[np.str_]]
    videos: NDArray[np.str_]
    sessions: NDArray[np.str_]

    @property
    def ours(self) -> NDArray[np.bool_]:
        """Which turns are our own."""
        return np.char.startswith(self.videos, own.PREFIX)

    def part(self, rows: Places) -> "Lot":
        """Some of the turns."""
        labels = {head: some[rows] for head, some in self.labels.items()}
        return Lot(self.role, self.runs[rows], self.signs[rows], labels, self.videos[rows], self.sessions[rows])

    def folds(self, count: int) -> list[tuple[Places, Places]]:
        """Rows to learn from and rows to check on: no video on both sides, our own turns only to learn from."""
        theirs, mine = np.flatnonzero(~self.ours), np.flatnonzero(self.ours)
        split = GroupKFold(count).split(theirs, groups=self.videos[theirs])
        return [(np.concatenate([theirs[learn], mine]), theirs[check]) for learn, check in split]


def lots(some: Sequence[Conversation], marked: bool) -> dict[str, Lot]:
    """The turns of each role, as written, or stripped of marks which are then put back by a stranger to them."""
    turns = [spoken(one) for one in (map(_written, some) if marked else _restored(some))]
    tables = [_table(ready) for _, ready in turns]
    return {role: _lot(some, role, turns, tables) for role in HEADS}


def _written(conversation: Conversation) -> list[Ready]:
    return [as_written(one.text, one.role == "coach") for one in conversation.utterances]


def _restored(some: Sequence[Conversation]) -> list[list[Ready]]:
    found: dict[int, list[Ready]] = {}
    for places, marks in folded(some):
        for at in places.tolist():
            texts = [stripped(one.text) for one in some[at].utterances]
            found[at] = restored(texts, [one.role == "coach" for one in some[at].utterances], marks)
    return [found[at] for at in range(len(some))]


def _table(turns: Sequence[Ready]) -> sparse.csr_matrix:
    """All runs of a conversation's turns, their own and their neighbours': [turns, buckets]."""
    own = own_runs(turns)
    blocks = [*own, *neighbours(own, len(turns))]
    rows, hashes, weights = (
        np.concatenate([getattr(one, name) for one in blocks]) for name in ("rows", "hashes", "weights")
    )
    return sparse.csr_matrix((weights, (rows, hashes & (BUCKETS - 1))), shape=(len(turns), BUCKETS))


def _lot(some: Sequence[Conversation], role: str, turns: Sequence[Spoken], tables: Sequence[sparse.csr_matrix]) -> Lot:
    kept, runs, signs = [], [], []
    for conversation, (places, ready), table in zip(some, turns, tables, strict=True):
        wanted = [k for k, at in enumerate(places) if conversation.utterances[at].role == role]
        kept += [(conversation.utterances[places[k]].labels, conversation) for k in wanted]
        runs.append(table[wanted])
        signs += [signs_of(ready[k], around(ready, k)) for k in wanted]
    videos, sessions = (np.array([getattr(one, name) for _, one in kept]) for name in ("video", "name"))
    labels = {head: np.array([one[head] for one, _ in kept]) for head in HEADS[role]}
    return Lot(role, sparse.vstack(runs).tocsr(), np.array(signs), labels, videos, sessions)


@dataclass(frozen=True, slots=True)
class Lines:
    """The plain linear part of a head: weights of runs [buckets, codes], of signs [signs, codes] and bias [codes]."""

    runs: Floats
    signs: Floats
    bias: Floats

    def scores(self, runs: sparse.csr_matrix, level: Floats) -> Floats:
        """Scores [turns, codes]."""
        return np.asarray(runs @ self.runs) + level @ self.signs + self.bias


def levels(signs: Floats) -> tuple[Floats, Floats]:
    """Centre and spread of every sign."""
    return signs.mean(axis=0), np.maximum(signs.std(axis=0), 0.02)


def lines(runs: sparse.csr_matrix, level: Floats, labels: NDArray[np.str_], codes: Sequence[str]) -> Lines:
    """Balanced logistic regression on runs that at least two turns share, and on signs."""
    columns = runs.tocsc()
    kept = np.flatnonzero(np.diff(columns.indptr) >= 2)
    table = sparse.hstack([columns[:, kept], sparse.csr_matrix(level * SIGN_WEIGHT)]).tocsr()
    wanted = np.array([list(codes).index(label) for label in labels])
    fitted = LogisticRegression(C=STRENGTH, class_weight="balanced", max_iter=200, tol=1e-3).fit(table, wanted)
    weights, bias = fitted.coef_.T, fitted.intercept_
    if weights.shape[1] == 1:
        weights, bias = np.hstack([-weights / 2, weights / 2]), np.concatenate([-bias / 2, bias / 2])
    spread = np.zeros((runs.shape[1], len(codes)))
    spread[kept] = weights[: len(kept)]
    return Lines(spread, weights[len(kept) :] * SIGN_WEIGHT, bias)


def calibrated(codes: tuple[str, ...], scores: Floats, labels: NDArray[np.str_], rely: float) -> Head:
    """A head with heat, shift, favour and the sure line fitted on scores of conversations it had not seen."""
    wanted = np.array([codes.index(label) for label in labels])

    def loss(some: Floats) -> float:
        raised = np.exp(some[0]) * scores + some[1:]
        raised = raised - raised.max(axis=1, keepdims=True)
        chosen = raised[np.arange(len(wanted)), wanted] - np.log(np.exp(raised).sum(axis=1))
        return float(-chosen.mean() + 1e-3 * (some[1:] ** 2).mean())

    best = minimize(loss, np.zeros(1 + len(codes)), method="L-BFGS-B").x
    shift = best[1:].astype(np.float32)
    prior = np.bincount(wanted, minlength=len(codes)) / len(wanted)
    head = Head(codes, float(np.exp(best[0])), shift, np.exp(-FAIRNESS * shift), 1.0, prior.astype(np.float32))
    chances = head.chances(scores)
    picked = head.picked(chances)
    return replace(head, sure=sure_line(chances[np.arange(len(picked)), picked], picked == wanted, rely))


def sure_line(p: Floats, right: NDArray[np.bool_], rely: float) -> float:
    """The least p above which the coder is right at least `rely` of the time."""
    order = np.argsort(-p, kind="stable")
    share = np.cumsum(right[order]) / np.arange(1, len(p) + 1)
    good = np.flatnonzero((share >= rely) & (np.arange(len(p)) >= 30))
    return float(max(0.5, p[order[good[-1]]])) if len(good) else 1.0


def unseen(lot: Lot, head: str, folds: int) -> Floats:
    """Scores [turns, codes] of every turn by a model that never saw its video."""
    codes = HEADS[lot.role][head]
    found = np.zeros((len(lot.videos), len(codes)))
    for learn, check in lot.folds(folds):
        centre, spread = levels(lot.signs[learn])
        level = np.clip((lot.signs - centre) / spread, -4, 4)
        fitted = lines(lot.runs[learn], level[learn], lot.labels[head][learn], codes)
        found[check] = fitted.scores(lot.runs[check], level[check])
    return found


def learned(lot: Lot, folds: int = 5) -> Model:
    """The whole model of one role: trained on every turn, calibrated on turns unseen in training."""
    centre, spread = levels(lot.signs)
    level = np.clip((lot.signs - centre) / spread, -4, 4)
    checked, heads, parts = ~lot.ours, {}, []
    for name, codes in HEADS[lot.role].items():
        parts.append(lines(lot.runs, level, lot.labels[name], codes))
        scores = unseen(lot, name, folds)[checked]
        heads[name] = calibrated(codes, scores, lot.labels[name][checked], RELY[name])
    runs, signs = (np.hstack([getattr(part, name) for part in parts]) for name in ("runs", "signs"))
    step = np.maximum(np.abs(runs).max(axis=0), 1e-9) / 127
    bias = np.concatenate([part.bias for part in parts])
    small = [some.astype(np.float32) for some in (step, signs, bias, centre, spread)]
    return Model(heads, np.rint(runs / step).astype(np.int8), *small)


def predicted(model: Model, lot: Lot) -> dict[str, Floats]:
    """For every head the probabilities [turns, codes] of a lot."""
    runs = np.asarray(lot.runs @ (model.runs * model.step))
    raw = runs + model.levelled(lot.signs) @ model.signs + model.bias
    return model.chances(raw)
