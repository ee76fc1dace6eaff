"""How a coach's promises went: which count, when nothing is shown, and the range against known values."""

from datetime import timedelta
from math import isclose

import pytest
from django.urls import reverse
from django.utils import timezone

from holdspace.engagements.models import Engagement, open_engagement
from holdspace.growth.models import Commitment, Move
from holdspace.growth.reliability import Reliability, beta_below, beta_quantile, reliability_of
from holdspace.growth.tests.promising import TODAY, clock, later, moved, promise, words
from holdspace.people.models import User
from tests.cast import browser, person

assert clock
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("p", "a", "b", "known"),
    [
        (0.05, 1, 1, 0.05),
        (0.3, 1, 1, 0.3),
        (0.05, 2, 1, 0.05**0.5),
        (0.05, 5, 1, 0.05 ** (1 / 5)),
        (0.95, 1, 7, 1 - 0.05 ** (1 / 7)),
        (0.5, 30, 30, 0.5),
        (0.05, 16, 3, 0.6897372603017891),
        (0.95, 16, 3, 0.9529751157074381),
        (0.05, 404, 101, 0.7700862406382768),
        (0.95, 404, 101, 0.8285617202559974),
    ],
)
def test_the_range_is_that_of_the_beta_distribution(p: float, a: int, b: int, known: float) -> None:
    assert isclose(beta_quantile(p, a, b), known, abs_tol=1e-10)


def test_it_stays_exact_over_thousands_of_promises() -> None:
    assert isclose(beta_below(beta_quantile(0.05, 5000, 300), 5000, 300), 0.05, abs_tol=1e-7)


def test_twelve_of_fourteen() -> None:
    went = Reliability(kept=11, moved=1, late=1, dropped=1, overdue=0)
    assert (went.good, went.due, went.is_enough) == (12, 14, True)
    assert went.mean == 16 / 19
    assert (round(went.low or 0, 3), round(went.high or 0, 3)) == (0.690, 0.953)


def test_under_ten_nothing_is_shown() -> None:
    went = Reliability(kept=9, moved=0, late=0, dropped=0, overdue=0)
    assert (went.mean, went.low, went.high) == (None, None, None)


def test_which_promises_count(clock, ana: User, ben: User, together: Engagement) -> None:
    kept, late, dropped, open_still, in_time, too_late, released, ahead = (
        promise(together, ana, due=TODAY + DAY) for _ in range(8)
    )
    undated, not_hers = promise(together, ana), promise(together, ben, due=TODAY + DAY)
    for waits in (promise(together, ben, owner="coach", due=TODAY + DAY), promise(together, ana, owner="client")):
        assert waits.state == "waiting"
    kept.keep(by=ana)
    undated.keep(by=ana)
    not_hers.keep(by=ben)
    dropped.drop("I know.", by=ana)
    released.release(by=ben)
    moved(in_time, TODAY + 9 * DAY, by=ana)
    moved(ahead, TODAY + 9 * DAY, by=ana)
    ahead.keep(by=ana)
    later(clock, days=3)
    late.keep(by=ana)
    moved(too_late, TODAY + 9 * DAY, by=ana)
    assert reliability_of(ana) == Reliability(kept=2, moved=1, late=1, dropped=1, overdue=1)
    assert open_still.pk
    later(clock, days=9)
    assert reliability_of(ana) == Reliability(kept=2, moved=0, late=1, dropped=1, overdue=3)


def test_a_move_before_its_day_came_counts_for_nothing_yet(clock, ana: User, together: Engagement) -> None:
    moved(promise(together, ana, due=TODAY + 5 * DAY), TODAY + 9 * DAY, by=ana)
    assert reliability_of(ana).due == 0


def test_an_unanswered_wish_saves_nothing(clock, ana: User, together: Engagement) -> None:
    made = promise(together, ana, due=TODAY)
    Move.ask(made, TODAY + 9 * DAY, by=ana)
    later(clock, days=1)
    assert reliability_of(ana) == Reliability(kept=0, moved=0, late=0, dropped=0, overdue=1)


def test_what_was_open_when_the_work_ended_counts_only_if_it_was_due(clock, ana: User, together: Engagement) -> None:
    for due in (TODAY, TODAY + 5 * DAY):
        promise(together, ana, due=due)
    later(clock, days=2)
    together.end(ana.today, by=ana)
    later(clock, days=9)
    assert reliability_of(ana).overdue == 1


def test_the_coach_sees_it_over_all_clients_and_the_client_only_what_concerns_them(
    clock, ana: User, ben: User, together: Engagement
) -> None:
    other = open_engagement(ana, person("Ida"), called="Ida", accepted_at=timezone.now())
    for _ in range(6):
        for engagement in (together, other):
            promise(engagement, ana, due=TODAY).keep(by=ana)
    page = words(browser(ana), reverse("own_promises"))
    assert "12 of 12 due promises kept or moved in time" in page
    assert "likely between" in page
    bens = words(browser(ben), reverse("promises", args=[together.pk]))
    assert "6 of Ana's 6 promises to you that came due were kept or moved in time." in bens
    assert "likely between" not in bens
    assert "How it went" not in words(browser(ben), reverse("own_promises"))


def test_a_client_is_never_summed_up(clock, ana: User, ben: User, together: Engagement) -> None:
    for _ in range(12):
        promise(together, ben, due=TODAY)
    later(clock, days=3)
    assert Commitment.objects.visible_to(ana).late(TODAY + 3 * DAY).count() == 12
    for reader, name in ((ana, "own_promises"), (ben, "own_promises")):
        assert "due promises kept" not in words(browser(reader), reverse(name))
    assert "came due" not in words(browser(ana), reverse("promises", args=[together.pk]))
