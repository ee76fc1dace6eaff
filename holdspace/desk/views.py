"""Pages that bring rooms together: today, a client's page, searching, and who read what. They only read."""

import uuid
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import OuterRef, Subquery
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from holdspace.conversations.models import Session
from holdspace.engagements.models import Engagement, Handover
from holdspace.engagements.readers import Readers
from holdspace.engagements.writing import came_back
from holdspace.growth.models import Moment
from holdspace.people.models import Seat, User
from holdspace.people.visit import Visit

from .asked import asked_of
from .checkup import checkup
from .day import Day
from .forms import SearchForm
from .home import Home, unread_by
from .reads import days, traces_about
from .search import MOST, search


@login_required
@require_safe
def today(request: Visit) -> HttpResponse:
    """The coach's day; for somebody who is only coached, their own home."""
    person = request.user
    roles = {seat.role for seat in person.live_seats}
    if Seat.Role.COACH in roles:
        return coach_day(request)
    if roles:
        context = {"owns": Seat.Role.OWNER in roles, "mentors": Seat.Role.MENTOR in roles}
        return render(request, "desk/practice_day.html", context | asked_context(person))
    return client_home(request)


def coach_day(request: Visit) -> HttpResponse:
    """What a coach promised, owes and meets, and what waits to be heard."""
    day = Day(request.user)
    has_clients = not day.is_quiet or Engagement.objects.visible_to(request.user).coached_by(request.user).exists()
    context = {"day": day, "has_clients": has_clients} | asked_context(request.user)
    return render(request, "desk/today.html", context)


@login_required
@require_safe
def coached(request: Visit) -> HttpResponse:
    """The client's home of somebody who has a seat as well; for everybody else that is home itself."""
    return client_home(request) if request.user.live_seats else redirect("today")


def client_home(request: Visit) -> HttpResponse:
    """Where one is the client: what comes next, what was promised, where it leads."""
    return render(request, "desk/client_home.html", {"home": Home(request.user)} | asked_context(request.user))


def asked_context(person: User) -> dict[str, Any]:
    """What waits at the top of a first page, by the names its parts know."""
    asked = asked_of(person)
    return {
        "asked": asked,
        "openings": asked.openings,
        "invitations": asked.invitations,
        "asking": asked.asking,
        "handovers": asked.handovers,
        "mentor_asks": asked.mentor_asks,
        "taken_back": asked.taken_back,
        "releases": asked.releases,
    }


@login_required
@require_safe
def own_sessions(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """All sessions of one engagement, for its client."""
    engagement = get_object_or_404(Engagement.objects.visible_to(request.user).of_client(request.user), pk=pk)
    sessions = Session.objects.visible_to(request.user).filter(engagement=engagement)
    page = Paginator(sessions.newest_first(), 20).get_page(request.GET.get("page"))
    context = {"engagement": engagement, "page": page, "readers": Readers(engagement, request.user)}
    return render(request, "desk/own_sessions.html", context)


@login_required
@require_safe
def client(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """One client: what they come for, and the sessions."""
    handed = Handover.objects.visible_to(request.user).read_by(request.user).filter(begun=OuterRef("pk"))
    mine = Engagement.objects.visible_to(request.user).annotate(unread=unread_by(request.user))
    mine = mine.annotate(handed=Subquery(handed.select_related(None).values("pk")[:1]))
    engagement = get_object_or_404(mine, pk=pk)
    if engagement.client_id == request.user.pk:
        return redirect("coached" if request.user.live_seats else "today")
    sessions = Session.objects.visible_to(request.user).filter(engagement=engagement).with_states()
    page = Paginator(sessions.newest_first(), 20).get_page(request.GET.get("page"))
    moments = Moment.objects.visible_to(request.user).filter(engagement=engagement).coming()
    returned = came_back(engagement, request.user)
    context = {"engagement": engagement, "page": page, "moments": moments, "came_back": returned}
    context["readers"] = Readers(engagement, request.user)
    return render(request, "desk/client.html", context)


@login_required
def search_page(request: Visit) -> HttpResponse:
    """Look for words among one's own; they are posted, so that they stand in no address."""
    form = SearchForm(request.POST or None)
    asked = request.method == "POST" and form.is_valid()
    found = search(request.user, form.cleaned_data["sought"]) if asked else []
    context = {"form": form, "asked": asked, "found": found, "many": len(found) == MOST}
    return render(request, "desk/search.html", context)


@login_required
@require_safe
def reads(request: Visit) -> HttpResponse:
    """Who did and read what about whoever asks."""
    page = Paginator(traces_about(request.user), 50).get_page(request.GET.get("page"))
    return render(request, "desk/reads.html", {"page": page, "days": days(request.user, page.object_list)})


@login_required
@require_safe
def checkup_page(request: Visit) -> HttpResponse:
    """How the house is, for whoever owns a practice in it."""
    mine = Seat.objects.visible_to(request.user).live().filter(user=request.user, role=Seat.Role.OWNER)
    if not mine.exists():
        raise Http404
    findings = checkup()
    waits = [one for one in findings if not one.well]
    return render(request, "desk/checkup.html", {"waits": waits, "fine": [one for one in findings if one.well]})
