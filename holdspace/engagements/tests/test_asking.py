"""What an agreement asks of somebody stands on their first page: a signature, or another look."""

from datetime import timedelta

from django.urls import reverse

from holdspace.engagements.models import Engagement, Pact
from holdspace.engagements.tests.agreeing import agreed_on, proposed
from holdspace.people.models import User
from tests.cast import browser


def asked(person: User) -> list[Pact]:
    return list(Pact.objects.visible_to(person).asking(person))


def test_a_proposal_waits_for_whoever_has_not_signed(ana: User, ben: User, together: Engagement) -> None:
    pact = proposed(together, ana)
    pact.sign("Ana Reyes", by=ana)
    assert (asked(ana), asked(ben)) == ([], [pact])
    assert "waits for your signature" in browser(ben).get(reverse("today")).content.decode()
    assert "waits for your signature" not in browser(ana).get(reverse("today")).content.decode()


def test_the_day_to_look_again_is_named_two_weeks_before(ana: User, ben: User, together: Engagement) -> None:
    agreed_on(together, review_on=ana.today + timedelta(days=15))
    assert asked(ana) == []
    pact = agreed_on(together, review_on=ben.today + timedelta(days=14))
    for person in (ana, ben):
        assert asked(person) == [pact]
        assert "to look at again together" in browser(person).get(reverse("today")).content.decode()
    agreed_on(together)
    assert asked(ana) == []


def test_nothing_is_asked_after_the_ending_nor_of_anyone_else(ana: User, eve: User, together: Engagement) -> None:
    proposed(together, ana)
    assert asked(eve) == []
    together.end(together.started_on, by=ana)
    assert asked(ana) == []
