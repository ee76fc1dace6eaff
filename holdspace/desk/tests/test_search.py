"""Searching one's own sealed words: found however written, only where one may read, and traced only when shown."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from holdspace.conversations.models import Note, Session, Transcript, write_note
from holdspace.desk.search import MOST, search
from holdspace.desk.sought import Sought
from holdspace.engagements.models import Engagement, open_engagement
from holdspace.growth.models import Commitment, Concern, Fact, Goal, Milestone, Moment, Option, Progress, Step
from holdspace.people.models import User
from holdspace.threads.models import Message
from holdspace.threads.page import AT_ONCE
from holdspace.threads.send import send, take_back
from holdspace.vault.models import Trace, new_id
from tests.cast import browser, meeting

DAY = timedelta(days=1)


def note_by(person: User, session: Session, text: str) -> Note:
    return write_note(session, new_id(), text, by=person)


def look(person: User, words: str) -> str:
    return browser(person).post(reverse("search"), {"sought": words}).content.decode()


@pytest.mark.parametrize("words", ["cafe", "CAFÉ", "café zürich", "zurich cafe"])
def test_case_accents_and_order_do_not_matter(session: Session, ana: User, words: str) -> None:
    note_by(ana, session, "We met in a Café near Zürich.")
    assert [found.kind for found in search(ana, words)] == ["note"]


@pytest.mark.parametrize(
    ("text", "asked", "words"),
    [("ﬁne Straße today", "strasse", "Straße"), ("e\u0301tude", "etude", "e\u0301tude"), ("İstanbul", "stan", "stan")],
)
def test_what_is_quoted_is_as_written(text: str, asked: str, words: str) -> None:
    place = Sought(asked).within(text)
    assert place is not None
    assert text[place[0] : place[1]] == words


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Wait – then I “said” NO…", "said no..."),
        ("Łódź, Ærø and Ὀδυσσεύς", "ærø οδυσσευς"),
        ("Ὀδυσσεύς came home", "ΟΔΥΣΣΕΥΣ"),
        ("ليلى قمر الورد", "قمر"),
        ("👩‍🦰 and 한국어", "한국"),
        ("".join(map(chr, range(0xC0, 0x180))) + " Naïve", "naive"),
        ("a lone \ud800 half, Älter", "alter"),
    ],
)
def test_what_holds_the_words_is_the_same_with_and_without_opening_a_row(text: str, asked: str) -> None:
    sought = Sought(asked)
    assert sought.within(text) is not None
    assert sought.stands_in(text.encode("utf-8", "surrogatepass"))
    assert not Sought(f"{asked} elsewhere").stands_in(text.encode("utf-8", "surrogatepass"))


def test_all_kinds_of_words_are_searched(heard: Transcript, together: Engagement, ana: User) -> None:
    note_by(ana, heard.session, "A note of mine")
    assert "note" in look(ana, "note of mine")
    assert "said" in look(ana, "falling short")
    assert "session" in look(ana, "before the interview")
    assert "what you work towards" in look(ana, "work that fits")


def test_marks_are_found_by_the_client_once_accepted(heard: Transcript, ana: User, ben: User) -> None:
    mark = next(mark for mark in heard.open_marks(ana) if "three stories" in mark.text)
    assert not [found for found in search(ben, "three stories") if found.kind == "promise"]
    mark.accept(by=ana)
    assert [found for found in search(ben, "three stories") if found.kind == "promise"]


def test_promises_with_all_that_stands_with_them(together: Engagement, ana: User, ben: User) -> None:
    said = {"owner": "client", "action": "Ring the harbour", "due_on": None, "proposed_by": "joint"}
    said |= {"if_then": {"if": "the kettle sings", "then": "I dial"}, "serves": "Being near water"}
    made = Commitment.make(together, said, by=ben)
    Step.add(made, new_id(), "Find the almanac", by=ben)
    made.say_stuck("The line was engaged", by=ben)
    address = f'href="{reverse("promises", args=[together.pk])}#commitment-{made.pk}"'
    for words in ("ring harbour", "kettle", "dial", "near water", "almanac", "line engaged"):
        for person in (ana, ben):
            assert address in look(person, words), words
    assert Trace.objects.visible_to(ben).filter(verb="read", noun_id=made.pk, actor_id=ana.pk).count() == 1
    for mark in range(12):
        other = Commitment.make(together, said | {"action": f"Other {mark}"}, by=ben)
        other.keep(by=ben)
    made.drop(by=ben)
    Commitment.objects.access_system("long ago").filter(pk=made.pk).update(dropped_at=timezone.now() - DAY)
    (found,) = search(ana, "ring harbour")
    assert f'id="commitment-{made.pk}"' in browser(ana).get(found.address).content.decode(), "on the page it stands on"


def test_messages_and_where_they_stand_in_a_long_thread(together: Engagement, ana: User, ben: User) -> None:
    first = send(together, "The lighthouse is closed on Mondays", by=ben, once=new_id())
    for number in range(AT_ONCE + 3):
        send(together, f"And {number}", by=ana, once=new_id())
    (found,) = search(ana, "lighthouse monday")
    assert (found.kind, found.who) == ("message", "Ben")
    assert found.address.endswith(f"#message-{first.pk}")
    there = browser(ana)
    assert f'id="message-{first.pk}"' not in there.get(reverse("thread", args=[together.pk])).content.decode()
    page = there.get(found.address).content.decode()
    assert f'id="message-{first.pk}"' in page
    assert "Back to the newest" in page
    assert Trace.objects.visible_to(ben).filter(verb="read", noun_id=first.pk, actor_id=ana.pk).exists()


def test_a_message_that_waits_for_the_morning_or_was_taken_back_is_not_found(
    together: Engagement, ana: User, ben: User
) -> None:
    held = send(together, "The lighthouse sleeps", by=ana, once=new_id())
    rows = Message.objects.access_system("held for the morning")
    rows.filter(pk=held.pk).update(goes_at=timezone.now() + DAY)
    assert search(ben, "lighthouse") == []
    assert [one.who for one in search(ana, "lighthouse")] == ["You"]
    rows.filter(pk=held.pk).update(goes_at=timezone.now())
    assert len(search(ben, "lighthouse")) == 1
    held.refresh_from_db()
    take_back(held, by=ana)
    for person in (ana, ben):
        assert search(person, "lighthouse") == []


def test_what_was_forgotten_hidden_deleted_or_erased_is_not_found(together: Engagement, ana: User, ben: User) -> None:
    fact, hidden = (Fact.note(together, new_id(), "Fears the lighthouse", None, by=ana) for _ in range(2))
    concern = Concern.voice(together, new_id(), "The lighthouse is too high", None, share=True, by=ben)
    send(together, "Lighthouse at noon?", by=ben, once=new_id())
    said = {"owner": "coach", "action": "Climb the lighthouse", "due_on": None, "proposed_by": "coach"}
    promise = Commitment.make(together, said, by=ana)
    assert len(search(ana, "lighthouse")) == 5
    fact.forget(by=ben)
    hidden.hide(by=ben)
    concern.unshare(by=ben)
    promise.remove(by=ana)
    assert [one.kind for one in search(ana, "lighthouse")] == ["message"]
    assert sorted(one.kind for one in search(ben, "lighthouse")) == ["concern", "held about the client", "message"]
    together.key.destroy(by=ben, why="a test of search")
    for person in (ana, ben):
        assert search(person, "lighthouse") == []


def test_what_happened_with_a_concern_is_found_where_it_is_shared(together: Engagement, ana: User, ben: User) -> None:
    concern = Concern.voice(together, new_id(), "What if?", None, share=False, by=ben)
    concern.choose_step("Ask the almanac", by=ben)
    concern.tell("Tea with the keeper", by=ben)
    for words in ("almanac", "tea keeper"):
        assert [one.kind for one in search(ben, words)] == ["concern"]
        assert search(ana, words) == []
    concern.share(by=ben)
    assert [one.kind for one in search(ana, "almanac")] == ["concern"]


def test_what_stands_under_goals_and_concerns_and_days_that_matter(together: Engagement, ana: User, ben: User) -> None:
    goal = Goal.propose(together, new_id(), title="To sail", why="", weight=1, proposed_by="client", by=ben)
    Milestone(goal=goal, words="The first lighthouse", written_by=ben).keep("added a milestone", by=ben)
    Progress(goal=goal, words="Saw a lighthouse", written_by=ana).keep("wrote a progress note", by=ana)
    concern = Concern.voice(together, new_id(), "What if?", None, share=False, by=ben)
    option = Option(concern=concern, words="Row", written_by=ben)
    option.speaks_against = "No lighthouse there"
    option.keep("added an option to a concern", by=ben)
    said = {"kind": "other", "label": "Lighthouse day", "day": timezone.localdate(), "time": None, "timezone": "UTC"}
    moment = Moment.note(together, new_id(), said | {"ask": False, "starts_at": None}, by=ben)
    kinds = ["place on the way", "how it is going", "way to go", "day that matters"]
    assert [one.kind for one in search(ben, "lighthouse")] == kinds
    assert [one.kind for one in search(ana, "lighthouse")] == [kind for kind in kinds if kind != "way to go"]
    for found in search(ben, "lighthouse"):
        path, _, part = found.address.partition("#")
        assert f'id="{part}"' in browser(ben).get(path).content.decode()
    read = Trace.objects.visible_to(ben).filter(verb="read", actor_id=ana.pk)
    assert {one.noun_id for one in read} >= {moment.pk}


def test_a_question_finds_nothing_one_may_not_read(
    session: Session, ana: User, ben: User, eve: User, cleo: User, dov: User
) -> None:
    note = note_by(ana, session, "The lighthouse keeper")
    for other in (ben, eve, cleo, dov):
        assert search(other, "lighthouse") == []
    note.share(by=ana)
    assert len(search(ben, "lighthouse")) == 1
    send(note.session.engagement, "Lighthouse, again", by=ana, once=new_id())
    said = {"owner": "coach", "action": "Ask the lighthouse", "due_on": None, "proposed_by": "coach"}
    Commitment.make(note.session.engagement, said, by=ana)
    assert len(search(ben, "lighthouse")) == 3
    for other in (eve, cleo, dov):
        assert search(other, "lighthouse") == []


def test_a_deleted_note_is_not_found(session: Session, ana: User) -> None:
    note_by(ana, session, "The lighthouse keeper").delete_softly(by=ana)
    assert search(ana, "lighthouse") == []


def test_only_what_is_shown_of_anothers_words_is_traced(session: Session, ana: User, ben: User) -> None:
    shown, other, own = (note_by(ben, session, "lighthouse"), note_by(ben, session, "harbour"), ana)
    for note in (shown, other):
        note.share(by=ben)
    note_by(own, session, "lighthouse of mine")
    look(ana, "lighthouse")
    reads = Trace.objects.visible_to(ben).filter(verb="read", actor_id=ana.pk)
    assert [trace.noun_id for trace in reads] == [shown.pk]
    assert not Trace.objects.visible_to(ana).filter(verb="read", subject_id=ana.pk).exists()


def test_each_place_leads_to_its_line(session: Session, ana: User) -> None:
    note = note_by(ana, session, "The lighthouse keeper")
    assert f'href="{session.get_absolute_url()}#note-{note.pk}"' in look(ana, "lighthouse")


def test_what_was_asked_stands_in_no_address(session: Session, ana: User) -> None:
    note_by(ana, session, "The lighthouse keeper")
    page = browser(ana).get(reverse("search"), {"sought": "lighthouse"}).content.decode()
    assert "keeper" not in page


@pytest.mark.parametrize(("words", "said"), [("", "Say a word"), ("a", "a single letter"), ("x" * 300, "at most 200")])
def test_an_empty_or_endless_question_gets_a_sentence(ana: User, words: str, said: str) -> None:
    assert said in look(ana, words)


def test_what_is_found_cannot_harm_the_page(session: Session, ana: User) -> None:
    note_by(ana, session, "<script>alert(1)</script> lighthouse")
    assert "<script>alert" not in look(ana, "lighthouse")


def test_more_than_a_page_is_cut_and_says_so(session: Session, ana: User) -> None:
    for number in range(MOST + 5):
        note_by(ana, session, f"lighthouse {number}")
    assert "There may be more" in look(ana, "lighthouse")


def test_the_number_of_questions_does_not_grow_with_the_clients(
    ana: User, cleo: User, session: Session, django_assert_max_num_queries: pytest.FixtureRequest
) -> None:
    other = meeting(open_engagement(ana, cleo, called="Cleo", accepted_at=timezone.now()))
    for place in (session, other):
        note_by(ana, place, "lighthouse")
    there = browser(ana)
    there.post(reverse("search"), {"sought": "lighthouse"})
    with django_assert_max_num_queries(19):
        there.post(reverse("search"), {"sought": "lighthouse"})
