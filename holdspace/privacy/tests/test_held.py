"""The page "What we hold about you": true counts, few questions to the database, nobody else's."""

from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from holdspace.conversations.models import Transcript
from holdspace.people.models import User
from holdspace.privacy.held import held_about
from tests.cast import browser


def counts(person: User) -> dict[str, int]:
    return {held.holding.label: held.count for held in held_about(person)}


def test_it_counts_what_one_may_see(heard: Transcript, ana: User, ben: User, cleo: User) -> None:
    assert counts(ben)["conversations.Transcript"] == 1
    assert "conversations.Mark" not in counts(ben), "nothing was accepted yet"
    assert counts(ana)["conversations.Mark"] > 1
    assert counts(cleo) == {"people.User": 1}


def test_the_page_says_what_why_and_how_long(heard: Transcript, ben: User) -> None:
    page = browser(ben).get(reverse("held")).content.decode()
    for words in ("Who can read this:", "Only you", "Transcripts", "30 days after it was taken in", "Take a copy"):
        assert words in page


def test_it_asks_the_database_little(
    heard: Transcript, ben: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    there = browser(ben)
    with django_assert_max_num_queries(8):
        assert there.get(reverse("held")).status_code == 200


def test_a_visitor_is_asked_to_sign_in(db: None) -> None:
    assert browser().get(reverse("held")).status_code == 302
