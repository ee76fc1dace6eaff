"""A session as a file for a calendar: when and with whom, and nothing of what it is about or what was kept of it."""

import unicodedata
import zoneinfo
from datetime import MAXYEAR, MINYEAR, UTC, date, datetime, timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.text import capfirst
from icalendar import Calendar, Event, Timezone

from holdspace.letters.envelope import host
from holdspace.people.models import User

from .models import Session

WRITER = "-//Holdspace//Sessions//EN"
"""What wrote the file, as calendars name it."""


def calendar_file(session: Session, reader: User) -> bytes:
    """This session as the one appointment of a calendar, in the words of whoever takes it along."""
    calendar = Calendar()
    for name, said in (("prodid", WRITER), ("version", "2.0"), ("method", "PUBLISH")):
        calendar.add(name, said)
    calendar.add_component(_appointment(session, reader))
    first, last = _around(session)
    calendar.add_missing_timezones(first_date=first, last_date=last)
    return bytes(calendar.to_ical())


def _appointment(session: Session, reader: User) -> Event:
    """When, with whom, how and where its page is.

    Taken along anew after a change it replaces the one before: of two files about one appointment the later counts.
    """
    event, page = Event(), settings.ADDRESS + session.get_absolute_url()
    start, end = _from_to(session)
    event.add("uid", f"{session.pk}@{host()}")
    event.add("dtstamp", timezone.now())
    event.add("dtstart", start)
    event.add("dtend", end)
    event.add("summary", f"Session with {on_one_line(session.engagement.other_name(reader))}")
    event.add("description", f"{capfirst(session.get_channel_display())}. Its page: {page}")
    event.add("url", page)
    event.add("class", "PRIVATE")
    return event


def _from_to(session: Session) -> list[datetime]:
    """By the clock the two agreed on, so that it moves along when that place changes its rules.

    In UTC where a calendar could read that clock otherwise: an end that it shows twice, since it goes back that night,
    or rules that can't be written down in full (in Morocco the clocks change for one month).
    """
    zone = zoneinfo.ZoneInfo(session.timezone)
    start = datetime.combine(session.day, session.time, zone)
    utc = [start.astimezone(UTC), start.astimezone(UTC) + timedelta(minutes=session.minutes)]
    first, last = _around(session)
    along = Timezone.from_tzinfo(zone, session.timezone, first, last).to_tz(lookup_tzid=False)
    there = [at.astimezone(zone).replace(fold=0) for at in utc]
    return there if [at.replace(tzinfo=along).astimezone(UTC) for at in there] == utc else utc


def _around(session: Session) -> tuple[date, date]:
    """Between which days the rules of the time zone go along."""
    year = session.day.year
    return date(max(year - 1, MINYEAR), 1, 1), date(min(year + 2, MAXYEAR), 1, 1)


def on_one_line(name: str) -> str:
    """A name without what no line of a calendar may hold, and without the sign that calendars escape by."""
    told = (_fitting(word) for word in name.split())
    return " ".join(word for word in told if word)


def _fitting(word: str) -> str:
    return "".join(sign for sign in word if sign != "\\" and unicodedata.category(sign) != "Cc")
