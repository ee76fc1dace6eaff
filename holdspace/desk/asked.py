"""What somebody should know or answer before anything else: openings, invitations, agreements, a yes taken back."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db.models import Exists, QuerySet
from django.utils import timezone

from holdspace.conversations.models import Opening, Release
from holdspace.engagements.models import Consent, Engagement, Handover, Pact
from holdspace.people.models import Seat, User

MOST = 8
"""Of each kind at most; nobody answers more in one sitting."""
TOLD_FOR = timedelta(days=7)
"""How long a yes that was taken back stands on the other's first page."""


@dataclass(frozen=True)
class Asked:
    """What waits at the top of somebody's first page, what is released to them, and whether anybody coaches them."""

    openings: list[Opening] = field(default_factory=list)
    invitations: list[Engagement] = field(default_factory=list)
    asking: list[Pact] = field(default_factory=list)
    handovers: list[Handover] = field(default_factory=list)
    mentor_asks: list[Release] = field(default_factory=list)
    taken_back: list[Consent] = field(default_factory=list)
    releases: list[Release] = field(default_factory=list)
    is_coached: bool = False


def asked_of(person: User) -> Asked:
    """All that waits for this person. Mostly nothing does: one question tells, and only what is there is fetched."""
    mine = Engagement.objects.visible_to(person).between(person).select_related(None)
    kinds: dict[str, QuerySet[Any]] = {
        "openings": Opening.objects.visible_to(person)
        .live()
        .exclude(owner=person)
        .filter(engagement__in=mine.values("pk")),
        "invitations": Engagement.objects.visible_to(person).inviting(person),
        "asking": Pact.objects.visible_to(person).asking(person),
        "handovers": Handover.objects.visible_to(person).waiting_for(person),
        "mentor_asks": Release.objects.visible_to(person).waiting_for(person),
        "taken_back": Consent.objects.visible_to(person).taken_back_since(timezone.now() - TOLD_FOR, told=person),
        "is_coached": Engagement.objects.visible_to(person).of_client(person),
    }
    if person.practices_as(Seat.Role.MENTOR) != []:
        kinds["releases"] = Release.objects.visible_to(person).read_by(person).newest_first()
    any_of = {f"any_{name}": Exists(rows.select_related(None).order_by()) for name, rows in kinds.items()}
    there: dict[str, Any] = dict(User.objects.filter(pk=person.pk).values(**any_of).get())
    found = {name: list(rows[:MOST]) for name, rows in kinds.items() if there[f"any_{name}"] and name != "is_coached"}
    return Asked(is_coached=there["any_is_coached"], **found)
