"""The engines as they run: fold by fold their artefacts in files, whole unseen conversations through `code_turns`."""

import re
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from sklearn.metrics import f1_score

from holdspace.listening.coder import Engine, careful, code_turns, model
from holdspace.listening.values import Turn
from training import annomi, fit, sessions
from training.folding import FOLDS, fold_of
from training.judging import everything_unseen

WAYS = {
    "as written": lambda text: text,
    "lower case, no marks": annomi.stripped,
    "no marks": lambda text: re.sub(r"[^\w\s']", " ", text),
    "no apostrophes either": lambda text: re.sub(r"[^\w\s]", "", text.lower()),
    "stops for question marks": lambda text: text.replace("?", "."),
}
Judged = tuple[str, str, bool]


def judged(some: Sequence[annomi.Conversation], way: str, engine: Engine) -> Iterator[tuple[str, Judged]]:
    """For every turn and head: what people coded, what the coder did, and whether it was sure."""
    for conversation in some:
        turns = [Turn(at, one.role, WAYS[way](one.text)) for at, one in enumerate(conversation.utterances)]
        coded = code_turns(turns, [one.role for one in conversation.utterances], engine)
        for one, people in zip(coded, conversation.utterances, strict=True):
            for head, code in one.codes.items():
                yield head, (people.labels[head], code.code, code.sure)


def use(quick: Path) -> None:
    """Let the quick engine run on another model, and the careful one rest."""
    model.FILE, careful.FILE = quick, Path("nowhere")
    for kept in (model.load, model.load_marks, model._arrays, careful.load_reader):
        kept.cache_clear()


def report(path: Path) -> Iterator[str]:
    """The quick engine on text as it may come, line by line; each fold's model never saw its videos."""
    some = annomi.conversations(path)
    places, found = fold_of(some), defaultdict(list)
    with tempfile.TemporaryDirectory() as held:
        for at in range(FOLDS):
            learn = [one for one in some if places[one.video] != at]
            unseen = everything_unseen(learn, sessions.conversations())
            use(fit.quick_artefact([*learn, *sessions.conversations()], unseen, Path(held) / "fold.npz"))
            for way in WAYS:
                for head, one in judged([one for one in some if places[one.video] == at], way, "quick"):
                    found[way, head].append(one)
    yield "text                      head       macro-F1  sure  right when sure"
    for (way, head), turns in found.items():
        people, said, sure = (np.array(column) for column in zip(*turns, strict=True))
        score = f1_score(people, said, average="macro")
        yield f"{way:<26}{head:<11}{score:.3f}     {sure.mean():.2f}  {(people == said)[sure].mean():.3f}"
