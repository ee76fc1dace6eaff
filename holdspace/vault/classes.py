"""The class of every field: public, practice, private or sealed. A field without one fails a test."""

from collections.abc import Iterable, Iterator

from django.apps import apps
from django.db import models

from .seal import SealedField

NAMES = ("public", "practice", "private")


class Classes:
    """Declared on a model as `classes = Classes(public="id made_at", practice="…", private="…")`.

    Public may stand on an open page; practice is for those who work there; private belongs to the people of the row.
    Sealed fields are a class by themselves and are not named here.
    """

    def __init__(self, *, public: str = "", practice: str = "", private: str = "") -> None:
        self.named = {"public": public.split(), "practice": practice.split(), "private": private.split()}

    def of(self, field: str) -> list[str]:
        """The classes that name the field; one, when all is well."""
        return [name for name, fields in self.named.items() for known in fields if known == field]


def class_of(field: "models.Field[object, object]") -> str | None:
    """The class of a concrete field, or None where it has none or several."""
    if isinstance(field, SealedField):
        return None if _declared(field) else "sealed"
    found = _declared(field)
    return found[0] if len(found) == 1 else None


def unclassed_fields(models_to_check: Iterable[type[models.Model]] | None = None) -> list[str]:
    """What is wrong, one sentence each: fields without a class, words in the open, names of no field."""
    return [fault for model in models_to_check or house_models() for fault in _faults(model)]


def house_models() -> list[type[models.Model]]:
    """Every concrete model of the house's own rooms."""
    rooms = [room for room in apps.get_app_configs() if room.name.startswith("holdspace.")]
    return [model for room in rooms for model in room.get_models()]


def _declared(field: "models.Field[object, object]") -> list[str]:
    declared = (vars(kind).get("classes") for kind in field.model.__mro__)
    named = [name for classes in declared if isinstance(classes, Classes) for name in classes.of(field.name)]
    return list(dict.fromkeys(named))  # an inherited class may be said again


def _faults(model: type[models.Model]) -> Iterator[str]:
    fields = model._meta.concrete_fields
    for field in fields:
        found = class_of(field)
        if found is None:
            yield f"{model._meta.label}.{field.name} needs exactly one class"
        if found == "private" and isinstance(field, (models.TextField, models.JSONField)):
            yield f"{model._meta.label}.{field.name} holds private words and is not sealed"
    known = {field.name for field in fields}
    for kind in model.__mro__:
        classes = vars(kind).get("classes")
        if isinstance(classes, Classes):
            stray = {name for names in classes.named.values() for name in names} - known
            yield from (f"{model._meta.label} gives a class to {name}, which it has not" for name in sorted(stray))
