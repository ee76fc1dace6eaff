"""The whole table: both engines on conversations they never saw, beside what people reach."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from training import annomi, sessions
from training.judging import Read, Unseen, careful_outcomes, everything_unseen, quick_outcomes
from training.outcome import Outcome, paired

Outcomes = dict[str, Outcome]
PEOPLE = {"main": (0.80, 0.85), "question": (0.77, 0.83), "reflection": (0.83, 0.88), "talk": (0.65, 0.72)}
"""Macro-F1 of one person against another, and against the majority of nine (ten annotators, seven conversations)."""
SUREST = 0.7


@dataclass(frozen=True, slots=True)
class Judgement:
    """Outcomes by head of both engines, as written (True) and stripped of marks (False); careful may be missing."""

    quick: Mapping[bool, Outcomes]
    careful: Mapping[bool, Outcomes]

    @property
    def best(self) -> Mapping[bool, Outcomes]:
        """The engine that codes when none is asked for."""
        return self.careful or self.quick


def unseen(path: Path) -> tuple[tuple[annomi.Conversation, ...], list[Unseen]]:
    """AnnoMI's conversations, and the quick engine's unseen scores of their turns; our own are only learned from."""
    some = annomi.conversations(path)
    return some, everything_unseen(some, sessions.conversations())


def judgement(quick: Sequence[Unseen], read: Read | None) -> Judgement:
    """Everything judged."""
    found: dict[bool, Outcomes] = {True: {}, False: {}}
    again: dict[bool, Outcomes] = {True: {}, False: {}}
    for one in quick:
        found[one.marked] |= quick_outcomes(one)
        if read is not None:
            again[one.marked] |= careful_outcomes(one, read)
    return Judgement(found, again if read is not None else {})


def report(found: Judgement) -> Iterator[str]:
    """The table, line by line."""
    turns = {"coach": len(found.quick[True]["main"].truth), "client": len(found.quick[True]["talk"].truth)}
    yield f"AnnoMI, 5 folds of whole videos: {turns['coach']} coach turns, {turns['client']} client turns."
    yield "Macro-F1, mean ± sd over folds; people: one against another / against the majority of nine."
    yield ""
    yield f"{'head':<11}{'text':<12}{'quick':<14}{'careful':<14}{'difference':<17}{'95% (videos)':<15}people"
    for marked in (True, False):
        yield from (_row(found, marked, head) for head in found.quick[marked])
    yield ""
    yield f"{'head':<11}{'text':<12}{'engine':<9}{'right':<7}{'cal.err':<9}{'surest 70%':<12}{'sure':<6}right when sure"
    for name, engine in (("quick", found.quick), ("careful", found.careful)):
        for marked in engine:
            yield from (_sure(name, one) for one in engine[marked].values())
    yield ""
    yield "Calibration as written: what was said and what was so, in ten parts from the least sure to the surest."
    for head in ("main", "question", "talk"):
        yield f"{head:<11}" + "  ".join(f"{p:.2f}/{was:.2f}" for p, was, _ in found.best[True][head].bins())
    yield ""
    yield from (line for one in found.best[True].values() for line in classes(one))


def _row(found: Judgement, marked: bool, head: str) -> str:
    one = found.quick[marked][head]
    cells = [head.ljust(11), _text(marked).ljust(12), _mean(one).ljust(14)]
    if found.careful:
        other = found.careful[marked][head]
        gap, spread = paired(other, one)
        low, high = other.interval()
        cells += [_mean(other).ljust(14), f"{gap:+.3f} ± {spread:.3f}".ljust(17), f"[{low:.3f}, {high:.3f}]".ljust(15)]
    else:
        cells += ["–".ljust(14), "–".ljust(17), "–".ljust(15)]
    people = PEOPLE.get(head)
    return "".join([*cells, f"{people[0]:.2f} / {people[1]:.2f}" if people else "–"])


def _mean(one: Outcome) -> str:
    return f"{one.by_fold().mean():.3f} ± {one.by_fold().std(ddof=1):.3f}"


def _text(marked: bool) -> str:
    return "as written" if marked else "stripped"


def _sure(name: str, one: Outcome) -> str:
    when_sure = one.right[one.sure].mean() if one.sure.any() else float("nan")
    head = f"{one.head:<11}{_text(one.marked):<12}{name:<9}{one.right.mean():<7.3f}{one.calibration_error():<9.3f}"
    return head + f"{one.surest(SUREST):<12.3f}{one.sure.mean():<6.2f}{when_sure:.3f}"


def classes(one: Outcome) -> Iterator[str]:
    """What of each code is found, and what of the others is left alone."""
    for at, code in enumerate(one.codes):
        is_so, said = one.truth == at, one.picked == at
        found, left = (is_so & said).sum() / is_so.sum(), (~is_so & ~said).sum() / (~is_so).sum()
        yield f"{one.head:<11}{code:<12} found {found:.2f} of {is_so.sum()}, others left alone {left:.2f}"
