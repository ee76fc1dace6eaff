"""The fine-tuned transformers on turns they never saw: one for every fold, and the one that ships."""

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import numpy as np

from holdspace.listening.coder import careful
from holdspace.listening.coder.careful import COLUMNS
from holdspace.listening.coder.meanings import Words
from holdspace.listening.coder.model import HEADS, arrays_in
from holdspace.listening.coder.nameless import nameless
from holdspace.listening.coder.pieces import Pieces
from holdspace.listening.coder.transformer import Transformer, graph_in
from holdspace.listening.coder.words import quiet, words_of
from holdspace.listening.values import Role
from training import sessions
from training.annomi import Conversation, stripped
from training.fit import write
from training.folding import FOLDS, fold_of
from training.judging import WIDTH, Read, Unseen
from training.learn import Floats
from training.meanings import leanings, words_of_weights

FILE = Path(__file__).with_name("unseen.npz")
"""The scores of the transformers of the folds, by conversation: numbers from which no word can be read."""


class NotTheSame(ValueError):
    """The kept scores belong to other conversations than these."""


@dataclass(frozen=True, slots=True)
class Begin:
    """What the transformer of every fold begins with: its word pieces, one a line, and what they mean."""

    vocabulary: bytes
    words: Words

    @property
    def pieces(self) -> Pieces:
        """What spells words."""
        return Pieces({word: at for at, word in enumerate(self.vocabulary.decode().split("\n")) if word})

    def transformer(self, graph: bytes, role: Role) -> Transformer:
        """The graph that reads turns of this role, ready to read."""
        columns = COLUMNS if role == "coach" else HEADS["client"]
        return Transformer(graph_in(graph), self.pieces, self.words, columns, brief=role == "client")


def begin() -> Begin:
    """What the published weights begin with."""
    from training.network import table, vocabulary

    return Begin("\n".join(vocabulary()).encode(), words_of_weights(table()))


Graphs = dict[str, bytes]
"""The transformers by the name under which the artefact holds them."""
NAMES: dict[Role, str] = {"coach": "graph", "client": "client-graph"}


def shipped() -> tuple[Graphs, Begin]:
    """The transformers that ship, and what they began with."""
    some = arrays_in(careful.FILE)
    words = Words(some["words-whole"], some["words-step"])
    graphs = {name: some[name].tobytes() for name in NAMES.values() if name in some}
    return graphs, Begin(some["vocabulary"].tobytes(), words)


def fine_tuned(
    some: Sequence[Conversation],
    ours: Sequence[Conversation],
    quick: Sequence[Unseen],
    roles: Sequence[Role],
    hands: int,
    shelf: Path | None,
) -> tuple[Graphs, Begin]:
    """The transformers that learned from all, those of other roles as they ship, after the scores of those of the folds
    have been kept."""
    from training.teaching import client_graphs, coach_graphs

    begun = begin()
    graphs: Graphs = {} if len(roles) == len(NAMES) else shipped()[0]
    found: Read = {} if len(roles) == len(NAMES) else kept(some)
    for role in roles:
        taught = coach_graphs(some, hands, shelf) if role == "coach" else client_graphs(some, ours, hands, shelf)
        graphs[NAMES[role]] = taught[-1]
        found = read_unseen(some, quick, [begun.transformer(graph, role) for graph in taught[:FOLDS]], role, found)
    keep(found, some)
    return graphs, begun


def read_unseen(
    some: Sequence[Conversation], quick: Sequence[Unseen], folds: Sequence[Transformer], role: Role, known: Read
) -> Read:
    """What is known of other turns, and what the transformer of each fold says of this role's turns in its videos: of
    the doubtful ones as it reads them when the coder runs, of the others as it would, should another machine's
    arithmetic find them doubtful."""
    places = fold_of(some)
    found: dict[tuple[str, bool], Floats] = {}
    for marked in (True, False):
        (way,) = (one for one in quick if (one.marked, one.role) == (marked, role))
        again = way.doubtful()
        for one in some:
            empty = np.full((len(one.utterances), WIDTH), np.nan, np.float32)
            held = found[one.name, marked] = known.get((one.name, marked), empty).copy()
            here = way.lot.sessions == one.name
            for doubtful in (False, True):
                wanted = way.lot.places[here & (again == doubtful)].tolist()
                for at, row in _rows(folds[places[one.video]], one, marked, wanted):
                    held[at, -len(row) :] = row
    return found


def _rows(reader: Transformer, one: Conversation, marked: bool, wanted: Sequence[int]) -> Iterator[tuple[int, Floats]]:
    """The scores of the wanted turns, with only the turns that hold words beside them, as when the coder runs."""
    said = [at for at, turn in enumerate(one.utterances) if words_of(quiet(turn.text))]
    texts = [one.utterances[at].text for at in said]
    coach = [one.utterances[at].role == "coach" for at in said]
    plain = nameless(texts if marked else [stripped(text) for text in texts])
    read = reader.read(plain, coach, [said.index(at) for at in wanted])
    return ((said[at], np.concatenate(list(row.values()))) for at, row in read.items())


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
