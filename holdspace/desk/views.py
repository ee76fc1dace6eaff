"""Pages that bring rooms together: today, a client's page, searching, and who read what. They only read."""

import uuid
from collections.abc import Iterable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from holdspace.conversations.models import Opening, Session
from holdspace.engagements.models import Consent, Engagement, Pact, SpecialDate
from holdspace.engagements.writing import came_back
from holdspace.people.models import Seat, User
from holdspace.people.visit import Visit

from .checkup import checkup
from .forms import SearchForm
from .reads import days, traces_about
from .search import MOST, search


@login_required
@require_safe
def today(request: Visit) -> HttpResponse:
    """The coach's day; for somebody who is only coached, their own home."""
    person = request.user
    roles = {seat.role for seat in person.live_seats}
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
    mine = list(Engagement.objects.visible_to(person).filter(client=person).order_by("started_on"))
    engagements = [one for one in mine if one.accepted_at]
    sessions = Session.objects.visible_to(person).filter(engagement__client=person)
    page = Paginator(sessions.newest_first(), 20).get_page(request.GET.get("page"))
    context = {"engagements": engagements, "page": page, "coming": sessions.coming()[:3]} | {
        "consents": live_consents(person)
    }
    return render(request, "desk/client_home.html", context | asked_of(person, [one for one in mine if one.is_invited]))


def live_consents(person: User) -> list[dict[str, Any]]:
    """Everything this person's yes stands under now, with the session it is about."""
    given = Consent.objects.visible_to(person).live().given_by(person).select_related("engagement__coach")
    found = list(given)
    about = Session.objects.visible_to(person).in_bulk([consent.scope for consent in found if consent.scope])
    return [{"consent": consent, "session": about.get(consent.scope)} for consent in found]


def asked_of(person: User, invitations: Iterable[Engagement] | None = None) -> dict[str, Any]:
    """What this person should know or answer: openings by an owner, invitations, and agreements to sign or look at."""
    if invitations is None:
        invitations = Engagement.objects.visible_to(person).inviting(person)
    openings = Opening.objects.visible_to(person).live().exclude(owner=person)
    asking = Pact.objects.visible_to(person).asking(person)[:8]
    return {"openings": openings, "invitations": invitations, "asking": asking}


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
    context = {"engagement": engagement, "page": page, "dates": dates, "came_back": came_back(engagement, request.user)}
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
