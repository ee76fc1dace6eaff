"""The coder's own error rates, written down for the measures to correct by."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from holdspace.listening.coder import rates
from training.evaluate import Judgement
from training.outcome import Outcome

Rate = tuple[float, float, int, int]
HEADING = '''"""How often each engine is right on conversations it never saw; written by `holdspace listening train`.

Each entry is (sensitivity, specificity, positives, negatives). Sensitivity is the share of turns that people
coded so and the coder found; specificity the share of the others it left alone; the counts say what each rests on.
`question`, `reflection`, `input` (any kind), `advice`, `information` run over all coach turns;
`open` runs over turns that both people and coder call a question, and holds for open among questions.
`main_input` is the class "input" of the head `main`. The keys name the engine and whether the text was punctuated
("marked") or not ("bare"). Source: AnnoMI, 5 folds grouped by video, acted conversations about health.
"""

RATES: dict[tuple[str, str], dict[str, tuple[float, float, int, int]]] = {
'''


def rates_of(found: Mapping[str, Outcome]) -> dict[str, Rate]:
    """All error rates from the outcomes of a coach's heads."""
    question, given = found["question"], found["input"]
    asked, said = question.truth > 0, question.picked > 0
    both = asked & said
    main = found["main"].codes.index("input")
    reflected = found["reflection"]
    rates = {
        "question": rate(asked, said),
        "open": rate((question.truth == 1)[both], (question.picked == 1)[both]),
        "reflection": rate(reflected.truth == 1, reflected.picked == 1),
        "input": rate(given.truth > 0, given.picked > 0),
        "information": rate(given.truth == 1, given.picked == 1),
        "advice": rate(given.truth == 2, given.picked == 2),
        "main_input": rate(found["main"].truth == main, found["main"].picked == main),
    }
    return {name: (round(one[0], 4), round(one[1], 4), one[2], one[3]) for name, one in rates.items()}


def rate(positive: NDArray[np.bool_], said: NDArray[np.bool_]) -> Rate:
    """Sensitivity, specificity, and how many turns each rests on."""
    found, left = int(positive.sum()), int((~positive).sum())
    return float((said & positive).sum() / found), float((~said & ~positive).sum() / left), found, left


def write(found: Judgement, path: Path = Path(rates.__file__)) -> Path:
    """The file of constants beside the model."""
    engines = (("quick", found.quick), ("careful", found.best))
    blocks = (
        _block(name, "marked" if marked else "bare", engine[marked])
        for name, engine in engines
        for marked in (True, False)
    )
    path.write_text(HEADING + "".join(blocks) + "}\n", encoding="utf-8")
    return path


def _block(name: str, way: str, found: Mapping[str, Outcome]) -> str:
    lines = "".join(f'        "{key}": {value},\n' for key, value in rates_of(found).items())
    return f'    ("{name}", "{way}"): {{\n{lines}    }},\n'
