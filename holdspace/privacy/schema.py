"""Prints docs/export.schema.json: what an archive's JSON looks like, from the models and the holdings."""

import json
from typing import Any

from django.apps import apps
from django.db import models

from holdspace.vault.models import SealedField

from .holdings import Holding, holdings

FORMAT = "holdspace archive"
VERSION = 1
DIALECT = "https://json-schema.org/draft/2020-12/schema"
Schema = dict[str, Any]


def schema() -> Schema:
    """The JSON Schema of an archive."""
    told = [holding for holding in holdings() if holding.model is not None and told_of(holding)]
    return {
        "$schema": DIALECT,
        "title": "An archive of Holdspace",
        "description": "The file holdspace.json of an archive. Tables stand parents first; docs/export.md says more.",
        "type": "object",
        "properties": {
            "format": {"const": FORMAT},
            "version": {"const": VERSION},
            "kind": {"enum": ["person", "practice", "frame"]},
            "subject": {"type": "string", "format": "uuid"},
            "made_at": {"type": "string", "format": "date-time"},
            "names": {"type": "object", "additionalProperties": {"type": "string"}},
            "counts": {"type": "object", "additionalProperties": {"type": "integer"}},
            "tables": {
                "type": "object",
                "properties": {holding.label: _table(holding) for holding in told},
                "additionalProperties": False,
            },
        },
        "required": ["format", "version", "kind", "subject", "made_at", "names", "tables"],
        "additionalProperties": False,
    }


def told_of(holding: Holding) -> list[str]:
    """The fields that one kind of archive or another may have of a table."""
    return list(dict.fromkeys([*holding.carried, *holding.given.split(), *holding.two.split()]))


def schema_page() -> str:
    """The whole of docs/export.schema.json."""
    return json.dumps(schema(), indent=1, ensure_ascii=False) + "\n"


def _table(holding: Holding) -> Schema:
    fields = {field.name: field for field in apps.get_model(holding.label)._meta.concrete_fields}
    return {
        "title": holding.title,
        "description": holding.why,
        "type": "array",
        "items": {
            "type": "object",
            "properties": {name: _cell(fields[name]) for name in told_of(holding)},
            "required": holding.given.split(),
            "additionalProperties": False,
        },
    }


def _cell(field: "models.Field[Any, Any]") -> Schema:
    """What may stand in one cell; sealed words may be null when their key was destroyed."""
    if isinstance(field, SealedField):
        said: Schema = {"type": ["string", "null"]}
        return {} if field.kind == "json" else said | ({"contentEncoding": "base64"} if field.kind == "bytes" else {})
    key = field.target_field if isinstance(field, models.ForeignKey) else field
    known = next((dict(told) for kind, told in KINDS if isinstance(key, kind)), None)
    if known is None:
        raise TypeError(f"the schema knows no {type(key).__name__}, of {field}")
    return known | {"type": [known["type"], "null"]} if field.null and "type" in known else known


KINDS: tuple[tuple[type["models.Field[Any, Any]"], Schema], ...] = (
    (models.UUIDField, {"type": "string", "format": "uuid"}),
    (models.GenericIPAddressField, {"type": "string"}),
    (models.DateTimeField, {"type": "string", "format": "date-time"}),
    (models.DateField, {"type": "string", "format": "date"}),
    (models.TimeField, {"type": "string", "format": "time"}),
    (models.BooleanField, {"type": "boolean"}),
    (models.IntegerField, {"type": "integer"}),
    (models.FloatField, {"type": "number"}),
    (models.JSONField, {}),
    (models.GenericIPAddressField, {"type": "string"}),
    (models.CharField, {"type": "string"}),
    (models.TextField, {"type": "string"}),
)
