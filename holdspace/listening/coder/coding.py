"""Turns in, coded turns out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from holdspace.listening.values import Act, Code, CodedTurn, Role, Turn

from .acts import TOLD, Held, Span, acts_of, bare_spans_of, kinds_in, spans_of
from .careful import Reader, load_reader
from .judging import Batch, Judged, judged
from .lexicon import KNOWN
from .model import HEADS, Model, load, load_marks
from .ready import Ready, as_written, restored, spoken
from .scoring import Scored, scored
from .why import reasons
from .words import is_marked, lacks_marks, without_marks

if TYPE_CHECKING:
    from .model import Floats

Engine = Literal["quick", "careful"]
NAMES: dict[Engine, str] = {"quick": "quick-4", "careful": "careful-6"}
"""Name and version of each engine, as it stands in the JSON."""
EMPTY = {"main": "other", "question": "none", "reflection": "none", "input": "none", "talk": "neutral"}
"""What a turn without words is."""
FAMILIAR = 0.3
"""The share of common English words under which the coder is sure of nothing."""


def coder_for(engine: Engine) -> str:
    """The name of the engine that codes when this one is wanted: the quick one where the careful one is not there."""
    return NAMES["careful" if engine == "careful" and load_reader() else "quick"]


def code_turns(turns: Sequence[Turn], roles: Sequence[Role], engine: Engine = "careful") -> tuple[CodedTurn, ...]:
    """What every turn does, in the order given; `roles[k]` says who speaks `turns[k]`.

    A coach's turn gets the codes `main`, `question`, `reflection` and `input`, a client's `talk`, any other none.
    The quick engine weighs words and signs; the careful one has a transformer look again at a coach's doubtful turns
    and another at a client's, and weighs what a client's words mean; it is the quick one where that is not installed.
    Probabilities are calibrated on conversations the model had not seen; see docs/coder.md. Raises ValueError when
    there are not as many roles as turns.
    """
    if len(turns) != len(roles):
        raise ValueError(f"{len(turns)} turns but {len(roles)} roles")
    reader = load_reader() if engine == "careful" else None
    whole = is_marked([turn.text for turn in turns])
    marked = [whole and not lacks_marks(turn.text) for turn in turns]
    coded = [CodedTurn(turn, role, _nothing(role, one)) for turn, role, one in zip(turns, roles, marked, strict=True)]
    for way in sorted(set(marked)):
        places, ready = spoken(prepared(turns, roles, way))
        whole_pass = Pass(tuple(turns[at] for at in places), tuple(ready), way, reader)
        wanted = {role: [k for k, at in enumerate(places) if (roles[at], marked[at]) == (role, way)] for role in HEADS}
        for k, one in whole_pass.coded(wanted):
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
    reader: Reader | None = None

    def coded(self, wanted: Mapping[Role, Sequence[int]]) -> Iterator[tuple[int, CodedTurn]]:
        """The wanted places of each role, coded."""
        batches = [
            Batch(role, some, judged(load(role, self.marked).heads, load(role, self.marked).chances(some.scores)))
            for role, places in wanted.items()
            for some in scored(load(role, self.marked), self.ready, places)
        ]
        read = self._read(batches)
        for one in batches:
            yield from self._batch(one, self._again(one, read))

    def _read(self, batches: Sequence[Batch]) -> "dict[int, dict[str, Floats]]":
        """What the second look says of all turns that call for one, whoever spoke them."""
        if self.reader is None:
            return {}
        wanted = [place for one in batches for place in one.doubtful(self.reader)]
        texts = [turn.text if self.marked else without_marks(turn.text) for turn in self.turns]
        return self.reader.again(texts, [turn.coach for turn in self.ready], wanted)

    def _again(self, one: Batch, read: "Mapping[int, Mapping[str, Floats]]") -> dict[str, Judged]:
        if self.reader is None:
            return one.first
        return one.with_second_look(self.reader, self.marked, read, load(one.role, self.marked).columns())

    def _batch(self, one: Batch, found: Mapping[str, Judged]) -> Iterator[tuple[int, CodedTurn]]:
        role, some, model = one.role, one.some, load(one.role, self.marked)
        codes = codes_of(found, [_familiar(self.ready[k]) for k in some.places])
        said = [(self.turns[k].text, self.ready[k]) for k in some.places]
        why = reasons(model, some, said, {name: head.picks for name, head in found.items()}, self.marked)
        acts = self._acts(model, some, self._kinds(one, codes)) if role == "coach" else {}
        for at, k in enumerate(some.places):
            yield k, CodedTurn(self.turns[k], role, codes[at], acts.get(at, ()), MappingProxyType(why[at]))

    def _kinds(self, one: Batch, codes: Sequence[Mapping[str, Code]]) -> list[frozenset[str]]:
        """The kinds of act that each turn may hold: those that either engine found in it."""
        first = codes_of(one.first, [True] * len(codes))
        return [kinds_in(some) | kinds_in(other) for some, other in zip(first, codes, strict=True)]

    def _acts(self, model: Model, some: Scored, kinds: Sequence[frozenset[str]]) -> dict[int, tuple[Act, ...]]:
        held = [
            Held(at, self.ready[k], self._spans(k), kinds[at], _familiar(self.ready[k]))
            for at, k in enumerate(some.places)
        ]
        return acts_of(model, held, some)

    def _spans(self, place: int) -> list[Span]:
        text, ready = self.turns[place].text, self.ready[place]
        if len(ready.sentences) == 1 and (len(ready.words) < TOLD or (self.marked and ready.sentences[0].mark != "?")):
            return []
        return spans_of(text) if self.marked else bare_spans_of(text, ready.sentences)


def _familiar(turn: Ready) -> bool:
    return sum(map(KNOWN.__contains__, turn.words)) >= FAMILIAR * len(turn.words)


def codes_of(found: Mapping[str, Judged], familiar: Sequence[bool]) -> list[Mapping[str, Code]]:
    """The codes of every turn of a batch; nothing is sure of a turn that is not familiar."""
    codes: list[dict[str, Code]] = [{} for _ in familiar]
    for name, head in found.items():
        for at, (pick, p, sure) in enumerate(head.lines()):
            codes[at][name] = Code(head.codes[pick], p, familiar[at] and sure)
    return [MappingProxyType(one) for one in codes]


def _nothing(role: Role, marked: bool) -> Mapping[str, Code]:
    """What a turn without words is, as likely as that is of any turn."""
    heads = load(role, marked).heads if role in HEADS else {}
    return MappingProxyType(
        {name: Code(EMPTY[name], head.prior_of(EMPTY[name]), False) for name, head in heads.items()}
    )
