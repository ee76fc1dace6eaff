"""From labelled conversations to the numbers of `holdspace.listening.coder.model`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression

from holdspace.listening.coder.grams import neighbours, own_runs
from holdspace.listening.coder.model import HEADS, Head, Model
from holdspace.listening.coder.ready import Ready, as_written, restored, spoken
from holdspace.listening.coder.signs import around, signs_of
from training.annomi import Conversation, stripped
from training.marking import folded
from training.sessions import HABITS, PREFIX

BUCKETS = 1 << 16
STRENGTH = 0.4
SIGN_WEIGHT = 0.1
"""A sign's weight beside a run's; the smaller, the more the runs may say."""
FAIRNESS = np.arange(0.3, 1.71, 0.1)
"""How far rare codes may get their due: 0 picks the likeliest code, 1 the one whose balanced score is best."""
OURS, SHORT = 0.3, 1.0
"""What a turn of our own sessions, and of our short exchanges of plain cases, weighs beside one of real talk."""
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
    places: Places

    @property
    def ours(self) -> NDArray[np.bool_]:
        """Which turns are our own."""
        return np.char.startswith(self.videos, PREFIX)

    @property
    def counts(self) -> Floats:
        """What each turn weighs in learning."""
        short = np.char.startswith(self.videos, f"{PREFIX}short")
        return np.where(self.ours & ~short, OURS, SHORT)

    def part(self, rows: Places) -> "Lot":
        """Some of the turns."""
        labels = {head: some[rows] for head, some in self.labels.items()}
        held = (some[rows] for some in (self.videos, self.sessions, self.places))
        return Lot(self.role, self.runs[rows], self.signs[rows], labels, *held)

    def fold(self, fold_of: Mapping[str, int]) -> Places:
        """The fold of every turn; -1 for our own turns, which are only learned from."""
        return np.array([fold_of.get(video, -1) for video in self.videos.tolist()])

    def truth(self, head: str) -> Places:
        """The code that people gave every turn, by its place among the head's codes."""
        codes = list(HEADS[self.role][head])
        return np.array([codes.index(label) for label in self.labels[head].tolist()])


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
        teaches = role == "client" or not conversation.name.startswith(HABITS)
        wanted = [k for k, at in enumerate(places) if teaches and conversation.utterances[at].role == role]
        kept += [(conversation, places[k]) for k in wanted]
        runs.append(table[wanted])
        signs += [signs_of(ready[k], around(ready, k)) for k in wanted]
    labels = {head: np.array([one.utterances[at].labels[head] for one, at in kept]) for head in HEADS[role]}
    videos, sessions = (np.array([getattr(one, name) for one, _ in kept]) for name in ("video", "name"))
    places_of = np.array([at for _, at in kept])
    return Lot(role, sparse.vstack(runs).tocsr(), np.array(signs), labels, videos, sessions, places_of)


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


def lines(
    runs: sparse.csr_matrix, level: Floats, labels: NDArray[np.str_], codes: Sequence[str], counts: Floats
) -> Lines:
    """Balanced logistic regression on runs that at least two turns share, and on signs; `counts` weighs turns."""
    columns = runs.tocsc()
    kept = np.flatnonzero(np.diff(columns.indptr) >= 2)
    table = sparse.hstack([columns[:, kept], sparse.csr_matrix(level * SIGN_WEIGHT)]).tocsr()
    wanted = np.array([list(codes).index(label) for label in labels])
    fitted = LogisticRegression(C=STRENGTH, class_weight="balanced", max_iter=200, tol=1e-3).fit(table, wanted, counts)
    weights, bias = fitted.coef_.T, fitted.intercept_
    if weights.shape[1] == 1:
        weights, bias = np.hstack([-weights / 2, weights / 2]), np.concatenate([-bias / 2, bias / 2])
    spread = np.zeros((runs.shape[1], len(codes)))
    spread[kept] = weights[: len(kept)]
    return Lines(spread, weights[len(kept) :] * SIGN_WEIGHT, bias)


def calibrated(codes: tuple[str, ...], scores: Sequence[Floats], truth: Places, rely: float) -> tuple[Floats, Head]:
    """What each of the scores [turns, codes] weighs, and a head with shift, favour and the sure line, fitted on turns
    that the models had not seen. The head's heat is the first weight."""
    count = len(scores)

    def raised(some: Floats) -> Floats:
        return sum((np.exp(w) * one for w, one in zip(some[:count], scores, strict=True)), some[count:])

    def loss(some: Floats) -> float:
        high = raised(some)
        high = high - high.max(axis=1, keepdims=True)
        chosen = high[np.arange(len(truth)), truth] - np.log(np.exp(high).sum(axis=1))
        return float(-chosen.mean() + 1e-3 * (some[count:] ** 2).mean())

    best = minimize(loss, np.concatenate([np.full(count, -np.log(count)), np.zeros(len(codes))]), method="L-BFGS-B").x
    shift = best[count:].astype(np.float32)
    prior = np.bincount(truth, minlength=len(codes)) / len(truth)
    weights = np.exp(best[:count])
    head = Head(codes, float(weights[0]), shift, np.ones_like(shift), 1.0, prior.astype(np.float32))
    mixed = sum(w / weights[0] * one for w, one in zip(weights, scores, strict=True))
    chances = head.chances(mixed)
    head = replace(head, favour=np.exp(-fairest(chances, shift, truth) * shift))
    picked = head.picked(chances)
    return weights, replace(head, sure=sure_line(chances[np.arange(len(picked)), picked], picked == truth, rely))


def fairest(chances: Floats, shift: Floats, truth: Places) -> float:
    """How far rare codes get their due where macro-F1 on these turns is best, judged with the steps to either side so
    that no lucky peak decides."""
    reached = np.array([macro_f1(truth, (chances * np.exp(-some * shift)).argmax(axis=1)) for some in FAIRNESS])
    level = (reached[:-2] + reached[1:-1] + reached[2:]) / 3
    return float(FAIRNESS[1 + int(level.argmax())])


def macro_f1(truth: Places, picked: Places) -> float:
    """The mean over codes of F1."""
    size = int(max(truth.max(), picked.max())) + 1
    table = np.bincount(truth * size + picked, minlength=size * size).reshape(size, size)
    return float(np.mean(2 * np.diag(table) / np.maximum(table.sum(axis=0) + table.sum(axis=1), 1)))


def sure_line(p: Floats, right: NDArray[np.bool_], rely: float) -> float:
    """The least p above which the coder is right at least `rely` of the time."""
    order = np.argsort(-p, kind="stable")
    share = np.cumsum(right[order]) / np.arange(1, len(p) + 1)
    good = np.flatnonzero((share >= rely) & (np.arange(len(p)) >= 30))
    return float(max(0.5, p[order[good[-1]]])) if len(good) else 1.0


def unseen(lot: Lot, head: str, fold: Places) -> Floats:
    """Scores [turns, codes] of every turn of a fold by a model that never saw its video; nothing for our own turns."""
    codes = HEADS[lot.role][head]
    found = np.full((len(fold), len(codes)), np.nan)
    for at in range(fold.max() + 1):
        learn, check = np.flatnonzero(fold != at), np.flatnonzero(fold == at)
        centre, spread = levels(lot.signs[learn])
        level = np.clip((lot.signs - centre) / spread, -4, 4)
        fitted = lines(lot.runs[learn], level[learn], lot.labels[head][learn], codes, lot.counts[learn])
        found[check] = fitted.scores(lot.runs[check], level[check])
    return found


def learned(lot: Lot, scores: Mapping[str, Floats]) -> Model:
    """The whole model of one role: trained on every turn, calibrated by `scores` of turns unseen in training."""
    centre, spread = levels(lot.signs)
    level = np.clip((lot.signs - centre) / spread, -4, 4)
    checked = ~lot.ours
    heads, parts = {}, []
    for name, codes in HEADS[lot.role].items():
        parts.append(lines(lot.runs, level, lot.labels[name], codes, lot.counts))
        _, heads[name] = calibrated(codes, [scores[name][checked]], lot.truth(name)[checked], RELY[name])
    runs, signs = (np.hstack([getattr(part, name) for part in parts]) for name in ("runs", "signs"))
    step = np.maximum(np.abs(runs).max(axis=0), 1e-9) / 127
    bias = np.concatenate([part.bias for part in parts])
    small = [some.astype(np.float32) for some in (step, signs, bias, centre, spread)]
    return Model(heads, np.rint(runs / step).astype(np.int8), *small)
