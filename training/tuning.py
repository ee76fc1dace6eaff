"""Fine-tuning the small transformers on whole stretches of talk, as written and stripped of marks."""

import random
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch
import torch.nn.functional as fn
from numpy.typing import NDArray
from torch import Tensor

from holdspace.listening.coder.careful import COLUMNS
from holdspace.listening.coder.nameless import nameless
from holdspace.listening.coder.pieces import Pieces
from holdspace.listening.coder.windows import END, MARK, SIZE, clipped, trimmed
from holdspace.listening.coder.words import quiet, words_of
from training.annomi import Conversation, stripped
from training.network import LAYERS, Network, vocabulary

SEED = 11
LOWER, FADE, WARM, HEAD_RATE = 0.88, 0.01, 0.08, 1e-3
"""How much slower each lower layer learns, how weights fade, the warming up, how fast the heads learn."""
FROZEN = 1
BARE = 0.4
"""How often a conversation is read stripped of its marks."""
AT_ONCE = 2 * SIZE
"""Pieces of one step, about."""
Labels = dict[str, int]
Turns = list[tuple[list[int], int]]
"""Each turn's pieces, and 1 where a client speaks."""
Packed = tuple[Tensor, Tensor, Tensor, Tensor, Tensor]
Batch = list[tuple[int, bool, list[int]]]
"""Windows: conversation, whether stripped, places of its turns."""
State = Mapping[str, NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class Course:
    """How a transformer is taught: what the mistakes of each head weigh, how many layers it has and how fast the top
    one learns, how far rare codes are made up for (0 not at all, 1 wholly), and whether a coach's turn is read by its
    ends alone."""

    weights: Mapping[str, float]
    rate: float
    layers: int = LAYERS
    epochs: int = 2
    even: float = 0.35
    smoothed: float = 0.05
    brief: bool = False

    @property
    def codes(self) -> dict[str, tuple[str, ...]]:
        """The codes of each of its heads."""
        return {head: COLUMNS[head] for head in COLUMNS if head in self.weights}

    def network(self) -> Network:
        """A network that has learned nothing yet but English."""
        return Network(self.codes, self.layers).start(FROZEN)


COACH = Course({"main": 1.0, "question": 1.0, "reflection": 0.5, "input": 0.7, "talk": 1.0}, rate=2.5e-4)
HABITS = Course({"talk": 1.0}, rate=2.5e-4, layers=3, even=0.5, smoothed=0.08, brief=True)
"""How a client leans, first learned from our own talks."""
CLIENT = replace(HABITS, rate=1.5e-4)
"""And then from real ones."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """A conversation ready to be learned from: as written, stripped, the labels of its turns, and what it counts."""

    written: Turns
    bare: Turns
    labels: list[Labels]
    counts: float = 1.0

    def turns(self, bare: bool) -> Turns:
        """One of its two forms."""
        return self.bare if bare else self.written


def pieces() -> Pieces:
    """The published vocabulary."""
    return Pieces({word: at for at, word in enumerate(vocabulary()) if word})


def settings(course: Course) -> str:
    """Everything besides the conversations that what is learned depends on."""
    return repr((course, SEED, LOWER, FADE, WARM, HEAD_RATE, FROZEN, BARE, SIZE, AT_ONCE))


def lesson(one: Conversation, course: Course, reader: Pieces, counts: float = 1.0) -> Lesson:
    """A conversation as it is read when the coder runs: turns without a word left out, names set aside."""
    said = [turn for turn in one.utterances if words_of(quiet(turn.text))]

    def ready(texts: list[str]) -> Turns:
        cuts = [trimmed if course.brief and turn.role == "coach" else clipped for turn in said]
        clients = [int(turn.role == "client") for turn in said]
        return [(cut(reader.of(text)), who) for cut, text, who in zip(cuts, nameless(texts), clients, strict=True)]

    labels = [
        {head: codes.index(turn.labels[head]) for head, codes in course.codes.items() if head in turn.labels}
        for turn in said
    ]
    texts = [turn.text for turn in said]
    return Lesson(ready(texts), ready(list(map(stripped, texts))), labels, counts)


def tuned(lessons: Sequence[Lesson], course: Course, begin: State | None = None, say: str = "") -> State:
    """The network's weights by name after this course, from where another one ended: always the same for the same
    lessons."""
    torch.manual_seed(SEED)
    torch.set_num_threads(1)
    network = course.network()
    if begin is not None:
        network.load_state_dict({name: torch.tensor(some) for name, some in begin.items()})
    plan, even = list(_plan(lessons, course, random.Random(SEED))), _evened(lessons, course)
    optimizer = torch.optim.AdamW(_groups(network, course))
    warm, whole = int(WARM * len(plan)), len(plan)
    pace = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda at: min((at + 1) / max(1, warm), max(0.0, (whole - at) / (whole - warm)))
    )
    trained = [weights for group in optimizer.param_groups for weights in group["params"]]
    network.train()
    begun = time.monotonic()
    for at, batch in enumerate(plan):
        loss = _loss(network, lessons, batch, course, even)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(trained, 1.0)
        optimizer.step()
        pace.step()
        if say and at % 100 == 99:
            print(f"{say}: {at + 1} of {whole} steps, {time.monotonic() - begun:.0f} s", flush=True)
    return {name: weights.half().float().numpy() for name, weights in network.state_dict().items()}


def _groups(network: Network, course: Course) -> list[dict[str, object]]:
    """What is trained, lower layers slower."""
    groups: list[dict[str, object]] = [
        {
            "params": [some for some in layer.parameters() if some.requires_grad],
            "lr": course.rate * LOWER ** (course.layers - 1 - at),
            "weight_decay": FADE,
        }
        for at, layer in enumerate(network.layers)
    ]
    below = [network.role.weight, *network.norm.parameters()]
    groups.append({"params": below, "lr": course.rate * LOWER**course.layers, "weight_decay": 0})
    groups.append({"params": list(network.heads.parameters()), "lr": HEAD_RATE, "weight_decay": FADE})
    return groups


def _plan(lessons: Sequence[Lesson], course: Course, rng: random.Random) -> Iterator[Batch]:
    """All batches: every conversation once an epoch, cut afresh, windows of like length side by side."""
    for _ in range(course.epochs):
        some: Batch = []
        for at, one in enumerate(lessons):
            bare = rng.random() < BARE
            some += [(at, bare, w) for w in _cut(one.turns(bare), rng) if any(one.labels[place] for place in w)]
        rng.shuffle(some)
        for begin in range(0, len(some), 64):
            batches = list(_batches(lessons, sorted(some[begin : begin + 64], key=lambda w: _length(lessons, w))))
            rng.shuffle(batches)
            yield from batches


def _batches(lessons: Sequence[Lesson], windows: Batch) -> Iterator[Batch]:
    """Windows, from short to long, so many at a time as AT_ONCE has room for."""
    now: Batch = []
    for one in windows:
        if now and (len(now) + 1) * _length(lessons, one) > AT_ONCE:
            yield now
            now = []
        now.append(one)
    yield now


def _length(lessons: Sequence[Lesson], one: tuple[int, bool, list[int]]) -> int:
    at, bare, window = one
    return sum(len(lessons[at].turns(bare)[place][0]) + 1 for place in window)


def _cut(turns: Turns, rng: random.Random) -> list[list[int]]:
    """The conversation in windows of up to SIZE pieces, the first of any length."""
    found: list[list[int]] = []
    now: list[int] = []
    held, limit = 1, rng.randint(SIZE // 3, SIZE)
    for at, (some, _) in enumerate(turns):
        if now and held + len(some) + 1 > limit:
            found.append(now)
            now, held, limit = [], 1, SIZE
        now.append(at)
        held += len(some) + 1
    return [*found, now] if now else found


def _evened(lessons: Sequence[Lesson], course: Course) -> dict[str, Tensor]:
    """By head what a turn of each code weighs."""
    found = {}
    for head, codes in course.codes.items():
        seen = np.full(len(codes), 1e-9)
        for one in lessons:
            for labels in one.labels:
                if head in labels:
                    seen[labels[head]] += one.counts
        share = seen / seen.sum()
        raised = share**-course.even
        found[head] = torch.tensor(raised / (share * raised).sum(), dtype=torch.float32)
    return found


def _loss(
    network: Network, lessons: Sequence[Lesson], batch: Batch, course: Course, even: Mapping[str, Tensor]
) -> Tensor:
    scores = network(*packed([[lessons[at].turns(bare)[place] for place in window] for at, bare, window in batch]))
    said = [(lessons[at].labels[place], lessons[at].counts) for at, _, window in batch for place in window]
    loss = torch.zeros(())
    for head, weight in course.weights.items():
        rows = [row for row, (labels, _) in enumerate(said) if head in labels]
        if rows:
            wanted = torch.tensor([said[row][0][head] for row in rows])
            missed = fn.cross_entropy(
                scores[head][rows], wanted, weight=even[head], label_smoothing=course.smoothed, reduction="none"
            )
            loss = loss + weight * (missed * torch.tensor([said[row][1] for row in rows])).sum() / max(8, len(rows))
    return loss


def packed(windows: Sequence[Turns]) -> Packed:
    """Windows side by side as the network takes them."""
    reader = PLACES
    rows = []
    for window in windows:
        ids, roles, owner = [], [], []
        for at, (some, role) in enumerate(window):
            ids += [reader[MARK], *some]
            roles += [role] * (len(some) + 1)
            owner += [at] * (len(some) + 1)
        rows.append(([*ids, reader[END]], [*roles, roles[-1]], [*owner, -1]))
    wide, turns = max(len(ids) for ids, _, _ in rows), sum(len(window) for window in windows)
    places, role = torch.zeros(2, len(rows), wide, dtype=torch.long)
    there, pool = torch.zeros(len(rows), wide, dtype=torch.bool), torch.zeros(turns, len(rows) * wide)
    first, turn = [], 0
    for row, (ids, roles, owner) in enumerate(rows):
        places[row, : len(ids)], role[row, : len(ids)], there[row, : len(ids)] = (
            torch.tensor(ids),
            torch.tensor(roles),
            True,
        )
        for at in range(len(windows[row])):
            where = [row * wide + k for k, one in enumerate(owner) if one == at]
            pool[turn, where] = 1 / len(where)
            first.append(where[0])
            turn += 1
    return places, role, there, torch.tensor(first), pool


PLACES = {word: at for at, word in enumerate(vocabulary()) if word in (MARK, END)}
