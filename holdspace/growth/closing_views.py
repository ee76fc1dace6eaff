"""The page on which the two part."""

import uuid

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from holdspace.conversations.models import Session
from holdspace.people.visit import Visit

from .closing import Closing, take_along
from .forms import TakeAlongForm
from .road_views import done, place, remind


@login_required
def close_session(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """Take-aways, promises read back, and the next date; of a session to come, its own page."""
    session = get_object_or_404(Session.objects.visible_to(request.user), pk=pk)
    if not session.has_begun:
        return redirect(session)
    form = TakeAlongForm(request.POST or None)
    if request.method == "POST" and done(
        form, lambda said: take_along(session, said["once"], said["note"], by=request.user)
    ):
        remind(request, session.engagement, form.cleaned_data["note"])
        return redirect(f"{reverse('close_session', args=[pk])}#along")
    page = Closing(session, request.user)
    context = place(request, session.engagement) | {"page": page, "session": session, "along_form": form}
    return render(request, "growth/closing.html", context, status=422 if form.errors else 200)
