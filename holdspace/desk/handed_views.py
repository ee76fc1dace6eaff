"""What a client released of earlier work, as their new coach reads it: the road, and messages. They only read."""

import uuid
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from holdspace.conversations.handed_views import find_handover, note_reading
from holdspace.engagements.models import Handover, Kind, access_handed
from holdspace.growth.models import Commitment, Concern, Fact, Goal
from holdspace.people.models import User
from holdspace.people.visit import Visit
from holdspace.threads.models import Message
from holdspace.vault.models import GuardedQuerySet

MOST = 60
"""Rows of a kind on the page."""
ROAD = {Kind.GOALS, Kind.CONCERNS, Kind.FACTS}


@login_required
@require_safe
def road(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """Goals and promises, concerns that were told, and what was noted down: each if it was released."""
    found, reader = find_handover(request.user, pk=pk), request.user
    if not ROAD & set(found.kinds):
        raise Http404
    goals = _rows(Goal.objects.in_order(), found, reader, Kind.GOALS)
    taken = Commitment.objects.filter(accepted_at__isnull=False).order_by("made_at", "pk")
    promises = _rows(taken, found, reader, Kind.GOALS)
    told = Concern.objects.filter(shared_at__isnull=False).in_order()
    concerns = _rows(told, found, reader, Kind.CONCERNS)
    facts = _rows(Fact.objects.filter(hidden_at=None).newest_first(), found, reader, Kind.FACTS)
    note_reading(found, reader, [*goals, *promises, *concerns, *facts])
    context = {"handover": found, "engagement": found.engagement, "goals": goals, "promises": promises}
    return render(request, "desk/handed_road.html", context | {"concerns": concerns, "facts": facts})


@login_required
@require_safe
def messages(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """What the two wrote to each other, without the files in it, the latest first."""
    found, reader = find_handover(request.user, pk=pk), request.user
    if Kind.MESSAGES not in found.kinds:
        raise Http404
    gone = Message.objects.filter(Q(goes_at__lte=timezone.now()) | Q(first_read_at__isnull=False), taken_back_at=None)
    rows = access_handed(gone, reader, "engagement", Kind.MESSAGES).filter(engagement=found.engagement)
    with_keys = rows.select_related(*(f"engagement__{one}" for one in ("key__parent", "coach")))
    page = Paginator(with_keys.order_by("-goes_at", "-pk"), 30).get_page(request.GET.get("page"))
    for writer in (found.engagement.client_id, found.engagement.coach_id):
        note_reading(found, reader, [one for one in page if one.writer_id == writer], writer)
    context = {"handover": found, "engagement": found.engagement, "page": page}
    return render(request, "desk/handed_messages.html", context)


def _rows(rows: GuardedQuerySet[Any], found: Handover, reader: User, kind: Kind) -> list[Any]:
    """One kind, where it was released; not even asked for where it wasn't."""
    if kind not in found.kinds:
        return []
    mine = access_handed(rows, reader, "engagement", kind).filter(engagement=found.engagement)
    return list(mine.select_related(*(f"engagement__{one}" for one in ("key__parent", "coach", "client")))[:MOST])
