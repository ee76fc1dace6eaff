"""The careful engine's second look: a small transformer reads the coach's turns of which the quick one is least sure,
and what a client's words mean is weighed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from holdspace.listening.values import Role

from .meanings import AROUND, Lean, Words
from .model import HEADS, Head, arrays_in, head_in
from .nameless import nameless
from .pieces import Pieces
from .windows import END, MARK, REACH, arrays, clipped, windows
from .words import without_marks

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from .model import Floats

FILE = Path(__file__).with_name("careful.npz")
COLUMNS = {name: codes for heads in HEADS.values() for name, codes in heads.items()}
"""The heads side by side, as the graph gives their scores."""
DOUBTS = ("main",)
"""The heads of a coach's turn whose doubt has the transformer read it."""


@dataclass(frozen=True, slots=True)
class Mix:
    """One head of the careful engine: what the quick engine's and the second look's scores weigh, and how they are
    judged."""

    quick: float
    read: float
    head: Head

    def scores(self, quick: "Floats", read: "Floats") -> "Floats":
        """Both scores [turns, codes] as one."""
        mixed: Floats = self.quick * quick + self.read * read
        return mixed


@dataclass(frozen=True, slots=True)
class Reader:
    """The transformer with its vocabulary, which reads a coach's turns less sure than `line`; how a client's words
    lean; `mixes` by role, whether marked, and head."""

    graph: Any
    pieces: Pieces
    lean: Lean
    mixes: Mapping[tuple[Role, bool, str], Mix]
    line: float

    def doubtful(self, role: Role, chances: "Mapping[str, Floats]") -> "NDArray[np.bool_]":
        """Which turns of a role are looked at again: of a coach's, those of which the quick engine is less sure than
        the line; of a client's, all."""
        import numpy as np

        if role == "client":
            return np.ones(len(chances["talk"]), np.bool_)
        doubt: NDArray[np.bool_] = np.min([chances[name].max(axis=1) for name in DOUBTS], axis=0) < self.line
        return doubt

    def again(
        self, texts: Sequence[str], coach: Sequence[bool], wanted: Sequence[int]
    ) -> "dict[int, dict[str, Floats]]":
        """By place the scores [codes] of the heads of the wanted turns of a conversation, whoever spoke them.

        What is weighed of a turn is the turn and a few around it, so that no other part of the conversation, and no
        other conversation, has a say.
        """
        texts = nameless(texts)
        asked = [at for at in wanted if coach[at]]
        answered = [at for at in wanted if not coach[at]]
        return self.read(texts, coach, asked) | {at: {"talk": row} for at, row in self.leaning(texts, answered)}

    def leaning(self, texts: Sequence[str], wanted: Sequence[int]) -> "Iterator[tuple[int, Floats]]":
        """The scores [codes] of `talk` for the wanted turns of a nameless conversation."""
        return zip(wanted, self.lean.scores(meant(self.pieces, texts, wanted), wanted), strict=True)

    def read(
        self, texts: Sequence[str], coach: Sequence[bool], wanted: Sequence[int]
    ) -> "dict[int, dict[str, Floats]]":
        """By place what the transformer says: the scores [codes] of every head for the wanted turns, names set aside
        before."""
        near = {k for at in wanted for k in range(at - REACH, at + REACH + 1)}
        turns = [clipped(self.pieces.of(text)) if at in near else [] for at, text in enumerate(texts)]
        mark, end = self.pieces.places[MARK], self.pieces.places[END]
        found: dict[int, dict[str, Floats]] = {}
        for window in windows(turns, wanted):
            given, pieces = arrays(window, coach, mark, end)
            (scores,) = self.graph.run(None, given | {"words": self.lean.words.of(pieces)})
            for at, row in zip(sorted(window.wanted), scores, strict=True):
                found[at] = _apart(row)
        return found


def meant(pieces: Pieces, texts: Sequence[str], wanted: Sequence[int]) -> list[list[int]]:
    """The word pieces of the turns near the wanted ones, without marks; nothing of the others."""
    near = {at + by for at in wanted for by in AROUND}
    return [clipped(pieces.of(without_marks(text))) if at in near else [] for at, text in enumerate(texts)]


def _apart(row: "Floats") -> "dict[str, Floats]":
    found, begin = {}, 0
    for name, codes in COLUMNS.items():
        found[name] = row[begin : begin + len(codes)]
        begin += len(codes)
    return found


@cache
def load_reader() -> Reader | None:
    """The transformer, ready to read; None where its file or what runs it is not there."""
    if not FILE.exists() or not find_spec("onnxruntime"):
        return None
    some = arrays_in(FILE)
    words = some["vocabulary"].tobytes().decode().split("\n")
    pieces = Pieces({word: at for at, word in enumerate(words) if word})
    lean = Lean(Words(some["words-whole"], some["words-step"]), *(some[f"lean-{name}"] for name in LEAN))
    return Reader(graph_in(some["graph"].tobytes()), pieces, lean, mixes_in(some), float(some["coach-line"]))


LEAN = ("middle", "weights", "bias")


def graph_in(kept: bytes) -> Any:
    """The graph, run on one thread so that whoever calls decides how many there are."""
    import onnxruntime

    how = onnxruntime.SessionOptions()
    how.intra_op_num_threads = how.inter_op_num_threads = 1
    how.log_severity_level = 3
    return onnxruntime.InferenceSession(kept, how, providers=["CPUExecutionProvider"])


def mixes_in(some: "Mapping[str, NDArray[Any]]") -> dict[tuple[Role, bool, str], Mix]:
    """The mixes among an artefact's arrays."""
    found: dict[tuple[Role, bool, str], Mix] = {}
    for role, heads in HEADS.items():
        for marked in (True, False):
            part = f"{role}-{'marked' if marked else 'bare'}"
            for name, codes in heads.items():
                quick, read = some[f"{part}-{name}-mix"].tolist()
                found[role, marked, name] = Mix(quick, read, head_in(some, f"{part}-{name}", codes))
    return found
