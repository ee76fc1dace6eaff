"""Changing the house key while the house runs: a new one beside the old, keys wrapped anew, the old one put aside."""

from pathlib import Path

from django.conf import settings
from django.db import transaction

from .keys import next_house_key, put_next_in_place
from .vault import trail
from .vault.keys import broken_keys, change_house_key, retire_old_houses
from .vault.models import Key


def rotate() -> tuple[int, Path]:
    """Change it; says how many keys were wrapped anew and where the old one lies. After a crash, repeating finishes it.

    Raises KeyTrouble, and WrongHouseKey when the key at hand never fitted.
    """
    secret = next_house_key(settings.KEYS)
    moved = change_house_key(secret)
    before = put_next_in_place(settings.KEYS)
    with transaction.atomic():
        retire_old_houses()
        trail.leave("changed the house key", Key.house(), by=None, practice_id=None)
    return moved, before


def check() -> list[str]:
    """What is wrong with the keys, one sentence each."""
    return list(broken_keys())
