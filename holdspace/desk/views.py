"""Pages that bring rooms together: today, and a client's page. They only read."""

import uuid
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from holdspace.conversations.models import Session
from holdspace.engagements.models import Engagement, Pact, SpecialDate
from holdspace.people.models import Seat, User
from holdspace.people.visit import Visit


@login_required
@require_safe
def today(request: Visit) -> HttpResponse:
    """The coach's day; for somebody who is only coached, their own home."""
    person = request.user
    roles = {seat.role for seat in Seat.objects.visible_to(person).filter(user=person, left_at=None)}
    coaching = Engagement.objects.visible_to(person).coached_by(person)
    if not roles:
        return client_home(request)
    mine = Session.objects.visible_to(person).filter(engagement__coach=person)
    coming = mine.coming()[:8]
    waiting = mine.with_states().filter(waiting__gt=0).newest_first()[:8]
    has_clients = bool(coming or waiting) or coaching.exists()
    context = {"coming": coming, "waiting": waiting, "has_clients": has_clients, "roles": roles}
    return render(request, "desk/today.html", context | asked_of(person))


def client_home(request: Visit) -> HttpResponse:
    """A client's own sessions, with each coach."""
    person = request.user
    engagements = Engagement.objects.visible_to(person).of_client(person).order_by("started_on")
    sessions = Session.objects.visible_to(person).filter(engagement__client=person)
    page = Paginator(sessions.newest_first(), 20).get_page(request.GET.get("page"))
    context = {"engagements": engagements, "page": page, "coming": sessions.coming()[:3]}
    return render(request, "desk/client_home.html", context | asked_of(person))


def asked_of(person: User) -> dict[str, Any]:
    """What waits for this person's answer: invitations, and agreements to sign or to look at again."""
    invitations = Engagement.objects.visible_to(person).inviting(person)
    return {"invitations": invitations, "asking": Pact.objects.visible_to(person).asking(person)[:8]}


@login_required
@require_safe
def client(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """One client: what they come for, and the sessions."""
    engagement = get_object_or_404(Engagement.objects.visible_to(request.user), pk=pk)
    if engagement.client_id == request.user.pk:
        return redirect("today")
    sessions = Session.objects.visible_to(request.user).filter(engagement=engagement).with_states()
    page = Paginator(sessions.newest_first(), 20).get_page(request.GET.get("page"))
    dates = SpecialDate.objects.visible_to(request.user).filter(engagement=engagement).coming()
    return render(request, "desk/client.html", {"engagement": engagement, "page": page, "dates": dates})
