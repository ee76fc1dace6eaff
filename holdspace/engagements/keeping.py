"""What is kept of two people's work and until when, as their pact says."""

import calendar
from dataclasses import dataclass
from datetime import date

from .models import Engagement, agreed_between

TRANSCRIPT_DAYS = 30
NOTES_MONTHS = 12
"""What holds while nobody agreed on other numbers."""


@dataclass(frozen=True)
class Kept:
    """One kind of thing, and what becomes of it."""

    what: str
    until: str
    on: date | None = None


@dataclass(frozen=True)
class Keeping:
    """How long the two want things kept."""

    transcript_days: int = TRANSCRIPT_DAYS
    notes_months: int = NOTES_MONTHS

    @classmethod
    def of(cls, engagement: Engagement) -> "Keeping":
        """As the pact in force says, or as is usual."""
        pact = agreed_between(engagement)
        return cls(pact.transcript_days, pact.notes_months) if pact else cls()

    def notes_until(self, ended_on: date) -> date:
        """The day on which the notes of work that ended then are deleted."""
        return months_after(ended_on, self.notes_months)


def months_after(day: date, months: int) -> date:
    """The same day so many months on, or that month's last where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def what_is_kept(engagement: Engagement, ended_on: date) -> list[Kept]:
    """What becomes of each thing if the work ended then, in words."""
    keeping = Keeping.of(engagement)
    return [
        Kept("Transcripts and what was found in them", f"deleted {keeping.transcript_days} days after they came in"),
        Kept("Notes", "deleted on", keeping.notes_until(ended_on)),
        Kept("Sessions, agreements, consents, promises", "readable for both of you, until the client has them erased"),
        Kept("Who read what", "stays as bare times and ids, so that nobody can hide a look"),
    ]
