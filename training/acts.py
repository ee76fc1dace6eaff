"""How the acts within turns agree with people, on conversations unseen in training."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from holdspace.listening.coder.acts import Held, acts_of, kinds_in, spans_of
from holdspace.listening.coder.coding import codes_of
from holdspace.listening.coder.judging import judged as judged_by
from holdspace.listening.coder.model import Model
from holdspace.listening.coder.ready import as_written, spoken
from holdspace.listening.coder.scoring import scored
from training import annomi, sessions
from training.folding import FOLDS, fold_of
from training.judging import unseen_in
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
        codes = codes_of(judged_by(model.heads, model.chances(some.scores)), [True] * len(some.places))
        texts = [utterances[places[k]].text for k in some.places]
        held = [
            Held(at, ready[k], spans_of(texts[at]), kinds_in(codes[at]), familiar=True)
            for at, k in enumerate(some.places)
        ]
        acts = acts_of(model, held, some)
        for at, k in enumerate(some.places):
            found = frozenset(KINDS.get(act.code, "input") for act in acts.get(at, ()) if act.code != "other")
            yield seen_by_people(utterances[places[k]].labels), found


def unseen(path: Path) -> Iterator[Seen]:
    """The same for all conversations, each by a model made without its video."""
    some = annomi.conversations(path)
    places = fold_of(some)
    for at in range(FOLDS):
        learn = [one for one in some if places[one.video] != at]
        lot = lots([*learn, *sessions.conversations()], marked=True)["coach"]
        model = learned(lot, unseen_in(lot, True, fold_of(learn)).scores)
        for conversation in (one for one in some if places[one.video] == at):
            yield from judged(model, conversation)


def report(turns: Sequence[Seen]) -> Iterator[str]:
    """How acts agree with people, line by line."""
    several = [(people, found) for people, found in turns if len(people) > 1]
    shown = [(people, found) for people, found in turns if found]
    acts = sum(len(found) for _, found in shown)
    right = sum(len(people & found) for people, found in shown)
    yield f"people coded several kinds of act in {len(several)} of {len(turns)} turns"
    yield f"acts shown in {sum(bool(found) for _, found in several)} of those, and in {len(shown)} turns in all"
    yield f"of {acts} kinds of act shown, people saw {right} in that turn ({right / acts:.2f})"
