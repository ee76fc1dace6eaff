"""People, the practices they belong to, and the links and invitations that let them in."""

from .invitation import OPEN_FOR, AlreadySeated, Invitation, NotSeated
from .link import BadLink, Link, digest
from .practice import LastOwner, NotTheOwner, Practice, Seat
from .user import User, check_zone

__all__ = [
    "OPEN_FOR",
    "AlreadySeated",
    "BadLink",
    "Invitation",
    "LastOwner",
    "Link",
    "NotSeated",
    "NotTheOwner",
    "Practice",
    "Seat",
    "User",
    "check_zone",
    "digest",
]
