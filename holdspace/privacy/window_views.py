"""What whoever pays may see: the client's preview and yes, closing it again, and the page behind the link."""

import uuid
from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from holdspace.engagements.models import NoSponsorAgreed, NotBetweenThem, Sponsor
from holdspace.people.models import BadLink
from holdspace.people.views import dead_link
from holdspace.people.visit import Visit

from .forms import WindowForm
from .models import Window
from .window import approve, look_through, met_on


@login_required
def windows(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """What one who pays sees now; for the client, the exact words to approve."""
    sponsor = get_object_or_404(Sponsor.objects.visible_to(request.user), pk=pk)
    form = WindowForm(request.POST or None, engagement=sponsor.engagement, person=request.user)
    address = ""
    if request.method == "POST" and form.is_valid():
        try:
            _, address = approve(sponsor, form.cleaned_data["goals"], by=request.user)
        except NotBetweenThem:
            messages.info(request, f"Only {sponsor.engagement.first} approves what is seen.")
        except NoSponsorAgreed:
            messages.info(request, "Your agreement says that nobody pays for this, so nothing is shown to anybody.")
    open_now = Window.objects.visible_to(request.user).live().filter(sponsor=sponsor).first()
    context = {"sponsor": sponsor, "engagement": sponsor.engagement, "form": form, "window": open_now}
    context |= {"is_client": request.user.pk == sponsor.engagement.client_id, "address": address}
    context["days"] = [date.fromisoformat(day) for day in met_on(sponsor, request.user)]
    return render(request, "privacy/windows.html", context)


@login_required
@require_POST
def close_window(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """No longer: one tap, by either of the two."""
    window = get_object_or_404(Window.objects.visible_to(request.user), pk=pk)
    window.close(by=request.user)
    messages.success(request, "Closed. The link opens nothing any more.")
    return redirect("windows", window.sponsor_id)


@require_safe
def window_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Just what was approved, and nothing else."""
    try:
        window = look_through(token)
    except BadLink:
        return dead_link(request)
    return render(request, "privacy/window_by_link.html", {"window": window, "engagement": window.engagement})
