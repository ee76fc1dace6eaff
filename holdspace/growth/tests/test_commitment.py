"""What becomes of a promise: each deed, each refusal, and each taken back."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from holdspace.engagements.models import Engagement, NotBetweenThem, NotYetAccepted, Over, open_engagement
from holdspace.growth.models import (
    AlreadySettled,
    CannotUndo,
    Commitment,
    InUse,
    Move,
    NotAccepted,
    NotOwnedUp,
    NotTheOther,
    NotTheOwner,
    OnTime,
    PastDay,
    Step,
)
from holdspace.growth.tests.promising import TODAY, clock, fresh, later, promise
from holdspace.people.models import User
from holdspace.vault.models import Trace, new_id
from tests.cast import person

assert clock
DAY = timedelta(days=1)


def rows() -> list[Commitment]:
    return list(Commitment.objects.access_system("in a test"))


def test_ones_own_promise_counts_at_once(clock, ana: User, together: Engagement) -> None:
    made = promise(together, ana, due=TODAY + DAY)
    assert (made.state, made.promiser) == ("open", ana)
    assert fresh(made).action == "Send the recruiter's name"
    assert Trace.objects.visible_to(ana).filter(noun_id=made.pk, verb="wrote a promise down").count() == 1


def test_what_one_writes_for_the_other_waits_for_their_yes(ana: User, ben: User, together: Engagement) -> None:
    made = promise(together, ana, owner="client")
    assert (made.state, made.promiser) == ("waiting", ben)
    for deed in (made.keep, made.drop, made.say_stuck):
        with pytest.raises(NotAccepted):
            deed(by=ben)
    with pytest.raises(NotTheOwner):
        made.accept(by=ana)
    made.accept(by=ben)
    made.accept(by=ben)
    assert fresh(made).state == "open"
    assert Trace.objects.visible_to(ben).filter(noun_id=made.pk, verb="said yes to a promise").count() == 1


def test_not_mine_is_an_answer_too(ana: User, ben: User, together: Engagement) -> None:
    made = promise(together, ana, owner="client")
    made.decline(by=ben)
    made.decline(by=ben)
    assert fresh(made).state == "declined"
    with pytest.raises(AlreadySettled):
        made.accept(by=ben)
    made.reopen(by=ben)
    assert fresh(made).state == "waiting"


def test_a_promise_said_yes_to_is_not_simply_declined(ana: User, ben: User, together: Engagement) -> None:
    made = promise(together, ana, owner="client")
    made.accept(by=ben)
    with pytest.raises(InUse):
        made.decline(by=ben)


@pytest.mark.parametrize(("hours", "late"), [(0, 0), (16, 0), (17, 1), (41, 2)])
def test_kept_late_is_told_by_the_clock_of_whoever_promised(
    clock, hours: int, late: int, ben: User, together: Engagement
) -> None:
    made = promise(together, ben, due=TODAY)  # Ben's day ends at five in the morning for Ana
    later(clock, hours=hours)
    made.keep(by=ben)
    assert fresh(made).days_late == late


def test_kept_twice_is_kept_once(clock, ana: User, together: Engagement) -> None:
    made, in_another_window = (promise(together, ana, due=TODAY) for _ in range(2))
    in_another_window = fresh(made)
    made.keep(by=ana)
    later(clock, hours=1)
    in_another_window.keep(by=ana)
    assert fresh(made).kept_at == clock[0]
    assert Trace.objects.visible_to(ana).filter(noun_id=made.pk, verb="kept a promise").count() == 1


def test_two_windows_with_two_wishes_end_with_the_first(ana: User, ben: User, together: Engagement) -> None:
    here, there = promise(together, ben), None
    there = fresh(here)
    here.keep(by=ben)
    for deed in (there.drop, there.say_stuck):
        with pytest.raises(AlreadySettled):
            deed(by=ben)
    with pytest.raises(AlreadySettled):
        there.release(by=ana)
    with pytest.raises(AlreadySettled):
        Step.add(there, new_id(), "Look it up", by=ben)
    assert fresh(here).state == "kept"


def test_a_coach_lets_go_only_with_a_word(ana: User, together: Engagement) -> None:
    made = promise(together, ana)
    for nothing in ("", "  "):
        with pytest.raises(NotOwnedUp):
            made.drop(nothing, by=ana)
    made.drop("I could not reach her, and I should have said so on Monday.", by=ana)
    assert fresh(made).state == "dropped"
    assert "on Monday" in fresh(made).owned


def test_a_word_about_what_was_late(clock, ana: User, ben: User, together: Engagement) -> None:
    made = promise(together, ana, due=TODAY)
    with pytest.raises(OnTime):
        made.own_up("Sorry", by=ana)
    later(clock, days=2)
    made.keep(by=ana)
    made.own_up("I forgot, and I am sorry.", by=ana)
    assert (fresh(made).owned, fresh(made).days_late) == ("I forgot, and I am sorry.", 2)
    with pytest.raises(NotTheOwner):
        made.own_up("It was nothing", by=ben)


def test_a_client_lets_go_without_a_reason(ben: User, together: Engagement) -> None:
    made = promise(together, ben)
    made.drop(by=ben)
    assert (fresh(made).state, fresh(made).owned) == ("dropped", None)


def test_the_one_it_was_made_to_lets_it_go(ana: User, ben: User, together: Engagement) -> None:
    made = promise(together, ana)
    with pytest.raises(NotTheOther):
        made.release(by=ana)
    made.release(by=ben)
    made.release(by=ben)
    assert fresh(made).state == "released"
    with pytest.raises(CannotUndo):
        made.reopen(by=ana)
    made.reopen(by=ben)
    assert fresh(made).state == "open"


def test_stuck_says_what_got_in_the_way_and_goes_on(ben: User, ana: User, together: Engagement) -> None:
    made = promise(together, ben)
    made.say_stuck("The form wants a number I don't have.", help_wanted=True, by=ben)
    assert list(Commitment.objects.visible_to(ana).asking_help()) == [made]
    assert fresh(made).got_in_the_way.startswith("The form")
    for _ in range(2):
        made.go_on(by=ben)
    assert not Commitment.objects.visible_to(ana).asking_help().exists()
    assert fresh(made).got_in_the_way is None


@pytest.mark.parametrize("deed", ["keep", "drop"])
def test_an_answer_is_taken_back_within_a_day_and_not_after(clock, deed: str, ben: User, together: Engagement) -> None:
    made = promise(together, ben, due=TODAY)
    getattr(made, deed)(by=ben)
    made.reopen(by=ben)
    assert (fresh(made).state, fresh(made).kept_on, fresh(made).owned) == ("open", None, None)
    getattr(made, deed)(by=ben)
    later(clock, hours=25)
    with pytest.raises(CannotUndo):
        made.reopen(by=ben)


def test_a_yes_is_taken_back_too(ana: User, ben: User, together: Engagement) -> None:
    made = promise(together, ana, owner="client")
    made.accept(by=ben)
    made.say_stuck("Perhaps not.", by=ben)
    Move.ask(made, made.today + DAY, by=ben)
    made.reopen(by=ben)
    assert (fresh(made).state, fresh(made).stuck_at) == ("waiting", None)
    assert not Move.objects.visible_to(ana).waiting().exists()
    with pytest.raises(CannotUndo):
        made.reopen(by=ben)


def test_before_the_yes_either_changes_it_and_the_owners_words_are_a_yes(
    clock, ana: User, ben: User, together: Engagement
) -> None:
    made = promise(together, ana, owner="client", due=TODAY)
    made.edit({"action": "Write two stories", "due_on": TODAY + DAY}, by=ana)
    assert fresh(made).state == "waiting"
    with pytest.raises(PastDay):
        made.edit({"due_on": TODAY - DAY}, by=ben)
    made.edit({"action": "Write one story", "due_on": TODAY + 2 * DAY}, by=ben)
    told = fresh(made)
    assert (told.state, told.action, told.due_on) == ("open", "Write one story", TODAY + 2 * DAY)
    assert told.edited_at is not None


def test_after_the_yes_its_owner_betters_the_words_for_a_day_and_never_the_day_itself(
    clock, ana: User, ben: User, together: Engagement
) -> None:
    made = promise(together, ana, due=TODAY)
    with pytest.raises(InUse):
        made.edit({"action": "Something else"}, by=ben)
    made.edit({"action": "Send both names", "due_on": TODAY + 9 * DAY}, by=ana)
    assert (fresh(made).action, fresh(made).due_on) == ("Send both names", TODAY)
    later(clock, hours=25)
    with pytest.raises(InUse):
        made.edit({"action": "Send no name"}, by=ana)


def test_what_was_written_by_mistake_is_taken_away_while_nothing_came_of_it(ana: User, together: Engagement) -> None:
    wrong, used = promise(together, ana), promise(together, ana)
    Step.add(used, new_id(), "Look it up", by=ana)
    wrong.remove(by=ana)
    with pytest.raises(InUse):
        used.remove(by=ana)
    assert rows() == [used]


def test_a_past_day_is_refused_by_the_clock_of_whoever_promises(clock, ben: User, together: Engagement) -> None:
    later(clock, hours=14)  # two in the night for Ana, nine in the evening for Ben
    assert promise(together, ben, due=TODAY).due_on == TODAY
    with pytest.raises(PastDay):
        promise(together, together.coach, due=TODAY)
    assert len(rows()) == 1


def test_the_same_form_sent_twice_is_one_promise(ana: User, ben: User, together: Engagement) -> None:
    told = {"owner": "coach", "action": "Once", "proposed_by": "coach"}
    once = new_id()
    first, second = (Commitment.make(together, told, by=ana, pk=once) for _ in range(2))
    assert first == second
    with pytest.raises(NotBetweenThem):
        Commitment.make(together, told, by=ben, pk=once)
    assert len(rows()) == 1


def test_nothing_begins_before_the_yes_or_after_the_end(ana: User, ben: User, together: Engagement) -> None:
    made = promise(together, ben)
    invited = open_engagement(ana, person("Ida"), called="Ida")
    with pytest.raises(NotYetAccepted):
        promise(invited, ana)
    together.end(ana.today, by=ana)
    with pytest.raises(Over):
        promise(together, ana)
    for deed in (made.keep, made.drop, made.say_stuck, made.reopen):
        with pytest.raises(Over):
            deed(by=ben)
    assert not Commitment.objects.visible_to(ben).open().exists()
    assert list(Commitment.objects.visible_to(ben).unsettled()) == [made]


def test_nobody_else_does_anything(ana: User, cleo: User, eve: User, together: Engagement) -> None:
    made = promise(together, ana)
    for stranger in (cleo, eve):
        assert not Commitment.objects.visible_to(stranger).exists()
        with pytest.raises(NotBetweenThem):
            made.keep(by=stranger)
        with pytest.raises(NotBetweenThem):
            promise(together, stranger)


@pytest.mark.parametrize(
    "both",
    [
        {"kept_at": timezone.now(), "kept_on": TODAY, "released_at": timezone.now()},
        {"kept_at": timezone.now()},
        {"dropped_at": timezone.now()},
        {"wants_help": True},
        {"accepted_at": None, "stuck_at": timezone.now()},
        {"declined_at": timezone.now()},
    ],
)
def test_the_database_holds_no_contradiction(both: dict, ana: User, together: Engagement) -> None:
    made = promise(together, ana)
    with pytest.raises(IntegrityError), transaction.atomic():
        Commitment.objects.access_system("in a test").filter(pk=made.pk).update(**both)


def test_found_by_whom_they_are_owed_and_when(clock, ana: User, ben: User, together: Engagement) -> None:
    late = promise(together, ana, due=TODAY)
    later(clock, days=1)
    today = promise(together, ana, due=TODAY + DAY)
    soon = promise(together, ben, due=TODAY + 7 * DAY)
    someday = promise(together, ana)
    waits = promise(together, ana, owner="client", due=TODAY + DAY)
    mine = Commitment.objects.visible_to(ana)
    assert list(mine.promised_by(ana).by_due()) == [late, today, someday]
    assert list(mine.promised_to(ana)) == [soon, waits]
    assert list(mine.late(ana.pk and TODAY + DAY)) == [late]
    assert list(mine.due_within(TODAY + DAY, 0)) == [today]
    assert list(mine.due_within(TODAY + DAY, 6).by_due()) == [today, soon]
    assert list(Commitment.objects.visible_to(ben).waiting().promised_by(ben)) == [waits]
