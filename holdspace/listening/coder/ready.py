"""A turn made ready for counting, whether it came with punctuation or without."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from .words import Sentence, quiet, sentences_of, words_of


class Restorer(Protocol):
    """Anything that can put marks back into bare words."""

    def restored(self, turns: Sequence[Sequence[str]]) -> list[tuple[Sentence, ...]]:
        """The sentences of every turn."""
        ...


@dataclass(frozen=True, slots=True)
class Ready:
    """One turn made ready: who speaks, its words and sentences, whether it breaks off.

    `since` and `left` count the turns before and after it.
    """

    coach: bool
    words: tuple[str, ...]
    sentences: tuple[Sentence, ...]
    begins_cut: bool = False
    ends_cut: bool = False
    since: int = 0
    left: int = 0


def as_written(text: str, coach: bool) -> Ready:
    """A punctuated turn."""
    plain = quiet(text)
    edge = plain.strip()
    cut = edge.endswith(("-", "–", "—", "…", "..."))
    return Ready(coach, words_of(plain), sentences_of(plain), edge[:1] in tuple("-–—…"), cut)


def restored(texts: Sequence[str], coach: Sequence[bool], marks: Restorer) -> list[Ready]:
    """Turns without reliable marks; their own marks are set aside and others put in."""
    words = [words_of(quiet(text)) for text in texts]
    sentences = marks.restored(words)
    return [Ready(*one) for one in zip(coach, words, sentences, strict=True)]


def spoken(turns: Sequence[Ready]) -> tuple[list[int], list[Ready]]:
    """The turns that hold words, each knowing its place among them, and where they stood."""
    places = [at for at, turn in enumerate(turns) if turn.words]
    last = len(places) - 1
    return places, [replace(turns[at], since=k, left=last - k) for k, at in enumerate(places)]
