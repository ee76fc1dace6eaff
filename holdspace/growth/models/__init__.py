"""Nouns of the room growth."""

from .concern import LABELS, AlreadyConfirmed, Concern, InBothHands, NotHeardYet, SaidAnew
from .fact import Fact
from .goal import Goal, Milestone, Revision
from .moment import Moment
from .progress import IN_WORDS, NoLevels, Progress, Rating
from .road import NotTheClient, NotTheCoach, NotTheirs, note_reads
from .weighing import Intensity, Option

__all__ = [
    "IN_WORDS",
    "LABELS",
    "AlreadyConfirmed",
    "Concern",
    "Fact",
    "Goal",
    "InBothHands",
    "Intensity",
    "Milestone",
    "Moment",
    "NoLevels",
    "NotHeardYet",
    "NotTheClient",
    "NotTheCoach",
    "NotTheirs",
    "Option",
    "Progress",
    "Rating",
    "Revision",
    "SaidAnew",
    "note_reads",
]
