"""The trained numbers: loaded once, scored without training tools."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .grams import runs_of
from .signs import Ready, signs_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

FILE = Path(__file__).with_name("light.npz")
HEADS: dict[str, dict[str, tuple[str, ...]]] = {
    "coach": {
        "main": ("question", "reflection", "input", "other"),
        "question": ("none", "open", "closed"),
        "reflection": ("none", "reflection"),
        "input": ("none", "information", "advice", "other"),
    },
    "client": {"talk": ("change", "neutral", "sustain")},
}
"""The heads of each role and the codes of each head, in the order of the model's columns."""

EMPTY = {"main": "other", "question": "none", "reflection": "none", "input": "none", "talk": "neutral"}
"""What a turn without words is."""
BATCH = 1000
"""Turns weighed at once, which bounds the memory of a very long file."""


@dataclass(frozen=True, slots=True)
class Head:
    """One head of one model: weights of hashed runs and of signs, and what turns scores into decisions.

    `runs` is int8 [buckets, codes] times `step` [codes]; `signs` [signs, codes]; `bias` [codes];
    `heat` stretches scores and `shift` [codes] moves them so that `softmax` is calibrated;
    `favour` [codes] multiplies probabilities before the best is picked; `sure` is the least p to rely on;
    `prior` [codes] is how common each code is.
    """

    codes: tuple[str, ...]
    runs: "NDArray[np.int8]"
    step: "Floats"
    signs: "Floats"
    bias: "Floats"
    heat: float
    shift: "Floats"
    favour: "Floats"
    sure: float
    prior: "Floats"

    def chances(self, scores: "Floats") -> "Floats":
        """Calibrated probabilities [turns, codes] from scores of that shape."""
        import numpy as np

        raised = self.heat * scores + self.shift
        raised = np.exp(raised - raised.max(axis=1, keepdims=True))
        return raised / raised.sum(axis=1, keepdims=True)


@dataclass(frozen=True, slots=True)
class Model:
    """All heads of one role, for marked or bare text, and how its signs were centred."""

    heads: "dict[str, Head]"
    centre: "Floats"
    spread: "Floats"

    def levelled(self, rows: Sequence[Sequence[float]]) -> "Floats":
        """Signs [turns, signs] centred, in units of their spread, and held within four of it."""
        import numpy as np

        return np.clip((np.array(rows, dtype=np.float32) - self.centre) / self.spread, -4, 4)


def scores(model: Model, turns: Sequence[Ready], wanted: Sequence[int]) -> "dict[str, Floats]":
    """Scores [wanted, codes] of every head for the wanted places among the turns."""
    import numpy as np

    place = np.full(len(turns), -1, dtype=np.int64)
    place[list(wanted)] = np.arange(len(wanted))
    level = model.levelled([signs_of(turns, at) for at in wanted])
    found = {name: level @ head.signs + head.bias for name, head in model.heads.items()}
    for runs in runs_of(turns):
        kept = place[runs.rows] >= 0
        rows, hashes, weights = place[runs.rows[kept]], runs.hashes[kept], runs.weights[kept]
        for name, head in model.heads.items():
            buckets = hashes & np.uint32(len(head.runs) - 1)
            for column in range(len(head.codes)):
                heavy = head.runs[buckets, column] * weights
                found[name][:, column] += head.step[column] * np.bincount(rows, heavy, len(wanted))
    return found


@cache
def load(file: Path = FILE) -> dict[tuple[str, bool], Model]:
    """The models by role and by whether the text is marked (punctuated)."""
    import numpy as np

    with np.load(file, allow_pickle=False) as kept:
        arrays = {name: kept[name] for name in kept.files}
    return {(role, marked): _model(arrays, role, marked) for role in HEADS for marked in (True, False)}


def _model(arrays: "dict[str, NDArray[Any]]", role: str, marked: bool) -> Model:
    part = f"{role}-{'marked' if marked else 'bare'}"
    heads = {name: _head(arrays, f"{part}-{name}", codes) for name, codes in HEADS[role].items()}
    return Model(heads, arrays[f"{part}-centre"], arrays[f"{part}-spread"])


def _head(arrays: "dict[str, NDArray[Any]]", part: str, codes: tuple[str, ...]) -> Head:
    names = ("runs", "step", "signs", "bias", "shift", "favour", "prior")
    some = {name: arrays[f"{part}-{name}"] for name in names}
    return Head(codes, heat=float(arrays[f"{part}-heat"]), sure=float(arrays[f"{part}-sure"]), **some)
