"""The nouns of words between sessions: message, draft, attachment, and the address to answer to by mail."""

from .attachment import MOST, Attachment
from .draft import Draft, DraftTooLong
from .message import LONGEST, Message, NotTheWriter, TooLate, note_read
from .reply_address import ReplyAddress

__all__ = [
    "LONGEST",
    "MOST",
    "Attachment",
    "Draft",
    "DraftTooLong",
    "Message",
    "NotTheWriter",
    "ReplyAddress",
    "TooLate",
    "note_read",
]
