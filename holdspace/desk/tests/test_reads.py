"""Who has read what: others' deeds and reads about oneself, in plain words, and nobody else's."""

from django.db import transaction
from django.urls import reverse

from holdspace.conversations.models import Transcript, write_note
from holdspace.conversations.open import open_to_owner
from holdspace.engagements.models import Engagement
from holdspace.growth.models import Fact
from holdspace.people.models import Practice, User
from holdspace.vault import trail
from holdspace.vault.models import new_id
from tests.cast import browser


def page(person: User) -> str:
    return browser(person).get(reverse("reads")).content.decode()


def test_the_client_sees_who_read_and_what(heard: Transcript, ana: User, ben: User) -> None:
    browser(ana).get(heard.session.get_absolute_url())
    shown = page(ben)
    assert "Ana" in shown
    assert "read what was said" in shown
    assert f'href="{heard.session.get_absolute_url()}"' in shown


def test_ones_own_deeds_are_not_told(heard: Transcript, ben: User) -> None:
    browser(ben).get(heard.session.get_absolute_url())
    assert "Ben " not in page(ben).split("<main")[1]


def test_the_coach_sees_reads_of_what_they_shared(heard: Transcript, ana: User, ben: User) -> None:
    note = write_note(heard.session, new_id(), "For Ben", by=ana)
    note.share(by=ana)
    browser(ben).get(heard.session.get_absolute_url())
    assert "read a note" in page(ana)


def test_what_is_held_about_the_client_is_about_you_to_them(together: Engagement, ana: User, ben: User) -> None:
    tea, rain = (Fact.note(together, new_id(), words, None, by=ana) for words in ("Takes tea", "Likes rain"))
    tea.correct("Takes coffee", by=ben)
    rain.correct("Likes snow", by=ana)
    for person in (ana, ben):
        browser(person).get(reverse("facts", args=[together.pk]))
    shown = page(ben)
    assert "noted something about you" in shown
    assert "read what is held about you" in shown
    assert "corrected what is held about you" in shown
    assert "about the client" not in shown
    assert "read what is held about them" in page(ana)


def test_an_owner_is_told_as_one_without_a_name(
    heard: Transcript, practice: Practice, ana: User, ben: User, dov: User
) -> None:
    open_to_owner(practice, ana, "Ben", "A worry about his safety.", new_id(), by=dov)
    browser(dov).get(reverse("opened_session", args=[heard.session_id]))
    shown = page(ben)
    assert "An owner of the practice, with a reason" in shown
    assert "Dov" not in shown


def test_whoever_is_nobody_to_this_person_is_not_named(heard: Transcript, ana: User, ben: User, cleo: User) -> None:
    with transaction.atomic():
        trail.leave("changed something", heard, by=cleo, practice_id=None, subject_id=ben.pk)
    shown = page(ben)
    assert "Somebody no longer here" in shown
    assert "changed something" in shown
    assert "Cleo" not in shown


def test_a_stranger_sees_nothing(heard: Transcript, ana: User, cleo: User, eve: User) -> None:
    browser(ana).get(heard.session.get_absolute_url())
    for other in (cleo, eve):
        assert "Nothing yet" in page(other)


def test_a_long_page_takes_few_questions(
    heard: Transcript, ana: User, ben: User, django_assert_max_num_queries: object
) -> None:
    browser(ana).get(heard.session.get_absolute_url())
    there = browser(ben)
    there.get(reverse("reads"))
    with django_assert_max_num_queries(11):
        there.get(reverse("reads"))
