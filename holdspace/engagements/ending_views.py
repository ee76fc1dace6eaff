"""Ending: when, what was gained, what is kept until when; and going on after all."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from holdspace.people.models import User
from holdspace.people.visit import Visit
from holdspace.vault import trail

from .ending import end
from .ending import reopen as go_on
from .forms import EndForm, GainsForm
from .keeping import what_is_kept
from .models import Engagement, Handover, TooLate


def find(person: User, pk: uuid.UUID) -> Engagement:
    """An engagement this person is one of the two in, or 404."""
    return get_object_or_404(Engagement.objects.visible_to(person).between(person), pk=pk)


@login_required
def end_engagement(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """End the work: by either of the two, without a reason."""
    engagement = find(request.user, pk)
    if engagement.ended_on:
        return redirect("ending", engagement.pk)
    today = timezone.localdate()
    form = EndForm(request.POST or None, since=engagement.started_on, initial={"ended_on": today})
    if request.method == "POST" and form.is_valid():
        end(engagement, form.cleaned_data["ended_on"], form.cleaned_data["gains"], by=request.user)
        messages.success(request, "Ended. Everything of it stays readable here for both of you, as agreed.")
        return redirect("ending", engagement.pk)
    context = {"form": form, "engagement": engagement, "other": engagement.other_name(request.user)}
    return render(request, "engagements/end.html", context | {"kept": what_is_kept(engagement, today)})


@login_required
@require_safe
def ending(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """What an ended work left: the gains, what is kept until when, and how to go on."""
    engagement = find(request.user, pk)
    if engagement.ended_on is None:
        return redirect("end_engagement", engagement.pk)
    is_coach = engagement.coach_id == request.user.pk
    if engagement.gains and is_coach:
        people = {"practice_id": engagement.practice_id, "subject_id": engagement.client_id}
        trail.leave_read(engagement, by=request.user, engagement_id=engagement.pk, **people)
    context = {
        "engagement": engagement,
        "is_coach": is_coach,
        "other": engagement.other_name(request.user),
        "kept": what_is_kept(engagement, engagement.ended_on),
        "can_reopen": engagement.can_reopen(request.user),
        "form": GainsForm(initial={"gains": engagement.gains}),
        "handover": Handover.objects.visible_to(request.user).standing().filter(engagement=engagement).first(),
    }
    return render(request, "engagements/ending.html", context)


@login_required
@require_POST
def say_gains(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """What the client took from it, in their own words."""
    own = Engagement.objects.visible_to(request.user).of_client(request.user)
    engagement = get_object_or_404(own, pk=pk)
    form = GainsForm(request.POST)
    if form.is_valid():
        engagement.say_gains(form.cleaned_data["gains"], by=request.user)
        messages.success(request, "Kept, in your words.")
    else:
        messages.info(request, "That is longer than fits here. Make it a little shorter and send it again.")
    return redirect("ending", engagement.pk)


@login_required
@require_POST
def reopen(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """Go on after all."""
    engagement = find(request.user, pk)
    try:
        go_on(engagement, by=request.user)
    except TooLate:
        messages.info(request, "It can be opened again for thirty days, by whoever ended it. You can begin anew.")
        return redirect("client", engagement.pk)
    messages.success(request, "Open again. Everything is as it was.")
    return redirect("client", engagement.pk)
