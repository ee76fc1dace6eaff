"""Intervals: how far a counted figure may be from the truth, from counting and from the coder's own error."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import comb, exp, log, sqrt

Z = 1.96
"""Every interval here is meant to hold the truth 19 times in 20."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A value between `low` and `high`."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Errors:
    """How often a coder finds what is there (`sensitivity`) and leaves what is not (`specificity`), in 0..1.

    The two `n` are how many independent labelled turns stand behind each: the more, the surer.
    """

    sensitivity: float
    specificity: float
    n_sensitivity: float
    n_specificity: float


def wilson(count: int, n: int) -> Figure:
    """The share `count / n` with Wilson's 95% interval (Wilson 1927). Raises ValueError unless 0 <= count <= n > 0."""
    _check(count, n)
    share = count / n
    middle = (share + Z * Z / (2 * n)) / (1 + Z * Z / n)
    reach = Z * sqrt(share * (1 - share) / n + Z * Z / (4 * n * n)) / (1 + Z * Z / n)
    return Figure(share, max(0.0, min(share, middle - reach)), min(1.0, max(share, middle + reach)))


def corrected(count: int, n: int, errors: Errors) -> Figure:
    """The share that is truly there when a coder with known errors found `count` of `n`.

    The value is Rogan and Gladen's, p = (p_obs + sp - 1) / (se + sp - 1), kept within 0..1; the interval is Lang and
    Reiczigel's, which also carries how uncertain se and sp are themselves. Sources: Rogan & Gladen 1978,
    Am J Epidemiol 107:71; Lang & Reiczigel 2014, Prev Vet Med 113:13. Raises ValueError when the coder does no
    better than chance (se + sp <= 1), for then nothing can be said.
    """
    _check(count, n)
    gain = errors.sensitivity + errors.specificity - 1
    if gain <= 0:
        raise ValueError("a coder no better than chance cannot be corrected")
    value = _within((count / n + errors.specificity - 1) / gain)
    low, high = _lang_reiczigel(count, n, errors)
    return Figure(value, min(value, low), max(value, high))


def _lang_reiczigel(count: int, n: int, errors: Errors) -> tuple[float, float]:
    n_se, n_sp = errors.n_sensitivity + 2, errors.n_specificity + 2
    se = (errors.sensitivity * errors.n_sensitivity + 1) / n_se
    sp = (errors.specificity * errors.n_specificity + 1) / n_sp
    seen = (count + Z * Z / 2) / (n + Z * Z)
    gain = se + sp - 1
    true = _within((seen + sp - 1) / gain)
    from_se, from_sp = se * (1 - se) / n_se, sp * (1 - sp) / n_sp
    shift = 2 * Z * Z * (true * from_se - (1 - true) * from_sp)
    spread = seen * (1 - seen) / (n + Z * Z) + true**2 * from_se + (1 - true) ** 2 * from_sp
    reach = Z * sqrt(spread) / gain
    return _within(true + shift - reach), _within(true + shift + reach)


def corrected_count(count: int, n: int, errors: Errors | None) -> tuple[float, float]:
    """How many there truly are when `count` of `n` were found, and the spread of its logarithm (a variance).

    Without errors that is (count, 1 / count). The spread never passes 2, that of a count of none standing in as a half.
    """
    if errors is None:
        return float(count), 1 / (count or 0.5)
    gain = errors.sensitivity + errors.specificity - 1
    share = corrected(count, n, errors).value
    from_se = errors.sensitivity * (1 - errors.sensitivity) / (errors.n_sensitivity + 2)
    from_sp = errors.specificity * (1 - errors.specificity) / (errors.n_specificity + 2)
    unsure = share**2 * from_se + (1 - share) ** 2 * from_sp
    spread = (count + n * n * unsure) / gain**2 / max(share * n, 0.5) ** 2
    return share * n, min(2.0, spread)


def ratio(top: float, bottom: float, top_spread: float | None = None, bottom_spread: float | None = None) -> Figure:
    """Two counts against each other, half added to each so that nothing divides by zero.

    The interval is top:bottom * exp(+-1.96 * sqrt(1/top + 1/bottom)), where a count of zero stands in as a half and
    a given spread (see `corrected_count`) takes the place of 1/count. Raises ValueError for a negative count.
    """
    if top < 0 or bottom < 0:
        raise ValueError("counts cannot be negative")
    upper, lower = max(top, 0.5), max(bottom, 0.5)
    spread = (1 / upper if top_spread is None else top_spread) + (1 / lower if bottom_spread is None else bottom_spread)
    value, between, reach = (top + 0.5) / (bottom + 0.5), upper / lower, exp(Z * sqrt(spread))
    return Figure(value, min(value, between / reach), max(value, between * reach))


def middle(values: Sequence[float]) -> Figure:
    """The median with its interval between two order statistics, from the binomial and so free of any shape.

    The interval is the narrowest symmetric pair of ranks that holds the median at least 95 times in 100; fewer than
    six values cannot, then it runs from the smallest to the largest. Raises ValueError without values.
    """
    if not values:
        raise ValueError("no values, no median")
    ordered = sorted(values)
    rank = _rank(len(ordered))
    half = len(ordered) // 2
    return Figure((ordered[half] + ordered[-1 - half]) / 2, ordered[rank], ordered[-1 - rank])


def _rank(n: int) -> int:
    """The deepest rank r (from 0) with P(Binomial(n, 1/2) <= r) at most .025, so that ranks r to n-1-r hold 95%."""
    if n > 1000:
        return int((n - Z * sqrt(n)) / 2)
    below, rank = 1, 0
    while (below + comb(n, rank + 1)) * 40 <= 2**n:
        rank += 1
        below += comb(n, rank)
    return rank


def clustered_share(parts: Sequence[tuple[float, float]]) -> Figure:
    """The share of the first of two amounts when they come in clusters, such as words of coach and client per exchange.

    The spread is that of a ratio estimator over the clusters, taken on the log-odds so that it stays within 0..1.
    Source: Cochran, Sampling Techniques, 3rd ed., 2.11. Raises ValueError when both amounts are nothing.
    """
    first, second = sum(a for a, _ in parts), sum(b for _, b in parts)
    total = first + second
    if total <= 0:
        raise ValueError("nothing was said, so nobody has a share")
    share = first / total
    if len(parts) < 2 or share in (0.0, 1.0):
        return Figure(share, 0.0, 1.0)
    spread = sum((a - share * (a + b)) ** 2 for a, b in parts) * len(parts) / (len(parts) - 1)
    reach = Z * sqrt(spread) / total / (share * (1 - share))
    odds = log(share / (1 - share))
    return Figure(share, 1 / (1 + exp(-(odds - reach))), 1 / (1 + exp(-(odds + reach))))


def _within(share: float) -> float:
    return max(0.0, min(1.0, share))


def _check(count: int, n: int) -> None:
    if n <= 0 or not 0 <= count <= n:
        raise ValueError(f"{count} of {n} is no share")
