"""Every sealed word of the house opened once, to know that it can be; nothing of them is kept or told."""

from collections.abc import Iterator

from django.apps import apps
from django.db import models

from .cipher import SealBroken
from .seal import KeyDestroyed, SealedField

CHUNK = 500


def read_through() -> tuple[int, list[str]]:
    """How many sealed words open, and one sentence for each that doesn't."""
    opened, faults = 0, []
    for noun in apps.get_models():
        fields = [field for field in noun._meta.get_fields() if isinstance(field, SealedField)]
        for row in _rows(noun) if fields else ():
            for field in fields:
                try:
                    opened += getattr(row, field.name) is not None
                except (SealBroken, KeyDestroyed, ValueError):
                    faults.append(f"{field.name} of {noun._meta.label_lower} {row.pk} does not open.")
    return opened, faults


def _rows(noun: type[models.Model]) -> Iterator[models.Model]:
    """All rows, each with the key its words lead to."""
    path = getattr(noun, "seal_with", "").replace(".", "__")
    return noun._base_manager.select_related(f"{path}__parent").order_by("pk").iterator(CHUNK)
