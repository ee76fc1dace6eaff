"""The coder as it ships on conversations that it never learned from: `holdspace listening held`."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from holdspace.listening.coder import coder_for
from training import annomi, reading
from training.learn import macro_f1
from training.through import Judged, judged


def learned_from(path: Path = reading.FILE) -> frozenset[str]:
    """The names of the conversations that the artefact learned from."""
    with np.load(path, allow_pickle=False) as held:
        return frozenset(name.rpartition("-")[0] for name in held.files if name != "digest")


def report(path: Path) -> Iterator[str]:
    """Both engines, as written and stripped, line by line; what was learned from is left out and said."""
    every, known = annomi.conversations(path), learned_from()
    some = [one for one in every if one.name not in known]
    if len(some) < len(every):
        yield f"Left out, since the coder learned from them: {len(every) - len(some)} of {len(every)} conversations."
    if not some:
        raise ValueError("every conversation in this file is one that the coder learned from")
    yield f"{len(some)} conversations that the coder never saw, by what ships."
    yield "engine     text                  head        macro-F1  right  sure  right when sure"
    for engine in ("quick", "careful"):
        for way in ("as written", "lower case, no marks"):
            found: dict[str, list[Judged]] = defaultdict(list)
            for head, one in judged(some, way, engine):
                found[head].append(one)
            yield from (f"{coder_for(engine):<11}{way:<22}{head:<12}{_figures(turns)}" for head, turns in found.items())


def _figures(turns: Sequence[Judged]) -> str:
    people, said, sure = (np.array(column) for column in zip(*turns, strict=True))
    codes = sorted({*people.tolist(), *said.tolist()})
    score = macro_f1(np.searchsorted(codes, people), np.searchsorted(codes, said))
    right = people == said
    when_sure = f"{right[sure].mean():.3f}" if sure.any() else "–"
    return f"{score:.3f}     {right.mean():.3f}  {sure.mean():.2f}  {when_sure}"
