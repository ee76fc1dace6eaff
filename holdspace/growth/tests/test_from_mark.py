"""A found promise that the coach accepts is a commitment, from then until the answer or a consent is taken back."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from holdspace.conversations.consent import withdraw
from holdspace.conversations.models import Mark, Session, Transcript
from holdspace.growth.models import Commitment
from holdspace.growth.tests.promising import HX
from holdspace.people.models import Link, User
from holdspace.privacy.expire import let_go, transcripts
from tests.cast import browser


@pytest.fixture
def found(heard: Transcript, ana: User) -> dict[str, Mark]:
    """The promises of Ben and of Ana."""
    marks = Mark.objects.visible_to(ana).for_transcript(heard).filter(kind="promise")
    return {mark.owner: mark for mark in marks}


def made() -> list[Commitment]:
    return list(Commitment.objects.access_system("in a test").with_people().order_by("owner"))


def post(person: User, name: str, mark: Mark, said: dict[str, str] | None = None, **head: str) -> str:
    answer = browser(person).post(reverse(name, args=[mark.pk]), said or {}, headers=head, follow=True)
    return answer.content.decode()


def test_accepting_writes_it_down(found: dict[str, Mark], ana: User, ben: User) -> None:
    for mark in found.values():
        post(ana, "accept_mark", mark)
        post(ana, "accept_mark", mark)
    bens, anas = made()
    assert (bens.owner, bens.state, bens.made_by) == ("client", "waiting", ana)
    assert (anas.owner, anas.state) == ("coach", "open")
    session = found["coach"].transcript.session
    assert anas.due_on == session.day + timedelta(days=1), "“tomorrow”, said that day"
    assert (anas.action, anas.made_in) == (found["coach"].text, session)
    page = browser(ben).get(reverse("promises", args=[session.engagement_id])).content.decode()
    assert "Ana wrote this down as yours" in page


@pytest.mark.parametrize("deed", ["reopen_mark", "dismiss_mark"])
def test_taking_the_answer_back_takes_an_untouched_one_away(found: dict[str, Mark], deed: str, ana: User) -> None:
    post(ana, "accept_mark", found["client"])
    post(ana, deed, found["client"])
    assert not made()
    post(ana, "accept_mark", found["client"])
    assert len(made()) == 1


@pytest.mark.parametrize("head", [{}, HX])
def test_what_is_in_use_stays_and_a_sentence_says_so(found: dict[str, Mark], head: dict, ana: User, ben: User) -> None:
    post(ana, "accept_mark", found["client"])
    made()[0].accept(by=ben)
    for deed, said in (("reopen_mark", {}), ("dismiss_mark", {}), ("edit_mark", {"text": "No", "owner": "client"})):
        assert "is in use by now" in post(ana, deed, found["client"], said, **head)
    mark = Mark.objects.visible_to(ana).get(pk=found["client"].pk)
    assert (mark.state, mark.text) == ("accepted", found["client"].text)
    assert made()[0].state == "open"


def test_said_better_it_is_written_down_so(found: dict[str, Mark], ana: User) -> None:
    said = {"text": "Write two stories", "owner": "client", "due": "soon"}
    post(ana, "edit_mark", found["client"], said)
    assert (made()[0].action, made()[0].due_on) == ("Write two stories", None)
    found["client"].refresh_from_db()
    found["client"].edit("Write one story", "coach", "tomorrow", by=ana)
    one = made()
    assert [(each.action, each.owner) for each in one] == [("Write one story", "coach")]


def test_a_concern_is_no_promise(heard: Transcript, ana: User) -> None:
    concern = Mark.objects.visible_to(ana).for_transcript(heard).filter(kind="concern").first()
    assert concern is not None
    post(ana, "accept_mark", concern)
    assert not made()


def test_a_consent_taken_back_in_another_window_is_met_with_404(found: dict[str, Mark], ana: User, ben: User) -> None:
    mark = found["client"]
    withdraw(mark.transcript.session, by=ben)
    with pytest.raises(Mark.DoesNotExist):
        mark.accept(by=ana)
    assert browser(ana).post(reverse("accept_mark", args=[mark.pk])).status_code == 404
    assert not made()


def test_after_the_ending_nothing_new_begins(found: dict[str, Mark], ana: User) -> None:
    found["client"].transcript.session.engagement.end(ana.today, by=ana)
    assert "Nothing new begins" in post(ana, "accept_mark", found["client"])
    assert not made()
    assert Mark.objects.visible_to(ana).get(pk=found["client"].pk).state == "waiting"


def withdraw_page(session: Session, ben: User) -> str:
    token = Link.make(Link.Purpose.WITHDRAW, about=session.pk, person=ben)
    return f"/k/withdraw/{token}/"


def test_a_consent_taken_back_takes_them_along_and_says_how_many(found: dict[str, Mark], ana: User, ben: User) -> None:
    session = found["client"].transcript.session
    there = browser(ben)
    assert "promise" not in there.get(withdraw_page(session, ben)).content.decode()
    for mark in found.values():
        mark.accept(by=ana)
    made()[0].accept(by=ben)
    link = withdraw_page(session, ben)
    assert "with two promises that came of it" in browser().get(link).content.decode()
    assert "two promises that came of it" in there.get(session.get_absolute_url()).content.decode()
    browser().post(link)
    assert not made()


def test_they_outlive_the_days_of_the_transcript_but_not_a_consent(
    found: dict[str, Mark], ana: User, ben: User
) -> None:
    session = found["client"].transcript.session
    found["client"].accept(by=ana)
    made()[0].accept(by=ben)
    later = timezone.now() + timedelta(days=40)
    assert let_go(transcripts(later)) == 1
    assert not Transcript.objects.access_system("in a test").exists()
    kept = made()[0]
    assert (kept.mark, kept.state, kept.action) == (None, "open", found["client"].text)
    assert (
        "The one promise that came of the transcript goes"
        in browser(ben).get(session.get_absolute_url()).content.decode()
    )
    link = withdraw_page(session, ben)
    assert "one promise that came of it" in browser().get(link).content.decode()
    browser().post(link)
    assert not made()


def test_the_coach_removing_the_transcript_removes_them_too(found: dict[str, Mark], ana: User) -> None:
    found["client"].accept(by=ana)
    session = found["client"].transcript.session
    assert "one promise that came of it" in browser(ana).get(session.get_absolute_url()).content.decode()
    browser(ana).post(reverse("remove_transcript", args=[session.pk]))
    assert not made()
