"""What a new coach reads of earlier work: what the client ticked, and nothing else; each look leaves a trace."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from holdspace.conversations.models import Note, Session, Transcript, write_note
from holdspace.engagements.hand_over import answer_as_client, answer_as_coach, hand_over
from holdspace.engagements.models import Engagement, Handover, Kind
from holdspace.growth.models import Commitment, Concern, Fact, Goal
from holdspace.people.models import Seat, User
from holdspace.threads.models import Message
from holdspace.threads.send import send
from holdspace.vault.models import Trace, new_id
from tests.cast import browser, meeting, unknown
from tests.test_cost import DOOR, PAGE, questions

SAID = {
    Kind.NOTES: ["Before the interview", "Shared by Ana", "Shared by Ben"],
    Kind.TRANSCRIPTS: ["part of you is afraid"],
    Kind.MESSAGES: ["From Ana to Ben", "From Ben to Ana"],
    Kind.GOALS: ["To find work that fits.", "A role with people", "Because it matters", "Send the list"],
    Kind.CONCERNS: ["Told to Ana"],
    Kind.FACTS: ["Takes tea"],
}
NEVER = ["Only for Ana", "Only for Ben", "Kept by Ben", "Hidden by Ben", "Not gone yet"]


@pytest.fixture
def lived(heard: Transcript, ana: User, ben: User) -> Engagement:
    """Ana and Ben with something of each kind, shared, and something that isn't."""
    session = heard.session
    engagement = session.engagement
    for writer in (ana, ben):
        write_note(session, new_id(), f"Only for {writer.name}", by=writer)
        write_note(session, new_id(), f"Shared by {writer.name}", by=writer).share(by=writer)
    send(engagement, "From Ana to Ben", by=ana, once=new_id())
    send(engagement, "From Ben to Ana", by=ben, once=new_id())
    held = send(engagement, "Not gone yet", by=ana, once=new_id())
    Message.objects.visible_to(ana).filter(pk=held.pk).update(goes_at=timezone.now() + timedelta(hours=5))
    said = {"title": "A role with people", "why": "Because it matters", "weight": 2, "proposed_by": "joint"}
    Goal.propose(engagement, new_id(), **said, by=ben)  # type: ignore[arg-type]
    Commitment.make(engagement, {"owner": "coach", "action": "Send the list", "proposed_by": "joint"}, by=ana)
    Concern.voice(engagement, new_id(), "Told to Ana", session, share=True, by=ben)
    Concern.voice(engagement, new_id(), "Kept by Ben", session, share=False, by=ben)
    Fact.note(engagement, new_id(), "Takes tea", None, by=ana)
    Fact.note(engagement, new_id(), "Hidden by Ben", None, by=ana).hide(by=ben)
    return engagement


def handed_over(engagement: Engagement, successor: User, kinds: list[str]) -> Handover:
    made = hand_over(engagement, successor, by=engagement.coach)
    answer_as_client(made, yes=True, kinds=kinds, by=engagement.client)
    answer_as_coach(made, yes=True, by=successor)
    return made


def pages(handover: Handover, heard: Transcript) -> list[str]:
    names = ("handed", "handed_road", "handed_messages")
    return [*(reverse(name, args=[handover.pk]) for name in names), reverse("handed_session", args=[heard.session_id])]


def read(there: Client, handover: Handover, heard: Transcript) -> str:
    return "".join(there.get(path).content.decode() for path in pages(handover, heard))


@pytest.mark.parametrize("kinds", [[], *([kind] for kind in Kind), list(Kind)], ids=" ".join)
def test_just_what_was_ticked_is_read(lived: Engagement, heard: Transcript, eve: User, kinds: list[Kind]) -> None:
    all_of_it = read(browser(eve), handed_over(lived, eve, [*kinds]), heard)
    assert "before you" in all_of_it
    for kind, words in SAID.items():
        assert [one in all_of_it for one in words] == [kind in kinds] * len(words), kind
    assert not [words for words in NEVER if words in all_of_it]


def test_every_look_stands_where_the_client_sees_who_read_what(
    lived: Engagement, heard: Transcript, ana: User, ben: User, eve: User
) -> None:
    handover = handed_over(lived, eve, [*Kind])
    read(browser(eve), handover, heard)
    nouns = set(Trace.objects.visible_to(ben).filter(actor_id=eve.pk, verb="read").values_list("noun", flat=True))
    assert nouns >= {
        "conversations.transcript",
        "conversations.note",
        "conversations.session",
        "growth.goal",
        "growth.commitment",
        "growth.concern",
        "growth.fact",
        "threads.message",
    }
    assert "read what was said" in browser(ben).get(reverse("reads")).content.decode()
    words = browser(ana).get(reverse("reads")).content.decode()
    assert "Eve" in words, "of the words of the earlier coach, the earlier coach is told"
    assert "Somebody no longer here" not in words


def test_taken_back_it_is_closed_in_the_same_moment(lived: Engagement, heard: Transcript, ben: User, eve: User) -> None:
    handover = handed_over(lived, eve, [*Kind])
    answer_as_client(handover, yes=False, kinds=[], by=ben)
    assert [browser(eve).get(path).status_code for path in pages(handover, heard)] == [404] * 4
    assert reverse("handed", args=[handover.pk]) not in browser(eve).get(clients_page(handover)).content.decode()


def test_a_session_says_that_the_next_coach_reads_it(
    lived: Engagement, heard: Transcript, ana: User, ben: User, eve: User
) -> None:
    handed_over(lived, eve, [Kind.NOTES])
    for person, other in ((ana, "Ben"), (ben, "Ana")):
        page = browser(person).get(heard.session.get_absolute_url()).content.decode()
        assert f"You, {other} and Eve (shared notes)" in page
        assert questions(browser(person), heard.session.get_absolute_url(), part=False)[1] <= PAGE + DOOR


LINES = {
    Kind.GOALS: ["goals", "promises"],
    Kind.CONCERNS: ["concerns"],
    Kind.FACTS: ["facts"],
    Kind.MESSAGES: ["thread"],
}
ALWAYS = ["agreement", "client"]


@pytest.mark.parametrize("kind", LINES)
def test_each_page_names_the_next_coach_where_it_was_released(
    lived: Engagement, ana: User, ben: User, eve: User, kind: Kind
) -> None:
    handed_over(lived, eve, [kind])
    for person, other in ((ana, "Ben"), (ben, "Ana")):
        there = browser(person)
        for released, names in LINES.items():
            for name in names:
                page = there.get(reverse(name, args=[lived.pk])).content.decode()
                assert (f"You, {other} and Eve" in page) == (released == kind), name
        for name in ALWAYS if person == ana else ["agreement", "own_sessions"]:
            assert f"You, {other} and Eve" in there.get(reverse(name, args=[lived.pk])).content.decode(), name


def test_a_shared_note_names_the_next_coach_and_ones_own_does_not(
    lived: Engagement, heard: Transcript, ana: User, ben: User, eve: User
) -> None:
    handed_over(lived, eve, [Kind.NOTES])
    for person, other in ((ana, "Ben"), (ben, "Ana")):
        page = browser(person).get(heard.session.get_absolute_url()).content.decode()
        notes = page.split('<article class="note"')[1:]
        said = [part.split('class="who-reads"')[1].split("</p>")[0] for part in notes]
        assert sorted(one.split("</span> ")[1] for one in said) == ["Only you", *[f"You, {other} and Eve"] * 2]


def test_who_goes_on_after_all_closes_what_was_handed_over(
    lived: Engagement, heard: Transcript, ana: User, ben: User, eve: User
) -> None:
    handover = handed_over(lived, eve, [*Kind])
    assert browser(ana).post(reverse("reopen", args=[lived.pk])).status_code == 302
    assert not now(lived).is_live, "the client went on with somebody else, so only they come back"
    browser(ben).post(reverse("reopen", args=[lived.pk]))
    assert now(lived).is_live
    assert [browser(eve).get(path).status_code for path in pages(handover, heard)] == [404] * 4
    assert "Eve" not in browser(ben).get(reverse("goals", args=[lived.pk])).content.decode()


def now(engagement: Engagement) -> Engagement:
    return Engagement.objects.access_system("in a test").get(pk=engagement.pk)


def test_it_is_read_only_while_they_work_together(lived: Engagement, heard: Transcript, ben: User, eve: User) -> None:
    handover = handed_over(lived, eve, [*Kind])
    begun = handover.begun
    assert begun
    assert reverse("handed", args=[handover.pk]) in browser(eve).get(clients_page(handover)).content.decode()
    begun.end(ben.today, by=ben)
    assert [browser(eve).get(path).status_code for path in pages(handover, heard)] == [404] * 4
    begun.reopen(by=ben)
    Seat.objects.visible_to(eve).get(user=eve).end(by=eve)
    eve.refresh_from_db()
    assert [browser(eve).get(path).status_code for path in pages(handover, heard)] == [404] * 4


def clients_page(handover: Handover) -> str:
    return reverse("client", args=[handover.begun_id])


def test_it_gives_no_deed_and_no_page_of_the_two(lived: Engagement, heard: Transcript, eve: User) -> None:
    handed_over(lived, eve, [*Kind])
    there = browser(eve)
    for name in ("session", "change_session", "add_note", "agree", "remove_transcript"):
        assert there.post(reverse(name, args=[heard.session_id]), {"note": "x"}).status_code in (404, 405)
    for name in ("client", "thread", "goals", "concerns", "facts", "promises", "agreement"):
        assert there.get(reverse(name, args=[lived.pk])).status_code == 404
    assert there.get(heard.session.get_absolute_url()).status_code == 404


def test_nobody_else_reads_by_it(
    lived: Engagement, heard: Transcript, ana: User, ben: User, cleo: User, dov: User, eve: User
) -> None:
    handover = handed_over(lived, eve, [*Kind])
    for other in (ana, ben, cleo, dov):
        there = browser(other)
        for path in pages(handover, heard):
            nothing = there.get(
                "/".join(unknown().hex if "-" in part and len(part) == 36 else part for part in path.split("/"))
            )
            assert there.get(path).status_code == nothing.status_code == 404


def test_what_the_client_has_erased_is_gone_here_too(
    lived: Engagement, heard: Transcript, ben: User, eve: User
) -> None:
    from holdspace.privacy.erase import erase_engagement

    handover = handed_over(lived, eve, [*Kind])
    begun = handover.begun_id
    erase_engagement(lived, by=ben)
    assert not Handover.objects.access_system("in a test").exists()
    assert browser(eve).get(reverse("client", args=[begun])).status_code == 200


def test_a_page_asks_as_little_for_many_rows_as_for_few(lived: Engagement, heard: Transcript, eve: User) -> None:
    handover, there = handed_over(lived, eve, [*Kind]), browser(eve)
    paths = [*pages(handover, heard), clients_page(handover), reverse("handover", args=[handover.pk]), reverse("reads")]
    few = [questions(there, path, part=False) for path in paths]
    for number in range(9):
        session = meeting(lived, days=-number)
        for writer in (lived.coach, lived.client):
            for place in (heard.session, session):
                rows_written(place, writer, number)
    assert [questions(there, path, part=False) for path in paths] == few
    assert all(status == 200 and asked <= PAGE + DOOR for status, asked in few), few


def rows_written(session: Session, writer: User, number: int) -> None:
    """One row more of each kind, as though it had been written before the work ended."""
    engagement = session.engagement
    Note.objects.create(session=session, writer=writer, text=f"Note {number}", shared_at=timezone.now())
    Message.objects.create(engagement=engagement, writer=writer, words="Words", goes_at=timezone.now())
    Goal.objects.create(engagement=engagement, title=f"Goal {number}", proposed_by="joint", written_by=writer)
    Concern.objects.create(engagement=engagement, words="What if?", written_by=writer, shared_at=timezone.now())
    Fact.objects.create(engagement=engagement, words="Takes tea", written_by=writer)
