"""The nouns of words between sessions: message, draft and attachment."""

from .attachment import MOST, Attachment
from .draft import Draft, DraftTooLong
from .message import LONGEST, Message, NotTheWriter, TooLate, note_read

__all__ = ["LONGEST", "MOST", "Attachment", "Draft", "DraftTooLong", "Message", "NotTheWriter", "TooLate", "note_read"]
