"""Goals: written down by either, rated by both side by side, with every yardstick in the open."""

import pytest
from django.urls import reverse
from django.utils import timezone

from holdspace.engagements.models import Engagement, NotBetweenThem, Over, open_engagement
from holdspace.growth.goals import attained, goals_of
from holdspace.growth.models import Goal, Milestone, NoLevels, NotTheirs, Progress, Rating, Revision
from holdspace.growth.tests.walking import FIVE, a_goal, once, page, post, strangers_meet_nothing
from holdspace.people.models import User
from holdspace.vault.models import Trace, new_id
from tests.cast import browser

SAID = {"title": "Work by the sea", "why": "The air", "weight": "2", "proposed_by": "client"}
LEVELS = dict(zip(("level_less_2", "level_less_1", "level_0", "level_more_1", "level_more_2"), FIVE, strict=True))


@pytest.mark.parametrize("name", ["ana", "ben"])
def test_either_writes_a_goal_down_and_both_read_it(
    name: str, together: Engagement, ana: User, ben: User, request: pytest.FixtureRequest
) -> None:
    said = SAID | once()
    for _ in range(2):
        answer = post(request.getfixturevalue(name), "add_goal", together.pk, said)
    assert "How you will know" in answer.content.decode(), "the five sentences come next"
    assert Goal.objects.visible_to(ana).count() == 1, "the same form twice is one goal"
    for reader in (ana, ben):
        assert "Work by the sea" in page(reader, "goals", together.pk)
    assert "Proposed by Ben" in page(ana, "goals", together.pk)


def test_a_goal_without_words_comes_back_with_what_was_typed(together: Engagement, ben: User) -> None:
    answer = post(ben, "add_goal", together.pk, SAID | once(title="  "))
    assert answer.status_code == 422
    assert "The air" in answer.content.decode()


def test_all_five_sentences_are_needed(together: Engagement, ben: User) -> None:
    goal = a_goal(together, by=ben, levels=False)
    answer = post(ben, "goal_levels", goal.pk, LEVELS | {"level_0": ""})
    assert answer.status_code == 422
    assert FIVE[4] in answer.content.decode()
    post(ben, "goal_levels", goal.pk, LEVELS)
    assert Goal.objects.visible_to(ben).get().levels == FIVE


def test_nobody_rates_before_there_are_sentences(together: Engagement, ben: User) -> None:
    goal = a_goal(together, by=ben, levels=False)
    answer = post(ben, "rate_goal", goal.pk, once(attained="1"))
    assert answer.status_code == 422
    assert "Write the five sentences first" in answer.content.decode()
    with pytest.raises(NoLevels):
        Rating.give(goal, new_id(), 1, by=ben)


def test_sentences_change_freely_until_the_first_rating_and_leave_a_dated_revision_after(
    together: Engagement, ana: User, ben: User
) -> None:
    goal = a_goal(together, by=ben)
    anew = [f"{one}, and more" for one in FIVE]
    goal.write_levels(anew, by=ana)
    assert not Revision.objects.visible_to(ben).exists()
    Rating.give(goal, new_id(), 0, by=ben)
    goal.write_levels(FIVE, by=ana)
    goal.write_levels(FIVE, by=ana)
    kept = Revision.objects.visible_to(ben).get()
    assert (kept.levels, kept.replaced_by_id) == (anew, ana.pk)
    assert "As they were until" in page(ben, "goal", goal.pk)


def test_both_may_rate_and_their_difference_is_shown_and_not_averaged(
    together: Engagement, ana: User, ben: User
) -> None:
    goal = a_goal(together, by=ben)
    post(ben, "rate_goal", goal.pk, once(attained="2", because="They rang me"))
    post(ana, "rate_goal", goal.pk, once(attained="-1"))
    seen = page(ben, "goal", goal.pk)
    assert "You see it <strong>much more than hoped</strong>" in seen
    assert "Ana sees it <strong>less than hoped</strong>" in seen
    assert "see it differently" in seen
    assert "They rang me" in page(ana, "goal", goal.pk)
    shown = goals_of(together, ben)
    assert {one.who: round(one.t) for one in attained(shown)} == {"Ben": 70, "Ana": 40}
    picture = shown[0].picture
    assert picture is not None
    assert [[cell.text for cell in row][1:3] for row in picture.rows] == [["Ben", "+2"], ["Ana", "−1"]]


def test_a_rating_can_be_taken_back_by_whoever_gave_it(together: Engagement, ana: User, ben: User) -> None:
    goal = a_goal(together, by=ben)
    rating = Rating.give(goal, new_id(), 1, "Secretly", by=ben)
    assert post(ana, "undo_rating", rating.pk).status_code == 404
    with pytest.raises(NotTheirs):
        rating.undo(by=ana)
    post(ben, "undo_rating", rating.pk)
    assert not Rating.objects.visible_to(ben).exists()
    assert "Secretly" not in page(ana, "goal", goal.pk)


def test_a_goal_laid_down_counts_no_more_and_can_be_taken_up_again(together: Engagement, ben: User) -> None:
    goal = a_goal(together, by=ben)
    Rating.give(goal, new_id(), 1, by=ben)
    post(ben, "lay_down_goal", goal.pk)
    assert attained(goals_of(together, ben)) == []
    post(ben, "reach_goal", goal.pk)
    assert "Reached on" in page(ben, "goal", goal.pk)
    post(ben, "take_up_goal", goal.pk)
    assert Goal.objects.visible_to(ben).get().is_current


def test_milestones_are_reached_and_taken_back_within_the_page(together: Engagement, ana: User, ben: User) -> None:
    goal = a_goal(together, by=ben)
    post(ana, "add_milestone", goal.pk, once(words="The letter is written"))
    milestone = Milestone.objects.visible_to(ben).get()
    part = post(ben, "reach_milestone", milestone.pk, headers={"HX-Request": "true"}).content.decode()
    assert part.startswith("<article")
    assert "reached on" in part
    assert "Not yet, after all" in page(ana, "goal", goal.pk)
    post(ben, "unreach_milestone", milestone.pk)
    post(ben, "remove_milestone", milestone.pk)
    assert not Milestone.objects.visible_to(ana).exists()


def test_a_progress_note_is_the_writers_to_remove_and_read_by_both(together: Engagement, ana: User, ben: User) -> None:
    goal = a_goal(together, by=ben)
    post(ben, "add_progress", goal.pk, once(words="It is *going* <b>well</b>"))
    assert "It is *going* &lt;b&gt;well&lt;/b&gt;" in page(ana, "goal", goal.pk)
    note = Progress.objects.visible_to(ana).get()
    assert post(ana, "remove_progress", note.pk).status_code == 404
    post(ben, "remove_progress", note.pk)
    assert not Progress.objects.visible_to(ana).exists()


def test_an_empty_note_or_milestone_is_refused(together: Engagement, ben: User) -> None:
    goal = a_goal(together, by=ben)
    for name in ("add_progress", "add_milestone"):
        answer = post(ben, name, goal.pk, once(words=" \n "))
        assert answer.status_code == 422
        assert "There is nothing in it yet" in answer.content.decode()


def test_reading_the_others_words_leaves_a_trace_and_reading_ones_own_none(
    together: Engagement, ana: User, ben: User
) -> None:
    goal = a_goal(together, by=ben)
    page(ben, "goal", goal.pk)
    reads = Trace.objects.visible_to(ben).filter(noun_id=goal.pk, verb="read")
    assert not reads.exists()
    page(ana, "goals", together.pk)
    assert [trace.actor_id for trace in reads.all()] == [ana.pk]
    assert "read a goal" in browser(ben).get(reverse("reads")).content.decode()


def test_after_the_ending_all_stays_readable_and_nothing_is_added(together: Engagement, ana: User, ben: User) -> None:
    goal = a_goal(together, by=ben)
    together.end(ana.today, by=ana)
    answer = post(ben, "add_progress", goal.pk, once(words="Too late for this"))
    assert "has ended" in answer.content.decode()
    assert "Too late for this" in answer.content.decode(), "what was typed stays"
    assert "Work by the sea" in page(ana, "goals", together.pk)
    with pytest.raises(Over):
        Goal.objects.visible_to(ben).get().reach(by=ben)


def test_an_id_of_another_pairs_goal_makes_nothing(ana: User, together: Engagement, cleo: User, ben: User) -> None:
    other = open_engagement(ana, cleo, called="Cleo", accepted_at=timezone.now())
    taken = a_goal(other, by=cleo)
    answer = post(ben, "add_goal", together.pk, SAID | {"once": str(taken.pk)})
    assert answer.status_code == 422
    assert "too old" in answer.content.decode()
    with pytest.raises(NotBetweenThem):
        taken.reach(by=ben)


def test_strangers_meet_the_same_404_as_for_nothing(
    together: Engagement, ben: User, cleo: User, dov: User, eve: User
) -> None:
    goal = a_goal(together, by=ben)
    names = ["change_goal", "goal_levels", "rate_goal", "reach_goal", "add_milestone", "add_progress"]
    strangers_meet_nothing([cleo, dov, eve], names, goal.pk)
    strangers_meet_nothing([cleo, dov, eve], ["add_goal"], together.pk)
    for other in (cleo, dov, eve):
        assert browser(other).get(reverse("goal", args=[goal.pk])).status_code == 404
        assert browser(other).get(reverse("goals", args=[together.pk])).status_code == 404
        assert not Goal.objects.visible_to(other).exists()
