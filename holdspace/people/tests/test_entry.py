"""A practice that asks everyone with a seat for a second factor."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from holdspace.people.entry import owes_factor
from holdspace.people.models import NotTheOwner, Practice, User
from holdspace.people.tests.comers import come_in, digits, fresh, is_in, set_up_app, words
from holdspace.vault.models import Trace
from tests.cast import browser


@pytest.fixture
def strict(practice: Practice, dov: User) -> Practice:
    practice.ask_for_factor(True, by=dov)
    return practice


def follow(there: Client, path: str) -> Any:
    """Where a browser ends up; a loop would be an error here."""
    return there.get(path, follow=True)


@pytest.mark.parametrize("path", ["today", "me", "clients", "held"])
def test_a_coach_without_one_is_led_to_it_before_anything_else(strict: Practice, ana: User, path: str) -> None:
    answer = follow(come_in(ana), reverse(path))
    assert answer.redirect_chain[-1][0] == reverse("ways_in")
    assert "asks everyone with a seat for a second step" in words(answer)


def test_posting_does_not_get_around_it(strict: Practice, ana: User) -> None:
    there = come_in(ana)
    there.post(reverse("me"), {"name": "Anna", "timezone": "UTC"})
    ana.refresh_from_db()
    assert ana.name == "Ana"


def test_setting_one_up_opens_everything(strict: Practice, ana: User) -> None:
    there = fresh(ana)
    secret = set_up_app(there)
    assert is_in(there)
    again = come_in(ana)
    again.post(reverse("mfa_authenticate"), {"code": digits(secret)})
    assert is_in(again)
    there.post(reverse("mfa_deactivate_totp"))
    assert not is_in(there), "taking the last one away shuts the rest again"
    assert there.get(reverse("ways_in")).status_code == 200


def test_the_way_out_stays_open(strict: Practice, ana: User) -> None:
    there = come_in(ana)
    there.post(reverse("account_logout"))
    assert there.get(reverse("ways_in")).status_code == 302


def test_the_owner_who_asked_is_asked_too(strict: Practice, dov: User) -> None:
    assert owes_factor(dov)
    assert follow(come_in(dov), reverse("practice", args=[strict.pk])).redirect_chain


def test_clients_and_other_practices_are_only_offered_one(strict: Practice, ben: User, cleo: User) -> None:
    for person in (ben, cleo):
        assert not owes_factor(person)
        assert is_in(come_in(person))
    assert "asks everyone" not in words(come_in(ben).get(reverse("ways_in")))


def test_whoever_left_owes_nothing(strict: Practice, ana: User) -> None:
    ana.seats.access_system("end of a seat").get().end(by=ana)
    assert not owes_factor(ana)


def test_the_switch_is_the_owners(practice: Practice, dov: User, ana: User, cleo: User) -> None:
    for person in (ana, cleo):
        with pytest.raises(NotTheOwner):
            practice.ask_for_factor(True, by=person)
        assert fresh(person).post(reverse("ask_for_factor", args=[practice.pk]), {"wanted": "yes"}).status_code == 404
    assert browser().post(reverse("ask_for_factor", args=[practice.pk])).status_code == 302
    practice.refresh_from_db()
    assert practice.factor_since is None
    there = fresh(dov)
    there.post(reverse("ask_for_factor", args=[practice.pk]), {"wanted": "yes"})
    practice.refresh_from_db()
    assert practice.factor_since is not None
    set_up_app(there)
    there.post(reverse("ask_for_factor", args=[practice.pk]), {"wanted": "no"})
    practice.refresh_from_db()
    assert practice.factor_since is None


def test_the_switch_wants_a_fresh_look(practice: Practice, dov: User) -> None:
    answer = come_in(dov).post(reverse("ask_for_factor", args=[practice.pk]), {"wanted": "yes"})
    assert answer.url.startswith(reverse("account_reauthenticate"))


def test_saying_it_twice_leaves_one_trace(strict: Practice, dov: User) -> None:
    since = strict.factor_since
    strict.ask_for_factor(True, by=dov)
    strict.refresh_from_db()
    assert strict.factor_since == since
    assert Trace.objects.visible_to(dov).filter(verb="asked seats for a second factor").count() == 1
