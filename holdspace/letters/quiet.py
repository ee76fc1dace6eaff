"""Quiet hours: when a letter may go, by the clock on the wall of whoever it is for."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo


def is_quiet(moment: datetime, zone: ZoneInfo, since: time | None, until: time | None) -> bool:
    """Whether the clock there stands within the quiet hours; their end is not quiet any more."""
    if since is None or until is None or since == until:
        return False
    wall = moment.astimezone(zone).time().replace(tzinfo=None)
    if since < until:
        return since <= wall < until
    return wall >= since or wall < until


def next_awake(moment: datetime, zone: ZoneInfo, since: time | None, until: time | None) -> datetime:
    """The moment itself, or the end of the quiet hours it falls into.

    Where the clocks skip the hour of the end, it is the moment they jump; where that hour comes twice, its second
    coming, so that nobody is woken in between.
    """
    if until is None or not is_quiet(moment, zone, since, until):
        return moment
    wall = moment.astimezone(zone)
    day = wall.date() if wall.time().replace(tzinfo=None) < until else wall.date() + timedelta(days=1)
    return _moment_of(datetime.combine(day, until), zone)


def next_at(moment: datetime, zone: ZoneInfo, hour: time) -> datetime:
    """The next time from this moment on that the clock there shows an hour; one that the clocks skip is when they jump.

    One that comes twice is its second coming, and a day has it once.
    """
    day = moment.astimezone(zone).date()
    today = _moment_of(datetime.combine(day, hour), zone)
    return today if today >= moment else _moment_of(datetime.combine(day + timedelta(days=1), hour), zone)


def _moment_of(wall: datetime, zone: ZoneInfo) -> datetime:
    first, last = wall.replace(tzinfo=zone, fold=0), wall.replace(tzinfo=zone, fold=1)
    utc = last.astimezone(UTC)
    if utc.astimezone(zone).replace(tzinfo=None) == wall:
        return utc
    return _jump(utc, first.astimezone(UTC), zone)


def _jump(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """The moment between the two at which the clocks of a zone jump, to the second."""
    offset = before.astimezone(zone).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=(after - before) // timedelta(seconds=2))
        if middle.astimezone(zone).utcoffset() == offset:
            before = middle
        else:
            after = middle
    return after
