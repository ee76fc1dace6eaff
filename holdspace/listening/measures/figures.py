"""From counts to a measure: the interval, the correction, and the rule that hides small denominators."""

from collections.abc import Sequence

from holdspace.listening.intervals import Errors, Figure, corrected, wilson
from holdspace.listening.values import Measure

from .captions import CAPTIONS

LEAST = 10
"""A denominator under this hides the figure."""
GAIN = 0.4
"""With sensitivity + specificity - 1 under this the figure is hidden: corrected, it could be nearly anything."""


def shown(name: str, figure: Figure, n: int, turns: Sequence[int], count: int | None = None) -> Measure:
    """The measure `name` with this figure; `n` its denominator, `turns` the indexes behind it."""
    caption = CAPTIONS[name]
    return Measure(
        name=name,
        label=caption.label,
        value=round(figure.value, 4),
        low=round(figure.low, 4),
        high=round(figure.high, 4),
        n=n,
        unit=caption.unit,
        caveat=caption.caveat,
        source=caption.source,
        turns=tuple(turns),
        count=count,
    )


def hidden(name: str, reason: str, n: int, turns: Sequence[int], count: int | None = None) -> Measure:
    """The measure `name` without a figure, and why."""
    caption = CAPTIONS[name]
    return Measure(
        name=name,
        label=caption.label,
        value=None,
        low=None,
        high=None,
        n=n,
        unit=caption.unit,
        caveat=caption.caveat,
        source=caption.source,
        turns=tuple(turns),
        count=count,
        reason=reason,
    )


def too_few(n: int, what: str) -> str:
    """The sentence for a denominator under `LEAST`."""
    return f"Only {n} {what}; fewer than {LEAST} say too little for a figure." if n else f"No {what}."


def share(name: str, hits: Sequence[int], n: int, what: str, errors: Errors | None = None) -> Measure:
    """The share of `hits` in `n`, corrected where the coder's errors are known; hidden while `n` is under 10."""
    count = len(hits)
    reason = too_few(n, what) if n < LEAST else too_blind(errors)
    if reason:
        return hidden(name, reason, n, hits, count)
    return shown(name, share_figure(count, n, errors), n, hits, count)


def too_blind(errors: Errors | None) -> str | None:
    """The sentence for a coder that errs too much to be corrected; None where it may be."""
    if errors is None or errors.sensitivity + errors.specificity - 1 >= GAIN:
        return None
    return f"The coder finds only {errors.sensitivity * 100:.0f} of 100 of these, too few for a figure."


def share_figure(count: int, n: int, errors: Errors | None) -> Figure:
    """`count / n` corrected for the coder's errors, or as it stands where none are known."""
    return corrected(count, n, errors) if errors else wilson(count, n)


def scaled(figure: Figure, by: float) -> Figure:
    """The same figure in another unit."""
    return Figure(figure.value * by, figure.low * by, figure.high * by)
