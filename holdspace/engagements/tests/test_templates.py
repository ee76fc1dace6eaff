"""Starting words: the practice's own, edited by whoever owns it or coaches there, and no one else's."""

from django.urls import reverse

from holdspace.engagements.models import Engagement, PactTemplate
from holdspace.engagements.tests.agreeing import agreed_on
from holdspace.people.begin import found, seat
from holdspace.people.models import Seat, User
from tests.cast import browser

SAID = {"title": "Students", "words_goals": "What {client} wants: {purpose} {nothing}"}


def kept() -> PactTemplate:
    return PactTemplate.objects.access_system("in a test").get()


def test_ana_writes_one_and_an_agreement_starts_from_it(ana: User, dov: User, together: Engagement) -> None:
    browser(ana).post(reverse("add_template"), SAID)
    assert "Students" in browser(dov).get(reverse("pact_templates")).content.decode()
    page = browser(ana).get(reverse("propose_pact", args=[together.pk]), {"from": "Students"}).content.decode()
    assert "What Ben wants: To find work that fits. {nothing}" in page


def test_dov_changes_and_removes_it_and_agreements_keep_their_words(dov: User, together: Engagement) -> None:
    browser(dov).post(reverse("add_template"), SAID)
    pact = agreed_on(together)
    browser(dov).post(reverse("edit_template", args=[kept().pk]), SAID | {"title": "Everyone"})
    assert (kept().name, kept().changed_by) == ("Everyone", dov)
    browser(dov).post(reverse("remove_template", args=[kept().pk]))
    assert not PactTemplate.objects.access_system("in a test").exists()
    pact.refresh_from_db()
    assert pact.words_of("goals")


def test_two_of_one_name_are_refused_and_the_words_stay(ana: User) -> None:
    browser(ana).post(reverse("add_template"), SAID)
    page = browser(ana).post(reverse("add_template"), SAID | {"words_fees": "Nothing at all."}).content.decode()
    assert "one of that name already" in page
    assert "Nothing at all." in page


def test_nobody_outside_the_practice_sees_or_touches_it(ana: User, ben: User, cleo: User) -> None:
    browser(ana).post(reverse("add_template"), SAID)
    seat(cleo, found("Alder", "UTC"), Seat.Role.OWNER, Seat.Role.COACH)
    for other in (ben, cleo):
        there = browser(other)
        assert there.get(reverse("edit_template", args=[kept().pk])).status_code == 404
        assert there.post(reverse("remove_template", args=[kept().pk])).status_code == 404
        assert "Students" not in there.get(reverse("pact_templates")).content.decode()
    assert browser(ben).get(reverse("pact_templates")).status_code == 404
    assert browser(ben).post(reverse("add_template"), SAID).status_code == 404
