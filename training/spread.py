"""How the coder's errors differ from session to session: `holdspace listening spread --annomi PATH`.

Prints, for each rate a measure is corrected by, the spread (standard deviation) of sensitivity and specificity
between sessions by the method of moments, and how many sessions of ten turns or more the corrected interval holds.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from holdspace.listening.intervals import Errors, corrected
from holdspace.listening.measures.errors import errors_of
from training.outcome import Outcome
from training.rates import rate

Flags = NDArray[np.bool_]
Case = tuple[str, Flags, Flags, NDArray[np.str_]]


def cases(found: dict[str, Outcome], sessions: NDArray[np.str_]) -> Iterator[Case]:
    """(name, coded so by people, coded so by the coder, session) for each rate, over the turns it runs over."""
    question, given, reflected = found["question"], found["input"], found["reflection"]
    advice, said = given.codes.index("advice"), question.picked > 0
    yield "question", question.truth > 0, said, sessions
    yield "reflection", reflected.truth > 0, reflected.picked > 0, sessions
    yield "input", given.truth > 0, given.picked > 0, sessions
    yield "advice", given.truth == advice, given.picked == advice, sessions
    yield "open", (question.truth == 1)[said], (question.picked == 1)[said], sessions[said]


def spread(right: Flags, sessions: NDArray[np.str_]) -> float:
    """Standard deviation between sessions of the share of `right`, beyond what counting alone gives."""
    _, of = np.unique(sessions, return_inverse=True)
    n = np.bincount(of).astype(float)
    gap = (np.bincount(of, right) - right.mean() * n) ** 2 / n
    beyond = gap.sum() - (len(n) - 1) * right.mean() * (1 - right.mean())
    return float(np.sqrt(max(0.0, beyond / (n.sum() - (n**2).sum() / n.sum() - (len(n) - 1)))))


def held(case: Case, errors: Errors, least: int = 10) -> tuple[int, int]:
    """In how many sessions the corrected interval holds what people coded, and of how many."""
    _, truth, said, sessions = case
    hits = []
    for name in np.unique(sessions):
        here = sessions == name
        if here.sum() >= least:
            figure = corrected(int(said[here].sum()), int(here.sum()), errors)
            hits.append(figure.low - 1e-9 <= truth[here].mean() <= figure.high + 1e-9)
    return sum(hits), len(hits)


def report(found: dict[str, Outcome]) -> Iterator[str]:
    """The table, line by line, from the outcomes of a coach's heads."""
    yield "rate        spread of se  of sp   held, counts alone   held, with the spread"
    for case in cases(found, found["question"].sessions):
        name, truth, said, sessions = case
        known = rate(truth, said)
        by = spread(said[truth], sessions[truth]), spread(~said[~truth], sessions[~truth])
        plain, wide = held(case, Errors(*known)), held(case, errors_of({name: known})[name])
        yield f"{name:<12}{by[0]:>12.3f}{by[1]:>7.3f}{plain[0]:>12} of {plain[1]}{wide[0]:>15} of {wide[1]}"
