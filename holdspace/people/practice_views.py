"""A practice as its owner sees it: who sits where, who is asked in, and what is asked of everyone."""

import uuid

from allauth.account.decorators import reauthentication_required
from allauth.account.utils import perform_login
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from .code import Purpose, StaleCode, TooMany, WrongCode, awaited, check_code, send_code
from .forms import AcceptForm, CodeForm, InviteForm
from .invite import ClosedPerson, come_in, invite, known_by
from .models import AlreadySeated, BadLink, Invitation, Practice, Seat
from .views import dead_link
from .visit import Visit


def owned(request: Visit, pk: uuid.UUID) -> Practice:
    """One of the practices this person owns; for everybody else it does not exist."""
    return get_object_or_404(Practice.objects.visible_to(request.user).owned_by(request.user), pk=pk)


@login_required
def practice(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """Who sits where, and asking somebody in."""
    house = owned(request, pk)
    form = InviteForm()
    return show(request, house, form)


def show(request: Visit, house: Practice, form: InviteForm) -> HttpResponse:
    """The practice's page."""
    seats = Seat.objects.visible_to(request.user).live().filter(practice=house).select_related("user")
    asked = Invitation.objects.visible_to(request.user).waiting().filter(practice=house)
    asked = asked.select_related("person", "by")
    shown = {
        "house": house,
        "form": form,
        "seats": seats.order_by("user__name", "user", "role"),
        "invitations": asked.order_by("-made_at"),
    }
    return render(request, "people/practice.html", shown)


@login_required
@require_POST
@reauthentication_required
def invite_somebody(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """Ask somebody in by mail."""
    house = owned(request, pk)
    form = InviteForm(request.POST)
    if not form.is_valid():
        return show(request, house, form)
    role, address = form.cleaned_data["role"], form.cleaned_data["email"]
    try:
        invite(request, house, role, address, by=request.user)
    except AlreadySeated:
        form.add_error("email", "Whoever has this address sits there already.")
        return show(request, house, form)
    messages.success(request, f"The invitation is on its way to {address}.")
    return redirect("practice", house.pk)


@login_required
@require_POST
def withdraw_invitation(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """Take an invitation back."""
    asked = get_object_or_404(Invitation.objects.visible_to(request.user).select_related("practice"), pk=pk)
    asked.withdraw(by=request.user)
    messages.success(request, "Withdrawn: that link opens nothing any more.")
    return redirect("practice", asked.practice_id)


@login_required
@require_POST
@reauthentication_required
def ask_for_factor(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """Whether everyone with a seat needs a second step."""
    house = owned(request, pk)
    wanted = request.POST.get("wanted") == "yes"
    house.ask_for_factor(wanted, by=request.user)
    asked = "From now on everyone with a seat sets up a second step before anything else."
    messages.success(request, asked if wanted else "A second step is offered from now on, and nobody has to.")
    return redirect("practice", house.pk)


def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind the link: who asks, and taking the seat once a code has shown whose address it is."""
    try:
        asked, link = Invitation.behind(token)
    except BadLink:
        return dead_link(request)
    purpose = Purpose(f"invitation {asked.pk}", "It shows that the invitation has reached you.")
    if "send" in request.POST:
        return _send(request, asked, purpose)
    known = known_by(asked.address)
    kind = CodeForm if known else AcceptForm
    form = kind(request.POST or None, initial={"timezone": asked.practice.timezone})
    if request.method == "POST" and form.is_valid():
        try:
            check_code(request, purpose, form.cleaned_data["code"])
            person = come_in(asked, link, form.newcomer() if isinstance(form, AcceptForm) else None)
        except (WrongCode, StaleCode) as trouble:
            form.refuse(trouble)
        except (BadLink, ClosedPerson):
            return dead_link(request)
        else:
            messages.success(request, f"Welcome to {asked.practice}.")
            return perform_login(request, person, redirect_url=reverse("today"))
    shown = {"asked": asked, "form": form, "sent_to": awaited(request, purpose)}
    return render(request, "people/invitation.html", shown)


def _send(request: HttpRequest, asked: Invitation, purpose: Purpose) -> HttpResponse:
    try:
        send_code(request, purpose, asked.address)
    except TooMany:
        messages.warning(request, "Too many codes in a short time. Wait a minute, then try again.")
    return redirect(request.path)
