"""From the words that say when to a day: "by Friday", said on a Tuesday, is that week's Friday."""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

from .due import recurs

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "couple": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
           "eight": 8, "nine": 9, "ten": 10}  # fmt: skip
ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
            "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth",
            "twentieth", "twenty first", "twenty second", "twenty third", "twenty fourth", "twenty fifth",
            "twenty sixth", "twenty seventh", "twenty eighth", "twenty ninth", "thirtieth", "thirty first")  # fmt: skip
DAY = re.compile(rf"\b({'|'.join(DAYS)})\b")
MONTH = re.compile(rf"\b({'|'.join(MONTHS)})\b")
NUMBER = rf"(\d{{1,2}})(?:st|nd|rd|th)?|({'|'.join(sorted(ORDINALS, key=len, reverse=True))})"
DATED = re.compile(
    rf"\b(?:{NUMBER})(?: of)? (?P<a>{'|'.join(MONTHS)})\b|\b(?P<b>{'|'.join(MONTHS)})(?: the)? (?:{NUMBER})\b"
)
NTH = re.compile(rf"\bthe (?:(\d{{1,2}})(?:st|nd|rd|th)|({'|'.join(sorted(ORDINALS, key=len, reverse=True))}))\b")
IN = re.compile(
    rf"\b(?:in|within|inside)(?: the next)? (?:(\d+)|({'|'.join(NUMBERS)}|a couple of|couple of)) "
    r"(day|week|month|fortnight)s?\b"
)
FRIDAY, SUNDAY = 4, 6


def resolved(words: str, on: date) -> date | None:
    """The last day on which what was promised on the day `on` is in time; None where the words name no day.

    A weekday is the next one to come, "next Friday" the Friday of next week, a week ends on Friday, a weekend on
    Sunday, a month on its last day; "before Friday" is the day before. "Next time" and "before the interview" name no
    day, and neither does a rhythm.
    """
    low = " ".join(words.lower().replace("’", "'").replace("-", " ").split())
    if recurs(low):
        return None
    for way in WAYS:
        day = way(low, on)
        if day:
            return (
                day - timedelta(1) if re.match(r"(?:before|ahead of) (?!the end)", low) and _names_a_day(low) else day
            )
    return None


def _names_a_day(low: str) -> bool:
    start = re.sub(r"^(?:before|ahead of) (?:the |this |next )?", "", low)
    return any(one.match(start) for one in (DAY, DATED, MONTH)) or NTH.match("the " + start) is not None


def _dated(low: str, on: date) -> date | None:
    """ "The third of March", "March 3rd": the next to come."""
    hit = DATED.search(low)
    if not hit:
        return None
    month = MONTHS.index(hit["a"] or hit["b"]) + 1
    number, word = (hit[1], hit[2]) if hit["a"] else (hit[5], hit[6])
    day = int(number) if number else ORDINALS.index(word) + 1
    years = (on.year, on.year + 1)
    return next((one for year in years if (one := _day(year, month, day)) and one >= on), None)


def _nth(low: str, on: date) -> date | None:
    """ "The fourteenth": of this month, or of the next where that is over."""
    hit = NTH.search(low)
    if not hit:
        return None
    day = int(hit[1]) if hit[1] else ORDINALS.index(hit[2]) + 1
    months = ((on.year, on.month), (on.year + on.month // 12, on.month % 12 + 1))
    return next((one for year, month in months if (one := _day(year, month, day)) and one > on), None)


def _day(year: int, month: int, day: int) -> date | None:
    return date(year, month, day) if 1 <= day <= monthrange(year, month)[1] else None


def _end(low: str, on: date) -> date | None:
    """ "The end of next week"."""
    hit = re.search(
        r"\bend of (?:the )?(day|(?:working )?week|month|year|this week|this month|next week|next month)", low
    )
    if not hit:
        month = re.search(rf"\bend of ({'|'.join(MONTHS)})\b", low)
        return _month_end(on, MONTHS.index(month[1]) + 1) if month else None
    if hit[1] == "day":
        return on
    if hit[1] == "year":
        return date(on.year, 12, 31)
    return _week(on, "next" in hit[1]) if "week" in hit[1] else _this_month(on, "next" in hit[1])


def _weekday(low: str, on: date) -> date | None:
    """ "Friday", "next Friday", "Friday week", "a week on Friday"."""
    hit = DAY.search(low)
    if not hit:
        return None
    wanted = DAYS.index(hit[1])
    if re.search(rf"\bnext (?:week )?(?:on )?{hit[1]}|\b{hit[1]} next week|\bnext week\b.*{hit[1]}", low):
        return on + timedelta(7 - on.weekday() + wanted)
    ahead = (wanted - on.weekday()) % 7 or 7
    later = re.search(rf"\b{hit[1]} week\b|\bweek on {hit[1]}|\b{hit[1]} after(?: next)?$|\bfollowing {hit[1]}", low)
    return on + timedelta(ahead + (7 if later else 0))


def _near(low: str, on: date) -> date | None:
    """Today, tomorrow, the day after."""
    if "day after tomorrow" in low:
        return on + timedelta(2)
    if re.search(
        r"\b(?:tomorrow|tomoro|tomorow|in the morning|first thing)\b(?! on| (?:mon|tues|wednes|thurs|fri|satur|sun))",
        low,
    ):
        return on + timedelta(1)
    today = r"\b(?:today|tonight|tonite|to night|this (?:evening|afternoon|morning)|before you leave|after (?:this|our) call)\b"  # noqa: E501
    return on if re.search(today, low) else None


def _after(low: str, on: date) -> date | None:
    """ "In two weeks", "within three days"."""
    hit = IN.search(low)
    if not hit:
        return None
    count = int(hit[1]) if hit[1] else NUMBERS[hit[2].replace(" of", "").removeprefix("a ") or "a"]
    if hit[3] == "month":
        year, month = divmod(on.year * 12 + on.month - 1 + count, 12)
        return date(year, month + 1, min(on.day, monthrange(year, month + 1)[1]))
    return on + timedelta(count * {"day": 1, "week": 7, "fortnight": 14}[hit[3]])


def _span(low: str, on: date) -> date | None:
    """This or next week, weekend or month; a month by its name."""
    if "weekend" in low or "weakend" in low:
        return on + timedelta(SUNDAY - on.weekday() + (7 if "next weekend" in low else 0))
    if re.search(r"\bnext week\b", low):
        return _week(on, following=True)
    if re.search(r"\bthis wea?e?k\b|\bin the week\b", low):
        return _week(on, following=False)
    if re.search(r"\b(?:this|next) month\b", low):
        return _this_month(on, "next month" in low)
    month = MONTH.search(low)
    if not month:
        return None
    wanted = MONTHS.index(month[1]) + 1
    if re.search(rf"\b(?:by|before) {month[1]}", low):
        first = date(on.year + (wanted <= on.month), wanted, 1)
        return first if low.startswith("before") else first - timedelta(1)
    return _month_end(on, wanted)


def _week(on: date, following: bool) -> date:
    """The Friday of this week, or its Sunday where Friday is over; the Friday of the following one."""
    friday = on + timedelta(FRIDAY - on.weekday())
    if following:
        return friday + timedelta(7)
    return friday if friday >= on else on + timedelta(SUNDAY - on.weekday())


def _this_month(on: date, following: bool) -> date:
    year, month = divmod(on.year * 12 + on.month - 1 + following, 12)
    return date(year, month + 1, monthrange(year, month + 1)[1])


def _month_end(on: date, month: int) -> date:
    year = on.year + (month < on.month)
    return date(year, month, monthrange(year, month)[1])


WAYS: tuple[Callable[[str, date], date | None], ...] = (_dated, _nth, _end, _near, _weekday, _after, _span)
"""The ways of naming a day, the surest first."""
