"""Handing over: the coach proposes, the client chooses and answers, the other coach answers."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from holdspace.people.models import User
from holdspace.people.visit import Visit

from .forms import AnswerForm, HandOverForm, ReleaseForm
from .hand_over import answer_as_client, answer_as_coach, hand_over, take_back
from .models import Engagement, Handover, NotAsked, NotYetAccepted


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
