"""Sessions, what was said in them, and the marks on it."""

from .mark import Mark
from .session import NoSuchTime, Session, TimeTwice, utc_of
from .transcript import AlreadyThere, Transcript

__all__ = ["AlreadyThere", "Mark", "NoSuchTime", "Session", "TimeTwice", "Transcript", "utc_of"]
