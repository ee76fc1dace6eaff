"""Judges JSON by a JSON Schema; knows just the words that docs/export.schema.json uses, and refuses any other."""

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

KNOWN = {"$schema", "title", "description", "type", "format", "const", "enum", "properties", "required", "items"}
KNOWN |= {"additionalProperties", "contentEncoding"}
TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "null": (type(None),),
}
FORMATS: dict[str, Any] = {
    "uuid": UUID,
    "date-time": datetime.fromisoformat,
    "date": date.fromisoformat,
    "time": time.fromisoformat,
}


def faults(value: Any, schema: dict[str, Any], where: str = "$") -> Iterator[str]:
    """Everything that breaks the schema, with the place where."""
    assert not set(schema) - KNOWN, f"the referee doesn't know {set(schema) - KNOWN}"
    kinds = schema.get("type", [])
    kinds = [kinds] if isinstance(kinds, str) else kinds
    if kinds and not any(
        isinstance(value, TYPES[kind]) and (kind == "boolean") == isinstance(value, bool) for kind in kinds
    ):
        yield f"{where} is not {kinds}"
        return
    if "const" in schema and value != schema["const"]:
        yield f"{where} is not {schema['const']}"
    if "enum" in schema and value not in schema["enum"]:
        yield f"{where} is none of {schema['enum']}"
    if isinstance(value, str) and "format" in schema:
        try:
            FORMATS[schema["format"]](value)
        except ValueError:
            yield f"{where} is no {schema['format']}"
    if isinstance(value, dict):
        yield from _object(value, schema, where)
    if isinstance(value, list) and "items" in schema:
        for number, one in enumerate(value):
            yield from faults(one, schema["items"], f"{where}[{number}]")


def _object(value: dict[str, Any], schema: dict[str, Any], where: str) -> Iterator[str]:
    yield from (f"{where} lacks {name}" for name in schema.get("required", []) if name not in value)
    inner, more = schema.get("properties", {}), schema.get("additionalProperties", True)
    for name, one in value.items():
        if name in inner:
            yield from faults(one, inner[name], f"{where}.{name}")
        elif more is False:
            yield f"{where} has {name}"
        elif isinstance(more, dict):
            yield from faults(one, more, f"{where}.{name}")
