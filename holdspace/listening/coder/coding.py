"""Turns in, coded turns out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from holdspace.listening.values import Act, Code, CodedTurn, Role, Turn

from .acts import Held, Span, acts_of, bare_spans_of, kinds_in, spans_of
from .lexicon import KNOWN
from .model import HEADS, Model, load, load_marks
from .ready import Ready, as_written, restored, spoken
from .scoring import Scored, scored
from .why import reasons
from .words import is_marked, lacks_marks

CODER = "light-1"
"""Name and version of this coder, as it stands in the JSON."""
EMPTY = {"main": "other", "question": "none", "reflection": "none", "input": "none", "talk": "neutral"}
"""What a turn without words is."""
FAMILIAR = 0.3
"""The share of common English words under which the coder is sure of nothing."""


def code_turns(turns: Sequence[Turn], roles: Sequence[Role]) -> tuple[CodedTurn, ...]:
    """What every turn does, in the order given; `roles[k]` says who speaks `turns[k]`.

    A coach's turn gets the codes `main`, `question`, `reflection` and `input`, a client's `talk`, any other none.
    Probabilities are calibrated on conversations the model had not seen; see docs/coder.md.
    Raises ValueError when there are not as many roles as turns.
    """
    if len(turns) != len(roles):
        raise ValueError(f"{len(turns)} turns but {len(roles)} roles")
    whole = is_marked([turn.text for turn in turns])
    marked = [whole and not lacks_marks(turn.text) for turn in turns]
    coded = [CodedTurn(turn, role, _nothing(role, one)) for turn, role, one in zip(turns, roles, marked, strict=True)]
    for way in sorted(set(marked)):
        places, ready = spoken(prepared(turns, roles, way))
        whole_pass = Pass(tuple(turns[at] for at in places), tuple(ready), way)
        for role in HEADS:
            wanted = [k for k, at in enumerate(places) if roles[at] == role and marked[at] == way]
            for k, one in whole_pass.coded(role, wanted):
                coded[places[k]] = one
    return tuple(coded)


def prepared(turns: Sequence[Turn], roles: Sequence[Role], marked: bool) -> list[Ready]:
    """All turns made ready, with their own marks or with marks put back."""
    coach = [role == "coach" for role in roles]
    if marked:
        return [as_written(turn.text, one) for turn, one in zip(turns, coach, strict=True)]
    return restored([turn.text for turn in turns], coach, load_marks())


@dataclass(frozen=True, slots=True)
class Pass:
    """One way through a conversation: the turns that hold words, made ready with or without their own marks."""

    turns: tuple[Turn, ...]
    ready: tuple[Ready, ...]
    marked: bool

    def coded(self, role: Role, wanted: Sequence[int]) -> Iterator[tuple[int, CodedTurn]]:
        """The wanted places of one role, coded."""
        model = load(role, self.marked)
        for some in scored(model, self.ready, wanted):
            here = [self.ready[k] for k in some.places]
            codes = codes_of(model, some, [_familiar(turn) for turn in here])
            said = [(self.turns[k].text, self.ready[k]) for k in some.places]
            why = reasons(model, some, said, model.picks(model.chances(some.scores)), self.marked)
            acts = self._acts(model, some, codes) if role == "coach" else {}
            for at, k in enumerate(some.places):
                yield k, CodedTurn(self.turns[k], role, codes[at], acts.get(at, ()), MappingProxyType(why[at]))

    def _acts(self, model: Model, some: Scored, codes: Sequence[Mapping[str, Code]]) -> dict[int, tuple[Act, ...]]:
        held = [
            Held(at, self.ready[k], self._spans(k), kinds_in(codes[at]), _familiar(self.ready[k]))
            for at, k in enumerate(some.places)
        ]
        return acts_of(model, held, some)

    def _spans(self, place: int) -> list[Span]:
        text, ready = self.turns[place].text, self.ready[place]
        return spans_of(text) if self.marked else bare_spans_of(text, ready.sentences)


def _familiar(turn: Ready) -> bool:
    return sum(word in KNOWN for word in turn.words) >= FAMILIAR * len(turn.words)


def codes_of(model: Model, some: Scored, familiar: Sequence[bool]) -> list[Mapping[str, Code]]:
    """The codes of every turn of a batch; nothing is sure of a turn that is not familiar."""
    found: list[dict[str, Code]] = [{} for _ in familiar]
    chances = model.chances(some.scores)
    for name, picks in model.picks(chances).items():
        head, rows = model.heads[name], chances[name].tolist()
        for at, pick in enumerate(picks.tolist()):
            p = rows[at][pick]
            found[at][name] = Code(head.codes[pick], p, familiar[at] and p >= head.sure)
    return [MappingProxyType(codes) for codes in found]


def _nothing(role: Role, marked: bool) -> Mapping[str, Code]:
    """What a turn without words is, as likely as that is of any turn."""
    heads = load(role, marked).heads if role in HEADS else {}
    return MappingProxyType(
        {name: Code(EMPTY[name], head.prior_of(EMPTY[name]), False) for name, head in heads.items()}
    )
