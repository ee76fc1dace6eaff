"""Every table of the house: whose it is, why it is held, how long, what erasure does, and what of it is handed over."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.apps import apps
from django.db import models

WAITING = "due_at leased_until fence tries done_at given_up_at trouble"
"""What the worker keeps on a row that waits for it."""
MACHINERY = "It says how the machine did its work and nothing of anybody."
LIFE = "as long as the engagement is kept"
BOTH = "the client and the coach"


class Fate(StrEnum):
    """What erasing a person or an engagement does to a row of theirs."""

    GONE = "deleted"
    EMPTIED = "emptied; the bare id stays"
    STAYS = "stays"
    NOBODYS = "holds nothing about anyone"


@dataclass(frozen=True)
class Holding:
    """One table, and every field of it.

    `given` are the fields handed to those who may see the row, `two` those handed to the coach and the client alone
    where somebody else may see it too, `coach` those handed to its coach alone, `left` those not handed over, with the
    reason in `why_left`; together they name each field once. `engagement`, `person` and `practice` are the ways from a
    row to whom it belongs; "@key" is by the engagement's own key.
    """

    label: str
    title: str
    whose: str
    why: str
    kept: str
    fate: Fate
    erased: str = ""
    given: str = ""
    two: str = ""
    coach: str = ""
    as_file: str = ""
    """The field that is handed over as a file of its own."""
    left: str = ""
    why_left: str = ""
    engagement: str = ""
    person: str = ""
    practice: str = ""
    ids: str = ""
    """UUID fields that point at other rows without being foreign keys; import gives them the new ids."""
    anew: str = ""
    """Fields that a practice's whole archive leaves behind, since importing makes them anew."""

    @property
    def model(self) -> type[models.Model] | None:
        """The model behind the table; None for a table that has none."""
        return apps.get_model(self.label) if "." in self.label else None

    @property
    def tables(self) -> list[str]:
        """The table, and the join tables that come with it."""
        model = self.model
        if model is None:
            return [self.label]
        joins = [field.remote_field.through for field in model._meta.many_to_many]
        return [model._meta.db_table, *(join._meta.db_table for join in joins if join and join._meta.auto_created)]

    @property
    def fields(self) -> list[str]:
        """Names of all the fields that are accounted for."""
        return f"{self.given} {self.two} {self.coach} {self.as_file} {self.left}".split()

    @property
    def carried(self) -> list[str]:
        """The fields that go into a practice's whole archive."""
        return [name for name in self.fields if name not in self.anew.split()]

    def handed(self, *, to_coach: bool, to_client: bool = False) -> list[str]:
        """The fields of one row that its reader gets."""
        more = f"{self.two} {self.coach}" if to_coach else self.two if to_client else ""
        return f"{self.given} {more}".split()

    def faults(self) -> list[str]:
        """What this entry leaves unsaid, one sentence each."""
        found = [
            f"{self.label} doesn't say {name}" for name in ("title", "whose", "why", "kept") if not vars(self)[name]
        ]
        if self.fate in (Fate.EMPTIED, Fate.STAYS) and not self.erased:
            found.append(f"{self.label} stays after erasure and doesn't say what and why")
        if self.left and not self.why_left:
            found.append(f"{self.label} leaves fields out and doesn't say why")
        return found + self._field_faults()

    def _field_faults(self) -> list[str]:
        named, model = self.fields, self.model
        fields = model._meta.concrete_fields if model else ()
        there = {field.name for field in fields} or set(named)
        twice = sorted({name for name in named if named.count(name) > 1})
        return [
            *(f"{self.label}.{name} is unaccounted for" for name in sorted(there - set(named))),
            *(f"{self.label} has no {name}" for name in sorted(set(named) - there)),
            *(f"{self.label}.{name} is named twice" for name in twice),
        ]


def holdings() -> tuple[Holding, ...]:
    """Every table, parents before children."""
    from .guests import GUESTS
    from .tables import TABLES

    return (*TABLES, *GUESTS)


def holding_of(label: str) -> Holding:
    """The entry of one model, by its label."""
    return next(holding for holding in holdings() if holding.label == label)


def faults(tables: Iterable[str]) -> list[str]:
    """Everything wrong between the tables of a database and what is written here."""
    written = [name for holding in holdings() for name in holding.tables]
    there = set(tables)
    return [
        *(f"table {name} is held and nobody says why" for name in sorted(there - set(written))),
        *(f"table {name} does not exist" for name in sorted(set(written) - there)),
        *(f"table {name} is described twice" for name in sorted({one for one in written if written.count(one) > 1})),
        *(fault for holding in holdings() for fault in holding.faults()),
    ]
