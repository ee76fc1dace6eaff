"""Intervals: known values, edges, and how often they hold the truth when it is drawn again and again."""

import random

import pytest

from holdspace.listening.intervals import (
    Errors,
    clustered_share,
    corrected,
    corrected_count,
    middle,
    ratio,
    wilson,
)

PERFECT = Errors(1, 1, 1e9, 1e9)
FAIR = Errors(0.75, 0.85, 300, 700)


def test_wilson_gives_the_textbook_interval() -> None:
    figure = wilson(19, 61)
    assert (round(figure.value, 4), round(figure.low, 4), round(figure.high, 4)) == (0.3115, 0.2094, 0.4359)


@pytest.mark.parametrize(("count", "n"), [(0, 10), (10, 10), (0, 1)])
def test_wilson_stays_within_nothing_and_all(count: int, n: int) -> None:
    figure = wilson(count, n)
    assert 0 <= figure.low <= figure.value <= figure.high <= 1
    assert figure.high - figure.low > 0.2


@pytest.mark.parametrize(("count", "n"), [(1, 0), (-1, 4), (5, 4)])
def test_no_share_of_impossible_counts(count: int, n: int) -> None:
    with pytest.raises(ValueError, match="is no share"):
        wilson(count, n)


def test_correction_is_rogan_and_gladen() -> None:
    assert corrected(30, 100, FAIR).value == pytest.approx((0.30 + 0.85 - 1) / (0.75 + 0.85 - 1))


def test_a_perfect_coder_is_not_corrected() -> None:
    bare, plain = corrected(19, 61, PERFECT), wilson(19, 61)
    assert bare.value == pytest.approx(plain.value)
    assert bare.low == pytest.approx(plain.low, abs=0.002)
    assert bare.high == pytest.approx(plain.high, abs=0.002)


def test_less_found_than_the_coder_invents_means_none() -> None:
    figure = corrected(3, 60, FAIR)
    assert figure.value == figure.low == 0
    assert 0 < figure.high < 0.3


def test_a_less_known_coder_widens_the_interval() -> None:
    known, guessed = corrected(30, 100, FAIR), corrected(30, 100, Errors(0.75, 0.85, 20, 30))
    assert guessed.high - guessed.low > 1.2 * (known.high - known.low)


def test_a_coder_no_better_than_chance_says_nothing() -> None:
    with pytest.raises(ValueError, match="no better than chance"):
        corrected(3, 10, Errors(0.5, 0.5, 100, 100))


@pytest.mark.parametrize("true", [0.05, 0.3, 0.7])
@pytest.mark.parametrize("n", [15, 60])
def test_the_corrected_interval_holds_the_truth_19_times_in_20(true: float, n: int) -> None:
    rng, hits, draws = random.Random(f"{true} {n}"), 0, 2000
    for _ in range(draws):
        se = sum(rng.random() < FAIR.sensitivity for _ in range(300)) / 300
        sp = sum(rng.random() < FAIR.specificity for _ in range(700)) / 700
        seen = true * FAIR.sensitivity + (1 - true) * (1 - FAIR.specificity)
        count = sum(rng.random() < seen for _ in range(n))
        figure = corrected(count, n, Errors(se, sp, 300, 700))
        hits += figure.low <= true <= figure.high
    assert 0.93 <= hits / draws <= 0.995


def test_thirty_to_thirty_is_what_the_evidence_says() -> None:
    figure = ratio(30, 30)
    assert (figure.value, round(figure.low, 2), round(figure.high, 2)) == (1.0, 0.6, 1.66)


def test_a_ratio_of_nothing_divides_by_nothing() -> None:
    figure = ratio(0, 0)
    assert figure.value == 1
    assert 0 < figure.low < 0.1 < 10 < figure.high


def test_a_ratio_adds_a_half_to_each() -> None:
    assert ratio(5, 0).value == 11


def test_counts_are_never_negative() -> None:
    with pytest.raises(ValueError, match="negative"):
        ratio(-1, 2)


def test_a_corrected_count_is_less_sure_than_the_counted_one() -> None:
    count, spread = corrected_count(30, 60, FAIR)
    assert count == pytest.approx(60 * (0.5 + 0.85 - 1) / 0.6)
    assert 1 / 30 < spread < 2
    assert corrected_count(30, 60, None) == (30.0, 1 / 30)
    assert corrected_count(2, 60, FAIR) == (0.0, 2.0)


def test_the_median_stands_between_its_order_statistics() -> None:
    figure = middle([float(n) for n in range(1, 11)])
    assert (figure.value, figure.low, figure.high) == (5.5, 2, 9)


def test_few_values_run_from_the_smallest_to_the_largest() -> None:
    assert middle([3, 1, 2]) == middle([1, 2, 3])
    assert (middle([3, 1, 2]).low, middle([3, 1, 2]).high) == (1, 3)
    assert middle([4]).low == middle([4]).high == 4


def test_the_median_of_many_agrees_with_the_exact_rank() -> None:
    exact, near = middle(range(1000)), middle(range(1001))
    assert near.low - exact.low in (0, 1)


def test_no_values_have_no_median() -> None:
    with pytest.raises(ValueError, match="no median"):
        middle([])


@pytest.mark.parametrize("n", [10, 40])
def test_the_interval_of_the_median_holds_it_19_times_in_20(n: int) -> None:
    rng, draws = random.Random(n), 2000
    figures = [middle([rng.expovariate(1) for _ in range(n)]) for _ in range(draws)]
    held = sum(figure.low <= 0.6931 <= figure.high for figure in figures)
    assert 0.94 <= held / draws <= 0.99


def test_a_share_in_clusters_is_that_of_the_sums() -> None:
    figure = clustered_share([(10, 20), (30, 5), (12, 40)] * 5)
    assert figure.value == pytest.approx(260 / 585)
    assert figure.low < figure.value < figure.high


def test_clusters_that_differ_say_less() -> None:
    alike, unlike = clustered_share([(10, 10)] * 20), clustered_share([(20, 0), (0, 20)] * 10)
    assert alike.high - alike.low < 1e-9
    assert unlike.high - unlike.low > 0.3


def test_one_voice_alone_has_the_whole_range() -> None:
    figure = clustered_share([(10, 0), (5, 0)])
    assert (figure.value, figure.low, figure.high) == (1, 0, 1)


def test_silence_has_no_share() -> None:
    with pytest.raises(ValueError, match="nobody has a share"):
        clustered_share([(0, 0)])


def test_the_interval_of_a_clustered_share_holds_the_truth() -> None:
    rng, held, draws = random.Random(5), 0, 1500
    for _ in range(draws):
        parts = [(rng.expovariate(1 / 20), rng.expovariate(1 / 30)) for _ in range(40)]
        figure = clustered_share(parts)
        held += figure.low <= 0.4 <= figure.high
    assert 0.92 <= held / draws <= 0.98
