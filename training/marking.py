"""Learning where marks stood from punctuated text, so that they can be put back into bare words."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import precision_recall_curve
from sklearn.model_selection import GroupKFold

from holdspace.listening.coder.marks import Marks, ask_runs, gap_runs
from holdspace.listening.coder.words import Sentence, quiet, sentences_of
from training.annomi import Conversation
from training.sessions import HABITS

BUCKETS = 1 << 15

Linear = tuple[NDArray[np.int8], float, float]


def marks_of(some: Sequence[Conversation]) -> Marks:
    """A restorer of marks; where it draws its lines is chosen on conversations it was not trained on.

    Talks about habits are left out: how they were written down says nothing of how sentences end in coaching.
    """
    some = [one for one in some if not one.name.startswith(HABITS)]
    half = [some[at::2] for at in range(2)]
    lines = [_lines(_fitted(half[at], 0.0, 0.0), half[1 - at]) for at in range(2)]
    gap, ask = np.mean(lines, axis=0)
    return _fitted(some, float(gap), float(ask))


def folded(some: Sequence[Conversation], folds: int = 5) -> Iterator[tuple[NDArray[np.int64], Marks]]:
    """Places of conversations, and a restorer that never saw their videos."""
    videos = [conversation.video for conversation in some]
    for learn, check in GroupKFold(folds).split(videos, groups=videos):
        yield check, marks_of([some[at] for at in learn])


def _sentences(some: Sequence[Conversation]) -> list[tuple[Sentence, ...]]:
    return [sentences_of(quiet(one.text)) for conversation in some for one in conversation.utterances]


def _gaps(turns: Sequence[tuple[Sentence, ...]]) -> tuple[sparse.csr_matrix, NDArray[np.bool_]]:
    """Every gap within a turn, and whether a sentence ended there."""
    rows, runs = gap_runs([[word for sentence in turn for word in sentence.words] for turn in turns])
    ends = np.array([k + 1 == len(one.words) for turn in turns for one in turn for k in range(len(one.words))])
    inside = np.append(rows[1:] == rows[:-1], False)
    columns = (runs[inside] & (BUCKETS - 1)).ravel()
    where = np.repeat(np.arange(inside.sum()), runs.shape[1])
    table = sparse.csr_matrix((np.ones(len(columns)), (where, columns)), shape=(int(inside.sum()), BUCKETS))
    return table, ends[inside]


def _asks(turns: Sequence[tuple[Sentence, ...]]) -> tuple[sparse.csr_matrix, NDArray[np.bool_]]:
    """Every sentence, and whether it bore a question mark."""
    some = [sentence for turn in turns for sentence in turn]
    runs = ask_runs([sentence.words for sentence in some])
    tables = [
        sparse.csr_matrix((one.weights, (one.rows, one.hashes & (BUCKETS - 1))), shape=(len(some), BUCKETS))
        for one in runs
    ]
    return sum(tables[1:], tables[0]), np.array([sentence.mark == "?" for sentence in some])


def _fitted(some: Sequence[Conversation], gap_line: float, ask_line: float) -> Marks:
    turns = _sentences(some)
    gaps = _linear(*_gaps(turns), strength=0.3)
    asks = _linear(*_asks(turns), strength=3.0)
    return Marks(*gaps, gap_line, *asks, ask_line)


def _linear(table: sparse.csr_matrix, wanted: NDArray[np.bool_], strength: float) -> Linear:
    fitted = LogisticRegression(C=strength, solver="liblinear", max_iter=60, tol=1e-2, random_state=0).fit(
        table, wanted
    )
    step = float(np.abs(fitted.coef_).max() / 127)
    return np.rint(fitted.coef_[0] / step).astype(np.int8), step, float(fitted.intercept_[0])


def _lines(marks: Marks, some: Sequence[Conversation]) -> tuple[float, float]:
    turns = _sentences(some)
    gaps, ends = _gaps(turns)
    asks, asked = _asks(turns)
    return (
        _line(gaps @ (marks.gaps * marks.gap_step) + marks.gap_bias, ends),
        _line(asks @ (marks.asks * marks.ask_step) + marks.ask_bias, asked),
    )


def _line(scores: NDArray[np.float64], wanted: NDArray[np.bool_]) -> float:
    """The score above which precision and recall together are best."""
    precision, recall, lines = precision_recall_curve(wanted, scores)
    both = 2 * precision * recall / np.maximum(precision + recall, 1e-9)
    return float(lines[min(int(both.argmax()), len(lines) - 1)])
