"""Quiet hours by the clock on the wall: in every zone, over every change of the clocks until 2030."""

import zoneinfo
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from holdspace.letters.quiet import is_quiet, next_awake

NIGHT = (time(20), time(8))
MINUTE = timedelta(minutes=1)


def at(zone: str, *when: int) -> datetime:
    return datetime(*when, tzinfo=ZoneInfo(zone))


@pytest.mark.parametrize(
    ("hours", "moment", "goes"),
    [
        (NIGHT, (2026, 11, 23, 19, 59), (2026, 11, 23, 19, 59)),
        (NIGHT, (2026, 11, 23, 20, 0), (2026, 11, 24, 8, 0)),
        (NIGHT, (2026, 11, 24, 7, 59), (2026, 11, 24, 8, 0)),
        (NIGHT, (2026, 11, 24, 8, 0), (2026, 11, 24, 8, 0)),
        ((time(12), time(14)), (2026, 11, 24, 13, 0), (2026, 11, 24, 14, 0)),
        ((time(12), time(14)), (2026, 11, 24, 3, 0), (2026, 11, 24, 3, 0)),
        ((None, None), (2026, 11, 24, 3, 0), (2026, 11, 24, 3, 0)),
        (NIGHT, (2026, 3, 28, 23, 0), (2026, 3, 29, 8, 0)),  # the night in which London's clocks go forward
    ],
)
def test_it_waits_for_the_morning(hours, moment, goes) -> None:
    assert next_awake(at("Europe/London", *moment), ZoneInfo("Europe/London"), *hours) == at("Europe/London", *goes)


def test_an_end_that_the_clocks_skip_is_the_moment_they_jump() -> None:
    london = ZoneInfo("Europe/London")
    goes = next_awake(at("Europe/London", 2026, 3, 29, 0, 30), london, time(22), time(1, 30))
    assert goes == datetime(2026, 3, 29, 1, 0, tzinfo=UTC)


def test_an_end_that_comes_twice_is_the_second() -> None:
    london = ZoneInfo("Europe/London")
    goes = next_awake(at("Europe/London", 2026, 10, 25, 0, 30), london, time(22), time(1, 30))
    assert goes == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


def jumps(zone: ZoneInfo) -> list[datetime]:
    """The moments at which a zone's clocks change, 2026 to 2030."""
    found, end = [], datetime(2031, 1, 1, tzinfo=UTC)
    day = datetime(2026, 1, 1, tzinfo=UTC)
    while day < end:
        after = day + timedelta(days=1)
        if day.astimezone(zone).utcoffset() != after.astimezone(zone).utcoffset():
            hour = day
            while hour.astimezone(zone).utcoffset() == day.astimezone(zone).utcoffset():
                hour += timedelta(minutes=30)
            found.append(hour)
        day = after
    return found


def test_no_letter_is_sent_in_quiet_hours_nor_later_than_needed_over_any_change_of_any_clock() -> None:
    checked = 0
    for name in sorted(zoneinfo.available_timezones()):
        zone = ZoneInfo(name)
        for jump in jumps(zone):
            end = jump.astimezone(zone).time().replace(tzinfo=None)
            for until in {time(8), end, (datetime.combine(jump, end) - timedelta(minutes=30)).time()}:
                since = time((until.hour + 14) % 24, until.minute)
                for hours in (-9, -1, 0, 1):
                    moment = jump + timedelta(hours=hours)
                    goes = next_awake(moment, zone, since, until)
                    assert goes >= moment
                    assert not is_quiet(goes, zone, since, until)
                    waited = goes == moment or is_quiet(goes - MINUTE, zone, since, until)
                    assert waited or goes.astimezone(zone).fold, (name, moment, goes)
                    checked += 1
    assert checked > 10_000
