"""A practice's duties, for its owners: who asked for what, breaches with their 72 hours, and the frame as a file."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from holdspace.people.practice_views import owned
from holdspace.people.visit import Visit

from .archive import FrameArchive
from .forms import BreachForm, StepForm
from .fresh import freshly
from .models import Breach, Request
from .views import as_file


@login_required
@require_safe
def log(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """Requests and breaches of one practice."""
    house = owned(request, pk)
    asked = Request.objects.visible_to(request.user).filter(practice=house).order_by("-asked_at")
    page = Paginator(asked, 30).get_page(request.GET.get("page"))
    breaches = Breach.objects.visible_to(request.user).filter(practice=house).order_by("-noticed_at")
    return render(request, "privacy/log.html", {"house": house, "page": page, "breaches": breaches})


@freshly
@require_POST
def take_frame(request: Visit, pk: uuid.UUID) -> StreamingHttpResponse:
    """The practice without its clients' words, as a file."""
    archive = FrameArchive(owned(request, pk), request.user)
    with transaction.atomic():
        archive.leave_trace()
    return as_file(archive)


@login_required
def add_breach(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """Write a breach down; the clock runs from when it was noticed."""
    house = owned(request, pk)
    form = BreachForm(request.POST or None, initial={"noticed_at": timezone.localtime().replace(second=0)})
    if request.method == "POST" and form.is_valid():
        breach = Breach.write_down(house, **form.cleaned_data, by=request.user)
        messages.success(request, "Written down. The steps below are yours to take and to note.")
        return redirect("breach", breach.pk)
    return render(request, "privacy/add_breach.html", {"form": form, "house": house})


@login_required
def breach(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """One breach: what happened, how long there is, what was done."""
    found = get_object_or_404(Breach.objects.visible_to(request.user), pk=pk)
    form = StepForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        found.note(form.cleaned_data["step"], by=request.user, done=form.cleaned_data["done"])
        return redirect("breach", found.pk)
    return render(request, "privacy/breach.html", {"breach": found, "form": form})
