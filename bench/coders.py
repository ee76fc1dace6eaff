"""How well and how fast turns are coded, beside a spaCy classifier taught on the same folds and ConvoKit's corpus."""

import os
import resource
import subprocess
import sys
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from .table import Row, cpu

ANNOMI = os.environ.get("HOLDSPACE_ANNOMI", "")
FOLDERS = "holdspace/listening/coder"
ABSENT = "not installed; bin/bench --peers installs it"
HEADS = {
    "main": ("question", "reflection", "input", "other"),
    "question": ("none", "open", "closed"),
    "talk": ("change", "neutral", "sustain"),
}
ROUNDS = 6
PEAK = """
import sys
from pathlib import Path
from holdspace.listening import Turn
from holdspace.listening.coder import code_turns
code_turns([Turn(0, "a", "What would help?"), Turn(1, "b", "I don't know.")], ["coach", "client"], sys.argv[1])
(peak,) = [line.split()[1] for line in Path("/proc/self/status").read_text().splitlines() if "VmHWM" in line]
print(int(peak) / 1000)
"""
"""The memory of a process of its own; the usual count would start from what the bench itself held when it began."""


def rows() -> Iterator[Row]:
    """Both engines and the peers on the same turns, one thread, in one run."""
    if not ANNOMI:
        yield Row("code turns, F1 and pace", "not measured", note="HOLDSPACE_ANNOMI does not say where AnnoMI is")
        return
    from training import annomi

    some = annomi.conversations(Path(ANNOMI))
    for engine in ("quick", "careful"):
        yield _ours(engine, some)
    yield _spacy(some)
    yield _convokit(some)


def _ours(engine: Any, some: Sequence[Any]) -> Row:
    from holdspace.listening import Turn
    from holdspace.listening.coder import code_turns, coder_for

    said = [
        (
            [Turn(at, one.role, one.text) for at, one in enumerate(talk.utterances)],
            [one.role for one in talk.utterances],
        )
        for talk in some[::4]
    ]
    count = sum(len(turns) for turns, _ in said)
    spent = cpu(lambda: [code_turns(turns, roles, engine) for turns, roles in said], times=3)
    done = subprocess.run([sys.executable, "-c", PEAK, engine], capture_output=True, text=True, check=True)
    files = ["quick.npz", "careful.npz"] if engine == "careful" else ["quick.npz"]
    size = sum((Path(FOLDERS) / name).stat().st_size for name in files) / 1e6
    ours = f"{count / spent:,.0f} turns/s"
    return Row(
        f"code turns: {coder_for(engine)}",
        ours,
        note=f"{float(done.stdout):.0f} MB peak, {size:.1f} MB; {_scores(engine)}",
    )


def _scores(engine: str) -> str:
    """Macro-F1 on the folds, from the kept scores; training tools are needed for that."""
    if find_spec("sklearn") is None:
        return "F1 not measured: scikit-learn is not installed"
    found = _judged()
    heads = (found.careful if engine == "careful" else found.quick)[True]
    return "F1 " + ", ".join(f"{name} {heads[name].by_fold().mean():.3f}" for name in HEADS)


@cache
def _judged() -> Any:
    from training import reading
    from training.evaluate import judgement, unseen

    some, quick = unseen(Path(ANNOMI))
    return judgement(quick, reading.read_and_weighed(some))


def _spacy(some: Sequence[Any]) -> Row:
    what = "code turns: spaCy text classifier, same folds"
    if find_spec("spacy") is None or find_spec("sklearn") is None:
        return Row(what, "–", f"spaCy: {ABSENT}")
    from sklearn.metrics import f1_score

    from training.folding import FOLDS, fold_of

    places = fold_of(some)
    scores: dict[str, list[float]] = {head: [] for head in HEADS}
    spent = count = 0.0
    for at in range(FOLDS):
        learn = [one for one in some if places[one.video] != at]
        check = [one for one in some if places[one.video] == at]
        for head in HEADS:
            taught = _taught(learn, head)
            texts, truth = _labelled(check, head)
            said = [max(doc.cats, key=doc.cats.__getitem__) for doc in taught.pipe(texts, batch_size=128)]
            spent += cpu(lambda taught=taught, texts=texts: list(taught.pipe(texts, batch_size=128)), times=1)  # type: ignore[misc]
            count += len(texts)
            scores[head].append(float(f1_score(truth, said, average="macro")))
    told = "F1 " + ", ".join(f"{head} {sum(some) / len(some):.3f}" for head, some in scores.items())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    return Row(what, "–", f"{count / spent:,.0f} turns/s a head", note=f"{told}; this whole run {peak:.0f} MB peak")


def _taught(some: Sequence[Any], head: str) -> Any:
    import spacy
    from spacy.training import Example
    from spacy.util import fix_random_seed

    fix_random_seed(0)
    language = spacy.blank("en")
    bag = {
        "@architectures": "spacy.TextCatBOW.v3",
        "exclusive_classes": True,
        "ngram_size": 2,
        "length": 262144,
        "no_output_layer": False,
    }
    pipe = language.add_pipe("textcat", config={"model": bag})
    for label in HEADS[head]:
        pipe.add_label(label)  # type: ignore[attr-defined]
    texts, truth = _labelled(some, head)
    examples = [
        Example.from_dict(language.make_doc(text), {"cats": {one: float(one == label) for one in HEADS[head]}})
        for text, label in zip(texts, truth, strict=True)
    ]
    language.initialize(lambda: examples[:200])
    for _ in range(ROUNDS):
        for begin in range(0, len(examples), 64):
            language.update(examples[begin : begin + 64])
    return language


def _labelled(some: Sequence[Any], head: str) -> tuple[list[str], list[str]]:
    """The turns that hold words and have this head, and their codes."""
    said = [one for talk in some for one in talk.utterances if head in one.labels and any(map(str.isalnum, one.text))]
    return [one.text for one in said], [one.labels[head] for one in said]


def _convokit(some: Sequence[Any]) -> Row:
    what = "build a corpus: ConvoKit (gives no coaching codes)"
    if find_spec("convokit") is None:
        return Row(what, "–", f"ConvoKit: {ABSENT}")
    from convokit import Corpus, Speaker, Utterance

    def build() -> object:
        people = {role: Speaker(id=role) for role in ("coach", "client")}
        lines = [
            Utterance(id=f"{talk.name}-{at}", speaker=people[one.role], conversation_id=talk.name, text=one.text)
            for talk in some
            for at, one in enumerate(talk.utterances)
        ]
        return Corpus(utterances=lines)

    count = sum(len(talk.utterances) for talk in some)
    return Row(what, "–", f"{count / cpu(build, times=1):,.0f} turns/s", note="reading in alone; no codes, no measures")
