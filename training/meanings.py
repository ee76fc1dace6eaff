"""Which way a client's words lean, learned from what word pieces mean by themselves."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from holdspace.listening.coder.careful import COLUMNS, meant
from holdspace.listening.coder.meanings import Lean, Words, with_neighbours
from holdspace.listening.coder.nameless import nameless
from holdspace.listening.coder.pieces import Pieces
from holdspace.listening.coder.words import quiet, words_of
from training.annomi import Conversation, stripped
from training.folding import FOLDS, fold_of
from training.judging import LEAN, Read
from training.learn import OURS, Floats

Small = NDArray[np.float32]
STRENGTH = 0.2
Turns = tuple[list[int], Small]
"""The places of a client's turns in a conversation, and what was meant in and around them."""


def words_of_weights(table: Small) -> Words:
    """A table of word pieces [pieces, size] in whole numbers of eight bits."""
    step = np.maximum(np.abs(table).max(axis=1, keepdims=True), 1e-9) / 127
    return Words(np.rint(table / step).astype(np.int8), step.astype(np.float32))


def client_turns(one: Conversation, marked: bool, pieces: Pieces, words: Words, middle: Small) -> Turns:
    """A conversation's client turns that hold words, with only such turns beside them, as when the coder runs."""
    said = [at for at, turn in enumerate(one.utterances) if words_of(quiet(turn.text))]
    texts = [one.utterances[at].text for at in said]
    whole = words.turns(
        meant(pieces, nameless(texts if marked else list(map(stripped, texts))), range(len(said))), middle
    )
    rows = [row for row, at in enumerate(said) if one.utterances[at].role == "client"]
    return [said[row] for row in rows], with_neighbours(whole, rows)


@dataclass(frozen=True, slots=True)
class Lesson:
    """One conversation to learn from: what its client meant, and what each turn counts."""

    conversation: Conversation
    turns: Turns
    counts: float

    def truth(self) -> list[int]:
        """The code that people gave each of the client's turns, by its place."""
        codes, said = list(COLUMNS["talk"]), self.conversation.utterances
        return [codes.index(said[at].labels["talk"]) for at in self.turns[0]]


def lean_of(lessons: Sequence[Lesson], words: Words, middle: Small) -> Lean:
    """What is learned from these conversations, as written."""
    truth = [code for one in lessons for code in one.truth()]
    counts = np.repeat([one.counts for one in lessons], [len(one.turns[0]) for one in lessons])
    fitted = LogisticRegression(C=STRENGTH, class_weight="balanced", max_iter=200, tol=1e-3)
    fitted.fit(np.concatenate([one.turns[1] for one in lessons]), truth, counts)
    return Lean(words, middle, fitted.coef_.T.astype(np.float32), fitted.intercept_.astype(np.float32))


def leanings(
    some: Sequence[Conversation], extra: Sequence[Conversation], read: Read, pieces: Pieces, words: Words
) -> tuple[Read, Lean]:
    """The transformers' scores and beside them those of the meanings, by folds, where a client speaks; and what all
    teach. `extra` is only learned from."""
    middle, places = words.middle(), fold_of(some)

    def lesson(one: Conversation, marked: bool = True, counts: float = 1.0) -> Lesson:
        return Lesson(one, client_turns(one, marked, pieces, words, middle), counts)

    ours = [lesson(one, counts=OURS) for one in extra]
    ways = {marked: [lesson(one, marked) for one in some] for marked in (True, False)}
    found = {
        key: np.pad(rows, ((0, 0), (0, LEAN.stop - LEAN.start)), constant_values=np.nan) for key, rows in read.items()
    }
    for fold in range(FOLDS):
        seen = [one for one in ways[True] if places[one.conversation.video] != fold]
        lean = lean_of([*seen, *ours], words, middle)
        for marked, lessons in ways.items():
            for one in (some for some in lessons if places[some.conversation.video] == fold):
                _write(found, (one.conversation.name, marked), one.turns, lean)
    return found, lean_of([*ways[True], *ours], words, middle)


def _write(found: Mapping[tuple[str, bool], Floats], key: tuple[str, bool], turns: Turns, lean: Lean) -> None:
    places, rows = turns
    if places:
        found[key][places, LEAN] = rows @ lean.weights + lean.bias
