"""What a coach holds about a client: seen by the client at once, and theirs to correct, hide and forget."""

import pytest
from django.urls import reverse

from holdspace.engagements.models import Engagement
from holdspace.growth.models import Fact, NotTheClient, NotTheCoach
from holdspace.growth.tests.walking import a_fact, once, page, post, strangers_meet_nothing
from holdspace.people.models import User
from holdspace.privacy.archive import OwnArchive
from holdspace.privacy.pack import as_json
from holdspace.vault.models import Trace, new_id
from tests.cast import browser

TEA = "Takes tea without milk"


def archive(person: User) -> str:
    return "".join(as_json(OwnArchive(person)))


def found(person: User) -> str:
    return browser(person).post(reverse("search"), {"sought": "without milk"}).content.decode()


def test_the_client_sees_at_once_what_the_coach_notes(together: Engagement, session, ana: User, ben: User) -> None:
    said = once(held=TEA, came_up=str(session.pk))
    for _ in range(2):
        post(ana, "add_fact", together.pk, said)
    seen = page(ben, "facts", together.pk)
    assert seen.count(f"<p>{TEA}</p>") == 1
    assert "from the" in seen, "with its source"


def test_only_the_coach_notes(together: Engagement, ben: User) -> None:
    assert post(ben, "add_fact", together.pk, once(held=TEA)).status_code == 404
    with pytest.raises(NotTheCoach):
        Fact.note(together, new_id(), TEA, None, by=ben)


def test_the_clients_words_take_the_place_of_the_coachs_and_stay(together: Engagement, ana: User, ben: User) -> None:
    fact = a_fact(together)
    post(ben, "correct_fact", fact.pk, once(words="Takes coffee"))
    seen = page(ana, "facts", together.pk)
    assert TEA not in seen
    assert "put right by Ben" in seen
    answer = post(ana, "correct_fact", fact.pk, once(words="Takes tea after all"))
    assert answer.status_code == 422
    with pytest.raises(NotTheClient):
        Fact.objects.visible_to(ana).get().correct("Takes tea after all", by=ana)


def test_the_coach_can_put_their_own_words_right_until_then(together: Engagement, ana: User, ben: User) -> None:
    fact = a_fact(together)
    post(ana, "correct_fact", fact.pk, once(words="Takes tea with lemon"))
    assert "with lemon" in page(ben, "facts", together.pk)


def test_hidden_from_the_coach_everywhere_but_for_the_bare_number(together: Engagement, ana: User, ben: User) -> None:
    fact = a_fact(together)
    assert TEA in page(ana, "facts", together.pk)
    assert "without milk" in archive(ana)
    assert "/held/#fact-" in found(ana)
    part = post(ben, "hide_fact", fact.pk, headers={"HX-Request": "true"}).content.decode()
    assert "Let Ana have it again" in part
    seen = page(ana, "facts", together.pk)
    assert TEA not in seen
    assert "One is hidden by Ben" in seen
    assert "without milk" not in archive(ana)
    assert "/held/#fact-" not in found(ana)
    assert TEA in page(ben, "facts", together.pk)
    assert "/held/#fact-" in found(ben)
    assert browser(ana).get(reverse("correct_fact", args=[fact.pk])).status_code == 404
    post(ben, "unhide_fact", fact.pk)
    assert TEA in page(ana, "facts", together.pk)


def test_forgetting_reaches_search_and_archive_and_leaves_the_bare_deed(
    together: Engagement, ana: User, ben: User
) -> None:
    fact = a_fact(together)
    together.end(ana.today, by=ana)
    assert "Nobody can bring it back" in page(ben, "forget_fact", fact.pk)
    post(ben, "forget_fact", fact.pk)
    assert not Fact.objects.access_system("in a test").exists()
    for person in (ana, ben):
        assert "without milk" not in archive(person)
        assert "/held/#fact-" not in found(person)
    last = Trace.objects.visible_to(ben).filter(noun_id=fact.pk).latest("number")
    assert (last.verb, last.detail) == ("had something about the client forgotten", "")


def test_only_the_client_hides(together: Engagement, ana: User) -> None:
    fact = a_fact(together)
    assert post(ana, "hide_fact", fact.pk).status_code == 404
    with pytest.raises(NotTheClient):
        fact.hide(by=ana)


def test_strangers_meet_the_same_404_as_for_nothing(together: Engagement, cleo: User, dov: User, eve: User) -> None:
    fact = a_fact(together)
    strangers_meet_nothing([cleo, dov, eve], ["correct_fact", "hide_fact", "unhide_fact", "forget_fact"], fact.pk)
    strangers_meet_nothing([cleo, dov, eve], ["add_fact"], together.pk)
    for other in (cleo, dov, eve):
        assert browser(other).get(reverse("facts", args=[together.pk])).status_code == 404
        assert not Fact.objects.visible_to(other).exists()
