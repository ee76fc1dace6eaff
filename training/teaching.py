"""Which transformer is taught what: for every fold one that never saw its videos, and last the one that ships."""

import io
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import numpy as np

from training.annomi import Conversation
from training.folding import FOLDS, fold_of
from training.graph import graph_of
from training.sessions import HABITS as ABOUT_HABITS
from training.tuning import CLIENT, COACH, HABITS, Course, State, lesson, pieces, settings, tuned

OURS = 0.5
"""What a turn of our own sessions weighs beside one of our talks about habits, where a lean is first learned."""


@dataclass(frozen=True, slots=True)
class Task:
    """One transformer to be taught, from where another one ended if there is a `begin`."""

    name: str
    course: Course
    some: tuple[Conversation, ...]
    begin: State | None = None

    def state(self) -> State:
        """What it has learned at the end."""
        reader = pieces()
        lessons = [lesson(one, self.course, reader, counts(one)) for one in self.some]
        return tuned(lessons, self.course, self.begin, self.name)

    def known_by(self) -> str:
        """A name for what is learned from these conversations in this way."""
        said = sha256(settings(self.course).encode())
        for one in self.some:
            for turn in one.utterances:
                said.update(f"{one.name} {turn.text} {turn.labels}\n".encode())
        for name, weights in (self.begin or {}).items():
            said.update(name.encode() + weights.tobytes())
        return said.hexdigest()[:16]


def counts(one: Conversation) -> float:
    """What a turn of this conversation weighs."""
    return OURS if one.name.startswith("own-") and not one.name.startswith(ABOUT_HABITS) else 1.0


def graph(task: Task, shelf: Path | None = None) -> bytes:
    """The transformer of a task, as the graph that runs."""
    return _shelved(
        shelf, f"{task.known_by()}.onnx", lambda: graph_of(task.state(), task.course.layers).SerializeToString()
    )


def coach_graphs(some: Sequence[Conversation], hands: int, shelf: Path | None) -> list[bytes]:
    """Those that read a coach's turns."""
    return _graphs([Task(f"coach, {name}", COACH, part) for name, part in _parts(some)], hands, shelf)


def client_graphs(
    some: Sequence[Conversation], ours: Sequence[Conversation], hands: int, shelf: Path | None
) -> list[bytes]:
    """Those that read a client's turns: taught by our own talks first, all the same, then each by real ones."""
    first = Task("client, our own talks", HABITS, tuple(ours))
    kept = _shelved(shelf, f"{first.known_by()}.npz", lambda: _packed(first.state()))
    with np.load(io.BytesIO(kept), allow_pickle=False) as held:
        begin = {name: held[name] for name in held.files}
    return _graphs([Task(f"client, {name}", CLIENT, part, begin) for name, part in _parts(some)], hands, shelf)


def _parts(some: Sequence[Conversation]) -> list[tuple[str, tuple[Conversation, ...]]]:
    places = fold_of(some)
    folds = [(f"fold {at + 1}", tuple(one for one in some if places[one.video] != at)) for at in range(FOLDS)]
    return [*folds, ("the one that ships", tuple(some))]


def _graphs(tasks: Sequence[Task], hands: int, shelf: Path | None) -> list[bytes]:
    with ProcessPoolExecutor(hands) as pool:
        return list(pool.map(graph, tasks, [shelf] * len(tasks)))


def _shelved(shelf: Path | None, name: str, make: Callable[[], bytes]) -> bytes:
    """What stands on the shelf under this name; made and put there where it does not."""
    if shelf is None:
        return make()
    place = shelf / name
    if not place.exists():
        shelf.mkdir(parents=True, exist_ok=True)
        unfinished = place.with_suffix(".part")
        unfinished.write_bytes(make())
        unfinished.rename(place)
    return place.read_bytes()


def _packed(state: State) -> bytes:
    held = io.BytesIO()
    np.savez(held, **state)  # type: ignore[arg-type]
    return held.getvalue()
