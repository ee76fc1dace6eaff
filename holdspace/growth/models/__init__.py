"""Nouns of the room growth."""

# Promises
from .commitment import Commitment
from .move import Move
from .refusals import (
    AlreadySettled,
    CannotUndo,
    InUse,
    NotAccepted,
    NotOwnedUp,
    NotTheOther,
    NotTheOwner,
    OnTime,
    PastDay,
    SameDay,
)
from .reminder import Reminder
from .step import Step

__all__ = [
    "AlreadySettled",
    "CannotUndo",
    "Commitment",
    "InUse",
    "Move",
    "NotAccepted",
    "NotOwnedUp",
    "NotTheOther",
    "NotTheOwner",
    "OnTime",
    "PastDay",
    "Reminder",
    "SameDay",
    "Step",
]
