"""The ledger page: both columns, the coach's first; each deed with and without script; and strangers meet nothing."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from holdspace.engagements.models import Engagement
from holdspace.growth.models import Commitment, Move, Step
from holdspace.growth.tests.promising import HX, TODAY, clock, fresh, later, moved, promise, words
from holdspace.people.models import User
from holdspace.vault.models import Trace, new_id
from tests.cast import browser, meeting, unknown

assert clock
DAY = timedelta(days=1)


def ledger(person: User, engagement: Engagement) -> str:
    return words(browser(person), reverse("promises", args=[engagement.pk]))


def said(**more: str) -> dict[str, str]:
    told = {"once": str(new_id()), "action": "Write three stories", "promised_by": "client", "proposed_by": "joint"}
    return told | more


def test_an_empty_page_says_what_will_be_here(ana: User, ben: User, together: Engagement) -> None:
    for person in (ana, ben):
        page = ledger(person, together)
        assert "Nothing promised yet" in page
        assert "Write a promise down" in page


def test_both_columns_the_coachs_first(clock, ana: User, ben: User, together: Engagement) -> None:
    late = promise(together, ana, due=TODAY, action="Call Rosa")
    promise(together, ben, due=TODAY + 2 * DAY, action="Three stories")
    promise(together, ben, action="Buy a folder")
    promise(together, ana, owner="client", action="Sleep")
    later(clock, days=2)
    for person, order in (
        (ana, ["Your promises", "Late", "Call Rosa", "two days late", "Ben's promises", "Waiting for a yes", "Sleep"]),
        (ben, ["Ana's promises", "Call Rosa", "Your promises", "Sleep", "Yes, mine", "Today", "Three stories"]),
    ):
        page = ledger(person, together)
        places = [page.index(escape(word)) for word in order]
        assert places == sorted(places), order
        assert page.index("No day set") < page.index("Buy a folder")
        assert "Who can read this:" in page
    assert late.pk


def test_writing_one_down(clock, ana: User, ben: User, together: Engagement) -> None:
    session = meeting(together)
    sent = said(
        due_on=str(TODAY + DAY), only_if="it is Sunday", then="I sit down", serves="calm", made_in=str(session.pk)
    )
    page = browser(ana).post(reverse("add_promise", args=[together.pk]), sent, follow=True).content.decode()
    assert "It counts once Ben says yes" in page
    made = Commitment.objects.visible_to(ben).get()
    assert (made.if_then, made.serves, made.made_in) == ({"if": "it is Sunday", "then": "I sit down"}, "calm", session)
    assert "it is Sunday" in page
    assert "by tomorrow" in page


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"action": "  "}, "Please fill this in"),
        ({"action": "w" * 1_000_000}, "at most 500"),
        ({"due_on": "2026-02-31"}, "could not read that as a date"),
        ({"due_on": str(TODAY - DAY)}, "That day has passed"),
        ({"due_on": "9999-12-31"}, "next ten years"),
        ({"only_if": "it rains"}, "Say both halves"),
        ({"promised_by": "dov"}, "Pick one from the list"),
        ({"made_in": str(unknown())}, "Pick one from the list"),
    ],
)
def test_what_was_typed_stays_when_something_is_wrong(
    clock, wrong: dict, sentence: str, ana: User, together: Engagement
) -> None:
    answer = browser(ana).post(reverse("add_promise", args=[together.pk]), said(serves="the quiet one") | wrong)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert "the quiet one" in answer.content.decode()
    assert not Commitment.objects.visible_to(ana).exists()


def test_words_of_any_script_are_kept_as_typed(ana: User, together: Engagement) -> None:
    for text in ("أرسل الاسم 👩🏽‍🚀", "<b>bold</b> & co"):
        browser(ana).post(reverse("add_promise", args=[together.pk]), said(action=text, promised_by="coach"))
        assert escape(text) in ledger(ana, together)


def test_every_deed_works_as_a_part_and_as_a_page(clock, ana: User, ben: User, together: Engagement) -> None:
    for head in ({}, HX):
        made = promise(together, ana, owner="client", due=TODAY + DAY)
        steps: list[tuple[User, str, dict[str, str], str]] = [
            (ben, "edit_promise", said(action="Two", due_on=str(TODAY + DAY)), "Two"),
            (ben, "move_promise", {"new_day": str(TODAY + 3 * DAY)}, "It counts once Ana agrees"),
            (ben, "add_step", {"once": str(new_id()), "step": "Open the laptop"}, "Open the laptop"),
            (ben, "stuck_promise", {"got_in_the_way": "The dog"}, "The dog"),
            (ben, "go_on_promise", {}, "I&#x27;m stuck" if head else "stuck"),
            (ben, "keep_promise", {}, "kept today"),
            (ben, "reopen_promise", {}, "Done"),
            (ben, "drop_promise", {"owned": "Enough"}, "let go today"),
            (ben, "reopen_promise", {}, "Done"),
            (ana, "release_promise", {}, "you let it go today"),
            (ana, "reopen_promise", {}, "need not do it"),
        ]
        for person, name, sent, wanted in steps:
            there = browser(person)
            path = reverse(name, args=[made.pk])
            if name in ("edit_promise", "move_promise", "add_step", "stuck_promise", "drop_promise"):
                assert there.get(path, headers=head).status_code == 200
            answer = there.post(path, sent, headers=head, follow=not head)
            assert answer.status_code == 200, name
            page = answer.content.decode()
            assert wanted in page or wanted.replace("&#x27;", "'") in page, name
            assert page.lstrip().startswith("<article") == bool(head), name
        Commitment.objects.access_system("in a test").filter(pk=made.pk).delete()


def test_moves_and_steps_are_answered_on_the_page(clock, ana: User, ben: User, together: Engagement) -> None:
    made = promise(together, ben, due=TODAY)
    move = Move.ask(made, TODAY + 2 * DAY, by=ben)
    assert "Ben asks for Friday 27 November instead" in ledger(ana, together)
    browser(ana).post(reverse("decline_move", args=[move.pk]))
    assert "Ana would rather keep the day" in ledger(ben, together)
    move = Move.ask(made, TODAY + 2 * DAY, by=ben)
    page = browser(ana).post(reverse("agree_move", args=[move.pk]), headers=HX).content.decode()
    assert "Moved from Wednesday 25 November to Friday 27 November" in page
    move = Move.ask(made, TODAY + 4 * DAY, by=ben)
    browser(ben).post(reverse("withdraw_move", args=[move.pk]))
    assert not Move.objects.visible_to(ana).waiting().exists()
    step = Step.add(made, new_id(), "Find the form", by=ben)
    for name, wanted in (("tick_step", "Not done"), ("untick_step", "Done"), ("remove_step", "Done")):
        page = browser(ben).post(reverse(name, args=[step.pk]), headers=HX).content.decode()
        assert wanted in page
    assert "Find the form" not in page


def test_a_coach_is_asked_for_a_word_and_keeps_what_was_typed(clock, ana: User, together: Engagement) -> None:
    made = promise(together, ana)
    path = reverse("drop_promise", args=[made.pk])
    assert "Say a word to Ben" in browser(ana).post(path, {"owned": " "}).content.decode()
    answer = browser(ana).post(path, {"owned": "w" * 501})
    assert answer.status_code == 422
    assert "w" * 501 in answer.content.decode()
    assert fresh(made).state == "open"


def test_a_refusal_from_another_window_is_one_sentence(ana: User, ben: User, together: Engagement) -> None:
    made = promise(together, ben)
    made.keep(by=ben)
    for head in ({}, HX):
        answer = browser(ana).post(reverse("release_promise", args=[made.pk]), headers=head, follow=True)
        assert "Something became of this meanwhile" in answer.content.decode()
    answer = browser(ana).post(reverse("keep_promise", args=[made.pk]), follow=True)
    assert "Only whoever made this promise" in answer.content.decode()


def test_after_the_ending_it_is_readable_and_nothing_changes(ana: User, ben: User, together: Engagement) -> None:
    made = promise(together, ben)
    together.end(ana.today, by=ana)
    page = ledger(ben, together)
    assert "recruiter" in page
    assert "stays readable" in page
    assert "Write a promise down" not in page
    assert reverse("keep_promise", args=[made.pk]) not in page
    there = browser(ben)
    assert "has ended" in there.post(reverse("keep_promise", args=[made.pk]), follow=True).content.decode()
    refused = there.post(reverse("add_promise", args=[together.pk]), said())
    assert "Nothing new is promised" in refused.content.decode()
    assert "Write three stories" in refused.content.decode()


def test_the_other_erased_in_between_meets_404(ana: User, ben: User, together: Engagement) -> None:
    from holdspace.privacy.erase import erase_engagement

    made = promise(together, ana)
    open_window = browser(ana)
    erase_engagement(together, by=ben)
    for name in ("keep_promise", "drop_promise", "move_promise", "edit_promise", "remove_promise"):
        assert open_window.post(reverse(name, args=[made.pk])).status_code == 404
    assert not Commitment.objects.access_system("in a test").exists()


def test_the_coachs_account_gone_in_between_changes_nothing_for_ben(ana: User, ben: User, together: Engagement) -> None:
    from holdspace.privacy.erase import erase_person

    made = promise(together, ben)
    promise(together, ana)
    together.end(ana.today, by=ana)
    erase_person(ana, by=ana)
    assert "recruiter" in ledger(ben, together)
    assert fresh(made).state == "open"


def test_reading_the_others_words_leaves_a_trace_and_reading_ones_own_none(
    ana: User, ben: User, together: Engagement
) -> None:
    theirs, written_for, own = promise(together, ben), promise(together, ana, owner="client"), promise(together, ana)
    ledger(ana, together)
    reads = Trace.objects.access_system("in a test").filter(actor_id=ana.pk, verb="read")
    assert set(reads.values_list("noun_id", flat=True)) == {theirs.pk, written_for.pk}
    assert own.pk not in set(reads.values_list("noun_id", flat=True))
    assert {read.subject_id for read in reads} == {ben.pk}


def test_settled_ones_are_turned_over_page_by_page(clock, ana: User, together: Engagement) -> None:
    for number in range(12):
        promise(together, ana, due=TODAY, action=f"Number {number:02}").keep(by=ana)
        later(clock, minutes=1)
    path = reverse("promises", args=[together.pk])
    first, second = (words(browser(ana), f"{path}?page={number}") for number in (1, 2))
    assert "Number 11" in first
    assert "Number 01" not in first
    assert "Number 01" in second


def test_the_picture_says_the_same_as_its_table(clock, ana: User, ben: User, together: Engagement) -> None:
    promise(together, ana, due=TODAY, action="Call Rosa")
    kept = promise(together, ben, due=TODAY + DAY, action="Three stories <now>")
    later(clock, days=3)
    kept.keep(by=ben)
    page = ledger(ana, together)
    assert page.count('class="picture spans"') == 1
    assert "Ben: Three stories" in page
    assert "two days late" in page.split("<svg")[1].split("</svg>")[0]
    assert "Three stories &lt;now&gt;</a></td>" in page


def test_a_moved_promise_says_so(clock, ana: User, ben: User, together: Engagement) -> None:
    made = promise(together, ana, due=TODAY)
    moved(made, TODAY + DAY, by=ana)
    assert "moved in agreement" in ledger(ben, together)


@pytest.mark.parametrize("name", ["cleo", "eve", "dov"])
def test_strangers_meet_nothing(
    name: str, ana: User, ben: User, cleo: User, eve: User, dov: User, together: Engagement
) -> None:
    made = promise(together, ben, due=timezone.localdate() + DAY)
    move = Move.ask(made, timezone.localdate() + 3 * DAY, by=ben)
    step = Step.add(made, new_id(), "Find it", by=ben)
    there = browser({"cleo": cleo, "eve": eve, "dov": dov}[name])
    assert there.get(reverse("promises", args=[together.pk])).status_code == 404
    assert there.post(reverse("add_promise", args=[together.pk]), said()).status_code == 404
    deeds = ("accept", "decline", "keep", "edit", "move", "drop", "release", "stuck", "go_on", "reopen", "remove")
    for deed in deeds:
        assert there.post(reverse(f"{deed}_promise", args=[made.pk]), {"x": "y"}).status_code == 404
    for deed, row in (("agree_move", move), ("withdraw_move", move), ("tick_step", step), ("remove_step", step)):
        assert there.post(reverse(deed, args=[row.pk])).status_code == 404
    assert fresh(made).state == "open"
    assert "recruiter" not in words(there, reverse("own_promises"))


def test_ones_own_page_has_them_from_everybody(clock, ana: User, ben: User, together: Engagement) -> None:
    promise(together, ana, due=TODAY, action="Call Rosa")
    promise(together, ben, owner="coach", action="Read the letter")
    promise(together, ben, action="Ben's own")
    page = words(browser(ana), reverse("own_promises"))
    assert page.index("Written down as yours") < page.index("Read the letter") < page.index("Call Rosa")
    assert "to Ben, due today" in page
    assert "own" not in page.split("<main")[1].split("Call Rosa")[1].split("How it went")[0]
    assert "Nothing open" in words(
        browser(User.objects.create_user("x@example.org", name="X")), reverse("own_promises")
    )
