"""The owner's seat goes over: whoever owns the practice names somebody, who confirms; it is never without an owner."""

import uuid

from allauth.account.adapter import get_adapter
from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from .browsers import keep_this_browser
from .forms import InPlaceForm
from .models import BadLink, Invitation, NotSeated
from .practice_views import owned
from .visit import Visit


@login_required
@reauthentication_required
def name_owner(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """Name who is to own it in one's place, after a fresh look at who asks."""
    house = owned(request, pk)
    form = InPlaceForm(request.POST or None, practice=house)
    if request.method == "POST" and form.is_valid():
        to = form.cleaned_data["to"]
        try:
            made = Invitation.hand_over(house, to, by=request.user)
        except NotSeated:
            form.add_error("to", "They own it already, or don't sit here any more.")
        else:
            _write(request, made, "owner_asked", to.email)
            messages.success(request, f"{to.name} is asked. You own it until they say yes.")
            return redirect("practice", house.pk)
    return render(request, "people/name_owner.html", {"house": house, "form": form})


@login_required
@reauthentication_required
def own_instead(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """Own a practice from now on, in the place of whoever asks, or say that it isn't for oneself."""
    asked = get_object_or_404(Invitation.objects.visible_to(request.user).to_own(request.user), practice=pk)
    if request.method == "POST" and request.POST.get("answer") in ("yes", "no"):
        yes = request.POST["answer"] == "yes"
        try:
            asked.own(by=request.user) if yes else asked.decline(by=request.user)
        except BadLink:
            messages.info(request, "Nothing was changed: this was taken back.")
            return redirect("me")
        if yes:
            keep_this_browser(request, request.user)
        _write(request, asked, "owner_yes" if yes else "owner_no", asked.by.email)
        messages.success(request, f"You own {asked.practice} now." if yes else "They are told, and nothing else.")
        return redirect("practice", asked.practice_id) if yes else redirect("me")
    return render(request, "people/own_instead.html", {"asked": asked})


def _write(request: Visit, asked: Invitation, kind: str, address: str | None) -> None:
    link = settings.ADDRESS + reverse("own_instead", args=[asked.practice_id])
    if address:
        get_adapter(request).send_mail(f"people/email/{kind}", address, {"invitation": asked, "link": link})
