"""A coach's clients: adding one, once, and finding them again."""

from django.urls import reverse

from holdspace.engagements.models import Engagement
from holdspace.people.begin import found, seat
from holdspace.people.models import Practice, Seat, User
from tests.cast import browser

SAID = {"name": "Ben Hale", "email": "", "timezone": "Europe/London", "purpose": "Find my feet.", "rhythm": ""}


def test_a_new_client_with_no_address(ana: User) -> None:
    answer = browser(ana).post(reverse("add_client"), SAID, follow=True)
    assert "Ben Hale" in answer.content.decode()
    assert "Find my feet." in answer.content.decode()


def test_a_known_address_is_that_person_and_tells_nothing_of_them(ana: User, ben: User) -> None:
    page = browser(ana).post(reverse("add_client"), SAID | {"name": "B.", "email": "BEN@example.org"}, follow=True)
    engagement = Engagement.objects.visible_to(ana).get()
    assert engagement.client == ben
    assert engagement.called == "B."
    assert ben.timezone not in page.content.decode()


def test_the_same_person_twice_leads_to_the_one_there_is(ana: User, together: Engagement) -> None:
    answer = browser(ana).post(reverse("add_client"), SAID | {"email": "ben@example.org"})
    assert answer.url == reverse("client", args=[together.pk])
    assert Engagement.objects.visible_to(ana).count() == 1


def test_nobody_coaches_themselves(ana: User) -> None:
    page = browser(ana).post(reverse("add_client"), SAID | {"email": "ana@example.org"})
    assert "your own address" in page.content.decode()


def test_without_a_coachs_seat_nobody_adds_clients(cleo: User, dov: User, practice) -> None:
    for person in (cleo, dov):
        assert "no coach&#x27;s seat" in browser(person).post(reverse("add_client"), SAID).content.decode()
    assert not Engagement.objects.access_system("in a test").exists()


def test_the_list_is_searched_without_a_name_in_the_address(ana: User, together: Engagement) -> None:
    here = browser(ana)
    assert "Ben" in here.post(reverse("clients"), {"name": "be"}).content.decode()
    assert "Nobody called" in here.post(reverse("clients"), {"name": "zz"}).content.decode()


def test_another_coach_of_the_practice_sees_nobody(eve: User, together: Engagement) -> None:
    assert "Nobody here yet" in browser(eve).get(reverse("clients")).content.decode()
    assert browser(eve).get(reverse("client", args=[together.pk])).status_code == 404


def test_who_coaches_in_two_practices_says_in_which_one_and_the_key_is_that_ones(ana: User, practice: Practice) -> None:
    assert "In which practice" not in browser(ana).get(reverse("add_client")).content.decode()
    other, strange = found("Alder Yard", "UTC"), found("Elm Court", "UTC")
    seat(ana, other, Seat.Role.COACH)
    there = browser(ana)
    page = there.get(reverse("add_client")).content.decode()
    assert "In which practice" in page
    assert "Elm Court" not in page
    there.post(reverse("add_client"), SAID | {"at_practice": str(other.pk)})
    engagement = Engagement.objects.visible_to(ana).get()
    assert engagement.practice == other
    assert engagement.key.parent == other.key
    for wrong in (str(strange.pk), "", "x"):
        assert "In which practice" in there.post(reverse("add_client"), SAID | {"at_practice": wrong}).content.decode()
    assert Engagement.objects.visible_to(ana).count() == 1
