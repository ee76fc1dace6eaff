"""Adding and changing a session: once, at a moment that exists, by the coach."""

import pytest
from django.urls import reverse
from django.utils import timezone

from holdspace.conversations.models import Session
from holdspace.engagements.models import Engagement
from holdspace.people.models import User
from holdspace.vault.models import new_id
from tests.cast import browser

SAID = {
    "day": "2026-12-01",
    "time": "14:30",
    "timezone": "Europe/London",
    "minutes": "60",
    "channel": "video",
    "title": "",
}


def add(person: User, engagement: Engagement, **other: str):
    once = other.pop("once", str(new_id()))
    return browser(person).post(reverse("add_session", args=[engagement.pk]), SAID | {"once": once} | other)


def test_a_session_is_kept_with_its_wall_time_zone_and_moment(ana: User, together: Engagement) -> None:
    add(ana, together, timezone="America/New_York", title="First")
    session = Session.objects.visible_to(ana).get()
    assert session.title == "First"
    assert session.starts_at.isoformat() == "2026-12-01T19:30:00+00:00"
    assert (session.time.hour, session.timezone) == (14, "America/New_York")


def test_sent_twice_it_is_one_session(ana: User, together: Engagement) -> None:
    once = str(new_id())
    first, second = add(ana, together, once=once), add(ana, together, once=once)
    assert first.url == second.url
    assert Session.objects.visible_to(ana).count() == 1


@pytest.mark.parametrize(
    ("other", "word"),
    [
        ({"day": "2027-03-28", "time": "01:30"}, "go forward"),
        ({"day": "2026-10-25", "time": "01:30"}, "go back"),
        ({"day": "2026-02-31"}, "read that as a date"),
        ({"day": "0001-01-01", "timezone": "Asia/Tokyo"}, "within the next ten years"),
        ({"timezone": "Moon/Base"}, "is not on it"),
        ({"minutes": "0"}, "greater than or equal"),
    ],
)
def test_a_moment_that_is_not_gets_a_sentence(
    ana: User, together: Engagement, other: dict[str, str], word: str
) -> None:
    page = add(ana, together, **other)
    assert word in page.content.decode()
    assert not Session.objects.visible_to(ana).exists()


def test_neither_client_nor_stranger_adds_one(ben: User, cleo: User, eve: User, together: Engagement) -> None:
    for other in (ben, cleo, eve):
        assert add(other, together).status_code == 404


def test_an_id_of_somebody_elses_session_is_not_taken_over(eve: User, ben: User, session: Session) -> None:
    from holdspace.engagements.models import open_engagement

    own = open_engagement(eve, ben, called="Ben", accepted_at=timezone.now())
    page = add(eve, own, once=str(session.pk))
    assert "too old" in page.content.decode()


def test_a_session_moves_and_keeps_what_was_said(ana: User, session: Session) -> None:
    address = reverse("change_session", args=[session.pk])
    page = browser(ana).get(address).content.decode()
    assert "Before the interview" in page
    said = SAID | {"once": str(session.pk), "title": "After the interview"}
    assert "After the interview" in browser(ana).post(address, said, follow=True).content.decode()
    assert Session.objects.visible_to(ana).get().starts_at.isoformat() == "2026-12-01T14:30:00+00:00"


def test_only_its_coach_moves_it(ben: User, cleo: User, eve: User, session: Session) -> None:
    for other in (ben, cleo, eve):
        address = reverse("change_session", args=[session.pk])
        assert browser(other).post(address, SAID | {"once": str(session.pk)}).status_code == 404
