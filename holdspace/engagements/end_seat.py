"""Ending a seat: somebody leaves, or an owner ends it; a coach's work with each person ends before or with it."""

import uuid
from contextlib import suppress

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from holdspace.people.browsers import keep_this_browser
from holdspace.people.models import LastOwner, Practice, Seat, User
from holdspace.people.visit import Visit

from .ending import end_with_seat
from .forms import OfferForm
from .models import Engagement, Handover, NoSuchCoach
from .models.engagement import EngagementQuerySet


class StillCoaching(Exception):
    """This coach still works with people here."""


def end_seat(seat: Seat, *, by: User, with_work: bool = False, successor: User | None = None) -> None:
    """End it, and `with_work` also the work with each person, who is told and may be offered a `successor`.

    Raises NotTheOwner, LastOwner, and StillCoaching while there is work that is not to be ended with it.
    """
    with transaction.atomic():
        works = list(work_of(seat)) if seat.role == Seat.Role.COACH else []
        if works and not with_work:
            raise StillCoaching
        for engagement in works:
            if successor is not None and engagement.accepted_at:
                with suppress(NoSuchCoach):  # nobody goes on with themselves
                    Handover.propose(engagement, successor, by=by)
            end_with_seat(engagement, by=by)
        seat.end(by=by)


def work_of(seat: Seat) -> EngagementQuerySet:
    """What the one who sits there works on now, and whom they have invited; never shown to whoever ends the seat."""
    all_rows = Engagement.objects.access_system("whether a coach still works with people")
    there = all_rows.filter(coach=seat.user_id, practice=seat.practice_id, ended_on=None, declined_at=None)
    return there.select_related("key__parent", "coach", "client", "practice")


@login_required
@reauthentication_required
def end_seat_page(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """What ending this seat means, and ending it; for the person who sits there and the owners."""
    owned = Practice.objects.visible_to(request.user).owned_by(request.user)
    near = Seat.objects.visible_to(request.user).live().filter(Q(user=request.user) | Q(practice__in=owned))
    seat = get_object_or_404(near.select_related("practice", "user"), pk=pk)
    own, trouble = seat.user_id == request.user.pk, ""
    form = OfferForm(request.POST if request.method == "POST" else None, practice=seat.practice, but=[seat.user])
    if request.method == "POST" and form.is_valid():
        offered = form.cleaned_data["successor"]
        try:
            end_seat(seat, by=request.user, with_work=request.POST.get("work") == "too", successor=offered)
        except StillCoaching:
            trouble = "Nothing was changed: the work with each person has to be ended first, or together with the seat."
        except LastOwner:
            trouble = "Nothing was changed: a practice needs an owner. Ask somebody in as owner first."
        else:
            if own:
                keep_this_browser(request, seat.user)
            messages.success(
                request, "The seat is given up." if own else "The seat is ended, and its person signed out."
            )
            return redirect("me") if own else redirect("practice", seat.practice_id)
    count = work_of(seat).count() if seat.role == Seat.Role.COACH else 0
    shown = {"seat": seat, "own": own, "trouble": trouble, "count": count, "form": form}
    return render(request, "engagements/end_seat.html", shown)
