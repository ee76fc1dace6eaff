"""Days as a person would say them: by when, how late, and which day somebody meant."""

import re
from datetime import date, timedelta

from django.contrib.humanize.templatetags.humanize import apnumber
from django.utils.formats import date_format

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
SMALL = re.compile(r"^(?:(?:by|on|before|until|till|this|the|due|of)\s+)+", re.IGNORECASE)
DAY_MONTH = re.compile(rf"(\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?({'|'.join(MONTHS)})", re.IGNORECASE)
MONTH_DAY = re.compile(rf"({'|'.join(MONTHS)})\s+(?:the\s+)?(\d{{1,2}})(?:st|nd|rd|th)?", re.IGNORECASE)
NAMED = {"today": 0, "tonight": 0, "this evening": 0, "evening": 0, "tomorrow": 1, "the day after tomorrow": 2}


def said_day(day: date, today: date) -> str:
    """Today, tomorrow, yesterday, or Friday 4 December, with the year where it is another one."""
    near = {0: "today", 1: "tomorrow", -1: "yesterday"}.get((day - today).days)
    return near or date_format(day, "l j F" if day.year == today.year else "l j F Y")


def said_due(day: date | None, today: date) -> str:
    """By when: due today, by Friday 4 December, no day set."""
    if day is None:
        return "no day set"
    near = {0: "due today", 1: "by tomorrow"}.get((day - today).days)
    return near or f"{'by' if day > today else 'was due'} {said_day(day, today)}"


def said_late(days: int) -> str:
    """One day late, two days late, 12 days late; nothing when it is not."""
    return f"{apnumber(days)} day{'' if days == 1 else 's'} late" if days > 0 else ""


def day_meant(words: str, on: date) -> date | None:
    """The day that words said on a day mean, where that is certain: tomorrow, by Friday, 4 December; else None.

    "By Friday" said on a Friday, "next week" and "soon" are not certain.
    """
    said = " ".join(words.casefold().strip(" .,!?").split())
    if said in NAMED:
        return on + timedelta(days=NAMED[said])
    said = SMALL.sub("", said)
    if said in NAMED:
        return on + timedelta(days=NAMED[said])
    if said in WEEKDAYS:
        days = (WEEKDAYS.index(said) - on.weekday()) % 7
        return on + timedelta(days=days) if days else None
    return _dated(said, on)


def _dated(said: str, on: date) -> date | None:
    """4 December, December 4th, 2026-12-04: the next one from that day on."""
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", said):
        return _date(int(said[:4]), int(said[5:7]), int(said[8:]))
    if found := DAY_MONTH.fullmatch(said):
        number, name = found.groups()
    elif found := MONTH_DAY.fullmatch(said):
        name, number = found.groups()
    else:
        return None
    month = MONTHS.index(name) + 1
    here = _date(on.year, month, int(number))
    return here if here is None or here >= on else _date(on.year + 1, month, int(number))


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
