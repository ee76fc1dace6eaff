"""Sessions, notes about them, what was said in them, the marks on it, and who else reads them: an owner, a mentor."""

from .mark import InUse, Mark
from .note import LONGEST, Note, NotTheWriter, notes_of, write_note
from .opening import LASTS, Opening
from .release import (
    NoMentorAgreed,
    NoSuchMentor,
    NothingThere,
    Part,
    Release,
    may_be_asked,
    mentors_for,
    notes_released,
    parts_of,
    releases_of,
    transcript_released,
    with_rare,
)
from .session import NoSuchTime, Session, TimeTwice, utc_of
from .transcript import AlreadyThere, Transcript

__all__ = [
    "LASTS",
    "LONGEST",
    "AlreadyThere",
    "InUse",
    "Mark",
    "NoMentorAgreed",
    "NoSuchMentor",
    "NoSuchTime",
    "NotTheWriter",
    "Note",
    "NothingThere",
    "Opening",
    "Part",
    "Release",
    "Session",
    "TimeTwice",
    "Transcript",
    "may_be_asked",
    "mentors_for",
    "notes_of",
    "notes_released",
    "parts_of",
    "releases_of",
    "transcript_released",
    "utc_of",
    "with_rare",
    "write_note",
]
