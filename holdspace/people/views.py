"""First run, and a person's own page."""

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters

from .begin import AlreadyBegun, begin, is_empty
from .forms import BeginForm, MeForm
from .models import BadLink, Link


@sensitive_post_parameters()
def begin_here(request: HttpRequest, token: str) -> HttpResponse:
    """First run: the practice and its first coach."""
    try:
        link = Link.find(token, Link.Purpose.BEGIN)
    except BadLink:
        return dead_link(request)
    form = BeginForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "people/begin.html", {"form": form})
    try:
        coach = begin(link, form.cleaned_data["practice"], form.coach())
    except (AlreadyBegun, BadLink):
        return dead_link(request)
    login(request, coach, backend="allauth.account.auth_backends.AuthenticationBackend")
    messages.success(request, "Your practice is ready. Add the first person you coach.")
    return redirect("today")


def dead_link(request: HttpRequest) -> HttpResponse:
    """One page for every link that no longer opens."""
    return render(request, "people/dead_link.html", {"empty": is_empty()}, status=404)


@login_required
def me(request: HttpRequest) -> HttpResponse:
    """A person's own name and time zone."""
    form = MeForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "Saved.")
        return redirect("me")
    return render(request, "people/me.html", {"form": form})
