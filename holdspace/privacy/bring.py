"""Bringing a practice in from its whole archive: the same rows under new ids, sealed anew under new keys."""

from base64 import b64decode
from collections import defaultdict
from typing import Any
from uuid import UUID

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import UUIDField

from holdspace.people.models import Practice
from holdspace.vault import trail
from holdspace.vault.models import Key, SealedField, Trace, new_id

from .holdings import Holding, holdings
from .schema import FORMAT, VERSION

Told = dict[str, Any]
BATCH = 200
MADE_APART = ("vault.Key", "vault.Trace")


class NotAnArchive(Exception):
    """What was brought is not the whole archive of one practice, or is from a house too different from this one."""


def bring_in(told: Told) -> Practice:
    """Make the practice and all that belongs to it, or nothing. Raises NotAnArchive.

    Somebody whose address this house knows already stays the person they are here.
    """
    if not isinstance(told, dict) or told.get("format") != FORMAT:
        raise NotAnArchive("This is not an archive of Holdspace.")
    if (told.get("version"), told.get("kind")) != (VERSION, "practice"):
        raise NotAnArchive("This archive is not a practice's whole archive, or is of another version.")
    try:
        with transaction.atomic():
            return Mover(told["tables"]).move()
    except (KeyError, TypeError, ValueError, ValidationError, IntegrityError) as trouble:
        raise NotAnArchive(f"This archive does not fit this house ({type(trouble).__name__}).") from trouble


class Mover:
    """One practice on its way in: what became of each old id."""

    def __init__(self, tables: dict[str, list[Told]]) -> None:
        self.tables = tables
        self.made: dict[str, dict[str, models.Model]] = defaultdict(dict)
        self.now: dict[str, UUID] = {}

    def move(self) -> Practice:
        """Make every row, parents first."""
        unknown = set(self.tables) - {holding.label for holding in holdings()}
        if unknown:
            raise NotAnArchive(f"This house knows no {', '.join(sorted(unknown))}.")
        self._keys(self.tables["vault.Key"])
        for holding in holdings():  # ids first: a consent names a session, which comes after it
            self._promise(holding, self.tables.get(holding.label, []))
        for holding in holdings():
            rows = self.tables.get(holding.label, [])
            if rows and holding.label not in MADE_APART:
                self._rows(holding, rows)
        (practice,) = self.made["people.Practice"].values()
        self._traces(self.tables.get("vault.Trace", []), practice.pk)
        trail.leave("brought in the practice", practice, by=None, practice_id=practice.pk)
        if not isinstance(practice, Practice):
            raise TypeError("not a practice")
        return practice

    def _keys(self, rows: list[Told]) -> None:
        """Fresh keys in the same order under each other."""
        for row in sorted(rows, key=lambda row: row["kind"] != "practice"):
            parent = self.made["vault.Key"].get(str(row["parent"]))
            self._note("vault.Key", row["id"], Key.make(row["kind"], parent if isinstance(parent, Key) else None))

    def _promise(self, holding: Holding, rows: list[Told]) -> None:
        """The id each row is going to have, in their old order."""
        if rows and holding.label not in MADE_APART and isinstance(apps.get_model(holding.label)._meta.pk, UUIDField):
            self.now |= {row["id"]: new_id() for row in rows}

    def _rows(self, holding: Holding, rows: list[Told]) -> None:
        model = apps.get_model(holding.label)
        wanted = set(holding.carried)
        fresh = []
        for row in rows:
            if set(row) != wanted:
                raise NotAnArchive(f"{holding.title} have other fields here: {', '.join(sorted(set(row) ^ wanted))}.")
            known = self._known(holding, row)
            if known is None:
                fresh.append(self._row(model, holding, row))
            else:
                self._note(holding.label, row["id"], known)
        for start in range(0, len(fresh), BATCH):
            model._base_manager.bulk_create(fresh[start : start + BATCH])

    def _known(self, holding: Holding, row: Told) -> models.Model | None:
        """A person or an address that this house has already."""
        model = apps.get_model(holding.label)
        if holding.label not in ("people.User", "account.EmailAddress") or not row["email"]:
            return None
        return model._base_manager.filter(email=row["email"]).first()

    def _row(self, model: type[models.Model], holding: Holding, row: Told) -> models.Model:
        made = model()
        for field in model._meta.concrete_fields:
            if field.name in row and not field.primary_key:
                self._set(made, field, row[field.name], points=field.name in holding.ids.split())
        if row["id"] in self.now:
            made.pk = self.now[row["id"]]
        self._note(holding.label, row["id"], made)
        return made

    def _set(self, made: models.Model, field: "models.Field[Any, Any]", value: Any, *, points: bool) -> None:
        if value is None:
            setattr(made, field.name, None)
        elif isinstance(field, SealedField):
            setattr(made, field.name, b64decode(value) if field.kind == "bytes" else value)
        elif isinstance(field, models.ForeignKey):
            setattr(made, field.name, self.made[field.related_model._meta.label][str(value)])
        elif points:
            setattr(made, field.name, self._new(value))
        else:
            setattr(made, field.name, field.to_python(value))

    def _note(self, label: str, old: Any, made: models.Model) -> None:
        self.made[label][str(old)] = made
        if isinstance(made.pk, UUID):
            self.now[str(old)] = made.pk

    def _new(self, old: str | None) -> UUID | None:
        """What an id became; an id of something that is gone stays what it was."""
        return None if old is None else self.now.get(old, UUID(old))

    def _traces(self, rows: list[Told], practice_id: UUID) -> None:
        """The practice's trail, chained anew under this house's key."""
        pointing = ("actor_id", "noun_id", "subject_id", "engagement_id")
        moved = []
        for row in rows:
            ids = {name: self._new(row[name]) for name in pointing}
            at = Trace._meta.get_field("at").to_python(row["at"])
            moved.append(Trace(at=at, verb=row["verb"], noun=row["noun"], detail=row["detail"], **ids))
        trail.carry_over(practice_id, moved)
