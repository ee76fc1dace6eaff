"""Turns in, coded turns out."""

from collections.abc import Sequence
from types import MappingProxyType

from holdspace.listening.values import Code, CodedTurn, Role, Turn

from .model import HEADS, Model, load, load_marks
from .ready import Ready, as_written, restored
from .scoring import Scored, scored
from .words import is_marked

CODER = "light-1"
"""Name and version of this coder, as it stands in the JSON."""
EMPTY = {"main": "other", "question": "none", "reflection": "none", "input": "none", "talk": "neutral"}
"""What a turn without words is."""


def code_turns(turns: Sequence[Turn], roles: Sequence[Role]) -> tuple[CodedTurn, ...]:
    """What every turn does, in the order given; `roles[k]` says who speaks `turns[k]`.

    A coach's turn gets the codes `main`, `question`, `reflection` and `input`, a client's `talk`, any other none.
    Probabilities are calibrated on conversations the model had not seen; see docs/coder.md.
    Raises ValueError when there are not as many roles as turns.
    """
    if len(turns) != len(roles):
        raise ValueError(f"{len(turns)} turns but {len(roles)} roles")
    marked = is_marked([turn.text for turn in turns])
    ready = prepared(turns, roles, marked)
    spoken = [at for at, one in enumerate(ready) if one.words]
    codes: dict[int, dict[str, Code]] = {}
    for role in HEADS:
        model = load(role, marked)
        wanted = [k for k, at in enumerate(spoken) if roles[at] == role]
        for some in scored(model, [ready[at] for at in spoken], wanted):
            codes |= {spoken[k]: code for k, code in zip(some.places, _codes(model, some), strict=True)}
        codes |= {at: _nothing(model) for at in range(len(turns)) if roles[at] == role and not ready[at].words}
    return tuple(
        CodedTurn(turn, role, MappingProxyType(codes.get(at, {})))
        for at, (turn, role) in enumerate(zip(turns, roles, strict=True))
    )


def prepared(turns: Sequence[Turn], roles: Sequence[Role], marked: bool) -> list[Ready]:
    """All turns made ready, with their own marks or with marks put back."""
    coach = [role == "coach" for role in roles]
    if marked:
        return [as_written(turn.text, one) for turn, one in zip(turns, coach, strict=True)]
    return restored([turn.text for turn in turns], coach, load_marks())


def _codes(model: Model, some: Scored) -> list[dict[str, Code]]:
    found: list[dict[str, Code]] = [{} for _ in some.places]
    for name, columns in model.columns().items():
        head = model.heads[name]
        chances = head.chances(some.scores[:, columns])
        best = head.picked(chances).tolist()
        for at, (row, pick) in enumerate(zip(chances.tolist(), best, strict=True)):
            found[at][name] = Code(head.codes[pick], row[pick], row[pick] >= head.sure)
    return found


def _nothing(model: Model) -> dict[str, Code]:
    return {
        name: Code(EMPTY[name], float(head.prior[head.codes.index(EMPTY[name])]), False)
        for name, head in model.heads.items()
    }
