"""A person's own page."""

from django.urls import reverse

from holdspace.people.models import User
from tests.cast import browser


def test_name_and_zone_are_ones_own_to_change(ben: User) -> None:
    answer = browser(ben).post(reverse("me"), {"name": "Benjamin", "timezone": "Asia/Tokyo"})
    ben.refresh_from_db()
    assert answer.status_code == 302
    assert (ben.name, ben.timezone) == ("Benjamin", "Asia/Tokyo")


def test_an_unknown_zone_is_refused_and_nothing_changes(ben: User) -> None:
    page = browser(ben).post(reverse("me"), {"name": "Benjamin", "timezone": "Moon/Base"})
    ben.refresh_from_db()
    assert page.status_code == 200
    assert ben.name == "Ben"


def test_signed_out_there_is_nothing_here(db: None) -> None:
    assert browser().get(reverse("me")).status_code == 302
