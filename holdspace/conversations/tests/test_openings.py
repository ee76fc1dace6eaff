"""Break-glass: an owner reads one engagement for a day, with a reason, and both people know at once."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from holdspace.conversations.models import Opening, Session, Transcript, write_note
from holdspace.conversations.open import NoSuchWork, open_to_owner
from holdspace.engagements.models import open_engagement
from holdspace.letters.models import Letter
from holdspace.people.models import NotTheOwner, Practice, Seat, User
from holdspace.vault.models import Trace, new_id
from tests.cast import PASSWORD, browser, meeting, unknown

WHY = "Ben's mother rang: she is worried about his safety."


@pytest.fixture
def opening(practice: Practice, heard: Transcript, ana: User, dov: User) -> Opening:
    return open_to_owner(practice, ana, "Ben", WHY, new_id(), by=dov)


def fresh(person: User) -> Client:
    """A browser in which this person has just shown again who they are."""
    there = browser(person)
    there.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return there


def read(person: User, session: Session) -> str:
    return browser(person).get(reverse("opened_session", args=[session.pk])).content.decode()


def test_an_owner_without_an_opening_reads_nothing(heard: Transcript, dov: User) -> None:
    assert browser(dov).get(reverse("opened_session", args=[heard.session_id])).status_code == 404
    assert browser(dov).get(heard.session.get_absolute_url()).status_code == 404


def test_an_opening_opens_what_the_two_share(opening: Opening, heard: Transcript, ana: User, dov: User) -> None:
    shared = write_note(heard.session, new_id(), "Shared by Ana", by=ana)
    shared.share(by=ana)
    assert "Before the interview" in browser(dov).get(reverse("opening", args=[opening.pk])).content.decode()
    page = read(dov, heard.session)
    assert "part of you is afraid" in page
    assert "Shared by Ana" in page


def test_what_is_for_one_of_them_alone_stays_closed(
    opening: Opening, heard: Transcript, ana: User, ben: User, dov: User
) -> None:
    for writer in (ana, ben):
        write_note(heard.session, new_id(), f"Only for {writer.name}", by=writer)
    assert "Only for" not in read(dov, heard.session)


def test_no_other_engagement_opens(opening: Opening, practice: Practice, ana: User, cleo: User, dov: User) -> None:
    other = meeting(open_engagement(ana, cleo, called="Cleo", accepted_at=timezone.now()), title="Another road")
    assert browser(dov).get(reverse("opened_session", args=[other.pk])).status_code == 404
    assert "Another road" not in browser(dov).get(reverse("opening", args=[opening.pk])).content.decode()


def test_it_gives_no_deed(opening: Opening, heard: Transcript, dov: User) -> None:
    there = browser(dov)
    for name in ("session", "change_session", "add_note", "withdraw", "agree", "remove_transcript"):
        assert there.post(reverse(name, args=[heard.session_id]), {"note": "x"}).status_code in (404, 405)
    assert there.get(heard.session.get_absolute_url()).status_code == 404
    assert Transcript.objects.access_system("in a test").exists()
    assert not Session.objects.visible_to(dov).exists()


def test_it_ends_by_itself(opening: Opening, heard: Transcript, dov: User) -> None:
    then = timezone.now() - timedelta(seconds=1)
    Opening.objects.visible_to(dov).update(opened_at=then - timedelta(days=1), ends_at=then)
    assert browser(dov).get(reverse("opened_session", args=[heard.session_id])).status_code == 404
    assert browser(dov).get(reverse("opening", args=[opening.pk])).status_code == 404


def test_it_ends_with_the_owners_seat(opening: Opening, heard: Transcript, practice: Practice, dov: User) -> None:
    Seat.objects.visible_to(dov).filter(user=dov).update(left_at=timezone.now())
    assert browser(dov).get(reverse("opened_session", args=[heard.session_id])).status_code == 404


def test_it_can_be_closed_early(opening: Opening, heard: Transcript, dov: User) -> None:
    browser(dov).post(reverse("close_opening", args=[opening.pk]))
    assert browser(dov).get(reverse("opened_session", args=[heard.session_id])).status_code == 404


def test_both_are_told_at_once_by_letter_and_on_their_pages(
    opening: Opening, heard: Transcript, ana: User, ben: User
) -> None:
    letters = list(Letter.objects.access_system("in a test").filter(kind="opened"))
    assert {letter.to_id for letter in letters} == {ana.pk, ben.pk}
    assert all(letter.due_at <= timezone.now() for letter in letters)
    assert all(WHY not in letter.words for letter in letters), "a letter never says what it is about"
    for person in (ana, ben):
        assert "she is worried about his safety" in browser(person).get("/").content.decode()
        page = browser(person).get(heard.session.get_absolute_url()).content.decode()
        assert "she is worried about his safety" in page
        assert "for now, an owner of the practice" in page


def test_everything_read_is_traced_for_the_client(opening: Opening, heard: Transcript, ben: User, dov: User) -> None:
    read(dov, heard.session)
    mine = Trace.objects.visible_to(ben).filter(actor_id=dov.pk)
    assert heard.pk in set(mine.filter(verb="read").values_list("noun_id", flat=True))
    assert mine.filter(noun_id=opening.pk).exists()


def test_the_form_opens_it_after_a_fresh_look_at_who_asks(
    practice: Practice, heard: Transcript, ana: User, dov: User
) -> None:
    where, said = reverse("openings", args=[practice.pk]), {"of_coach": str(ana.pk), "named": "ben@example.org"}
    said |= {"reason": WHY, "once": str(new_id())}
    stale = browser(dov).post(where, said)
    assert stale.status_code == 302
    assert not Opening.objects.visible_to(dov).exists()
    there = fresh(dov)
    for _ in range(2):
        assert there.post(where, said).status_code == 302
    assert Opening.objects.visible_to(dov).count() == 1


@pytest.mark.parametrize(("field", "value"), [("reason", "because"), ("named", "Benjamin"), ("of_coach", "")])
def test_without_a_reason_or_an_exact_name_nothing_opens(
    practice: Practice, heard: Transcript, ana: User, dov: User, field: str, value: str
) -> None:
    said = {"of_coach": str(ana.pk), "named": "Ben", "reason": WHY, "once": str(new_id())} | {field: value}
    page = fresh(dov).post(reverse("openings", args=[practice.pk]), said)
    assert page.status_code == 200
    assert not Opening.objects.visible_to(dov).exists()


def test_nobody_but_an_owner_opens_anything(practice: Practice, heard: Transcript, ana: User, eve: User) -> None:
    with pytest.raises(NotTheOwner):
        open_to_owner(practice, ana, "Ben", WHY, new_id(), by=eve)
    assert fresh(eve).get(reverse("openings", args=[practice.pk])).status_code == 404


def test_looking_for_somebody_who_is_not_there_is_traced(practice: Practice, ana: User, dov: User) -> None:
    with pytest.raises(NoSuchWork):
        open_to_owner(practice, ana, "Nobody", WHY, new_id(), by=dov)
    assert Trace.objects.visible_to(dov).filter(verb__startswith="looked for").exists()


def test_a_stranger_finds_no_opening(opening: Opening, cleo: User, eve: User, ana: User, ben: User) -> None:
    for other in (cleo, eve, ana, ben):
        there = browser(other)
        answer, nothing = (there.get(reverse("opening", args=[pk])) for pk in (opening.pk, unknown()))
        assert (answer.status_code, answer.content) == (404, nothing.content)
