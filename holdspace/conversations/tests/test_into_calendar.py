"""A session in one's own calendar: the right moment, the other's name on one line, and no word of what it is about."""

import unicodedata
import zoneinfo
from datetime import UTC, date, datetime, time, timedelta
from itertools import product
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from hypothesis import example, given
from hypothesis import strategies as some
from icalendar import Calendar

from holdspace.conversations.into_calendar import calendar_file, on_one_line
from holdspace.conversations.models import Release, Session, Transcript, write_note
from holdspace.conversations.models.session import NoSuchTime, TimeTwice, utc_of
from holdspace.conversations.release import answer
from holdspace.engagements.models import Engagement
from holdspace.letters.envelope import host
from holdspace.people.models import User
from holdspace.vault.models import new_id
from tests.cast import browser, meeting, unknown

TITLE, NOTE, PURPOSE = "About the rival offer", "She is afraid of the panel", "To find work that fits."


@pytest.fixture
def coming(together: Engagement) -> Session:
    return meeting(together, days=3, title=TITLE)


def address(session: Session) -> str:
    return f"{session.get_absolute_url()}calendar/"


def taken(reader: User, session: Session) -> Any:
    return appointment(browser(reader).get(address(session)).content)


def appointment(written: bytes) -> Any:
    """The one appointment that a calendar would read in this file."""
    (calendar,) = Calendar.from_ical(written, multiple=True)
    assert [one.name for one in calendar.subcomponents if one.name != "VTIMEZONE"] == ["VEVENT"]
    (event,) = calendar.events
    assert not event.subcomponents
    assert not event.errors + calendar.errors
    return event


def met_at(day: date, at: time, zone: str, minutes: int = 60, **names: str) -> Session:
    """A session that nothing keeps."""
    coach = User(name=names.get("coach", "Ana Moss"))
    engagement = Engagement(coach=coach, client=User(name="Benedict"), called=names.get("called", "Ben Hale"))
    starts_at = datetime.combine(day, at, zoneinfo.ZoneInfo(zone)).astimezone(UTC)
    return Session(
        engagement=engagement, day=day, time=at, timezone=zone, starts_at=starts_at, minutes=minutes, channel="phone"
    )


def written(session: Session) -> bytes:
    return calendar_file(session, session.engagement.coach)


def test_each_of_the_two_takes_it_along_with_the_other_by_name(coming: Session, ana: User, ben: User) -> None:
    for reader, other in ((ana, "Ben"), (ben, "Ana")):
        event = taken(reader, coming)
        assert event["SUMMARY"] == f"Session with {other}"
        assert event.start == coming.starts_at
        assert event.end == coming.starts_at + timedelta(minutes=60)
        assert event["URL"] == settings.ADDRESS + coming.get_absolute_url()
        assert event["DESCRIPTION"] == f"By video. Its page: {event['URL']}"
        assert abs(event.DTSTAMP - timezone.now()) < timedelta(minutes=1)


def test_the_file_says_what_it_is_and_is_kept_by_no_cache(coming: Session, ben: User) -> None:
    file = browser(ben).get(address(coming))
    assert file.headers["Content-Type"] == "text/calendar; charset=utf-8; method=PUBLISH"
    assert file.headers["Content-Disposition"] == 'attachment; filename="session.ics"'
    assert file.headers["Cache-Control"] == "no-store"
    assert file.headers["Content-Security-Policy"].endswith("; sandbox")
    calendar: Any = Calendar.from_ical(file.content)
    told = {name: str(calendar[name]) for name in ("VERSION", "METHOD", "PRODID")}
    assert told == {"VERSION": "2.0", "METHOD": "PUBLISH", "PRODID": "-//Holdspace//Sessions//EN"}
    assert all(len(line) <= 75 for line in file.content.split(b"\r\n"))


def test_a_changed_session_takes_the_place_of_what_it_was(coming: Session, ana: User) -> None:
    before = taken(ana, coming)
    Session.objects.access_system("it was moved").filter(pk=coming.pk).update(minutes=90)
    after = taken(ana, coming)
    assert before["UID"] == after["UID"] == f"{coming.pk}@{host()}"
    assert after.end - before.end == timedelta(minutes=30)
    assert after.DTSTAMP >= before.DTSTAMP


def test_it_holds_nothing_of_what_the_two_talk_about(heard: Transcript, ana: User, ben: User) -> None:
    session = heard.session
    session.title = TITLE
    session.save(update_fields=["title"])
    for writer in (ana, ben):
        write_note(session, new_id(), NOTE, by=writer).share(by=writer)
    for reader in (ana, ben):
        page = browser(reader).get(session.get_absolute_url()).content.decode()
        assert TITLE in page
        assert NOTE in page
        file = browser(reader).get(address(session)).content.replace(b"\r\n ", b"").decode()
        for word in (TITLE, NOTE, PURPOSE, "interview", "three stories", ben.email, ana.email, "Juniper"):
            assert word not in file, word
        assert set(appointment(file.encode())) == {
            *("UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "URL", "CLASS"),
        }


def test_only_who_meets_takes_it_along(
    coming: Session, cleo: User, dov: User, eve: User, mira: User, ana: User
) -> None:
    for other in (cleo, dov, eve, mira):
        met = browser(other).get(address(coming))
        nothing = browser(other).get(f"/sessions/{unknown()}/calendar/")
        assert (met.status_code, met.content) == (404, nothing.content)
    assert browser(ana).get(address(coming)).status_code == 200


def test_a_mentor_to_whom_it_is_released_reads_it_and_takes_no_appointment(
    asked: Release, ben: User, mira: User
) -> None:
    answer(asked, yes=True, parts=["transcript"], by=ben)
    assert browser(mira).get(f"/released/{asked.pk}/").status_code == 200
    assert browser(mira).get(address(asked.session)).status_code == 404


def test_whoever_is_invited_takes_it_along_once_they_said_yes(coming: Session, ana: User, ben: User) -> None:
    Engagement.objects.access_system("not answered yet").filter(pk=coming.engagement_id).update(accepted_at=None)
    assert browser(ben).get(address(coming)).status_code == 404
    assert browser(ana).get(address(coming)).status_code == 200


def test_signed_out_one_is_led_to_the_door(coming: Session) -> None:
    met = Client().get(address(coming))
    assert met.status_code == 302
    assert met.url.startswith("/door/login/")


def test_asking_for_its_head_says_the_same_and_nothing_can_be_sent(coming: Session, ana: User) -> None:
    there = browser(ana)
    head = there.head(address(coming))
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["Content-Type"].startswith("text/calendar")
    for send in (there.post, there.put, there.delete):
        assert send(address(coming)).status_code == 405


def test_the_page_of_a_coming_session_offers_it_and_says_what_goes_along(
    coming: Session, session: Session, ana: User, ben: User
) -> None:
    for reader in (ana, ben):
        page = browser(reader).get(coming.get_absolute_url()).content.decode()
        assert f'href="{address(coming)}"' in page
        assert "only when and with whom, as calendars often go to outside services" in page
        assert address(session) not in browser(reader).get(session.get_absolute_url()).content.decode()
    home = browser(ben).get("/").content.decode()
    assert f'href="{address(coming)}"' in home


def test_work_that_has_ended_offers_none(coming: Session, ana: User) -> None:
    together = coming.engagement
    Engagement.objects.access_system("it is over").filter(pk=together.pk).update(ended_on=timezone.localdate())
    assert address(coming) not in browser(ana).get(coming.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("day", "at", "zone", "utc"),
    [
        ("2026-03-29", "09:00", "Europe/London", "2026-03-29T08:00"),
        ("2026-03-29", "00:30", "Europe/London", "2026-03-29T00:30"),
        ("2026-10-25", "09:00", "Europe/London", "2026-10-25T09:00"),
        ("2026-10-25", "00:30", "Europe/London", "2026-10-24T23:30"),
        ("2026-11-01", "14:30", "America/New_York", "2026-11-01T19:30"),
        ("2026-10-04", "03:30", "Australia/Lord_Howe", "2026-10-03T16:30"),
        ("2026-12-08", "14:30", "Asia/Kathmandu", "2026-12-08T08:45"),
        ("2026-12-08", "14:30", "UTC", "2026-12-08T14:30"),
    ],
)
def test_on_a_day_when_the_clocks_change_it_is_the_moment_on_the_page(day: str, at: str, zone: str, utc: str) -> None:
    session = met_at(date.fromisoformat(day), time.fromisoformat(at), zone, minutes=120)
    event = appointment(written(session))
    assert event.start.astimezone(UTC).replace(tzinfo=None) == datetime.fromisoformat(utc)
    assert event.end.astimezone(UTC) - event.start.astimezone(UTC) == timedelta(minutes=120)


def turns_of(zone: zoneinfo.ZoneInfo) -> list[date]:
    """The days of a year on which a zone's clocks change, and those around them."""
    days = [date(2027, 1, 2) + timedelta(days=number) for number in range(363)]
    noons = {day: datetime.combine(day, time(12), zone).utcoffset() for day in days}
    turns = [day for day in days[1:] if noons[day] != noons[day - timedelta(days=1)]]
    return [day + timedelta(days=number) for day in turns for number in (-1, 0, 1)] or days[::180]


@pytest.mark.parametrize("zone", ["Europe/London", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca"])
def test_a_calendar_that_knows_no_zones_reads_the_same_moments(zone: str) -> None:
    place = zoneinfo.ZoneInfo(zone)
    for day, hour in product(turns_of(place), range(24)):
        try:
            starts_at = utc_of(datetime.combine(day, time(hour)), place)
        except (NoSuchTime, TimeTwice):
            continue
        told: Any = Calendar.from_ical(written(met_at(day, time(hour), zone, minutes=90)))
        rules = [one.to_tz(lookup_tzid=False) for one in told.timezones]
        for name, at in (("DTSTART", starts_at), ("DTEND", starts_at + timedelta(minutes=90))):
            said = told.events[0][name]
            read = said.dt.replace(tzinfo=rules[0]) if "TZID" in said.params else said.dt
            assert read.astimezone(UTC) == at, (day, hour, name)


def test_an_end_that_the_clock_shows_twice_is_told_in_utc() -> None:
    lines = written(met_at(date(2027, 10, 31), time(0, 30), "Europe/London", minutes=120)).split(b"\r\n")
    assert {b"DTSTART:20271030T233000Z", b"DTEND:20271031T013000Z"} <= set(lines)


def test_its_clock_is_the_one_the_two_agreed_on() -> None:
    lines = written(met_at(date(2027, 6, 1), time(14, 30), "Europe/Dublin")).split(b"\r\n")
    assert b"DTSTART;TZID=Europe/Dublin:20270601T143000" in lines
    assert b"TZID:Europe/Dublin" in lines


def test_every_zone_can_be_written() -> None:
    for zone in sorted(zoneinfo.available_timezones())[::5]:
        session = met_at(date(2027, 7, 1), time(12), zone)
        assert appointment(written(session)).start.astimezone(UTC) == session.starts_at, zone


@pytest.mark.parametrize("day", [date(1, 1, 2), date(1899, 7, 1), date(2300, 7, 1), date(9999, 12, 30)])
def test_a_mistyped_year_is_a_file_all_the_same(day: date) -> None:
    for zone in ("Europe/London", "Africa/Abidjan", "Asia/Tokyo"):
        assert appointment(written(met_at(day, time(12), zone))).start.date() == day


NAMES = some.text(some.characters(exclude_categories=["Cs"]), min_size=1, max_size=120).filter(
    lambda name: name.split()
)
NASTY = [
    "Ben\r\nBEGIN:VEVENT\r\nSUMMARY:Free\r\nEND:VEVENT",
    "Ben\nATTENDEE:mailto:x@example.org",
    "Moss,\u2028Ana;\u0085Coach",
    "END:VCALENDAR",
    "Ben\\nBEGIN:VALARM",
    "\\N;,:\"^n'",
    "Ωμέγα" * 20,
    "李" * 120,
    "👩‍👩‍👧‍👦" * 15,
    "Be\x00n\x1b[2J\x7f",
    "\\",
]


def check_kept(name: str) -> None:
    """What somebody called this takes along, and what the other takes: read back, line by line."""
    session = met_at(date(2027, 6, 1), time(14, 30), "Europe/London", called=name, coach=name)
    for reader in (session.engagement.coach, session.engagement.client):
        file = calendar_file(session, reader)
        said = on_one_line(name.split()[0])
        assert appointment(file)["SUMMARY"] == f"Session with {said}"
        lines = file.decode().replace("\r\n ", "").split("\r\n")
        begun = [line for line in lines if line.startswith(("BEGIN:V", "END:V", "SUMMARY"))]
        assert begun[:4] == ["BEGIN:VCALENDAR", "BEGIN:VTIMEZONE", "END:VTIMEZONE", "BEGIN:VEVENT"]
        assert [line.split(":")[0] for line in begun[4:]] == ["SUMMARY", "END", "END"]
        assert not any(unicodedata.category(sign) == "Cc" for line in lines for sign in line)
        assert all(len(line) <= 75 for line in file.split(b"\r\n"))


@pytest.mark.parametrize("name", NASTY)
def test_a_nasty_name_stays_one_line(name: str) -> None:
    check_kept(name)
    assert "\n" not in on_one_line(name)


@given(NAMES)
@example("Ben")
def test_any_name_stays_one_line(name: str) -> None:
    check_kept(name)


def test_a_whole_name_is_read_back_as_it_is() -> None:
    assert on_one_line("Moss,  Ana;\r\nBEGIN:VEVENT \\o/") == "Moss, Ana; BEGIN:VEVENT o/"


def test_a_nasty_name_reaches_neither_header_nor_line(together: Engagement, coming: Session, ana: User) -> None:
    Engagement.objects.access_system("a name no form takes").filter(pk=together.pk).update(called=NASTY[0])
    met = browser(ana).get(address(coming))
    assert met.headers["Content-Disposition"] == 'attachment; filename="session.ics"'
    assert appointment(met.content)["SUMMARY"] == "Session with Ben"
