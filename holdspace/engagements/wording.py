"""The words of a pact: what each section is for, how it reads before anybody changed it, and how settings are said."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from django.utils.formats import date_format


@dataclass(frozen=True)
class Section:
    """One section of the agreement: its key, its title, and its words before anybody changed them."""

    key: str
    title: str
    words: str


SECTIONS: tuple[Section, ...] = (
    Section(
        "parties",
        "Who we are",
        "This is an agreement between {client} and {coach}, who coaches at {practice}. It says how we work together "
        "and what each of us can count on.\n\n"
        "Nobody else is part of it. If somebody pays for this work, they are named here, and what they may see is "
        "settled below.",
    ),
    Section(
        "nature",
        "What coaching is, and what it is not",
        "Coaching is a conversation that helps {client} think, decide and act. {client} chooses the direction and owns "
        "every decision; {coach} listens closely, asks, and is honest.\n\n"
        "It is not therapy, and not medical, legal or financial advice. If something comes up that needs another kind "
        "of help, {coach} will say so and help to find it.",
    ),
    Section(
        "goals",
        "What we are working towards",
        "{purpose}\n\nWe look at these goals together now and then, and change them when life does.",
    ),
    Section(
        "sessions",
        "How and how often we meet",
        "We meet {rhythm}, for about an hour. If one of us can't come, we say so a day ahead and find another time. "
        "If one of us is late, we still end on time.",
    ),
    Section(
        "fees",
        "Fees",
        "We agreed on the fee, on when it is paid, and on what happens with a session that is cancelled late: "
        "(write it here). Nothing is charged that isn't written here.",
    ),
    Section(
        "confidentiality",
        "What stays between us",
        "What {client} says here stays here. {coach} does not pass it on, not to an employer, not to family, not to "
        "colleagues.\n\n"
        "There are three limits, and {client} should know them before the first story: if somebody is in imminent "
        "danger, if a court orders it, or if {coach} learns of a crime that the law says must be reported. Wherever "
        "it can be done, {coach} talks with {client} first.",
    ),
    Section(
        "records",
        "What is written down",
        "{coach} keeps short notes, and both of us can keep what we promised. They are stored encrypted on the "
        "practice's own server and never sent to an outside service. {client} can see who opened what, and when. How "
        "long each thing is kept is settled below.",
    ),
    Section(
        "recording",
        "Recording and looking closely at a conversation",
        "Nothing is recorded and no transcript is kept unless both of us say yes for that very session. Either of us "
        "can take the yes back at any time, without a reason, and then everything that came of it goes too. Saying no "
        "costs nothing: the work is just as good without.",
    ),
    Section(
        "supervision",
        "How {coach} gets better at this",
        "{coach} talks with a mentor about how they coach, without names and without anything by which {client} could "
        "be known. A mentor reads something of ours only if both of us released that very thing.",
    ),
    Section(
        "conflicts",
        "If interests get in each other's way",
        "If {coach} works with, or for, somebody whose interests could cross {client}'s, {coach} says so at once, as "
        "far as it can be said, and we decide together how to go on.",
    ),
    Section(
        "rights",
        "{client}'s own records",
        "{client} can read what is kept, have it put right, take a copy of everything, and have it erased, at any time "
        "and also after we have ended. The practice keeps only what the law makes it keep, such as invoices.",
    ),
    Section(
        "complaints",
        "If something isn't working",
        "We say it early: “This isn't working for me” is a good sentence here. {coach} will listen before explaining. "
        "If that doesn't put it right, {client} can turn to {practice}, and to the professional "
        "body {coach} belongs to.",
    ),
    Section(
        "ending",
        "How we end",
        "Either of us can end this at any time, without giving a reason. We would like a last session to look at what "
        "was gained and what comes next.\n\n"
        "If {coach} can't go on, because of illness or for another reason, a colleague named by {practice} tells "
        "{client} and hands over only what {client} releases.",
    ),
    Section("more", "Anything else", ""),
)
"""Every field that an agreement needs, in the order in which two people would talk about them."""

TO_FILL = "(write it here)"
"""Stands where only the two can know; a proposal that still says so is not ready to be signed."""
HOUSE = "settings"
HOUSE_TITLE = "What this place keeps to"
CHANNELS = (
    ("email", "by e-mail"),
    ("phone", "by phone"),
    ("text", "by text message"),
    ("page", "on these pages"),
)


def filled(words: str, names: dict[str, str]) -> str:
    """The words with the names in them; braces that ask for nothing known stay as written."""
    return re.sub(r"\{(\w+)\}", lambda asked: names.get(asked[1], asked[0]), words).strip()


def said_settings(settings: dict[str, Any]) -> str:
    """The settings as sentences, so that what is signed says everything that the house will do."""
    return "\n\n".join(_sentences(settings))


def _sentences(settings: dict[str, Any]) -> Iterable[str]:
    coach, client = settings["coach"], settings["client"]
    if settings["addressed"]:
        yield f"{client} wishes to be addressed like this: {settings['addressed']}"
    yield f"We reach each other {_listed([word for key, word in CHANNELS if key in settings['channels']])}."
    if "email" not in settings["channels"]:
        yield "No reminders or messages are sent by e-mail."
    yield _quiet(settings["quiet_from"], settings["quiet_to"])
    if settings["reply_hours"]:
        yield f"A message is answered within {_hours(settings['reply_hours'])}."
    if settings["off_limits"]:
        yield f"{coach} does not bring up: {_listed(settings['off_limits'])}. {client} may, at any time."
    yield _asked(settings["recording"], settings["analysis"])
    yield (
        f"A transcript, if there is one, is deleted {_days(settings['transcript_days'])} after it came in. Notes are "
        f"deleted {_months(settings['notes_months'])} after we have ended."
    )
    if settings["sponsor"]:
        yield (
            f"Somebody pays for this work. They see on which days we met and the titles of goals, each word of it only "
            f"once {client} has approved it, and until {client} takes it back. Nothing else, ever."
        )
    else:
        yield "No employer, school or anybody else gets to see anything of this work."
    if settings["mentor"]:
        yield f"{coach} may ask {client} to release single things to a mentor. Each one needs {client}'s own yes."
    else:
        yield "No mentor reads anything of ours."
    if settings["review_on"]:
        yield f"We look at this agreement together again on {long_day(settings['review_on'])}."


def _quiet(since: time | None, until: time | None) -> str:
    if since is None or until is None:
        return "Letters may arrive at any hour."
    hours = f"between {since:%H:%M} and {until:%H:%M}"
    return f"No letter is sent {hours}, by the clock of whoever it is for. It waits until the quiet hours are over."


def _asked(recording: bool, analysis: bool) -> str:
    if not recording:
        return "Nobody is asked to record. A transcript comes in only if both of us say yes to it for that one session."
    if not analysis:
        return (
            "We may ask each other about recording, for one session at a time. No program looks through what is said."
        )
    return "We may ask each other about recording and looking through the words, each time for one session only."


def _listed(words: list[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def _hours(count: int) -> str:
    if count % 24 == 0:
        return _days(count // 24)
    return f"{count} hour{'' if count == 1 else 's'}"


def _days(count: int) -> str:
    return f"{count} day{'' if count == 1 else 's'}"


def _months(count: int) -> str:
    return f"{count} month{'' if count == 1 else 's'}"


def long_day(on: date) -> str:
    """24 November 2026."""
    return date_format(on, "j F Y")


def whole_text(sections: list[dict[str, str]]) -> str:
    """The exact text that is signed: titles and words, nothing else."""
    return "\n\n".join(f"{section['title']}\n\n{section['words']}" for section in sections) + "\n"
