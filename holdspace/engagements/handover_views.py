"""Handing over: the coach proposes, the client chooses and answers, the other coach answers."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from holdspace.people.models import BadLink, Link, User
from holdspace.people.views import dead_link
from holdspace.people.visit import Visit

from .forms import AnswerForm, HandOverForm, ReleaseForm
from .hand_over import answer_as_client, answer_as_coach, hand_over, link_to_answer, take_back
from .models import Engagement, Handover, NotAsked, NotYetAccepted
from .way_back import way_back


@login_required
def hand_over_client(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """The coach names another coach, with whom the client could go on."""
    mine = Engagement.objects.visible_to(request.user).coached_by(request.user).select_related("practice")
    engagement = get_object_or_404(mine, pk=pk)
    standing = Handover.objects.visible_to(request.user).standing().filter(engagement=engagement).first()
    if standing is not None:
        return redirect("handover", standing.pk)
    form = HandOverForm(request.POST or None, practice=engagement.practice, but=[engagement.coach, engagement.client])
    if request.method == "POST" and form.is_valid():
        try:
            made = hand_over(engagement, form.cleaned_data["successor"], by=request.user)
        except NotYetAccepted:
            form.add_error(None, f"{engagement.first} hasn't accepted your invitation yet.")
        else:
            messages.success(request, f"{engagement.first} is asked. Until they say yes, nobody else knows of it.")
            return redirect("handover", made.pk)
    return render(request, "engagements/hand_over.html", {"form": form, "engagement": engagement})


@login_required
def handover(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """One hand-over, as each of the three sees it, with the answer that is theirs to give."""
    found = get_object_or_404(Handover.objects.visible_to(request.user), pk=pk)
    is_client = request.user.pk == found.engagement.client_id
    form: AnswerForm = (
        ReleaseForm(request.POST or None, handover=found) if is_client else AnswerForm(request.POST or None)
    )
    if request.method == "POST" and form.is_valid():
        try:
            messages.success(request, _answer(found, form, request.user))
        except NotAsked:
            messages.info(request, "Nothing was changed: this was answered before.")
        return redirect("handover", found.pk) if found.closed_at is None else redirect("today")
    context = {"handover": found, "engagement": found.engagement, "form": form, "is_client": is_client}
    context["is_successor"] = request.user.pk == found.successor_id
    return render(request, "engagements/handover.html", context)


def _answer(found: Handover, form: AnswerForm, person: User) -> str:
    """Do what this person said, and say what came of it."""
    name = found.successor.first
    if isinstance(form, ReleaseForm):
        answer_as_client(found, yes=form.yes, kinds=form.cleaned_data["kinds"], by=person)
        if not form.yes:
            return f"{name} can read nothing of it. No reason is asked."
        return f"Kept. {name} reads just what you ticked." if found.is_open else f"Kept. {name} is asked now."
    if form.yes or person.pk == found.successor_id:
        answer_as_coach(found, yes=form.yes, by=person)
        return (
            f"You and {found.engagement.first} work together now." if form.yes else "They are told, and nothing else."
        )
    take_back(found, by=person)
    return "Taken back. Nobody reads anything by it."


@login_required
@require_POST
def give_handover_link(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """Make the link by which a client answers without an account; shown once."""
    found = get_object_or_404(Handover.objects.visible_to(request.user), pk=pk)
    try:
        address = link_to_answer(found, by=request.user)
    except NotAsked:
        messages.info(request, "Nothing is asked of your client just now, so there is nothing to pass on.")
        return redirect("handover", found.pk)
    context = {"handover": found, "engagement": found.engagement, "address": address}
    return render(request, "engagements/handover_link.html", context)


def handover_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """The client reads who it is and what would be read, and answers, or closes the page."""
    try:
        link = Link.find(token, Link.Purpose.HANDOVER)
        found = find_asked(link)
        client = found.engagement.client
        form = ReleaseForm(request.POST or None, handover=found)
        context = {"handover": found, "engagement": found.engagement, "form": form, "token": token}
        if request.method != "POST" or not form.is_valid():
            return render(request, "engagements/handover_by_link.html", context, status=422 if form.errors else 200)
        answer_as_client(found, yes=form.yes, kinds=form.cleaned_data["kinds"], by=client, link=link)
    except (BadLink, NotAsked):
        return dead_link(request)
    context |= {"yes": form.yes, "token": way_back(found.engagement, client)}
    return render(request, "engagements/handover_answered.html", context)


def find_asked(link: Link) -> Handover:
    """The hand-over a link is about, while it waits for its client's answer; BadLink when it does not."""
    waiting = Handover.objects.visible_to(link.person).waiting_for(link.person) if link.person else None
    found = waiting.filter(pk=link.about, agreed_at=None).first() if waiting is not None and link.about else None
    if found is None:
        raise BadLink
    return found
