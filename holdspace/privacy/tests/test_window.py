"""The sponsor's window: just the words that a client approved, behind a link that either of the two can close."""

import pytest
from django.test import Client
from django.urls import reverse

from holdspace.engagements.models import Engagement, NoSponsorAgreed, NotBetweenThem, Sponsor
from holdspace.engagements.tests.agreeing import agreed_on
from holdspace.growth.models import Goal
from holdspace.people.models import User
from holdspace.privacy.models import Window
from holdspace.privacy.window import approve
from holdspace.vault.models import Trace
from tests.cast import browser, unknown
from tests.test_cost import DOOR, PAGE, questions


def path_of(address: str) -> str:
    return "/" + address.split("/", 3)[3]


def opened(sponsor: Sponsor, ben: User) -> tuple[Window, str]:
    window, address = approve(sponsor, Goal.objects.visible_to(ben).order_by("made_at")[:1], by=ben)
    return window, path_of(address)


def test_the_client_sees_the_words_ticks_and_passes_the_link_on(paid: Sponsor, ana: User, ben: User) -> None:
    where, there = reverse("windows", args=[paid.pk]), browser(ben)
    page = there.get(where).content.decode()
    assert "That you met Ana on these days" in page
    assert "checked" not in page
    assert not Window.objects.visible_to(ben).exists()
    wanted = Goal.objects.visible_to(ben).order_by("made_at")[0]
    address = there.post(where, {"goals": [str(wanted.pk)], "approve": "yes"}).context["address"]
    shown = Client().get(path_of(address)).content.decode()
    assert "A role with people" in shown
    assert "Say no to my mother" not in shown
    assert "Before the interview" not in shown
    assert "A role with people" in browser(ana).get(where).content.decode(), "the coach sees what is seen"


def test_what_comes_later_is_not_seen(paid: Sponsor, ben: User) -> None:
    window, path = opened(paid, ben)
    goal = Goal.objects.visible_to(ben).order_by("made_at")[0]
    goal.say(title="Something else", why="", weight=2, proposed_by="client", by=ben)
    shown = Client().get(path).content.decode()
    assert "A role with people" in shown
    assert "Something else" not in shown
    assert len(window.days) == 1


@pytest.mark.parametrize("who", ["ana", "ben"])
def test_either_closes_it_in_one_tap(paid: Sponsor, ben: User, who: str, request: pytest.FixtureRequest) -> None:
    window, path = opened(paid, ben)
    browser(request.getfixturevalue(who)).post(reverse("close_window", args=[window.pk]))
    assert Client().get(path).status_code == 404


def test_an_agreement_that_says_nobody_pays_closes_it(paid: Sponsor, together: Engagement, ben: User) -> None:
    _, path = opened(paid, ben)
    agreed_on(together, sponsor=False)
    assert Client().get(path).status_code == 404
    with pytest.raises(NoSponsorAgreed):
        opened(paid, ben)


def test_approving_anew_closes_the_earlier_one(paid: Sponsor, ben: User) -> None:
    _, before = opened(paid, ben)
    _, now = opened(paid, ben)
    assert Client().get(before).status_code == 404
    assert Client().get(now).status_code == 200


def test_that_it_was_opened_is_noted_for_the_client(paid: Sponsor, ben: User) -> None:
    window, path = opened(paid, ben)
    for _ in range(2):
        Client().get(path)
    assert Trace.objects.visible_to(ben).filter(noun_id=window.pk, actor_id=None).count() == 1
    assert "showed a sponsor what was approved" in browser(ben).get(reverse("reads")).content.decode()


def test_a_coach_approves_nothing(paid: Sponsor, ana: User) -> None:
    with pytest.raises(NotBetweenThem):
        approve(paid, [], by=ana)
    browser(ana).post(reverse("windows", args=[paid.pk]), {"approve": "yes"})
    assert not Window.objects.visible_to(ana).exists()


def test_a_goal_of_other_work_is_not_shown(paid: Sponsor, ben: User) -> None:
    answer = browser(ben).post(reverse("windows", args=[paid.pk]), {"goals": [str(unknown())], "approve": "yes"})
    assert answer.context["address"] == ""
    assert not Window.objects.visible_to(ben).exists()


def test_its_pages_ask_little(paid: Sponsor, ben: User) -> None:
    _, path = opened(paid, ben)
    for there, where in ((browser(ben), reverse("windows", args=[paid.pk])), (Client(), path)):
        status, asked = questions(there, where, part=False)
        assert (status, asked <= PAGE + DOOR) == (200, True), asked


def test_a_stranger_finds_nothing(paid: Sponsor, ben: User, cleo: User, dov: User, eve: User) -> None:
    window, path = opened(paid, ben)
    for other in (cleo, dov, eve):
        there = browser(other)
        assert there.get(reverse("windows", args=[paid.pk])).status_code == 404
        assert there.post(reverse("close_window", args=[window.pk])).status_code == 404
    assert Client().get(path.replace("/window/", "/window/x")).status_code == 404
    assert Client().post(path).status_code == 405
