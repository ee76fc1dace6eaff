"""Nouns of the room growth."""

from .commitment import Commitment
from .concern import LABELS, AlreadyConfirmed, Concern, InBothHands, NotHeardYet, SaidAnew, StepPromised
from .fact import Fact
from .goal import Goal, Milestone, Revision
from .moment import Moment
from .move import Move
from .progress import IN_WORDS, NoLevels, Progress, Rating
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
from .road import NotTheClient, NotTheCoach, NotTheirs, note_reads
from .step import Step
from .weighing import Intensity, Option

__all__ = [
    "IN_WORDS",
    "LABELS",
    "AlreadyConfirmed",
    "AlreadySettled",
    "CannotUndo",
    "Commitment",
    "Concern",
    "Fact",
    "Goal",
    "InBothHands",
    "InUse",
    "Intensity",
    "Milestone",
    "Moment",
    "Move",
    "NoLevels",
    "NotAccepted",
    "NotHeardYet",
    "NotOwnedUp",
    "NotTheClient",
    "NotTheCoach",
    "NotTheOther",
    "NotTheOwner",
    "NotTheirs",
    "OnTime",
    "Option",
    "PastDay",
    "Progress",
    "Rating",
    "Reminder",
    "Revision",
    "SaidAnew",
    "SameDay",
    "Step",
    "StepPromised",
    "note_reads",
]
