"""The sealed field: words that are stored encrypted, bound to their row, and opened only when read."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NoReturn, cast
from uuid import UUID

from django.core.exceptions import FieldError
from django.db import models

from .cipher import Place, SealBroken

if TYPE_CHECKING:
    from .models import Key

    SealedBase = models.BinaryField[Any, Any]
else:
    SealedBase = models.BinaryField

KINDS = {str: "text", "text": "text", dict: "json", list: "json", "json": "json", bytes: "bytes", "bytes": "bytes"}


class NotSealed(TypeError):
    """Plain words were about to reach the database or a pickle."""


class NoSealingKey(SealBroken):
    """The row leads to no key, so its words can be neither sealed nor opened."""


class KeyDestroyed(Exception):
    """The key of these words was destroyed: they are gone for good."""


class SealedLookup(FieldError):
    """Sealed words cannot be searched, sorted or compared in the database."""


class Sealed:
    """A token as it stands in the column. It never shows what it holds."""

    __slots__ = ("_opened", "token")

    def __init__(self, token: bytes) -> None:
        self.token = token
        self._opened: tuple[Any, bytes, Any] | None = None

    def __repr__(self) -> str:
        return "<sealed>"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sealed) and type(other) is type(self) and other.token == self.token

    def __hash__(self) -> int:
        return hash(self.token)

    def __reduce__(self) -> tuple[Any, ...]:
        return Sealed, (self.token,)

    def reveal(self, row: models.Model, field: SealedField) -> Any:
        """The words, opened once for this row."""
        if self._opened is None or self._opened[0] != row.pk:
            plain = sealing_key(row).opened().open(self.token, field.place(row))
            self._opened = (row.pk, plain, field.decode(plain))
        return self._opened[2]

    def remember(self, row: models.Model, plain: bytes, words: Any) -> None:
        """Keep what was just sealed, to spare opening it again."""
        self._opened = (row.pk, plain, words)

    def changed(self, field: SealedField) -> bool:
        """Whether an opened list or dict was changed in place since."""
        return self._opened is not None and field.kind == "json" and field.encode(self._opened[2]) != self._opened[1]


class Pending(Sealed):
    """Words that were assigned and wait to be sealed by saving; they don't leave the process any other way."""

    __slots__ = ("_words",)

    def __init__(self, words: Any) -> None:
        super().__init__(b"")
        self._words = words

    def reveal(self, row: models.Model, field: SealedField) -> Any:
        """The words as assigned."""
        return self._words

    def __eq__(self, other: object) -> bool:
        return self is other

    def __hash__(self) -> int:
        return id(self)

    def __deepcopy__(self, memo: dict[int, Any]) -> Pending:
        return Pending(self._words)

    def __reduce__(self) -> NoReturn:
        raise NotSealed("these words are not sealed yet; save the row first")


class Words:
    """What stands on the model under the field's name: reading opens, assigning waits for the save."""

    def __init__(self, field: SealedField) -> None:
        self._field = field

    def __get__(self, row: models.Model | None, owner: type[models.Model]) -> Any:
        if row is None:
            return self
        sealed = getattr(row, self._field.attname)
        return None if sealed is None else sealed.reveal(row, self._field)

    def __set__(self, row: models.Model, words: Any) -> None:
        self._field.check_kind(words)
        row.__dict__[self._field.attname] = None if words is None else Pending(words)


class SealedField(SealedBase):
    """Text (or JSON, or bytes) sealed under the key the model's `seal_with` leads to, such as "engagement.key".

    Assign and read plain values by the field's name; queries see only tokens. The table's and the field's name are
    part of the seal: renaming either needs opening and sealing anew.
    """

    def __init__(self, *given: Any, kind: Any = "text", **named: Any) -> None:
        if kind not in KINDS:
            raise ValueError(f"a sealed field holds str, dict, list, bytes or json, not {kind!r}")
        self.kind = KINDS[kind]
        super().__init__(*given, **named)

    def deconstruct(self) -> Any:
        """How migrations write the field down."""
        name, path, given, named = super().deconstruct()
        return name, path, given, named | {"kind": self.kind}

    def get_attname(self) -> str:
        """The raw token's own attribute, so that loading, deferring and refreshing never open anything."""
        return f"{self.name}_sealed"

    def get_attname_column(self) -> tuple[str, str]:
        """The column keeps the field's plain name."""
        return self.get_attname(), self.db_column or self.name

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        """Stand on the model: the token under its own attribute, the words under the field's name."""
        super().contribute_to_class(cls, name, private_only)
        setattr(cls, name, Words(self))

    def place(self, row: models.Model) -> Place:
        """Where this row's words live."""
        return Place(row._meta.db_table, row.pk if isinstance(row.pk, UUID) else UUID(str(row.pk)), self.name)

    def check_kind(self, words: Any) -> None:
        """Refuse a value of another kind; anything JSON can write is refused or taken when saving."""
        kinds: dict[str, tuple[type, ...]] = {"text": (str,), "bytes": (bytes,), "json": (object,)}
        if words is None or (isinstance(words, kinds[self.kind]) and not isinstance(words, Sealed)):
            return
        raise NotSealed(f"{self.name} holds {self.kind}, not {type(words).__name__}")

    def encode(self, words: Any) -> bytes:
        """The bytes that get sealed."""
        if self.kind == "bytes":
            return bytes(words)
        text = words if self.kind == "text" else json.dumps(words, ensure_ascii=False, separators=(",", ":"))
        return str(text).encode("utf-8", "surrogatepass")

    def decode(self, plain: bytes) -> Any:
        """The value back from its bytes."""
        if self.kind == "bytes":
            return plain
        text = plain.decode("utf-8", "surrogatepass")
        return text if self.kind == "text" else json.loads(text)

    def get_default(self) -> Any:
        """Waits to be sealed like any assigned value."""
        if self.has_default():
            words = self.default() if callable(self.default) else self.default
            return None if words is None else Pending(words)
        if self.null:
            return None
        return Pending({"text": "", "bytes": b"", "json": None}[self.kind])

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """Seal what was assigned or changed; leave the rest as it stands."""
        sealed = getattr(model_instance, self.attname)
        if sealed is None:
            return None
        if not isinstance(sealed, Sealed):
            raise NotSealed(f"{self.name} is sealed: assign it by its own name")
        if type(sealed) is Sealed and not add and not sealed.changed(self):
            return sealed
        words = sealed.reveal(model_instance, self)
        plain = self.encode(words)
        fresh = Sealed(sealing_key(model_instance).opened().seal(plain, self.place(model_instance)))
        fresh.remember(model_instance, plain, words)
        model_instance.__dict__[self.attname] = fresh
        return fresh

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        """Only tokens reach the database."""
        if value is None:
            return None
        if type(value) is not Sealed:
            raise NotSealed(f"{self.name} is sealed: assign it on the row and save the row")
        return connection.Database.Binary(value.token)

    def get_placeholder(self, value: Any, compiler: Any, connection: Any) -> str:
        """No expression writes this column: the database cannot seal."""
        if hasattr(value, "as_sql"):
            raise NotSealed(f"{self.name} is sealed: assign it on the row and save the row")
        return str(connection.ops.binary_placeholder_sql(value))

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Sealed | None:
        """The column as a token; whatever else stands there will not open."""
        if value is None:
            return None
        return Sealed(value.encode() if isinstance(value, str) else bytes(value))

    def to_python(self, value: Any) -> Any:
        """Nothing is converted from outside."""
        return value

    def value_to_string(self, obj: models.Model) -> str:
        """Dumps carry the token only."""
        sealed = self.value_from_object(obj)
        if type(sealed) is not Sealed:
            raise NotSealed("these words are not sealed yet; save the row first")
        return b64encode(sealed.token).decode("ascii")

    def get_lookup(self, lookup_name: str) -> Any:
        """Nothing but isnull."""
        if lookup_name != "isnull":
            raise SealedLookup(f"{self.name} is sealed: the database cannot look into it ({lookup_name})")
        return super().get_lookup(lookup_name)

    def get_transform(self, lookup_name: str) -> NoReturn:
        """Nothing at all."""
        raise SealedLookup(f"{self.name} is sealed: the database cannot look into it ({lookup_name})")


def opener(model: type[models.Model], name: str, key: Key) -> Callable[[UUID, Sealed], bytes]:
    """Opens many tokens of one field and key in a tight loop, as bytes, without making rows of them."""
    cipher, table = key.opened(), model._meta.db_table
    return lambda pk, sealed: cipher.open(sealed.token, Place(table, pk, name))


def sealing_key(row: models.Model) -> Key:
    """The key at the end of the row's `seal_with` path."""
    found: Any = row
    for step in getattr(row, "seal_with", "").split("."):
        found = getattr(found, step, None) if step else None
    if found is None:
        raise NoSealingKey(f"{row._meta.label} leads to no key")
    return cast("Key", found)
