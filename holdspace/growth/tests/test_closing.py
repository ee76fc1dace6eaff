"""Before the two part: what is taken along, the promises read back, the next date; and nothing private."""

import pytest
from django.urls import reverse
from django.utils import timezone

from holdspace.conversations.models import Note, Session, write_note
from holdspace.engagements.models import Engagement
from holdspace.growth.models import Commitment
from holdspace.growth.tests.promising import promise, words
from holdspace.people.models import User
from holdspace.vault.models import Trace, new_id
from tests.cast import browser, meeting


def address(session: Session) -> str:
    return reverse("close_session", args=[session.pk])


def test_it_holds_what_both_may_read_and_nothing_else(session: Session, ana: User, ben: User) -> None:
    together = session.engagement
    write_note(session, new_id(), "He looked tired, for me alone", by=ana)
    promise(together, ben, action="Write three stories", made_in=session, due=timezone.localdate(), proposed_by="coach")
    promise(together, ana, action="Send the list", made_in=session)
    promise(together, ana, action="Of another day")
    refused = promise(together, ana, owner="client", action="Not mine at all", made_in=session)
    refused.decline(by=ben)
    coming = meeting(together, days=9)
    meeting(together, days=16)
    for person in (ana, ben):
        page = words(browser(person), address(session))
        assert page.index("Send the list") < page.index("Write three stories"), "the coach's first"
        for other in ("tired", "Of another day", "Not mine"):
            assert other not in page
        assert coming.get_absolute_url() in page
        assert page.count("/sessions/") >= 3
    assert "You had the idea" in words(browser(ana), address(session))
    assert "Ana had the idea" in words(browser(ben), address(session))
    read = Trace.objects.visible_to(ben).filter(verb="read", actor_id=ana.pk)
    assert read.count() == 1


def test_what_is_taken_along_is_for_both_and_kept_once(session: Session, ana: User, ben: User) -> None:
    said = {"once": str(new_id()), "note": "I can say no *kindly*."}
    for _ in range(2):
        assert browser(ben).post(address(session), said).headers["Location"].endswith("#along")
    (note,) = Note.objects.visible_to(ana)
    assert (note.writer, note.text) == (ben, said["note"])
    assert note.shared_at
    assert "I can say no <em>kindly</em>." in words(browser(ana), address(session))
    empty = browser(ben).post(address(session), said | {"note": " "})
    assert empty.status_code == 422
    assert "There is nothing in it yet." in empty.content.decode()


def test_nothing_came_yet_of_a_session_to_come(together: Engagement, ana: User) -> None:
    coming = meeting(together, days=3)
    for answer in (browser(ana).get(address(coming)), browser(ana).post(address(coming), {"note": "Too soon"})):
        assert answer.headers["Location"] == coming.get_absolute_url()
    assert not Note.objects.visible_to(ana).exists()


def test_after_the_ending_it_is_read_and_no_more(session: Session, ana: User, ben: User) -> None:
    window = browser(ben)
    session.engagement.end(ana.today, by=ana)
    answer = window.post(address(session), {"once": str(new_id()), "note": "Too late for this"})
    assert answer.status_code == 422
    assert "Too late for this" in answer.content.decode()
    assert not Note.objects.visible_to(ben)
    assert "Set the next date" not in words(browser(ana), address(session))


def test_a_promise_is_written_down_from_there_and_read_back_there(
    session: Session, together: Engagement, ana: User
) -> None:
    there = browser(ana)
    form = f"{reverse('add_promise', args=[together.pk])}?session={session.pk}"
    assert form in words(there, address(session))
    assert f'value="{session.pk}" selected' in words(there, form)
    said = {"once": new_id(), "action": "Ring him", "promised_by": "coach", "proposed_by": "joint"}
    answer = there.post(form, said | {"made_in": session.pk})
    assert answer.headers["Location"] == f"{address(session)}#promised"
    assert Commitment.objects.visible_to(ana).get().made_in == session
    assert "Ring him" in words(there, address(session))


@pytest.mark.parametrize("odd", ["nonsense", "", "01a22e51-9d8c-7485-adff-0c43d967135b"])
def test_an_odd_session_in_the_address_is_none(together: Engagement, ana: User, odd: str) -> None:
    page = words(browser(ana), f"{reverse('add_promise', args=[together.pk])}?session={odd}")
    assert reverse("promises", args=[together.pk]) in page


def test_what_waits_for_a_yes_gets_it_there(session: Session, ana: User, ben: User) -> None:
    waits = promise(session.engagement, ana, owner="client", action="Ring him", made_in=session)
    for question in ("accept_promise", "decline_promise"):
        assert reverse(question, args=[waits.pk]) in words(browser(ben), address(session))
    assert "counts once Ben says yes" in words(browser(ana), address(session))


def test_on_its_day_it_is_a_parting_and_later_what_came_of_it(session: Session, ana: User) -> None:
    assert "<h1>What came of it</h1>" in words(browser(ana), address(session))
    Session.objects.access_system("the session is now").filter(pk=session.pk).update(starts_at=timezone.now())
    for page in (address(session), session.get_absolute_url()):
        assert "Before you part" in words(browser(ana), page)


def test_the_session_leads_there_once_it_has_begun(session: Session, together: Engagement, ana: User) -> None:
    assert address(session) in words(browser(ana), session.get_absolute_url())
    coming = meeting(together, days=2)
    assert address(coming) not in words(browser(ana), coming.get_absolute_url())


def test_a_stranger_meets_nothing(session: Session, eve: User, cleo: User, dov: User) -> None:
    for other in (eve, cleo, dov):
        assert browser(other).get(address(session)).status_code == 404
        assert browser(other).post(address(session), {"once": new_id(), "note": "Mine"}).status_code == 404
    assert browser().get(address(session)).status_code == 302
