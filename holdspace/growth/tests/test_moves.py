"""Another day: asked for by one, agreed on by the other, and in time only when asked before the day was over."""

from datetime import timedelta

import pytest

from holdspace.engagements.models import Engagement
from holdspace.growth.models import AlreadySettled, Move, NotTheOther, PastDay, SameDay, Step
from holdspace.growth.tests.promising import TODAY, clock, fresh, later, moved, promise
from holdspace.people.models import User
from holdspace.vault.models import new_id

assert clock
DAY = timedelta(days=1)


def test_the_new_day_counts_once_the_other_agrees(clock, ana: User, ben: User, together: Engagement) -> None:
    made = promise(together, ben, due=TODAY)
    move = Move.ask(made, TODAY + 3 * DAY, by=ben)
    assert fresh(made).due_on == TODAY
    assert list(Move.objects.visible_to(ana).waiting_for(ana)) == [move]
    assert not Move.objects.visible_to(ben).waiting_for(ben).exists()
    with pytest.raises(NotTheOther):
        move.agree(by=ben)
    for _ in range(2):
        move.agree(by=ana)
    assert fresh(made).due_on == TODAY + 3 * DAY
    assert list(Move.objects.visible_to(ben).in_time()) == [move]


def test_asked_after_the_day_was_over_is_not_in_time(clock, ana: User, ben: User, together: Engagement) -> None:
    made = promise(together, ana, due=TODAY)
    later(clock, days=1)
    move = moved(made, TODAY + 3 * DAY, by=ana)
    assert not move.was_in_time
    assert not Move.objects.visible_to(ana).in_time().exists()


def test_asked_in_time_counts_although_the_answer_came_after(clock, ana: User, ben: User, together: Engagement) -> None:
    made = promise(together, ana, due=TODAY)
    move = Move.ask(made, TODAY + 5 * DAY, by=ana)
    later(clock, days=2)
    move.agree(by=ben)
    assert Move.objects.visible_to(ana).in_time().count() == 1


def test_a_past_day_and_the_same_day_are_refused(clock, ana: User, together: Engagement) -> None:
    made = promise(together, ana, due=TODAY)
    with pytest.raises(PastDay):
        Move.ask(made, TODAY - DAY, by=ana)
    with pytest.raises(SameDay):
        Move.ask(made, TODAY, by=ana)


def test_a_day_that_went_by_while_it_waited_is_not_agreed_on(clock, ana: User, ben: User, together: Engagement) -> None:
    made = promise(together, ana, due=TODAY)
    move = Move.ask(made, TODAY + DAY, by=ana)
    later(clock, days=3)
    with pytest.raises(PastDay):
        move.agree(by=ben)
    assert fresh(made).due_on == TODAY


def test_rather_keep_the_day(clock, ana: User, ben: User, together: Engagement) -> None:
    made = promise(together, ana, due=TODAY)
    move = Move.ask(made, TODAY + DAY, by=ana)
    for _ in range(2):
        move.decline(by=ben)
    with pytest.raises(AlreadySettled):
        move.agree(by=ben)
    assert fresh(made).due_on == TODAY


def test_one_wish_at_a_time(clock, ana: User, ben: User, together: Engagement) -> None:
    made = promise(together, ana, due=TODAY)
    first, again = (Move.ask(made, TODAY + DAY, by=ana) for _ in range(2))
    assert first == again
    Move.ask(made, TODAY + 2 * DAY, by=ben)  # the other would like it later still
    waiting = Move.objects.visible_to(ana).waiting().get()
    assert (waiting.to_day, waiting.asked_by) == (TODAY + 2 * DAY, ben)
    with pytest.raises(AlreadySettled):
        first.agree(by=ben)


def test_a_wish_is_taken_back_by_whoever_had_it(clock, ana: User, ben: User, together: Engagement) -> None:
    move = Move.ask(promise(together, ana, due=TODAY), TODAY + DAY, by=ana)
    with pytest.raises(NotTheOther):
        move.withdraw(by=ben)
    for _ in range(2):
        move.withdraw(by=ana)
    with pytest.raises(AlreadySettled):
        move.agree(by=ben)


def test_kept_meanwhile_there_is_nothing_to_move(clock, ana: User, ben: User, together: Engagement) -> None:
    made = promise(together, ana, due=TODAY)
    move = Move.ask(made, TODAY + DAY, by=ana)
    made.keep(by=ana)
    with pytest.raises(AlreadySettled):
        move.agree(by=ben)
    assert fresh(made).kept_on == TODAY


def test_moving_ends_being_stuck(clock, ana: User, ben: User, together: Engagement) -> None:
    made = promise(together, ben, due=TODAY)
    made.say_stuck("No time", help_wanted=True, by=ben)
    moved(made, TODAY + DAY, by=ben)
    assert (fresh(made).stuck_at, fresh(made).wants_help) == (None, False)


def test_a_promise_without_a_day_gets_one(clock, ana: User, ben: User, together: Engagement) -> None:
    made = promise(together, ana)
    move = moved(made, TODAY + DAY, by=ben)
    assert (fresh(made).due_on, move.was_in_time) == (TODAY + DAY, False)


def test_steps_are_ticked_by_whoever_promised(ana: User, ben: User, cleo: User, together: Engagement) -> None:
    made, once = promise(together, ben), new_id()
    step, again = (Step.add(made, once, "Find the form", by=ben) for _ in range(2))
    assert step == again
    for _ in range(2):
        step.tick(by=ben)
    assert Step.objects.visible_to(ana).get().done_at is not None
    step.untick(by=ben)
    assert Step.objects.visible_to(ana).get().done_at is None
    assert not Step.objects.visible_to(cleo).exists()
    step.remove(by=ben)
    assert not Step.objects.visible_to(ben).exists()
