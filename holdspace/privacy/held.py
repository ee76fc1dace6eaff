"""What we hold about one person: how much of what, why and how long."""

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
    archive, asked = OwnArchive(person), {}
    told = [holding for holding in holdings() if holding.given]
    for holding in told:
        found = archive.found(holding)
        if found is not None:
            asked[_alias(holding)] = Subquery(_count(holding, found.order_by().values("pk")))
    counts: dict[str, Any] = dict(User.objects.filter(pk=person.pk).values(**asked).get())
    rows = [Held(holding, counts.get(_alias(holding)) or 0) for holding in told]
    return [row for row in rows if row.count]


def _count(holding: Holding, found: Any) -> Any:
    whole = apps.get_model(holding.label)._base_manager.filter(pk__in=found).order_by()
    return whole.annotate(many=Func("pk", function="COUNT", output_field=IntegerField())).values("many")


def _alias(holding: Holding) -> str:
    return "n_" + holding.label.replace(".", "_").lower()
