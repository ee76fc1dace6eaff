"""Check the acts within turns on conversations unseen in training: `python -m training.acts --annomi PATH`."""

import argparse
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from holdspace.listening.coder.acts import Held, acts_of, kinds_in, spans_of
from holdspace.listening.coder.coding import codes_of
from holdspace.listening.coder.model import Model
from holdspace.listening.coder.ready import as_written, spoken
from holdspace.listening.coder.scoring import scored
from training import annomi, own
from training.learn import learned, lots

KINDS = {"open": "question", "closed": "question", "reflection": "reflection"}
Seen = tuple[frozenset[str], frozenset[str]]


def seen_by_people(labels: dict[str, str]) -> frozenset[str]:
    """The kinds of act that people coded in a turn: question, reflection, input."""
    return frozenset(head for head in ("question", "reflection", "input") if labels[head] != "none")


def judged(model: Model, conversation: annomi.Conversation) -> Iterator[Seen]:
    """For every coach turn with words the kinds people coded and the kinds among its acts (none when it shows none)."""
    utterances = conversation.utterances
    places, ready = spoken([as_written(one.text, one.role == "coach") for one in utterances])
    wanted = [k for k, at in enumerate(places) if utterances[at].role == "coach"]
    for some in scored(model, ready, wanted):
        codes = codes_of(model, some, [True] * len(some.places))
        texts = [utterances[places[k]].text for k in some.places]
        held = [
            Held(at, ready[k], spans_of(texts[at]), kinds_in(codes[at]), familiar=True)
            for at, k in enumerate(some.places)
        ]
        acts = acts_of(model, held, some)
        for at, k in enumerate(some.places):
            found = frozenset(KINDS.get(act.code, "input") for act in acts.get(at, ()) if act.code != "other")
            yield seen_by_people(utterances[places[k]].labels), found


def unseen(path: Path, folds: int = 5) -> Iterator[Seen]:
    """The same for all conversations, each by a model made without its video."""
    some = annomi.conversations(path)
    lot = lots(some + own.conversations(), marked=True)["coach"]
    for learn, check in lot.folds(folds):
        model, videos = learned(lot.part(learn), folds=2), set(np.unique(lot.videos[check]))
        for conversation in some:
            if conversation.video in videos:
                yield from judged(model, conversation)


def main() -> None:
    """Print how acts agree with people."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--annomi", type=Path, required=True)
    turns = list(unseen(parser.parse_args().annomi))
    several = [(people, found) for people, found in turns if len(people) > 1]
    shown = [(people, found) for people, found in turns if found]
    acts = sum(len(found) for _, found in shown)
    right = sum(len(people & found) for people, found in shown)
    print(f"people coded several kinds of act in {len(several)} of {len(turns)} turns")
    print(f"acts shown in {sum(bool(found) for _, found in several)} of those, and in {len(shown)} turns in all")
    print(f"of {acts} kinds of act shown, people saw {right} in that turn ({right / acts:.2f})")


if __name__ == "__main__":
    main()
