"""Acts within a turn: the stretches of a coach's turn that each do one thing."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from holdspace.listening.values import Act, Code

from .lexicon import ASKED, BOUND, LINKS, SHORT, TELLERS, VERBS, WHAT, WHEN
from .model import Model
from .ready import Ready
from .scoring import Scored, alone
from .words import ENDS, Sentence, located, quiet, sentences_of, words_of

if TYPE_CHECKING:
    from .model import Floats

ACTS = ("open", "closed", "reflection", "information", "advice", "offer", "other")
"""Codes of acts: the two kinds of question, a reflection, the three kinds of input, and anything else."""
LEAST, CLEAR = 0.3, 0.7
"""Under LEAST an act is none; from CLEAR on it stands even where the whole turn was not found to hold it."""
TURN_TO_ASKING = re.compile(
    r"[,;–—-]\s+(?=(?:(?:so|and|but|okay|well|um|uh|then|now)\s+)?(?:what|how|why|when|where|who|which|"
    r"(?:do|did|are|have|can|could|would|will) you|(?:is|does|was) (?:that|it|there))\b)",
    re.IGNORECASE,
)
"""Where a sentence that ends in a question may turn from telling to asking."""
TOLD = 4
"""As many words at least are told before the asking begins."""


@dataclass(frozen=True, slots=True)
class Held:
    """A turn of a batch by its place there, the spans it falls into and the kinds of act it may hold."""

    place: int
    turn: Ready
    spans: "Sequence[Span]"
    kinds: frozenset[str]
    familiar: bool


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a turn's text: character offsets, end exclusive, and the sentences it holds."""

    start: int
    end: int
    sentences: tuple[Sentence, ...]

    @property
    def words(self) -> tuple[str, ...]:
        """All its words."""
        return tuple(word for sentence in self.sentences for word in sentence.words)


def spans_of(text: str) -> list[Span]:
    """The sentences of a punctuated turn as spans, cut once more where one turns to asking."""
    plain = quiet(text)
    cuts = [0, *(end.end() for end in ENDS.finditer(plain)), len(plain)]
    found: list[Span] = []
    for begin, end in pairwise(cuts):
        for start, stop in _turned(plain, begin, end):
            sentences = sentences_of(plain[start:stop])
            if sentences:
                found.append(_trimmed(plain, Span(start, stop, sentences)))
    return _without_fillers(found)


def _turned(text: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    turn = TURN_TO_ASKING.search(text, begin, end) if text[begin:end].rstrip().endswith("?") else None
    if turn and len(words_of(text[begin : turn.start()])) > 2:
        yield begin, turn.end()
        yield turn.end(), end
    else:
        yield begin, end


def bare_spans_of(text: str, sentences: Sequence[Sentence]) -> list[Span]:
    """The sentences of a turn without marks as spans, where they were put back, cut once more where one asks."""
    words = located(quiet(text))
    found, at = [], 0
    for sentence in sentences:
        cut = _asking_from(sentence.words)
        for begin, end in ((0, cut), (cut, len(sentence.words))):
            if begin < end:
                part = Sentence(sentence.words[begin:end], "?" if begin == cut and cut else sentence.mark)
                found.append(Span(words[at + begin][1], words[at + end - 1][2], (part,)))
        at += len(sentence.words)
    return _without_fillers(found)


def _asking_from(words: Sequence[str]) -> int:
    """The first word of a question that begins within a run of bare words; 0 where none does."""
    for at in range(TOLD, len(words) - 1):
        word, follows = words[at], words[at + 1]
        if word in WHAT | WHEN:
            opens = follows in VERBS and words[at - 1] not in BOUND
        else:
            opens = word in VERBS and follows in ASKED and words[at - 1] not in BOUND | TELLERS
        if opens:
            while words[at - 1] in LINKS and at > TOLD:
                at -= 1
            return at
    return 0


def _trimmed(text: str, span: Span) -> Span:
    inside = text[span.start : span.end]
    start = span.start + len(inside) - len(inside.lstrip(" \t\r\n-–—,;…."))
    return replace(span, start=start, end=span.start + len(inside.rstrip(" \t\r\n-–—,;")))


def _without_fillers(spans: Sequence[Span]) -> list[Span]:
    """The spans, those that only listen ("Okay.") joined to the next, or at the end to the one before."""
    found: list[Span] = []
    waiting: Span | None = None
    for span in spans:
        whole = _joined(waiting, span) if waiting else span
        waiting = None
        if SHORT.issuperset(whole.words):
            waiting = whole
        else:
            found.append(whole)
    if waiting:
        found[-1:] = [_joined(found[-1], waiting)] if found else [waiting]
    return found


def _joined(first: Span, second: Span) -> Span:
    return Span(first.start, second.end, first.sentences + second.sentences)


def acts_of(model: Model, held: Sequence[Held], some: Scored) -> dict[int, tuple[Act, ...]]:
    """By place, the acts of those turns of a batch that do several things. A kind of act that the whole turn was
    not found to hold is found in a part of it only where it is clear."""
    flat = [(one, span) for one in held if len(one.spans) > 1 for span in one.spans]
    if not flat:
        return {}
    ready = [replace(one.turn, words=span.words, sentences=span.sentences) for one, span in flat]
    scores = alone(model, ready, [one.place for one, _ in flat], some)
    picks = _picked(model, scores, [one.kinds for one, _ in flat])
    found: dict[int, list[Act]] = {}
    for (one, span), (code, p) in zip(flat, picks, strict=True):
        sure = one.familiar and p >= model.heads["main"].sure
        found.setdefault(one.place, []).append(Act(code, span.start, span.end, p, sure))
    merged = {place: tuple(_merged(acts)) for place, acts in found.items()}
    return {place: acts for place, acts in merged.items() if len({act.code for act in acts} - {"other"}) > 1}


def kinds_in(codes: Mapping[str, Code]) -> frozenset[str]:
    """The main codes that a turn may hold besides "other", by its heads."""
    there = {head for head in ("question", "reflection", "input") if codes[head].code != "none"}
    return frozenset(there | {codes["main"].code})


def _picked(model: Model, scores: "Floats", kinds: Sequence[frozenset[str]]) -> Iterator[tuple[str, float]]:
    """The act of every span among those allowed, with its probability."""
    import numpy as np

    chances = model.chances(scores)
    main = model.heads["main"]
    barred = np.array([[code != "other" and code not in some for code in main.codes] for some in kinds])
    held = np.where(barred & (chances["main"] < CLEAR), -1.0, chances["main"] * main.favour)
    for at, pick in enumerate(held.argmax(axis=1).tolist()):
        kind, p = main.codes[pick], float(chances["main"][at][pick])
        if p < LEAST:
            yield "other", float(chances["main"][at][main.codes.index("other")])
        elif kind in ("question", "input"):
            row = chances[kind][at][1:]
            best = int((row * model.heads[kind].favour[1:]).argmax())
            yield model.heads[kind].codes[1 + best], p * float(row[best] / row.sum())
        else:
            yield kind, p


def _merged(acts: Sequence[Act]) -> Iterator[Act]:
    """Neighbours that do the same become one act, as likely as the likeliest of them."""
    waiting = acts[0]
    for act in acts[1:]:
        if act.code == waiting.code:
            waiting = replace(waiting, end=act.end, p=max(act.p, waiting.p), sure=act.sure or waiting.sure)
        else:
            yield waiting
            waiting = act
    yield waiting
