"""The smallest next step of a concern made a promise: one form, with who does it and by when."""

import uuid

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render

from holdspace.people.visit import Visit

from .concern_views import find_concern
from .models import PastDay
from .promise_forms import StepPromiseForm
from .promise_views import PAST
from .road_views import done, place, remind


@login_required
def promise_step(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """Make the step a promise; the concern itself stays with whoever can read it."""
    concern = find_concern(request.user, pk)
    form = StepPromiseForm(request.POST or None, concern=concern, reader=request.user)

    def promise(said: dict[str, object]) -> None:
        try:
            concern.promise_step(form.said, form.cleaned_data["once"], by=request.user)
        except PastDay:
            form.add_error("due_on", PAST)

    if request.method == "POST" and done(form, promise) and not form.errors:
        remind(request, concern.engagement, form.cleaned_data["action"])
        return redirect(f"{concern.get_absolute_url()}#step")
    context = place(request, concern.engagement) | {"form": form, "concern": concern}
    return render(request, "growth/promise_step.html", context, status=422 if form.errors else 200)
