"""Sessions, notes about them, what was said in them, the marks on it, and openings by an owner."""

from .mark import InUse, Mark
from .note import LONGEST, Note, NotTheWriter, notes_of, write_note
from .opening import LASTS, Opening
from .session import NoSuchTime, Session, TimeTwice, utc_of
from .transcript import AlreadyThere, Transcript

__all__ = [
    "LASTS",
    "LONGEST",
    "AlreadyThere",
    "InUse",
    "Mark",
    "NoSuchTime",
    "NotTheWriter",
    "Note",
    "Opening",
    "Session",
    "TimeTwice",
    "Transcript",
    "notes_of",
    "utc_of",
    "write_note",
]
