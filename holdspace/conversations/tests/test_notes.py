"""Notes: for the writer alone until shared, changed by nobody else, and brought back within a week."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from holdspace.conversations.markdown import as_html
from holdspace.conversations.models import Note, NotTheWriter, Session, write_note
from holdspace.engagements.models import Engagement
from holdspace.engagements.tests.agreeing import agreed_on
from holdspace.people.models import User
from holdspace.privacy.expire import RULES
from holdspace.vault.models import Trace, new_id
from tests.cast import browser, meeting, unknown

SAID = "She spoke of the *lighthouse* again."


def note_by(person: User, session: Session, text: str = SAID) -> Note:
    return write_note(session, new_id(), text, by=person)


def page_of(person: User, session: Session) -> str:
    return browser(person).get(session.get_absolute_url()).content.decode()


def post(person: User, name: str, pk: object, said: dict[str, str] | None = None, **more: str):
    return browser(person).post(reverse(name, args=[pk]), said or {}, follow=True, **more)


@pytest.mark.parametrize("name", ["ana", "ben"])
def test_either_writes_a_note_without_any_recording(
    name: str, session: Session, ana: User, ben: User, request: pytest.FixtureRequest
) -> None:
    writer, other = (ana, ben) if name == "ana" else (ben, ana)
    page = post(writer, "add_note", session.pk, {"note": SAID, "once": str(new_id())}).content.decode()
    assert "<em>lighthouse</em>" in page
    assert "Only you" in page
    assert "lighthouse" not in page_of(other, session)


def test_the_same_form_sent_twice_is_one_note(session: Session, ana: User) -> None:
    once = str(new_id())
    for _ in range(2):
        post(ana, "add_note", session.pk, {"note": SAID, "once": once})
    assert Note.objects.visible_to(ana).count() == 1


def test_an_id_of_somebody_elses_note_is_refused_and_the_words_stay(session: Session, ana: User, ben: User) -> None:
    taken = note_by(ben, session)
    answer = post(ana, "add_note", session.pk, {"note": "Mine is other", "once": str(taken.pk)})
    assert answer.status_code == 422
    assert "Mine is other" in answer.content.decode()
    assert not Note.objects.visible_to(ana).exists()


@pytest.mark.parametrize("words", ["", "   \n ", "x" * 20_001])
def test_an_empty_or_endless_note_is_refused_and_what_was_typed_stays(session: Session, ana: User, words: str) -> None:
    answer = post(ana, "add_note", session.pk, {"note": words, "once": str(new_id())})
    assert answer.status_code == 422
    assert words.strip() in answer.content.decode()
    assert not Note.objects.visible_to(ana).exists()


def test_sharing_says_first_who_will_read_it(session: Session, ana: User, ben: User) -> None:
    note = note_by(ana, session)
    where = reverse("note_readers", args=[note.pk])
    before = browser(ana).get(where).content.decode()
    assert "Ben will be able to read this from now on" in before
    assert "lighthouse" not in page_of(ben, session), "looking at the question shares nothing"
    browser(ana).post(where, {"readers": "both"})
    assert "<em>lighthouse</em>" in page_of(ben, session)


def test_an_unknown_answer_about_the_readers_changes_nothing(session: Session, ana: User, ben: User) -> None:
    note = note_by(ana, session)
    post(ana, "note_readers", note.pk, {"readers": "everyone"})
    assert not Note.objects.visible_to(ben).exists()


def test_taking_back_says_that_it_may_have_been_read(session: Session, ana: User, ben: User) -> None:
    note = note_by(ana, session)
    note.share(by=ana)
    assert "It may have been read already" in browser(ana).get(reverse("note_readers", args=[note.pk])).content.decode()
    post(ana, "note_readers", note.pk, {"readers": "me"})
    assert "lighthouse" not in page_of(ben, session)


def test_reading_what_the_other_shared_leaves_a_trace_and_reading_ones_own_none(
    session: Session, ana: User, ben: User
) -> None:
    note = note_by(ben, session)
    note.share(by=ben)
    page_of(ben, session)
    reads = Trace.objects.visible_to(ben).filter(noun_id=note.pk, verb="read")
    assert not reads.exists()
    page_of(ana, session)
    assert [trace.actor_id for trace in reads.all()] == [ana.pk]


def test_of_a_note_for_oneself_the_other_sees_no_deed_either(session: Session, ana: User, ben: User) -> None:
    note = note_by(ana, session)
    assert Trace.objects.visible_to(ana).filter(noun_id=note.pk).exists()
    assert not Trace.objects.visible_to(ben).filter(noun_id=note.pk).exists()


def test_editing_keeps_who_can_read(session: Session, ana: User, ben: User) -> None:
    note = note_by(ana, session)
    note.share(by=ana)
    post(ana, "edit_note", note.pk, {"note": "A clearer word", "once": str(new_id())})
    assert "A clearer word" in page_of(ben, session)
    assert "changed" in page_of(ana, session)


def test_deleting_can_be_undone_within_the_page(session: Session, ana: User, ben: User) -> None:
    note = note_by(ana, session)
    note.share(by=ana)
    part = post(ana, "delete_note", note.pk, headers={"HX-Request": "true"}).content.decode()
    assert "Bring it back" in part
    assert "lighthouse" not in part
    assert "lighthouse" not in page_of(ben, session)
    assert "lighthouse" in post(ana, "restore_note", note.pk).content.decode()
    assert "lighthouse" in page_of(ben, session)


def test_a_week_after_deleting_it_is_gone(session: Session, ana: User) -> None:
    old, new, kept = (note_by(ana, session) for _ in range(3))
    for note in (old, new):
        note.delete_softly(by=ana)
    Note.objects.visible_to(ana).filter(pk=old.pk).update(deleted_at=timezone.now() - timedelta(days=7, hours=1))
    rule = next(rule for rule in RULES if rule.label == "conversations.Note")
    assert rule.go(rule.due(timezone.now())) == 1
    assert set(Note.objects.visible_to(ana)) == {new, kept}


def test_the_other_of_the_two_changes_nothing(session: Session, ana: User, ben: User) -> None:
    note = note_by(ana, session)
    note.share(by=ana)
    for name in ("edit_note", "note_readers", "delete_note", "restore_note"):
        assert browser(ben).post(reverse(name, args=[note.pk]), {"note": "x", "readers": "me"}).status_code == 404
    with pytest.raises(NotTheWriter):
        note.edit("x", by=ben)


def test_a_stranger_meets_the_same_404_as_for_nothing(
    session: Session, ana: User, cleo: User, dov: User, eve: User
) -> None:
    note = note_by(ana, session)
    note.share(by=ana)
    for other in (cleo, dov, eve):
        there = browser(other)
        for name in ("edit_note", "note_readers", "delete_note", "restore_note"):
            answer, nothing = (there.post(reverse(name, args=[pk])) for pk in (note.pk, unknown()))
            assert (answer.status_code, answer.content) == (404, nothing.content)


def test_after_the_ending_no_note_is_added_and_the_old_ones_stay(together: Engagement, ana: User) -> None:
    session = meeting(together)
    note_by(ana, session)
    together.end(ana.today, by=ana)
    answer = post(ana, "add_note", session.pk, {"note": "too late", "once": str(new_id())})
    assert "has ended" in answer.content.decode()
    assert "lighthouse" in page_of(ana, session)


@pytest.mark.parametrize(
    ("words", "harm"),
    [
        ("<script>alert(1)</script>", "<script"),
        ("<b onclick=x>b</b>", "<b"),
        ("[x](javascript:alert(1))", "href"),
        ("![x](https://elsewhere.example/x.png)", "<img"),
        ("# A title", "<h1"),
        ("[x](data:text/html;base64,AAAA)", "href"),
    ],
)
def test_a_notes_words_can_do_no_harm(words: str, harm: str) -> None:
    assert harm not in as_html(words)


def test_a_notes_words_keep_their_shape() -> None:
    shown = as_html("**strong**\n\n- one\n- two\n\n> said\n\n[a](https://example.org)")
    for part in ("<strong>", "<li>one</li>", "<blockquote>", 'href="https://example.org"', "noopener"):
        assert part in shown


def test_a_coachs_own_notes_go_when_their_time_after_the_ending_is_over(session: Session, ana: User, ben: User) -> None:
    note_by(ana, session)
    shared, clients = note_by(ana, session), note_by(ben, session)
    shared.share(by=ana)
    session.engagement.end(ana.today, by=ana)
    rule = next(rule for rule in RULES if rule.label == "conversations.Note")
    assert rule.go(rule.due(timezone.now() + timedelta(days=360))) == 0
    assert rule.go(rule.due(timezone.now() + timedelta(days=370))) == 1
    assert set(Note.objects.visible_to(ben)) == {shared, clients}


def test_the_coach_is_quietly_reminded_of_what_is_off_limits_and_the_note_stays(
    session: Session, together: Engagement, ana: User, ben: User
) -> None:
    agreed_on(together, off_limits=["the divorce"])
    assert 'data-stem="divorce"' in page_of(ana, session)
    assert "data-stem" not in page_of(ben, session)
    page = post(ana, "add_note", session.pk, {"note": "He spoke of the divorce.", "once": str(new_id())})
    assert "you don&#x27;t bring up the divorce" in page.content.decode()
    note = Note.objects.visible_to(ana).get()
    assert note.text == "He spoke of the divorce."
    assert 'data-stem="divorce"' in browser(ana).get(reverse("edit_note", args=[note.pk])).content.decode()
    page = post(ben, "add_note", session.pk, {"note": "My divorce again.", "once": str(new_id())})
    assert "A reminder" not in page.content.decode()
