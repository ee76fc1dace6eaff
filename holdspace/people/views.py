"""First run, a person's own page, and how they sign in."""

from allauth.account.decorators import reauthentication_required
from allauth.account.utils import perform_login
from allauth.account.views import logout, password_set
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from . import browsers
from .address import AddressTaken, change_address
from .begin import AlreadyBegun, begin, is_empty
from .code import Purpose, StaleCode, TooMany, WrongCode, awaited, check_code, send_code
from .door import company
from .entry import owes_factor
from .factors import FACTORS
from .forms import AddressForm, BeginForm, CodeForm, MeForm
from .models import BadLink, Invitation, Link, Seat
from .visit import Visit

NEW_ADDRESS = Purpose("new address", "It shows that this new address is yours.")


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
    messages.success(request, "Your practice is ready. Add the first person you coach.")
    return perform_login(request, coach, redirect_url=reverse("today"))


def dead_link(request: HttpRequest) -> HttpResponse:
    """One page for every link that no longer opens."""
    return render(request, "people/dead_link.html", {"empty": is_empty()}, status=404)


@login_required
def me(request: Visit) -> HttpResponse:
    """A person's own name and time zone."""
    form = MeForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "Saved.")
        return redirect("me")
    seats = Seat.objects.visible_to(request.user).live().filter(user=request.user).select_related("practice")
    shown = {"form": form, "seats": seats.order_by("practice__name", "role")}
    shown["to_own"] = Invitation.objects.visible_to(request.user).to_own(request.user)
    return render(request, "people/me.html", shown)


@login_required
def ways_in(request: Visit) -> HttpResponse:
    """How a person signs in: address, password, second factors, recovery codes, and the browsers signed in."""
    factors = list(Authenticator.objects.filter(user=request.user).order_by("created_at"))
    spare = next((one for one in factors if one.type == Authenticator.Type.RECOVERY_CODES), None)
    shown = {
        "app": next((one for one in factors if one.type == Authenticator.Type.TOTP), None),
        "passkeys": [one for one in factors if one.type == Authenticator.Type.WEBAUTHN],
        "has_factor": any(one.type in FACTORS for one in factors),
        "joined": SocialAccount.objects.filter(user=request.user).first() if company() else None,
        "owed": owes_factor(request.user),
        "spare": len(spare.wrap().get_unused_codes()) if spare else 0,
        "browsers": browsers.signed_in(request, request.user),
    }
    return render(request, "people/ways_in.html", shown)


@login_required
@require_POST
def end_browser(request: Visit) -> HttpResponse:
    """Sign out one browser, or all but this one."""
    chosen = request.POST.get("browser", "")
    if chosen == "others":
        request.user.change_locks("signed out other browsers", by=request.user)
        browsers.keep_this_browser(request, request.user)
        messages.success(request, "Signed out everywhere else.")
    elif chosen.isdecimal() and browsers.sign_out(request.user, int(chosen[:18])):
        messages.success(request, "Signed out there.")
    else:
        messages.info(request, "That one was signed out already.")
    return redirect("ways_in")


@login_required
@reauthentication_required(allow_get=False)
def new_address(request: Visit) -> HttpResponse:
    """Another address to sign in with, once a code has shown that it is one's own."""
    form = AddressForm(request.POST if "email" in request.POST else None)
    if request.method == "POST" and form.is_valid():
        try:
            send_code(request, NEW_ADDRESS, form.cleaned_data["email"])
            return redirect("prove_address")
        except TooMany:
            form.add_error("email", "Too many codes in a short time. Wait a minute, then try again.")
    return render(request, "people/new_address.html", {"form": form})


@login_required
@reauthentication_required(allow_get=False)
def prove_new_address(request: Visit) -> HttpResponse:
    """The code that was sent to the new address."""
    sent_to = awaited(request, NEW_ADDRESS)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            change_address(request, request.user, check_code(request, NEW_ADDRESS, form.cleaned_data["code"]))
        except (WrongCode, StaleCode) as trouble:
            form.refuse(trouble)
        except AddressTaken:
            form.add_error(None, "Somebody here already signs in with that address, so it can't be yours too.")
        else:
            messages.success(request, f"From now on you sign in with {request.user.email}.")
            return redirect("ways_in")
    elif sent_to is None:
        return redirect("new_address")
    return render(request, "people/prove_address.html", {"form": form, "sent_to": sent_to})


set_password = login_required(reauthentication_required(password_set))


def sign_out(request: HttpRequest) -> HttpResponse:
    """Out of this browser, which is told to forget what it kept of the house."""
    answer = logout(request)
    if request.method == "POST":
        answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer
