"""From labelled conversations to the numbers of `holdspace.listening.coder.model`."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.model_selection import GroupKFold

from holdspace.listening.coder.grams import runs_of
from holdspace.listening.coder.model import HEADS, Head, Model
from holdspace.listening.coder.signs import ready, signs_of
from training.annomi import Conversation, stripped

BUCKETS = 1 << 16
STRENGTH = 0.4
SIGN_WEIGHT = 0.1
"""A sign's weight beside a run's; the smaller, the more the runs may say."""
RELY = {"main": 0.9, "question": 0.9, "reflection": 0.9, "input": 0.9, "talk": 0.85}
"""How often a head must be right where it calls itself sure."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Lot:
    """All turns of one role: runs [turns, buckets], raw signs [turns, signs], labels by head and videos."""

    role: str
    runs: sparse.csr_matrix
    signs: Floats
    labels: dict[str, NDArray[np.str_]]
    videos: NDArray[np.str_]
    conversations: NDArray[np.str_]

    def part(self, rows: NDArray[np.int64]) -> "Lot":
        """Some of the turns."""
        labels = {head: some[rows] for head, some in self.labels.items()}
        return Lot(self.role, self.runs[rows], self.signs[rows], labels, self.videos[rows], self.conversations[rows])

    def folds(self, count: int) -> list[tuple[NDArray[np.int64], NDArray[np.int64]]]:
        """Rows to learn from and rows to check on; no video is on both sides."""
        return list(GroupKFold(count).split(self.signs, groups=self.videos))


def lots(some: Sequence[Conversation], marked: bool) -> dict[str, Lot]:
    """The turns of each role, as written or stripped of marks."""
    runs: dict[str, list[sparse.csr_matrix]] = {role: [] for role in HEADS}
    signs: dict[str, list[list[float]]] = {role: [] for role in HEADS}
    for conversation in some:
        texts = [one.text if marked else stripped(one.text) for one in conversation.utterances]
        turns = [
            ready(text, one.role == "coach", marked) for text, one in zip(texts, conversation.utterances, strict=True)
        ]
        table = _table(runs_of(turns), len(turns))
        for role in HEADS:
            wanted = [at for at, turn in enumerate(turns) if turn.coach == (role == "coach")]
            runs[role].append(table[wanted])
            signs[role] += [signs_of(turns, at) for at in wanted]
    return {role: _lot(some, role, sparse.vstack(runs[role]).tocsr(), np.array(signs[role])) for role in HEADS}


def _table(blocks: Sequence, turns: int) -> sparse.csr_matrix:
    rows, columns, weights = (
        np.concatenate([getattr(block, name) for block in blocks]) for name in ("rows", "hashes", "weights")
    )
    return sparse.csr_matrix((weights, (rows, columns & (BUCKETS - 1))), shape=(turns, BUCKETS))


def _lot(some: Sequence[Conversation], role: str, runs: sparse.csr_matrix, signs: Floats) -> Lot:
    kept = [(one, conversation) for conversation in some for one in conversation.utterances if one.role == role]
    labels = {head: np.array([one.labels[head] for one, _ in kept]) for head in HEADS[role]}
    videos = np.array([conversation.video for _, conversation in kept])
    return Lot(role, runs, signs, labels, videos, np.array([conversation.name for _, conversation in kept]))


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


def calibrated(head: Head, scores: Floats, labels: NDArray[np.str_], rely: float) -> Head:
    """The head with heat, shift, favour and the sure line fitted on scores of conversations it had not seen."""
    wanted = np.array([head.codes.index(label) for label in labels])

    def loss(some: Floats) -> float:
        raised = np.exp(some[0]) * scores + some[1:]
        raised = raised - raised.max(axis=1, keepdims=True)
        chosen = raised[np.arange(len(wanted)), wanted] - np.log(np.exp(raised).sum(axis=1))
        return float(-chosen.mean() + 1e-3 * (some[1:] ** 2).mean())

    best = minimize(loss, np.zeros(1 + len(head.codes)), method="L-BFGS-B").x
    head = replace(head, heat=float(np.exp(best[0])), shift=best[1:].astype(np.float32))
    chances = head.chances(scores)
    favour = favoured(chances, wanted)
    picked = (chances * favour).argmax(axis=1)
    p = chances[np.arange(len(picked)), picked]
    prior = np.bincount(wanted, minlength=len(head.codes)) / len(wanted)
    return replace(
        head,
        favour=favour.astype(np.float32),
        sure=sure_line(p, picked == wanted, rely),
        prior=prior.astype(np.float32),
    )


def favoured(chances: Floats, wanted: NDArray[np.int64]) -> Floats:
    """What to multiply each code's probability by so that rare codes get their due (the best macro-F1)."""
    prior = np.bincount(wanted, minlength=chances.shape[1]) / len(wanted)
    steps = [
        (f1_score(wanted, (chances / prior**power).argmax(axis=1), average="macro"), power)
        for power in np.arange(0, 1.05, 0.1)
    ]
    favour = prior ** -max(steps)[1]
    for _ in range(2):
        for code in range(chances.shape[1]):
            favour = max(
                (_tried(chances, wanted, favour, code, by) for by in (1, 0.8, 0.9, 1.1, 1.25)), key=lambda one: one[0]
            )[1]
    return favour / favour.max()


def _tried(chances: Floats, wanted: NDArray[np.int64], favour: Floats, code: int, by: float) -> tuple[float, Floats]:
    changed = favour.copy()
    changed[code] *= by
    gain = 0.001 if by != 1 else 0.0
    return f1_score(wanted, (chances * changed).argmax(axis=1), average="macro") - gain, changed


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
    heads = {}
    for name, codes in HEADS[lot.role].items():
        fitted = lines(lot.runs, level, lot.labels[name], codes)
        heads[name] = calibrated(_head(codes, fitted), unseen(lot, name, folds), lot.labels[name], RELY[name])
    return Model(heads, centre.astype(np.float32), spread.astype(np.float32))


def _head(codes: tuple[str, ...], fitted: Lines) -> Head:
    step = np.maximum(np.abs(fitted.runs).max(axis=0), 1e-9) / 127
    zeros = np.zeros(len(codes), dtype=np.float32)
    return Head(
        codes,
        runs=np.rint(fitted.runs / step).astype(np.int8),
        step=step.astype(np.float32),
        signs=fitted.signs.astype(np.float32),
        bias=fitted.bias.astype(np.float32),
        heat=1.0,
        shift=zeros,
        favour=zeros + 1,
        sure=1.0,
        prior=zeros,
    )


def predicted(model: Model, lot: Lot) -> dict[str, tuple[Floats, NDArray[np.int64]]]:
    """For every head the probabilities [turns, codes] and the picked codes [turns] of a lot."""
    level = model.levelled(lot.signs)
    found = {}
    for name, head in model.heads.items():
        raw = lot.runs @ (head.runs * head.step) + level @ head.signs + head.bias
        chances = head.chances(raw)
        found[name] = chances, (chances * head.favour).argmax(axis=1)
    return found
