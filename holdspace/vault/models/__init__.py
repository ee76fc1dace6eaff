"""The nouns of the vault, and what other rooms build their own nouns from."""

from holdspace.vault.cipher import SealBroken
from holdspace.vault.classes import Classes, class_of, unclassed_fields
from holdspace.vault.guard import Guarded, GuardedQuerySet, Unguarded
from holdspace.vault.ids import new_id
from holdspace.vault.lease import Leased, LeasedQuerySet, LeaseLost
from holdspace.vault.seal import KeyDestroyed, NoSealingKey, NotSealed, Sealed, SealedField, SealedLookup

from .key import Key, WrongHouseKey
from .trace import HOUSE_TRAIL, Head, Trace

__all__ = [
    "HOUSE_TRAIL",
    "Classes",
    "Guarded",
    "GuardedQuerySet",
    "Head",
    "Key",
    "KeyDestroyed",
    "LeaseLost",
    "Leased",
    "LeasedQuerySet",
    "NoSealingKey",
    "NotSealed",
    "SealBroken",
    "Sealed",
    "SealedField",
    "SealedLookup",
    "Trace",
    "Unguarded",
    "WrongHouseKey",
    "class_of",
    "new_id",
    "unclassed_fields",
]
