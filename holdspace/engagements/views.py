"""Clients: the list of them, beginning with a new one, and what is said of each."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from holdspace.people.visit import Visit

from .begin import AlreadyTogether, Answered, OwnClient, SaidNo, SentToday, answer, begin_with, invite
from .forms import AnswerForm, ClientForm, DescribeForm
from .models import Consent, Engagement, NotACoach, NotYetAccepted
from .own_page import HasAddress, own_page_link


@login_required
def clients(request: Visit) -> HttpResponse:
    """Everyone this coach works with, searched by POST so that no name lands in an address."""
    wanted = request.POST.get("name", "").replace("\0", "").strip()[:120]
    found = Engagement.objects.visible_to(request.user).coached_by(request.user).by_name()
    if wanted:
        found = found.filter(called__icontains=wanted)
    page = Paginator(found, 30).get_page(request.GET.get("page"))
    return render(request, "engagements/clients.html", {"page": page, "wanted": wanted})


@login_required
def add_client(request: Visit) -> HttpResponse:
    """Begin with a new client."""
    form = ClientForm(request.POST or None, coach=request.user, initial={"timezone": request.user.timezone})
    if request.method == "POST" and form.is_valid():
        try:
            engagement = begin_with(request.user, form.cleaned_data)
        except AlreadyTogether as same:
            messages.info(request, "You already work with this person. Here they are.")
            return redirect("client", same.engagement.pk)
        except OwnClient:
            form.add_error("email", "That is your own address. Write your client's, or leave it empty.")
        except SaidNo:
            form.add_error("email", "This person said no to your invitation lately. Leave the next step to them.")
        except NotACoach:
            form.add_error(None, "You have no coach's seat in a practice, so you can't add clients here.")
        else:
            sent = "An invitation is on its way." if engagement.client.email else "Added. Next: hand over the link."
            messages.success(request, sent)
            return redirect("client", engagement.pk)
    return render(request, "engagements/add_client.html", {"form": form})


@login_required
def describe(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """What the coach calls a client, what they come for, how often they meet."""
    engagement = get_object_or_404(Engagement.objects.visible_to(request.user).coached_by(request.user), pk=pk)
    now = {"name": engagement.called, "purpose": engagement.purpose, "rhythm": engagement.rhythm}
    form = DescribeForm(request.POST or None, initial=now)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        engagement.describe(said["name"], said["purpose"], said["rhythm"], by=request.user)
        messages.success(request, "Saved.")
        return redirect("client", engagement.pk)
    return render(request, "engagements/describe.html", {"form": form, "engagement": engagement})


@login_required
@require_POST
def invite_again(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """Make the link by which a client answers the invitation; shown once, or sent by letter."""
    engagement = get_object_or_404(Engagement.objects.visible_to(request.user).coached_by(request.user), pk=pk)
    post = "letter" in request.POST and bool(engagement.client.email)
    try:
        address = invite(engagement, by=request.user, post=post)
    except Answered:
        messages.info(request, f"{engagement.first} has answered already, so there is nothing to ask.")
    except SentToday:
        messages.info(request, "A letter went out today. Give it a day, or make a link and pass it on.")
    else:
        if not post:
            return render(request, "engagements/invite.html", {"engagement": engagement, "address": address})
        messages.success(request, f"The invitation to {engagement.first} is on its way.")
    return redirect("client", engagement.pk)


@login_required
@require_POST
def give_own_page(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """Make the link by which a client without an address gets a page of their own; shown once."""
    engagement = get_object_or_404(Engagement.objects.visible_to(request.user).coached_by(request.user), pk=pk)
    try:
        address = own_page_link(engagement, by=request.user)
    except HasAddress:
        messages.info(request, f"{engagement.first} has an address here, and signs in with it.")
    except NotYetAccepted:
        messages.info(request, f"{engagement.first} hasn't accepted your invitation yet. Pass on that link first.")
    else:
        return render(request, "engagements/page_link.html", {"engagement": engagement, "address": address})
    return redirect("client", engagement.pk)


@login_required
def invitation(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """An invitation to oneself: what it is, and one's answer."""
    engagement = get_object_or_404(Engagement.objects.visible_to(request.user).filter(client=request.user), pk=pk)
    if not engagement.is_invited:
        return redirect("today")
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answer(engagement, yes=form.yes, by=request.user)
        messages.success(
            request,
            f"You and {engagement.coach.first} work together now."
            if form.yes
            else f"{engagement.coach.first} is told that it isn't for you, and nothing else.",
        )
        return redirect("today")
    return render(request, "engagements/invitation.html", {"engagement": engagement})


@login_required
@require_POST
def withdraw_consent(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """Take back a yes that was given for all the work; what was said of one session is taken back there."""
    mine = Consent.objects.visible_to(request.user).given_by(request.user).filter(scope=None)
    get_object_or_404(mine.select_related("engagement"), pk=pk).withdraw(by=request.user)
    messages.success(request, "Taken back.")
    return redirect("today")
