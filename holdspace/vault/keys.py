"""Whether the house key at hand is the one this database was sealed with, and changing it for a new one."""

from collections.abc import Iterator

from django.db import transaction
from django.utils import timezone

from .cipher import Cipher, SealBroken
from .models.key import CHECK, Key, WrongHouseKey

__all__ = ["WrongHouseKey", "broken_keys", "change_house_key", "check_house_key", "retire_old_houses"]

STEP = 20
"""Keys wrapped anew in one transaction, so that nobody waits long."""


def check_house_key() -> None:
    """Raise WrongHouseKey unless the key fits; an empty house gets its check value."""
    Key.house()


def change_house_key(secret: bytes) -> int:
    """Wrap every key that hangs from an older house key under this one, a few at a time; says how many.

    Running processes go on meanwhile, as long as they can find both. Repeating it after a crash does the rest.
    """
    house = _house_of(secret)
    moved = 0
    while some := _move_some(house):
        moved += some
    return moved


def retire_old_houses() -> int:
    """Destroy the check values of older house keys once nothing hangs from them; says how many."""
    with transaction.atomic():
        houses = list(Key.objects.select_for_update().filter(kind="house", destroyed_at=None).order_by("version"))
        old = [house.pk for house in houses[:-1]]
        if Key.objects.filter(parent__in=old, destroyed_at=None).exists():
            return 0
        return Key.objects.filter(pk__in=old).update(wrapped=None, destroyed_at=timezone.now())


def broken_keys() -> Iterator[str]:
    """One sentence for each key that should open and doesn't."""
    for key in Key.objects.filter(destroyed_at=None).select_related("parent__parent").order_by("kind", "pk"):
        try:
            key.opened()
        except (SealBroken, WrongHouseKey):
            yield f"The {key.kind} key {key.pk} does not open."


def _house_of(secret: bytes) -> Key:
    """The row of the house key with this secret, made as the newest where there is none."""
    current = Key.house()
    row = Key(kind="house", version=current.version + 1)
    if _fits(secret, current):
        return current
    row.wrapped = Cipher(secret, row.pk, row.version).seal(CHECK, row.place)
    row.save(force_insert=True)
    return row


def _fits(secret: bytes, house: Key) -> bool:
    try:
        return Cipher(secret, house.pk, house.version).open(bytes(house.wrapped or b""), house.place) == CHECK
    except SealBroken:
        return False


def _move_some(house: Key) -> int:
    with transaction.atomic():
        waiting = Key.objects.select_for_update(of=("self",)).filter(parent__kind="house", destroyed_at=None)
        some = list(waiting.exclude(parent=house).select_related("parent").order_by("pk")[:STEP])
        for key in some:
            key.hang_from(house)
        return len(some)
