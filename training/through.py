"""Check the coder as it runs, on text as it may come: `python -m training.through --annomi PATH`.

Each fold's model is written to a file, and whole unseen conversations go through `code_turns`.
"""

import argparse
import re
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from sklearn.metrics import f1_score
from sklearn.model_selection import GroupKFold

from holdspace.listening.coder import code_turns, model
from holdspace.listening.values import Turn
from training import annomi, fit, own

WAYS = {
    "as written": lambda text: text,
    "lower case, no marks": annomi.stripped,
    "no marks": lambda text: re.sub(r"[^\w\s']", " ", text),
    "no apostrophes either": lambda text: re.sub(r"[^\w\s]", "", text.lower()),
    "stops for question marks": lambda text: text.replace("?", "."),
}
Judged = tuple[str, str, bool]


def judged(some: Sequence[annomi.Conversation], way: str) -> Iterator[tuple[str, Judged]]:
    """For every turn and head: what people coded, what the coder did, and whether it was sure."""
    for conversation in some:
        turns = [Turn(at, one.role, WAYS[way](one.text)) for at, one in enumerate(conversation.utterances)]
        coded = code_turns(turns, [one.role for one in conversation.utterances])
        for one, people in zip(coded, conversation.utterances, strict=True):
            for head, code in one.codes.items():
                yield head, (people.labels[head], code.code, code.sure)


def use(path: Path) -> None:
    """Let the coder run on another model."""
    model.FILE = path
    for kept in (model.load, model.load_marks, model._arrays):
        kept.cache_clear()


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--annomi", type=Path, required=True)
    some = annomi.conversations(parser.parse_args().annomi)
    videos = [conversation.video for conversation in some]
    found: dict[tuple[str, str], list[Judged]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as held:
        for learn, check in GroupKFold(5).split(videos, groups=videos):
            use(fit.fitted(tuple(some[at] for at in learn) + own.conversations(), Path(held) / "fold.npz"))
            for way in WAYS:
                for head, one in judged([some[at] for at in check], way):
                    found[way, head].append(one)
    print("text                      head       macro-F1  sure  right when sure")
    for (way, head), turns in found.items():
        people, said, sure = (np.array(column) for column in zip(*turns, strict=True))
        score = f1_score(people, said, average="macro")
        print(f"{way:<26}{head:<11}{score:.3f}     {sure.mean():.2f}  {(people == said)[sure].mean():.3f}")


if __name__ == "__main__":
    main()
