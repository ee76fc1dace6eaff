"""A practice's own corrections: what they add to the quick engine, tried by folds before anything is used.

One JSON object a line: `session`, `role` ("coach" or "client"), `text`, and `codes`, head to code, for turns that a
person corrected or confirmed; turns without `codes` stand there for their neighbours' sake. Lines stand in order.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from scipy import sparse
from scipy.optimize import minimize
from sklearn.metrics import f1_score

from holdspace.listening.coder import model
from holdspace.listening.coder.model import HEADS, Model
from holdspace.listening.values import Role
from training import fit
from training.annomi import Conversation, Utterance
from training.folding import fold_of
from training.learn import Floats, Lot, Places, lots

HELD = 3.0
"""How strongly the shipped weights are held: the larger, the less a correction moves them."""
LEAST = 30
"""With fewer corrected turns of a head than this nothing is learned for it."""


class Unreadable(ValueError):
    """A line of corrections that cannot be read."""


def conversations(path: Path) -> tuple[Conversation, ...]:
    """The corrected sessions, in the order of the file. Raises Unreadable with the line that is wrong."""
    found: dict[str, list[Utterance]] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip():
            try:
                told = json.loads(line)
                found.setdefault(str(told["session"]), []).append(_turn(told))
            except (json.JSONDecodeError, KeyError, TypeError) as trouble:
                raise Unreadable(f"{path}, line {number}: this is no corrected turn ({trouble})") from None
    return tuple(Conversation(name, name, tuple(turns)) for name, turns in found.items())


def _turn(told: Mapping[str, object]) -> Utterance:
    role, codes = told["role"], told.get("codes") or {}
    if role not in HEADS or not isinstance(codes, dict):
        raise TypeError("role is coach or client, codes an object")
    labels = dict.fromkeys(HEADS[role], "")
    for head, code in codes.items():
        if head not in labels or code not in HEADS[role][head]:
            raise KeyError(f"{head}: {code}")
        labels[head] = code
    return Utterance("coach" if role == "coach" else "client", str(told["text"]), labels)


def report(path: Path, out: Path | None) -> Iterator[str]:
    """What learning from the corrections would change, by folds of whole sessions; if asked, the engine itself."""
    some = conversations(path)
    if len(some) < 2:
        raise Unreadable(f"{path}: corrections of two sessions at least are needed, so that one can check the other")
    places, helped = fold_of(some, min(5, len(some))), []
    yield "Your corrected turns, each judged without its own session: the engine as shipped, and with your corrections."
    for role, lot in lots(some, marked=True).items():
        for head in HEADS[lot.role]:
            line, gain = _tried(_role(role), lot, head, lot.fold(places))
            helped += [gain]
            yield line
    yield "It helped." if sum(helped) > 0 else "It did not help. Better keep the engine as it is."
    if out:
        yield f"{_write(some, out)}: put HOLDSPACE_CODER=the folder it is in, and the engines are taken from there."


def _role(name: str) -> Role:
    return "coach" if name == "coach" else "client"


def _tried(role: Role, lot: Lot, head: str, fold: Places) -> tuple[str, float]:
    known = np.flatnonzero(lot.labels[head] != "")
    if len(known) < LEAST:
        return f"{head:<11} {len(known)} corrected turns: too few to learn from", 0.0
    shipped, codes = model.load(role, True), list(HEADS[role][head])
    truth = np.array([codes.index(code) for code in lot.labels[head][known].tolist()])
    before, after = _picks(shipped, lot, head)[known], np.zeros(len(known), np.int64)
    for at in np.unique(fold[known]):
        learn, check = known[fold[known] != at], np.flatnonzero(fold[known] == at)
        after[check] = _picks(adapted(shipped, lot, head, learn), lot, head)[known[check]]
    one, other = (float(f1_score(truth, said, average="macro")) for said in (before, after))
    right = (before == truth).mean(), (after == truth).mean()
    return (
        f"{head:<11} {len(known)} turns   macro-F1 {one:.3f} → {other:.3f}   right {right[0]:.3f} → {right[1]:.3f}",
        other - one,
    )


def _scores(some: Model, lot: Lot, head: str) -> Floats:
    columns = some.columns()[head]
    runs = lot.runs @ (some.runs[:, columns] * some.step[columns])
    return np.asarray(runs) + some.levelled(lot.signs.tolist()) @ some.signs[:, columns] + some.bias[columns]


def _picks(some: Model, lot: Lot, head: str) -> Places:
    one = some.heads[head]
    return one.picked(one.chances(_scores(some, lot, head)))


def adapted(shipped: Model, lot: Lot, head: str, rows: Places) -> Model:
    """The model with signs and bias of one head moved toward these turns, as little as explains them."""
    columns, one = shipped.columns()[head], shipped.heads[head]
    codes = list(one.codes)
    level = np.asarray(shipped.levelled(lot.signs[rows].tolist()), float)
    base, wanted = (
        _scores(shipped, lot, head)[rows],
        np.array([codes.index(c) for c in lot.labels[head][rows].tolist()]),
    )
    table = sparse.csr_matrix(np.hstack([level * 0.1, np.ones((len(rows), 1))]))
    size = (table.shape[1], len(codes))

    def loss(flat: Floats) -> tuple[float, Floats]:
        moved = flat.reshape(size)
        raised = one.heat * (base + table @ moved) + one.shift
        raised -= raised.max(axis=1, keepdims=True)
        chances = np.exp(raised) / np.exp(raised).sum(axis=1, keepdims=True)
        missed = -np.log(chances[np.arange(len(wanted)), wanted] + 1e-12).sum() + HELD * (moved**2).sum()
        chances[np.arange(len(wanted)), wanted] -= 1
        return float(missed), np.asarray(one.heat * (table.T @ chances) + 2 * HELD * moved).ravel()

    moved = minimize(loss, np.zeros(size[0] * size[1]), jac=True, method="L-BFGS-B").x.reshape(size)
    signs, bias = shipped.signs.copy(), shipped.bias.copy()
    signs[:, columns] += (moved[:-1] * 0.1).astype(np.float32)
    bias[columns] += moved[-1].astype(np.float32)
    return replace(shipped, signs=signs, bias=bias)


def _write(some: Sequence[Conversation], out: Path) -> Path:
    """The quick engine's artefact with all corrections learned."""
    arrays = dict(model.arrays_in(model.FILE))
    for marked in (True, False):
        for name, lot in lots(some, marked).items():
            role, one = _role(name), model.load(_role(name), marked)
            for head in HEADS[role]:
                known = np.flatnonzero(lot.labels[head] != "")
                one = adapted(one, lot, head, known) if len(known) >= LEAST else one
            arrays |= fit.model_arrays(one, fit.part_of(role, marked))
    fit.write(arrays, out)
    return out
