"""What we hold about one person: how much of what, why and how long."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Func, IntegerField, Subquery

from holdspace.people.models import User

from .archive import OwnArchive
from .holdings import Holding, holdings


@dataclass(frozen=True)
class Held:
    """One kind of thing that is held, and how many of them."""

    holding: Holding
    count: int


def held_about(person: User) -> list[Held]:
    """Every kind of which there is at least one, counted in one query."""
    archive = OwnArchive(person)
    told = [(holding, archive.found(holding)) for holding in holdings() if holding.given]
    return count(person, [(holding, found) for holding, found in told if found is not None])


def count(person: User, kinds: Sequence[tuple[Holding, Any]]) -> list[Held]:
    """How many rows there are of each kind, in one query; kinds without any are left out."""
    asked = {f"n{number}": Subquery(_count(rows)) for number, (_, rows) in enumerate(kinds)}
    counts: dict[str, Any] = dict(User.objects.filter(pk=person.pk).values(**asked).get())
    lines = [Held(holding, counts[f"n{number}"] or 0) for number, (holding, _) in enumerate(kinds)]
    return [line for line in lines if line.count]


def _count(rows: Any) -> Any:
    model = apps.get_model(rows.model._meta.label)
    whole = model._base_manager.filter(pk__in=rows.order_by().values("pk")).order_by()
    return whole.annotate(many=Func("pk", function="COUNT", output_field=IntegerField())).values("many")
