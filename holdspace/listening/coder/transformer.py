"""A small transformer that reads turns together with what was said around them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .meanings import Words
from .pieces import Pieces
from .windows import END, MARK, REACH, arrays, clipped, trimmed, windows

if TYPE_CHECKING:
    from .model import Floats


@dataclass(frozen=True, slots=True)
class Transformer:
    """A graph whose heads stand side by side as in `columns`. Where it is `brief`, a coach's long turn is read by its
    beginning and its end alone."""

    graph: Any
    pieces: Pieces
    words: Words
    columns: Mapping[str, tuple[str, ...]]
    brief: bool = False

    def read(
        self, texts: Sequence[str], coach: Sequence[bool], wanted: Sequence[int]
    ) -> "dict[int, dict[str, Floats]]":
        """By place the scores [codes] of every head for the wanted turns of a nameless conversation."""
        near = {k for at in wanted for k in range(at - REACH, at + REACH + 1)}
        turns = [self._pieces(text, coach[at]) if at in near else [] for at, text in enumerate(texts)]
        mark, end = self.pieces.places[MARK], self.pieces.places[END]
        found: dict[int, dict[str, Floats]] = {}
        for window in windows(turns, wanted):
            given, some = arrays(window, coach, mark, end)
            (scores,) = self.graph.run(None, given | {"words": self.words.of(some)})
            for at, row in zip(sorted(window.wanted), scores, strict=True):
                found[at] = self._apart(row)
        return found

    def _pieces(self, text: str, coach: bool) -> list[int]:
        cut = trimmed if coach and self.brief else clipped
        return cut(self.pieces.of(text))

    def _apart(self, row: "Floats") -> "dict[str, Floats]":
        found, begin = {}, 0
        for name, codes in self.columns.items():
            found[name] = row[begin : begin + len(codes)]
            begin += len(codes)
        return found


def graph_in(kept: bytes) -> Any:
    """The graph, run on one thread so that whoever calls decides how many there are."""
    import onnxruntime

    how = onnxruntime.SessionOptions()
    how.intra_op_num_threads = how.inter_op_num_threads = 1
    how.log_severity_level = 3
    return onnxruntime.InferenceSession(kept, how, providers=["CPUExecutionProvider"])
