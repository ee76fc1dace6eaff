"""Fine-tuning the small transformer on whole stretches of talk, as written and stripped of marks."""

import random
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as fn
from numpy.typing import NDArray
from torch import Tensor

from holdspace.listening.coder.careful import COLUMNS
from holdspace.listening.coder.pieces import Pieces
from holdspace.listening.coder.windows import END, MARK, SIZE, clipped
from training.annomi import Conversation, stripped
from training.network import LAYERS, Network, vocabulary

SEED, EPOCHS, AT_ONCE = 11, 2, 2
RATE, HEAD_RATE, LOWER, FADE, WARM = 2.5e-4, 1e-3, 0.88, 0.01, 0.08
"""How fast the top layer and the heads learn, how much slower each lower layer, how weights fade, the warming up."""
FROZEN = 1
BARE = 0.4
"""How often a conversation is read stripped of its marks."""
EVEN = 0.35
"""How far rare codes are made up for: 0 not at all, 1 wholly."""
SMOOTHED = 0.05
WEIGHTS = {"main": 1.0, "question": 1.0, "reflection": 0.5, "input": 0.7, "talk": 1.0}
Labels = dict[str, int]
Turns = list[tuple[list[int], int]]
"""Each turn's pieces, and 1 where a client speaks."""
Packed = tuple[Tensor, Tensor, Tensor, Tensor, Tensor]
Batch = list[tuple[int, bool, list[int]]]
"""Windows: conversation, whether stripped, places of its turns."""


@dataclass(frozen=True, slots=True)
class Read:
    """A conversation ready to be learned from: as written, stripped, and the labels of its turns."""

    written: Turns
    bare: Turns
    labels: list[Labels]

    def turns(self, bare: bool) -> Turns:
        """One of its two forms."""
        return self.bare if bare else self.written


def pieces() -> Pieces:
    """The published vocabulary."""
    return Pieces({word: at for at, word in enumerate(vocabulary()) if word})


def settings() -> str:
    """Everything besides the conversations that what is learned depends on."""
    paces = (RATE, HEAD_RATE, LOWER, FADE, WARM)
    return repr((LAYERS, SEED, EPOCHS, AT_ONCE, paces, FROZEN, BARE, EVEN, SMOOTHED, WEIGHTS, SIZE))


def ready(some: Sequence[Conversation]) -> list[Read]:
    """Conversations as pieces."""
    reader = pieces()
    return [
        Read(
            [(clipped(reader.of(one.text)), int(one.role == "client")) for one in conversation.utterances],
            [(clipped(reader.of(stripped(one.text))), int(one.role == "client")) for one in conversation.utterances],
            [{head: COLUMNS[head].index(code) for head, code in one.labels.items()} for one in conversation.utterances],
        )
        for conversation in some
    ]


def tuned(some: Sequence[Conversation], say: str = "") -> dict[str, NDArray[np.float32]]:
    """The network's weights by name after learning from these conversations: always the same for the same ones."""
    torch.manual_seed(SEED)
    torch.set_num_threads(1)
    rng, lessons = random.Random(SEED), ready(some)
    network = Network().start(FROZEN)
    plan = list(_plan(lessons, rng))
    even = _evened(lessons)
    optimizer = torch.optim.AdamW(_groups(network))
    warm, whole = int(WARM * len(plan)), len(plan)
    pace = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda at: min((at + 1) / warm, max(0.0, (whole - at) / (whole - warm)))
    )
    trained = [weights for group in optimizer.param_groups for weights in group["params"]]
    network.train()
    begun = time.monotonic()
    for at, batch in enumerate(plan):
        loss = _loss(network, lessons, batch, even)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(trained, 1.0)
        optimizer.step()
        pace.step()
        if say and at % 100 == 99:
            print(f"{say}: {at + 1} of {whole} steps, {time.monotonic() - begun:.0f} s", flush=True)
    return {name: weights.half().float().numpy() for name, weights in network.state_dict().items()}


def _groups(network: Network) -> list[dict[str, object]]:
    """What is trained, lower layers slower."""
    layers = list(network.layers)
    groups: list[dict[str, object]] = [
        {
            "params": [some for some in layer.parameters() if some.requires_grad],
            "lr": RATE * LOWER ** (LAYERS - 1 - at),
            "weight_decay": FADE,
        }
        for at, layer in enumerate(layers)
    ]
    below = [network.role.weight, *network.norm.parameters()]
    groups.append({"params": below, "lr": RATE * LOWER**LAYERS, "weight_decay": 0})
    groups.append({"params": list(network.heads.parameters()), "lr": HEAD_RATE, "weight_decay": FADE})
    return groups


def _plan(lessons: Sequence[Read], rng: random.Random) -> Iterator[Batch]:
    """All batches: every conversation once an epoch, cut afresh, windows of like length side by side."""
    for _ in range(EPOCHS):
        some: Batch = []
        for at, lesson in enumerate(lessons):
            bare = rng.random() < BARE
            some += [(at, bare, window) for window in _cut(lesson.turns(bare), rng)]
        rng.shuffle(some)
        for begin in range(0, len(some), AT_ONCE * 16):
            near = sorted(some[begin : begin + AT_ONCE * 16], key=lambda one: _length(lessons, one))
            batches = [near[at : at + AT_ONCE] for at in range(0, len(near), AT_ONCE)]
            rng.shuffle(batches)
            yield from batches


def _length(lessons: Sequence[Read], one: tuple[int, bool, list[int]]) -> int:
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


def _evened(lessons: Sequence[Read]) -> dict[str, Tensor]:
    """By head what a turn of each code weighs."""
    found = {}
    for head, codes in COLUMNS.items():
        seen = Counter(labels[head] for lesson in lessons for labels in lesson.labels if head in labels)
        share = np.array([seen[at] for at in range(len(codes))], float)
        share /= share.sum()
        raised = share**-EVEN
        found[head] = torch.tensor(raised / (share * raised).sum(), dtype=torch.float32)
    return found


def _loss(network: Network, lessons: Sequence[Read], batch: Batch, even: dict[str, Tensor]) -> Tensor:
    scores = network(*packed([[lessons[at].turns(bare)[place] for place in window] for at, bare, window in batch]))
    labels = [lessons[at].labels[place] for at, _, window in batch for place in window]
    loss = torch.zeros(())
    for head in COLUMNS:
        rows = [row for row, known in enumerate(labels) if head in known]
        if rows:
            wanted = torch.tensor([labels[row][head] for row in rows])
            missed = fn.cross_entropy(
                scores[head][rows], wanted, weight=even[head], label_smoothing=SMOOTHED, reduction="sum"
            )
            loss = loss + WEIGHTS[head] * missed / max(8, len(rows))
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
