"""The ledger of two people, one's own promises to everybody, and writing a promise down."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from holdspace.conversations.models import Session
from holdspace.engagements.ending_views import find
from holdspace.engagements.models import Engagement, NotBetweenThem, NotYetAccepted, Over
from holdspace.engagements.offlimits import reminder, topics_of
from holdspace.engagements.readers import Readers
from holdspace.people.models import Seat
from holdspace.people.visit import Visit

from .ledger import Ledger
from .models import Commitment, PastDay
from .own import OwnPromises
from .promise_forms import PromiseForm
from .reliability import reliability_of
from .shown import address_of

NOT_NOW = "Nothing new is promised before the invitation is accepted, nor after the work has ended."
TOO_OLD = "This form is too old. Copy your words, load the page again and send them once more."
PAST = "That day has passed for whoever promises. Choose today or a later one."


@login_required
@require_safe
def ledger(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """What the two promised each other, the coach's first."""
    page = Ledger(find(request.user, pk), request.user, request.GET.get("page"), request.GET.get("at", ""))
    return render(request, "growth/promises.html", {"page": page, "engagement": page.engagement})


@login_required
@require_safe
def own_promises(request: Visit) -> HttpResponse:
    """Everything one promised anybody; for a coach, how it went so far."""
    coaches = any(seat.role == Seat.Role.COACH for seat in request.user.live_seats)
    context = {"page": OwnPromises(request.user), "went": reliability_of(request.user) if coaches else None}
    return render(request, "growth/own_promises.html", context)


@login_required
def add_promise(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """Write a promise down: one's own, or the other's for them to say yes to."""
    engagement = find(request.user, pk)
    session = closing_at(request, engagement)
    begun = {"made_in": session.pk} if session else {}
    form = PromiseForm(request.POST or None, engagement=engagement, reader=request.user, initial=begun)
    if request.method == "POST" and form.is_valid():
        made = make(request, engagement, form)
        if made is not None:
            return redirect(f"{reverse('close_session', args=[session.pk])}#promised" if session else address_of(made))
    other = engagement.other_name(request.user)
    context = {
        "session": session,
        "form": form,
        "engagement": engagement,
        "other": other,
        "readers": Readers(engagement, request.user),
        "off_limits": topics_of(engagement, request.user),
    }
    return render(request, "growth/add_promise.html", context, status=422 if form.errors else 200)


def closing_at(request: Visit, engagement: Engagement) -> Session | None:
    """The session in whose last minutes the promise is written down, where the two came from there."""
    try:
        pk = uuid.UUID(request.GET.get("session", ""))
    except ValueError:
        return None
    return Session.objects.visible_to(request.user).filter(engagement=engagement, pk=pk).first()


def make(request: Visit, engagement: Engagement, form: PromiseForm) -> Commitment | None:
    """Keep what the form says; None, with the reason in the form, where that is refused."""
    try:
        made = Commitment.make(engagement, form.said, by=request.user, pk=form.cleaned_data["once"])
    except PastDay:
        form.add_error("due_on", PAST)
    except (Over, NotYetAccepted):
        form.add_error(None, NOT_NOW)
    except NotBetweenThem:
        form.add_error(None, TOO_OLD)
    else:
        other = engagement.other_name(request.user)
        waits = made.accepted_at is None
        messages.success(request, f"Written down. It counts once {other} says yes." if waits else "Written down.")
        said = reminder(made.action, engagement, request.user)
        if said:
            messages.info(request, said)
        return made
    return None
