"""Who stands around two people's work: whoever pays for it."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from holdspace.people.visit import Visit

from .ending_views import find
from .forms import SponsorForm
from .models import Engagement, NoSponsorAgreed, NotYetAccepted, Over, Sponsor

NO_SPONSOR = "Your agreement says that nobody pays for this. Propose a change to it first; then name them here."
NOT_NOW = "Nothing new is added before the invitation is accepted, nor after the work has ended."


def show(request: Visit, engagement: Engagement, **forms: object) -> HttpResponse:
    """The page, with a form that came back."""
    context = {
        "engagement": engagement,
        "is_coach": engagement.coach_id == request.user.pk,
        "other": engagement.other_name(request.user),
        "sponsors": Sponsor.objects.visible_to(request.user).filter(engagement=engagement),
        "sponsor_form": SponsorForm(),
    }
    return render(request, "engagements/around.html", context | forms, status=422 if forms else 200)


@login_required
@require_safe
def around(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """Whoever pays for the work of two people."""
    return show(request, find(request.user, pk))


@login_required
@require_POST
def add_sponsor(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """Name whoever pays."""
    engagement = find(request.user, pk)
    form = SponsorForm(request.POST)
    if not form.is_valid():
        return show(request, engagement, sponsor_form=form)
    said = form.cleaned_data
    try:
        Sponsor.add(engagement, said["sponsor_name"], said["organisation"], said["sponsor_email"], by=request.user)
    except NoSponsorAgreed:
        form.add_error(None, NO_SPONSOR)
        return show(request, engagement, sponsor_form=form)
    except (Over, NotYetAccepted):
        messages.info(request, NOT_NOW)
    else:
        messages.success(request, "Added. Both of you can see it, and nobody else.")
    return redirect("around", engagement.pk)


@login_required
@require_POST
def remove_sponsor(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """Forget a contact."""
    sponsor = get_object_or_404(Sponsor.objects.visible_to(request.user), pk=pk)
    sponsor.remove(by=request.user)
    messages.success(request, "Removed.")
    return redirect("around", sponsor.engagement_id)
