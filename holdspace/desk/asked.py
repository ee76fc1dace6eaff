"""What somebody should know or answer before anything else: openings, invitations and agreements."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, QuerySet

from holdspace.conversations.models import Opening
from holdspace.engagements.models import Engagement, Pact
from holdspace.people.models import User

MOST = 8
"""Of each kind at most; nobody answers more in one sitting."""


@dataclass(frozen=True)
class Asked:
    """What waits at the top of somebody's first page, and whether they are coached by anybody."""

    openings: list[Opening] = field(default_factory=list)
    invitations: list[Engagement] = field(default_factory=list)
    asking: list[Pact] = field(default_factory=list)
    is_coached: bool = False

    def __bool__(self) -> bool:
        return bool(self.openings or self.invitations or self.asking)


def asked_of(person: User) -> Asked:
    """All that waits for this person. Mostly nothing does: one question tells, and only what is there is fetched."""
    kinds: dict[str, QuerySet[Any]] = {
        "openings": Opening.objects.visible_to(person).live().exclude(owner=person),
        "invitations": Engagement.objects.visible_to(person).inviting(person),
        "asking": Pact.objects.visible_to(person).asking(person),
        "is_coached": Engagement.objects.visible_to(person).of_client(person),
    }
    any_of = {name: Exists(rows.select_related(None).order_by()) for name, rows in kinds.items()}
    there = User.objects.filter(pk=person.pk).values(**any_of).get()
    found = {name: list(kinds[name][:MOST]) for name in kinds if there[name] and name != "is_coached"}
    return Asked(is_coached=there["is_coached"], **found)
