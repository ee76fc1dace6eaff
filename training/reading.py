"""The fine-tuned transformers on turns they never saw: one for every fold, and the one that ships."""

import io
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from hashlib import sha256
from itertools import repeat
from pathlib import Path

import numpy as np

from holdspace.listening.coder import careful
from holdspace.listening.coder.careful import COLUMNS, Reader, graph_in
from holdspace.listening.coder.meanings import Lean, Words
from holdspace.listening.coder.model import arrays_in
from holdspace.listening.coder.nameless import nameless
from holdspace.listening.coder.pieces import Pieces
from holdspace.listening.coder.words import quiet, words_of
from training import sessions
from training.annomi import Conversation, stripped
from training.fit import write
from training.folding import FOLDS, fold_of
from training.judging import Read, Unseen
from training.learn import Floats
from training.meanings import leanings, words_of_weights

FILE = Path(__file__).with_name("unseen.npz")
"""The scores of the transformers of the folds, by conversation: numbers from which no word can be read."""
WIDTH = sum(len(codes) for codes in COLUMNS.values())


class NotTheSame(ValueError):
    """The kept scores belong to other conversations than these."""


def tuned_graph(some: Sequence[Conversation], say: str, shelf: Path | None = None) -> bytes:
    """A transformer fine-tuned on these conversations, as the graph that runs; from the shelf, if it stands there."""
    from training.graph import graph_of
    from training.network import LAYERS
    from training.tuning import settings, tuned

    place = shelf / f"{_known_by(some, settings())}.onnx" if shelf else None
    if place and place.exists():
        return place.read_bytes()
    graph = graph_of(tuned(some, say), LAYERS).SerializeToString()
    if place:
        place.parent.mkdir(parents=True, exist_ok=True)
        unfinished = place.with_suffix(".part")
        unfinished.write_bytes(graph)
        unfinished.rename(place)
    return graph


def _known_by(some: Sequence[Conversation], settings: str) -> str:
    """A name for what is learned from these conversations in this way."""
    said = "\n".join(f"{one.name} {turn.text} {turn.labels}" for one in some for turn in one.utterances)
    return sha256(f"{settings}\n{said}".encode()).hexdigest()[:16]


def tuned_graphs(some: Sequence[Conversation], hands: int = 2, shelf: Path | None = None) -> list[bytes]:
    """One graph for every fold, which never saw its videos, and last the one that saw all."""
    places = fold_of(some)
    parts = [tuple(one for one in some if places[one.video] != at) for at in range(FOLDS)]
    names = [*(f"fold {at + 1}" for at in range(FOLDS)), "the one that ships"]
    with ProcessPoolExecutor(hands) as pool:
        return list(pool.map(tuned_graph, [*parts, tuple(some)], names, repeat(shelf)))


@dataclass(frozen=True, slots=True)
class Begin:
    """What the transformer of every fold begins with: its word pieces, one a line, and what they mean."""

    vocabulary: bytes
    words: Words

    @property
    def pieces(self) -> Pieces:
        """What spells words."""
        return Pieces({word: at for at, word in enumerate(self.vocabulary.decode().split("\n")) if word})

    def reader(self, graph: bytes) -> Reader:
        """A reader that scores and judges nothing."""
        none = np.zeros(0, np.float32)
        return Reader(graph_in(graph), self.pieces, Lean(self.words, none, none, none), {}, 0.0)


def begin() -> Begin:
    """What the published weights begin with."""
    from training.network import table, vocabulary

    return Begin("\n".join(vocabulary()).encode(), words_of_weights(table()))


def shipped() -> tuple[bytes, Begin]:
    """The transformer that ships, and what it began with."""
    some = arrays_in(careful.FILE)
    return some["graph"].tobytes(), Begin(some["vocabulary"].tobytes(), Words(some["words-whole"], some["words-step"]))


def fine_tuned(
    some: Sequence[Conversation], quick: Sequence[Unseen], hands: int, shelf: Path | None
) -> tuple[bytes, Begin]:
    """The transformer that learned from all, after the scores of those of the folds have been kept."""
    begun, graphs = begin(), tuned_graphs(some, hands, shelf)
    keep(read_unseen(some, quick, graphs, begun), some)
    return graphs[-1], begun


def read_unseen(some: Sequence[Conversation], quick: Sequence[Unseen], graphs: Sequence[bytes], begun: Begin) -> Read:
    """What the transformer of each fold says of the turns of its videos: of the doubtful ones as it reads them when the
    coder runs, of the others as it would, should another machine's arithmetic find them doubtful."""
    places = fold_of(some)
    readers = [begun.reader(graph) for graph in graphs[:FOLDS]]
    found: dict[tuple[str, bool], Floats] = {}
    for marked in (True, False):
        ways = [(one, one.doubtful()) for one in quick if one.marked == marked and one.role == "coach"]
        for conversation in some:
            held = np.full((len(conversation.utterances), WIDTH), np.nan, np.float32)
            reader = readers[places[conversation.video]]
            for doubtful in (False, True):
                of = [
                    one.lot.places[(found_so == doubtful) & (one.lot.sessions == conversation.name)]
                    for one, found_so in ways
                ]
                for at, row in _rows(reader, conversation, marked, np.concatenate(of).tolist()).items():
                    held[at] = row
            found[conversation.name, marked] = held
    return found


def _rows(reader: Reader, conversation: Conversation, marked: bool, wanted: Sequence[int]) -> dict[int, Floats]:
    """The scores of the wanted turns, with only the turns that hold words beside them, as when the coder runs."""
    said = [at for at, one in enumerate(conversation.utterances) if words_of(quiet(one.text))]
    texts = [conversation.utterances[at].text for at in said]
    coach = [conversation.utterances[at].role == "coach" for at in said]
    plain = nameless(texts if marked else [stripped(text) for text in texts])
    read = reader.read(plain, coach, [said.index(at) for at in wanted])
    return {said[at]: np.concatenate(list(row.values())) for at, row in read.items()}


def digest(some: Sequence[Conversation]) -> bytes:
    """What the conversations and their folds are told by."""
    places = fold_of(some)
    said = "\n".join(f"{places[one.video]} {one.name} {turn.text}" for one in some for turn in one.utterances)
    return sha256(said.encode()).digest()


def keep(read: Read, some: Sequence[Conversation], path: Path = FILE) -> None:
    """Keep the scores for later tables."""
    arrays = {
        f"{name}-{'marked' if marked else 'bare'}": rows.astype(np.float16) for (name, marked), rows in read.items()
    }
    write(arrays | {"digest": np.frombuffer(digest(some), np.uint8)}, path, packed=True)


def kept(some: Sequence[Conversation], path: Path = FILE) -> Mapping[tuple[str, bool], Floats]:
    """The scores kept for these conversations. Raises NotTheSame for others, FileNotFoundError where none are kept."""
    with np.load(io.BytesIO(path.read_bytes()), allow_pickle=False) as held:
        if held["digest"].tobytes() != digest(some):
            raise NotTheSame("the kept scores belong to other conversations: run `holdspace listening train` first")
        ways = {"marked": True, "bare": False}
        names = [name for name in held.files if name != "digest"]
        return {
            (name.rpartition("-")[0], ways[name.rpartition("-")[2]]): held[name].astype(np.float32) for name in names
        }


def read_and_weighed(some: Sequence[Conversation]) -> Read:
    """The kept scores, with those of what a client's words mean, weighed again by folds."""
    _, begun = shipped()
    return leanings(some, sessions.conversations(), kept(some), begun.pieces, begun.words)[0]
