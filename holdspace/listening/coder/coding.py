"""Turns in, coded turns out."""

from collections.abc import Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

from holdspace.listening.values import Code, CodedTurn, Role, Turn

from .model import BATCH, EMPTY, HEADS, Head, Model, load, scores
from .signs import Ready, ready
from .words import is_marked

if TYPE_CHECKING:
    from .model import Floats

CODER = "light-1"
"""Name and version of this coder, as it stands in the JSON."""
SEEN = 6
"""How many earlier turns a turn may look back on."""


def code_turns(turns: Sequence[Turn], roles: Sequence[Role]) -> tuple[CodedTurn, ...]:
    """What every turn does, in the order given; `roles[k]` says who speaks `turns[k]`.

    A coach's turn gets the codes `main`, `question`, `reflection` and `input`, a client's `talk`, any other none.
    Probabilities are calibrated on conversations the model had not seen; see docs/coder.md.
    Raises ValueError when there are not as many roles as turns.
    """
    if len(turns) != len(roles):
        raise ValueError(f"{len(turns)} turns but {len(roles)} roles")
    marked = is_marked([turn.text for turn in turns])
    prepared = [ready(turn.text, role == "coach", marked) for turn, role in zip(turns, roles, strict=True)]
    spoken = [at for at, one in enumerate(prepared) if one.words]
    codes: dict[int, dict[str, Code]] = {}
    for role in HEADS:
        wanted = [k for k, at in enumerate(spoken) if roles[at] == role]
        found = _codes(load()[role, marked], [prepared[at] for at in spoken], wanted)
        codes |= {spoken[k]: code for k, code in zip(wanted, found, strict=True)}
        codes |= {
            at: _nothing(load()[role, marked]) for at in range(len(turns)) if roles[at] == role and at not in codes
        }
    return tuple(
        CodedTurn(turn, role, MappingProxyType(codes.get(at, {})))
        for at, (turn, role) in enumerate(zip(turns, roles, strict=True))
    )


def _codes(model: Model, turns: Sequence[Ready], wanted: Sequence[int]) -> list[dict[str, Code]]:
    found: list[dict[str, Code]] = []
    for begin in range(0, len(turns), BATCH):
        low, high = max(0, begin - SEEN), min(len(turns), begin + BATCH + 1)
        here = [at - low for at in wanted if begin <= at < begin + BATCH]
        if here:
            found += _picked(model, scores(model, turns[low:high], here), len(here))
    return found


def _picked(model: Model, some: "dict[str, Floats]", count: int) -> list[dict[str, Code]]:
    found: list[dict[str, Code]] = [{} for _ in range(count)]
    for name, head in model.heads.items():
        chances = head.chances(some[name])
        best = (chances * head.favour).argmax(axis=1).tolist()
        for at, (row, pick) in enumerate(zip(chances.tolist(), best, strict=True)):
            found[at][name] = Code(head.codes[pick], row[pick], row[pick] >= head.sure)
    return found


def _nothing(model: Model) -> dict[str, Code]:
    return {name: _prior(name, head) for name, head in model.heads.items()}


def _prior(name: str, head: Head) -> Code:
    return Code(EMPTY[name], float(head.prior[head.codes.index(EMPTY[name])]), False)
