"""The trained numbers: loaded once, scored without training tools."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from holdspace.listening.values import Role

from .grams import Runs
from .marks import Marks

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

OWN = os.environ.get("HOLDSPACE_CODER", "")
FILE = Path(OWN) / "quick.npz" if OWN else Path(__file__).with_name("quick.npz")
"""The quick engine's artefact: the one that ships, or a practice's own in the folder it named."""
HEADS: dict[Role, dict[str, tuple[str, ...]]] = {
    "coach": {
        "main": ("question", "reflection", "input", "other"),
        "question": ("none", "open", "closed"),
        "reflection": ("none", "reflection"),
        "input": ("none", "information", "advice", "offer"),
    },
    "client": {"talk": ("change", "neutral", "sustain")},
}
"""The heads of each role and the codes of each head, in the order of the model's columns."""


@dataclass(frozen=True, slots=True)
class Head:
    """What turns one head's scores into decisions; arrays have one place a code.

    `heat` stretches scores and `shift` moves them so that their softmax is calibrated; `favour` multiplies
    probabilities before the best is picked; `sure` is the least p to rely on; `prior` is how common a code is.
    """

    codes: tuple[str, ...]
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
        chances: Floats = raised / raised.sum(axis=1, keepdims=True)
        return chances

    def prior_of(self, code: str) -> float:
        """How common a code is among all turns of its role."""
        return float(self.prior[self.codes.index(code)])

    def sure_of(self, chances: "Floats", picks: "NDArray[np.int64]") -> "NDArray[np.bool_]":
        """Whether what was picked may be relied on."""
        import numpy as np

        sure: NDArray[np.bool_] = chances[np.arange(len(picks)), picks] >= self.sure
        return sure

    def picked(self, chances: "Floats") -> "NDArray[np.int64]":
        """The place of the code picked for every turn."""
        best: NDArray[np.int64] = (chances * self.favour).argmax(axis=1)
        return best


@dataclass(frozen=True, slots=True)
class Model:
    """One role's model, for punctuated or bare text: a row a bucket or sign, a column a code, heads side by side.

    `runs` is int8 [buckets, columns] times `step` [columns]; `signs` [signs, columns] weighs signs less `centre`
    in units of `spread`; `bias` [columns].
    """

    heads: dict[str, Head]
    runs: "NDArray[np.int8]"
    step: "Floats"
    signs: "Floats"
    bias: "Floats"
    centre: "Floats"
    spread: "Floats"

    def levelled(self, rows: Sequence[Sequence[float]]) -> "Floats":
        """Signs [turns, signs] centred, in units of their spread, and held within four of it."""
        import numpy as np

        raw = np.array(rows, dtype=np.float32).reshape(len(rows), len(self.centre))
        level: Floats = np.clip((raw - self.centre) / self.spread, -4, 4)
        return level

    def weighed(self, runs: Runs) -> "Floats":
        """What every run adds: [runs, columns]."""
        import numpy as np

        buckets = runs.hashes & np.uint32(len(self.runs) - 1)
        added: Floats = self.runs[buckets] * (runs.weights[:, None] * self.step)
        return added

    def chances(self, scores: "Floats") -> "dict[str, Floats]":
        """By head the calibrated probabilities [turns, codes] from scores [turns, columns]."""
        return {name: self.heads[name].chances(scores[:, columns]) for name, columns in self.columns().items()}

    def picks(self, chances: "dict[str, Floats]") -> "dict[str, NDArray[np.int64]]":
        """By head the place of the code picked for every turn."""
        return picked(self.heads, chances)

    def columns(self) -> dict[str, slice]:
        """Where each head's columns stand."""
        found, begin = {}, 0
        for name, head in self.heads.items():
            found[name] = slice(begin, begin + len(head.codes))
            begin += len(head.codes)
        return found


def picked(heads: "Mapping[str, Head]", chances: "Mapping[str, Floats]") -> "dict[str, NDArray[np.int64]]":
    """By head the place of the code picked for every turn. What is most of all a question has a kind of question,
    and so on: the other heads follow `main`, which on unseen conversations was no worse than leaving them apart."""
    found = {name: head.picked(chances[name]) for name, head in heads.items()}
    for name in heads.keys() & {"question", "reflection", "input"}:
        held = found["main"] == heads["main"].codes.index(name)
        kinds = (chances[name][:, 1:] * heads[name].favour[1:]).argmax(axis=1) + 1
        missed = held & (found[name] == 0)
        found[name][missed] = kinds[missed]
    return found


@cache
def load(role: Role, marked: bool) -> Model:
    """The model of one role, for punctuated text or for bare."""
    part = f"{role}-{'marked' if marked else 'bare'}"
    some = _arrays()
    whole = {name: some[f"{part}-{name}"] for name in ("runs", "step", "signs", "bias", "centre", "spread")}
    heads = {name: head_in(some, f"{part}-{name}", codes) for name, codes in HEADS[role].items()}
    return Model(heads, **whole)


@cache
def load_marks() -> Marks:
    """What puts marks back into bare text."""
    some = _arrays()
    lines = {name: float(some[f"marks-{name}"]) for name in MARKS}
    return Marks(gaps=some["marks-gaps"], asks=some["marks-asks"], **lines)


MARKS = ("gap_step", "gap_bias", "gap_line", "ask_step", "ask_bias", "ask_line")


@cache
def _arrays() -> "dict[str, NDArray[Any]]":
    return arrays_in(FILE)


def arrays_in(path: Path) -> "dict[str, NDArray[Any]]":
    """All arrays of an artefact, by name."""
    import numpy as np

    with np.load(path, allow_pickle=False) as kept:
        return {name: kept[name] for name in kept.files}


def head_in(some: "Mapping[str, NDArray[Any]]", part: str, codes: tuple[str, ...]) -> Head:
    """The head whose name begins with `part` among an artefact's arrays."""
    table, lines = some[f"{part}-codes"], some[f"{part}-lines"]
    return Head(codes, float(lines[0]), table[0], table[1], float(lines[1]), table[2])
