"""Keys: the house key wraps a practice's key, which wraps those of its engagements; destroying one is forgetting."""

from __future__ import annotations

import hmac
import secrets
from collections import OrderedDict
from collections.abc import Iterator
from datetime import datetime
from threading import Lock
from typing import Any, ClassVar, NamedTuple
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from holdspace.vault.cipher import Cipher, Place, SealBroken
from holdspace.vault.classes import Classes
from holdspace.vault.ids import new_id
from holdspace.vault.seal import KeyDestroyed

CHECK = b"the house key opens this"
PARENTS = {"practice": "house", "engagement": "practice", "trail": "house", "door": "house"}
KEPT = 1024
"""How many opened keys a process keeps."""


class WrongHouseKey(RuntimeError):
    """The house key at hand is not the one this database was sealed with."""


def house_secrets() -> Iterator[bytes]:
    """The house key this process began with, then any that lie beside it since: one is changed while the house runs."""
    yield settings.HOUSE_KEY
    yield from getattr(settings, "OTHER_HOUSE_KEYS", tuple)()


class Opened(NamedTuple):
    """A key opened in this process, and the bytes it was opened from."""

    wrapped: bytes
    secret: bytes
    cipher: Cipher


_opened: OrderedDict[UUID, Opened] = OrderedDict()
_opened_mutex = Lock()


class Key(models.Model):
    """A key of the house, a practice, an engagement, the trail or the door; itself sealed under its parent."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=12, choices=[(kind, kind) for kind in ("house", *PARENTS)])
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    version = models.PositiveIntegerField(default=1)
    wrapped = models.BinaryField(null=True)
    made_at = models.DateTimeField(default=timezone.now)
    destroyed_at = models.DateTimeField(null=True)

    classes: ClassVar = Classes(public="id kind version made_at destroyed_at", practice="parent", private="wrapped")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version"], condition=models.Q(kind="house"), name="one_house_key"),
            models.UniqueConstraint(fields=["kind"], condition=models.Q(kind="trail"), name="one_trail_key"),
            models.UniqueConstraint(fields=["kind"], condition=models.Q(kind="door"), name="one_door_key"),
            models.CheckConstraint(
                condition=models.Q(wrapped__isnull=False, destroyed_at__isnull=True)
                | models.Q(wrapped__isnull=True, destroyed_at__isnull=False),
                name="key_whole_or_destroyed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} key {self.pk}"

    @classmethod
    def house(cls) -> Key:
        """The current house key's row, checked against the key at hand; made in an empty house."""
        found = cls._current_house() or cls._first_house()
        found.opened()
        return found

    @classmethod
    def _current_house(cls) -> Key | None:
        return cls.objects.filter(kind="house", destroyed_at=None).order_by("version").last()

    @classmethod
    def _first_house(cls) -> Key:
        if cls.objects.exists():
            if (came := cls._current_house()) is not None:  # another process came first
                return came
            raise WrongHouseKey("This database holds keys but no check of its house key; restore it from a backup.")
        row = cls(kind="house")
        row.wrapped = Cipher(settings.HOUSE_KEY, row.pk, row.version).seal(CHECK, row.place)
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError:  # another process came first
            return cls.objects.get(kind="house", destroyed_at=None)
        return row

    @classmethod
    def make(cls, kind: str, parent: Key | None = None) -> Key:
        """A fresh key, wrapped under its parent: the house for a practice, a practice for an engagement."""
        parent = cls.house() if parent is None and PARENTS.get(kind) == "house" else parent
        if parent is None or PARENTS.get(kind) != parent.kind:
            raise ValueError(f"a {kind} key hangs from a {PARENTS.get(kind)} key")
        row = cls(kind=kind, parent=parent)
        row.wrapped = parent.opened().seal(secrets.token_bytes(32), row.place)
        row.save(force_insert=True)
        return row

    def opened(self) -> Cipher:
        """The key, ready to seal and open. Raises KeyDestroyed, SealBroken, or WrongHouseKey."""
        return self._open().cipher

    def signature(self, text: bytes) -> bytes:
        """A keyed hash nobody without the house key can make."""
        return hmac.digest(self._open().secret, text, "sha256")

    def destroy(self, *, by: Any, why: str, practice_id: UUID | None = None) -> None:
        """Forget the key and all under it: what they sealed is gone for good. Harmless when repeated."""
        from holdspace.vault.trail import leave

        with transaction.atomic():
            own = Key.objects.select_for_update().get(pk=self.pk)
            if own.kind in ("house", "trail", "door"):
                raise ValueError("the house's own keys are replaced, never destroyed alone")
            if own.destroyed_at is None:
                own._forget(timezone.now())
                leave("destroyed key", own, by=by, practice_id=practice_id, detail=why)
        self.refresh_from_db()

    def _forget(self, at: datetime) -> None:
        for child in Key.objects.filter(parent=self, destroyed_at=None):
            child._forget(at)
        Key.objects.filter(pk=self.pk).update(wrapped=None, destroyed_at=at)
        with _opened_mutex:
            _opened.pop(self.pk, None)

    def _open(self) -> Opened:
        if self.wrapped is None:
            raise KeyDestroyed(f"the {self.kind} key of these words was destroyed")
        known = _opened.get(self.pk)
        if known is not None and known.wrapped == self.wrapped and self._trusted(known):
            return known
        secret = self._unwrap(bytes(self.wrapped))
        found = Opened(bytes(self.wrapped), secret, Cipher(secret, self.pk, self.version))
        with _opened_mutex:
            _opened[self.pk] = found
            if len(_opened) > KEPT:
                _opened.popitem(last=False)
        return found

    def _trusted(self, known: Opened) -> bool:
        return self.kind != "house" or any(hmac.compare_digest(known.secret, one) for one in house_secrets())

    def hang_from(self, house: Key) -> None:
        """Wrap the same key anew, under another house key; what it sealed stays as it is."""
        if PARENTS.get(self.kind) != "house" or house.kind != "house":
            raise ValueError(f"a {self.kind} key does not hang from a house key")
        secret = self._open().secret
        self.wrapped, self.parent = house.opened().seal(secret, self.place), house
        self.save(update_fields=["wrapped", "parent"])

    def _unwrap(self, wrapped: bytes) -> bytes:
        if self.kind != "house":
            return self._parent_cipher().open(wrapped, self.place)
        for secret in house_secrets():
            try:
                if Cipher(secret, self.pk, self.version).open(wrapped, self.place) == CHECK:
                    return bytes(secret)
            except SealBroken:
                continue
        raise WrongHouseKey("The house key is not the one this database was sealed with; put the right one back.")

    def _parent_cipher(self) -> Cipher:
        # A key's secret never changes and destroying one destroys all under it, so a parent opened before will do.
        known = _opened.get(self.parent_id) if self.parent_id else None
        if known is not None and self.kind == "engagement":
            return known.cipher
        if self.parent is None:
            raise SealBroken(f"the {self.kind} key hangs from no key")
        return self.parent.opened()

    @property
    def place(self) -> Place:
        """Where its wrapped bytes live."""
        return Place("vault_key", self.pk, "wrapped")
