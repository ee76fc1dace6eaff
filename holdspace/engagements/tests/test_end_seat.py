"""Leaving, and ending somebody's seat."""

import pytest
from django.test import Client
from django.urls import reverse

from holdspace.engagements.end_seat import StillCoaching, end_seat
from holdspace.engagements.models import Engagement, open_engagement
from holdspace.letters.models import Letter
from holdspace.people.begin import seat
from holdspace.people.models import LastOwner, NotTheOwner, Practice, Seat, User
from holdspace.vault.models import Trace
from tests.cast import PASSWORD, browser
from tests.cast import person as somebody


def seat_of(person: User, role: str = Seat.Role.COACH) -> Seat:
    return Seat.objects.visible_to(person).select_related("practice", "user").get(user=person, role=role)


def fresh(person: User) -> Client:
    there = browser(person)
    there.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return there


def sits(person: User) -> bool:
    return Seat.objects.access_system("what came of it").live().filter(user=person).exists()


def test_a_coach_with_nobody_leaves(ana: User) -> None:
    there, other = fresh(ana), browser(ana)
    page = reverse("end_seat", args=[seat_of(ana).pk])
    assert there.get(page).status_code == 200
    assert sits(ana), "a GET ends nothing"
    assert there.post(page).url == reverse("me")
    assert not sits(ana)
    assert there.get(reverse("me")).status_code == 200
    assert other.get(reverse("me")).status_code == 302, "the other browsers stayed signed in"
    assert there.get(page).status_code == 404


def test_a_coach_who_works_with_somebody_has_to_end_that_first(together: Engagement, ana: User, dov: User) -> None:
    page = reverse("end_seat", args=[seat_of(ana).pk])
    for person in (ana, dov):
        answer = fresh(person).post(page)
        assert "has to be ended first" in answer.content.decode()
        assert "Ben" not in answer.content.decode()
        with pytest.raises(StillCoaching):
            end_seat(seat_of(ana), by=person)
    assert sits(ana)
    together.end(ana.today, by=ana)
    end_seat(seat_of(ana), by=ana)
    assert not sits(ana)
    assert not Engagement.objects.visible_to(ana).exists(), "a coach's sight ends with the seat"


def test_an_owner_ends_the_seat_of_a_coach_who_cannot_answer_with_the_work_and_each_client_is_told(
    together: Engagement, ana: User, ben: User, dov: User
) -> None:
    invited = open_engagement(ana, somebody("Ida"), called="Ida")
    page = reverse("end_seat", args=[seat_of(ana).pk])
    there = fresh(dov)
    asked = there.get(page).content.decode()
    assert "still works with 2 people" in asked
    assert "Ben" not in asked
    there.post(page, {"work": "too"})
    assert not sits(ana)
    for one in (together, invited):
        one.refresh_from_db()
        assert one.ended_on is not None
        assert one.ended_by == dov
    letter = Letter.objects.access_system("in a test").get()
    assert letter.to == ben
    his = browser(ben)
    ended = his.get(reverse("ending", args=[together.pk])).content.decode()
    assert "no longer coaches at Juniper House" in ended
    assert "An owner of the practice ended an engagement" in his.get(reverse("reads")).content.decode()
    assert not Engagement.objects.visible_to(dov).exists()


@pytest.mark.parametrize("name", ["eve", "ben", "cleo"])
def test_nobody_else_ends_the_work_with_a_seat(
    together: Engagement, ana: User, name: str, request: pytest.FixtureRequest
) -> None:
    other = request.getfixturevalue(name)
    assert fresh(other).post(reverse("end_seat", args=[seat_of(ana).pk]), {"work": "too"}).status_code == 404
    with pytest.raises(NotTheOwner):
        end_seat(seat_of(ana), by=other, with_work=True)
    together.refresh_from_db()
    assert together.ended_on is None


def test_a_coach_leaves_with_all_the_work_at_once(together: Engagement, ana: User, ben: User) -> None:
    fresh(ana).post(reverse("end_seat", args=[seat_of(ana).pk]), {"work": "too"})
    assert not sits(ana)
    together.refresh_from_db()
    assert together.ended_by == ana
    assert "readable for both of you" in browser(ben).get(reverse("ending", args=[together.pk])).content.decode()


def test_an_owner_ends_a_seat_and_its_person_is_signed_out(ana: User, dov: User) -> None:
    hers = browser(ana)
    answer = fresh(dov).post(reverse("end_seat", args=[seat_of(ana).pk]))
    assert answer.url == reverse("practice", args=[Practice.objects.visible_to(dov).get().pk])
    assert not sits(ana)
    assert hers.get(reverse("me")).status_code == 302
    told = Trace.objects.visible_to(ana).filter(verb="ended a seat").get()
    assert told.actor_id == dov.pk


def test_the_last_owner_cannot_leave(practice: Practice, dov: User, ana: User) -> None:
    page = reverse("end_seat", args=[seat_of(dov, Seat.Role.OWNER).pk])
    assert "needs an owner" in fresh(dov).post(page).content.decode()
    with pytest.raises(LastOwner):
        seat_of(dov, Seat.Role.OWNER).end(by=dov)
    seat(ana, practice, Seat.Role.OWNER)
    assert fresh(dov).post(page).url == reverse("me")
    assert not sits(dov)


@pytest.mark.parametrize("person", ["eve", "ben", "cleo"])
def test_nobody_else_ends_it(ana: User, person: str, request: pytest.FixtureRequest) -> None:
    other = request.getfixturevalue(person)
    page = reverse("end_seat", args=[seat_of(ana).pk])
    assert fresh(other).get(page).status_code == 404
    assert fresh(other).post(page).status_code == 404
    with pytest.raises(NotTheOwner):
        seat_of(ana).end(by=other)
    assert sits(ana)


def test_ending_it_twice_is_ending_it_once(ana: User, dov: User) -> None:
    hers = seat_of(ana)
    hers.end(by=dov)
    hers.end(by=dov)
    assert Trace.objects.visible_to(ana).filter(verb="ended a seat").count() == 1


def test_a_fresh_look_is_asked_for(ana: User) -> None:
    page = reverse("end_seat", args=[seat_of(ana).pk])
    assert browser(ana).post(page).url.startswith(reverse("account_reauthenticate"))
    assert sits(ana)
