"""The fine-tuned transformers on turns they never saw: one for every fold, and the one that ships."""

import io
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from hashlib import sha256
from pathlib import Path

import numpy as np

from holdspace.listening.coder.careful import COLUMNS, Reader, graph_in
from holdspace.listening.coder.pieces import Pieces
from holdspace.listening.coder.words import quiet, words_of
from training.annomi import Conversation, stripped
from training.fit import write
from training.folding import FOLDS, fold_of
from training.judging import Read, Unseen
from training.learn import Floats

FILE = Path(__file__).with_name("unseen.npz")
"""The scores of the transformers of the folds, by conversation: numbers from which no word can be read."""
WIDTH = sum(len(codes) for codes in COLUMNS.values())


class NotTheSame(ValueError):
    """The kept scores belong to other conversations than these."""


def tuned_graph(some: Sequence[Conversation], say: str) -> bytes:
    """A transformer fine-tuned on these conversations, as the graph that runs."""
    from training.graph import graph_of
    from training.network import LAYERS
    from training.tuning import tuned

    return graph_of(tuned(some, say), LAYERS).SerializeToString()


def tuned_graphs(some: Sequence[Conversation], hands: int = 2) -> list[bytes]:
    """One graph for every fold, which never saw its videos, and last the one that saw all."""
    places = fold_of(some)
    parts = [tuple(one for one in some if places[one.video] != at) for at in range(FOLDS)]
    names = [f"fold {at + 1}" for at in range(FOLDS)]
    with ProcessPoolExecutor(hands) as pool:
        return list(pool.map(tuned_graph, [*parts, tuple(some)], [*names, "the one that ships"]))


def vocabulary_bytes() -> bytes:
    """The word pieces, one a line."""
    from training.network import vocabulary

    return "\n".join(vocabulary()).encode()


def reader_for(graph: bytes, words: bytes) -> Reader:
    """A reader that scores and judges nothing."""
    pieces = Pieces({word: at for at, word in enumerate(words.decode().split("\n")) if word})
    return Reader(graph_in(graph), pieces, {}, {})


def read_unseen(some: Sequence[Conversation], quick: Sequence[Unseen], graphs: Sequence[bytes], words: bytes) -> Read:
    """What the transformer of each fold says of the doubtful turns of its videos."""
    places = fold_of(some)
    readers = [reader_for(graph, words) for graph in graphs[:FOLDS]]
    found: dict[tuple[str, bool], Floats] = {}
    for marked in (True, False):
        ways = [(one, one.doubtful()) for one in quick if one.marked == marked]
        for conversation in some:
            held = np.full((len(conversation.utterances), WIDTH), np.nan, np.float32)
            of = [one.lot.places[doubtful & (one.lot.sessions == conversation.name)] for one, doubtful in ways]
            wanted = np.concatenate(of).tolist()
            for at, row in _rows(readers[places[conversation.video]], conversation, marked, wanted).items():
                held[at] = row
            found[conversation.name, marked] = held
    return found


def _rows(reader: Reader, conversation: Conversation, marked: bool, wanted: Sequence[int]) -> dict[int, Floats]:
    """The scores of the wanted turns, with only the turns that hold words beside them, as when the coder runs."""
    said = [at for at, one in enumerate(conversation.utterances) if words_of(quiet(one.text))]
    texts = [conversation.utterances[at].text for at in said]
    coach = [conversation.utterances[at].role == "coach" for at in said]
    read = reader.read(
        texts if marked else [stripped(text) for text in texts], coach, [said.index(at) for at in wanted]
    )
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
