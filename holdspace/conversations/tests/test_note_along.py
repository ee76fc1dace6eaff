"""Nothing lost: a note that was begun is kept along with whatever else is sent from the session's page."""

import re

import pytest
from django.urls import reverse

from holdspace.conversations.models import Note, Session, Transcript, write_note
from holdspace.engagements.models import Consent
from holdspace.people.models import User
from holdspace.vault.models import new_id
from tests.cast import TALK, browser

BEGUN = "He was quiet for a while,\nthen spoke of his father."
DEEDS = ("agree", "withdraw", "ask", "bring_transcript", "choose_coach", "choose_client", "remove_transcript")


def note_by(person: User, session: Session) -> Note:
    return write_note(session, new_id(), "Another note.", by=person)


def notes(person: User) -> list[str]:
    return [note.text for note in Note.objects.visible_to(person).written_by(person)]


@pytest.mark.parametrize("deed", DEEDS)
def test_it_comes_along_with_every_deed_of_the_page(agreed: Session, ana: User, deed: str) -> None:
    said = {"note": BEGUN, "once": str(new_id()), "pasted": TALK, "speaker": "Ana"}
    browser(ana).post(reverse(deed, args=[agreed.pk]), said)
    assert notes(ana) == [BEGUN]
    assert BEGUN.split(",")[0] in browser(ana).get(agreed.get_absolute_url()).content.decode()


def test_both_are_done(agreed: Session, ana: User, ben: User) -> None:
    said = {"note": BEGUN, "once": str(new_id()), "pasted": TALK}
    browser(ana).post(reverse("bring_transcript", args=[agreed.pk]), said)
    assert Transcript.objects.visible_to(ana).count() == 1
    browser(ben).post(reverse("withdraw", args=[agreed.pk]), {"note": BEGUN, "once": str(new_id())})
    assert notes(ben) == [BEGUN]
    assert not Consent.objects.visible_to(ben).live().given_by(ben).exists()
    assert notes(ana) == [BEGUN]


def test_an_empty_note_is_none(agreed: Session, ana: User) -> None:
    for words in ("", "  \n"):
        browser(ana).post(reverse("withdraw", args=[agreed.pk]), {"note": words, "once": str(new_id())})
    assert notes(ana) == []


def test_one_that_is_too_long_comes_back_whole_and_nothing_else_is_done(agreed: Session, ana: User) -> None:
    words = "long " * 5_000
    answer = browser(ana).post(reverse("withdraw", args=[agreed.pk]), {"note": words, "once": str(new_id())})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert Consent.objects.visible_to(ana).live().given_by(ana).exists()


def test_written_on_after_it_was_kept_the_later_words_count(session: Session, ana: User) -> None:
    once = str(new_id())
    for words in (BEGUN, f"{BEGUN} And then he laughed."):
        browser(ana).post(reverse("add_note", args=[session.pk]), {"note": words, "once": once})
    assert notes(ana) == [f"{BEGUN} And then he laughed."]


def test_another_persons_note_is_never_written_over(session: Session, ana: User, ben: User) -> None:
    once = new_id()
    write_note(session, once, "Mine", by=ben)
    answer = browser(ana).post(reverse("agree", args=[session.pk]), {"note": BEGUN, "once": str(once)})
    assert answer.status_code == 422
    assert BEGUN.split(",")[0] in answer.content.decode()
    assert notes(ben) == ["Mine"]


def test_no_button_of_the_page_leaves_the_note_behind(heard: Transcript, agreed: Session, ana: User, ben: User) -> None:
    """The look has a form of its own, and nothing else."""
    for person in (ana, ben):
        note_by(person, agreed)
        page = browser(person).get(agreed.get_absolute_url()).content.decode()
        forms = re.findall(r"<form[^>]*>", page)
        own = {re.search(r'action="([^"]+)"', form)[1] for form in forms}
        assert own == {reverse("choose_look"), reverse("add_note", args=[agreed.pk]) + "#notes"}
        assert len([form for form in forms if 'id="write-note"' in form]) == 1


@pytest.mark.parametrize("deed", ["accept_mark", "dismiss_mark", "reopen_mark", "delete_note", "restore_note"])
def test_it_comes_along_with_answers_and_with_other_notes(
    heard: Transcript, agreed: Session, ana: User, deed: str
) -> None:
    other, mark = note_by(ana, agreed), heard.open_marks(ana)[0]
    if deed == "restore_note":
        other.delete_softly(by=ana)
    elif deed == "reopen_mark":
        mark.accept(by=ana)
    address = reverse(deed, args=[mark.pk if deed.endswith("mark") else other.pk])
    assert f'formaction="{address}"' in browser(ana).get(agreed.get_absolute_url()).content.decode()
    said = {"note": BEGUN, "once": str(new_id())}
    browser(ana).post(address, said, headers={"HX-Request": "true"})
    assert BEGUN not in notes(ana), "with script it stays where it is written"
    browser(ana).post(address, said)
    assert BEGUN in notes(ana)
    assert browser(ana).post(address, {"note": "long " * 5_000, "once": str(new_id())}).status_code == 422


def test_what_ended_can_still_be_taken_back(agreed: Session, ana: User, ben: User) -> None:
    agreed.engagement.end(agreed.day, by=ana)
    page = browser(ben).get(agreed.get_absolute_url()).content.decode()
    assert page.count('id="write-note"') == 1
    assert f'formaction="{reverse("withdraw", args=[agreed.pk])}"' in page
    browser(ben).post(reverse("withdraw", args=[agreed.pk]))
    assert not Consent.objects.visible_to(ben).live().given_by(ben).exists()
