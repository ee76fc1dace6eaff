"""The careful engine's second look: one small transformer reads the coach's turns of which the quick engine is least
sure, another a client's turns, and what a client's words mean by themselves is weighed."""

from collections.abc import Mapping, Sequence
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
from .transformer import Transformer, graph_in
from .windows import clipped
from .words import without_marks

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from .model import Floats

FILE = Path(__file__).with_name("careful.npz")
COLUMNS = {name: codes for heads in HEADS.values() for name, codes in heads.items()}
"""The heads side by side, as the graph that reads a coach gives their scores."""
DOUBTS = ("main",)
"""The heads of a coach's turn whose doubt has the transformer read it."""
Looks = dict[str, "Floats"]
"""By head the scores [looks, codes] of one turn."""


@dataclass(frozen=True, slots=True)
class Mix:
    """One head of the careful engine: what the quick engine's scores weigh, what those of each second look, and how
    they are judged together."""

    quick: float
    looks: tuple[float, ...]
    head: Head

    def scores(self, quick: "Floats", looks: "Floats") -> "Floats":
        """The scores [turns, codes] and those of the second looks [turns, looks, codes] as one."""
        import numpy as np

        mixed: Floats = self.quick * quick + np.tensordot(looks, np.array(self.looks, np.float32), (1, 0))
        return mixed


@dataclass(frozen=True, slots=True)
class Reader:
    """The transformers: of a coach's turns less sure than `line`, and of a client's; how a client's words lean;
    `mixes` by role, whether marked, and head."""

    coach: Transformer
    client: Transformer
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

    def again(self, texts: Sequence[str], coach: Sequence[bool], wanted: Sequence[int]) -> dict[int, Looks]:
        """By place what the second looks say of the wanted turns of a conversation, whoever spoke them.

        A turn is read with a few around it, so that no other conversation has a say.
        """
        texts = nameless(texts)
        asked = [at for at in wanted if coach[at]]
        answered = [at for at in wanted if not coach[at]]
        read = self.coach.read(texts, coach, asked)
        return {at: {name: row[None] for name, row in found.items()} for at, found in read.items()} | self.leaning(
            texts, coach, answered
        )

    def leaning(self, texts: Sequence[str], coach: Sequence[bool], wanted: Sequence[int]) -> dict[int, Looks]:
        """Both looks at `talk` for the wanted turns of a nameless conversation: as read, and as the words lean."""
        import numpy as np

        lean = self.lean.scores(meant(self.client.pieces, texts, wanted), wanted)
        read = self.client.read(texts, coach, wanted)
        return {at: {"talk": np.stack([read[at]["talk"], row])} for at, row in zip(wanted, lean, strict=True)}


def meant(pieces: Pieces, texts: Sequence[str], wanted: Sequence[int]) -> list[list[int]]:
    """The word pieces of the turns near the wanted ones, without marks; nothing of the others."""
    near = {at + by for at in wanted for by in AROUND}
    return [clipped(pieces.of(without_marks(text))) if at in near else [] for at, text in enumerate(texts)]


@cache
def load_reader() -> Reader | None:
    """The transformers, ready to read; None where their file or what runs them is not there."""
    if not FILE.exists() or not find_spec("onnxruntime"):
        return None
    some = arrays_in(FILE)
    spelled = some["vocabulary"].tobytes().decode().split("\n")
    pieces = Pieces({word: at for at, word in enumerate(spelled) if word})
    words = Words(some["words-whole"], some["words-step"])
    lean = Lean(words, *(some[f"lean-{name}"] for name in LEAN))
    coach = Transformer(graph_in(some["graph"].tobytes()), pieces, words, COLUMNS)
    client = Transformer(graph_in(some["client-graph"].tobytes()), pieces, words, HEADS["client"], brief=True)
    return Reader(coach, client, lean, mixes_in(some), float(some["coach-line"]))


LEAN = ("middle", "weights", "bias")


def mixes_in(some: "Mapping[str, NDArray[Any]]") -> dict[tuple[Role, bool, str], Mix]:
    """The mixes among an artefact's arrays."""
    found: dict[tuple[Role, bool, str], Mix] = {}
    for role, heads in HEADS.items():
        for marked in (True, False):
            part = f"{role}-{'marked' if marked else 'bare'}"
            for name, codes in heads.items():
                quick, *looks = some[f"{part}-{name}-mix"].tolist()
                found[role, marked, name] = Mix(quick, tuple(looks), head_in(some, f"{part}-{name}", codes))
    return found
