"""The model card's figures: written into docs/coder.md between two marks, so that the words around them stay ours."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from training import codebook
from training.annomi import Conversation
from training.evaluate import PEOPLE, Judgement, Outcomes
from training.outcome import Outcome, paired

FILE = Path(__file__).resolve().parent.parent / "docs" / "coder.md"
BEGIN, END = "<!-- figures: written by holdspace listening train -->", "<!-- end of figures -->"
LENGTHS = ((1, 5), (6, 15), (16, 40), (41, 10_000))
HEADS = ("main", "question", "talk")


def write(found: Judgement, some: Sequence[Conversation], path: Path = FILE) -> Path:
    """The card with these figures in it; figures by code go beside the codebook."""
    text = path.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    after = rest.partition(END)[2]
    path.write_text(f"{before}{BEGIN}\n" + "\n".join(figures(found, some)) + f"\n{END}{after}", encoding="utf-8")
    codebook.FIGURES.write_text(json.dumps(by_code(found.best[True]), indent=1) + "\n", encoding="utf-8")
    codebook.PAGE.write_text(codebook.page(), encoding="utf-8")
    return path


def by_code(found: Outcomes) -> dict[str, dict[str, float]]:
    """F1 of every code, by head."""
    return {
        name: {code: round(f1(one.truth == at, one.picked == at), 3) for at, code in enumerate(one.codes)}
        for name, one in found.items()
    }


def f1(is_so: NDArray[np.bool_], said: NDArray[np.bool_]) -> float:
    """F1 of one code."""
    return float(2 * (is_so & said).sum() / max(1, is_so.sum() + said.sum()))


def figures(found: Judgement, some: Sequence[Conversation]) -> Iterator[str]:
    """All tables, line by line."""
    yield from _table(found)
    yield from (
        "",
        "By code, the careful engine on text as written:",
        "",
        "| Head | Code | F1 | Found | Turns |",
        "|---|---|---|---|---|",
    )
    for name, one in found.best[True].items():
        for at, code in enumerate(one.codes):
            is_so, said = one.truth == at, one.picked == at
            found_of = (is_so & said).sum() / is_so.sum()
            yield f"| `{name}` | `{code}` | {f1(is_so, said):.2f} | {found_of:.2f} | {is_so.sum()} |"
    yield from _by("length, in words", found.best[True], _lengths(some))
    yield from _by("session quality, as AnnoMI calls it", found.best[True], _qualities(some))
    yield from (
        "",
        "What was said (`p`, mean) and what was so, in ten equal parts from the least sure to the surest:",
        "",
    )
    yield "| Head | " + " | ".join(str(at + 1) for at in range(10)) + " |"
    yield "|---" * 11 + "|"
    for name in HEADS:
        cells = (f"{p:.2f} → {was:.2f}" for p, was, _ in found.best[True][name].bins())
        yield f"| `{name}` | {' | '.join(cells)} |"


def _table(found: Judgement) -> Iterator[str]:
    yield "| Head | Text | Quick | Careful | Careful − quick | Calibration error | Surest 70% right | People |"
    yield "|---|---|---|---|---|---|---|---|"
    for marked in (True, False):
        for name, quick in found.quick[marked].items():
            one = found.best[marked][name]
            gap, spread = paired(one, quick)
            people = PEOPLE.get(name)
            said = f"{people[0]:.2f}" if people else "–"
            cells = (
                _mean(quick),
                _mean(one),
                f"{gap:+.3f} ± {spread:.3f}",
                f"{one.calibration_error():.3f}",
                f"{one.surest(0.7):.3f}",
            )
            yield f"| `{name}` | {'as written' if marked else 'stripped'} | {' | '.join(cells)} | {said} |"


def _mean(one: Outcome) -> str:
    return f"{one.by_fold().mean():.3f} ± {one.by_fold().std(ddof=1):.3f}"


Parts = Mapping[tuple[str, int], str]
"""The part that a turn of a conversation falls into."""


def _by(title: str, found: Outcomes, parts: Parts) -> Iterator[str]:
    yield from ("", f"By {title}: how often right, and how many turns:", "")
    names = list(dict.fromkeys(parts.values()))
    yield f"| Head | {' | '.join(names)} |"
    yield "|---" * (len(names) + 1) + "|"
    for head in HEADS:
        one = found[head]
        where = np.array([parts[session, place] for session, place in zip(one.sessions, one.places, strict=True)])
        cells = (f"{one.right[where == name].mean():.2f} ({(where == name).sum()})" for name in names)
        yield f"| `{head}` | {' | '.join(cells)} |"


def _lengths(some: Sequence[Conversation]) -> Parts:
    found = {}
    for low, high in LENGTHS:
        for one in some:
            for at, turn in enumerate(one.utterances):
                if low <= max(1, len(turn.text.split())) <= high:
                    found[one.name, at] = f"{low}–{high}" if high < LENGTHS[-1][1] else f"{low} and more"
    return found


def _qualities(some: Sequence[Conversation]) -> Parts:
    return {(one.name, at): one.quality or "unknown" for one in some for at in range(len(one.utterances))}
