"""What a coach holds about a client: noted by the coach; corrected, hidden and forgotten by the client."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from holdspace.engagements.ending_views import find
from holdspace.engagements.models import Engagement
from holdspace.people.models import User
from holdspace.people.visit import Visit

from .forms import FactForm, WordsForm
from .models import Fact, note_reads
from .road_views import answer, done, place, remind


def find_fact(person: User, pk: uuid.UUID) -> Fact:
    """A fact this person may read, or 404."""
    return get_object_or_404(Fact.objects.visible_to(person), pk=pk)


def find_own(person: User, pk: uuid.UUID) -> Fact:
    """A fact about this person, or 404."""
    return get_object_or_404(Fact.objects.visible_to(person).filter(engagement__client=person), pk=pk)


def show(request: Visit, engagement: Engagement, form: FactForm | None = None) -> HttpResponse:
    """The page, with a form that came back."""
    found = list(Fact.objects.visible_to(request.user).filter(engagement=engagement).newest_first())
    is_coach = request.user.pk == engagement.coach_id
    others = [one for one in found if (one.corrected_at is not None) == is_coach]
    note_reads(engagement, others, by=request.user)
    context = place(request, engagement) | {
        "facts": found,
        "hidden": Fact.hidden_from_coach(engagement) if is_coach else 0,
        "form": form or FactForm(engagement=engagement, person=request.user),
    }
    return render(request, "growth/held.html", context, status=422 if form else 200)


@login_required
@require_safe
def facts(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """Everything a coach holds about a client."""
    return show(request, find(request.user, pk))


@login_required
@require_POST
def add_fact(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """Note something about the client."""
    mine = Engagement.objects.visible_to(request.user).coached_by(request.user)
    engagement = get_object_or_404(mine, pk=pk)
    form = FactForm(request.POST, engagement=engagement, person=request.user)
    if not done(form, lambda said: Fact.note(engagement, said["once"], said["held"], said["came_up"], by=request.user)):
        return show(request, engagement, form)
    remind(request, engagement, form.cleaned_data["held"])
    return redirect("facts", engagement.pk)


@login_required
def correct_fact(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """Put it right."""
    fact = find_fact(request.user, pk)
    form = WordsForm(request.POST or None, initial={"words": fact.words, "once": fact.pk}, label="As it is")
    if request.method == "POST" and done(form, lambda said: fact.correct(said["words"], by=request.user)):
        messages.success(request, "Put right. The earlier words are gone.")
        return redirect("facts", fact.engagement_id)
    context = place(request, fact.engagement) | {"form": form, "fact": fact}
    return render(request, "growth/correct_fact.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def turn_fact(request: Visit, pk: uuid.UUID, verb: str) -> HttpResponse:
    """Hide it from the coach, or let them have it again."""
    fact = find_own(request.user, pk)
    (Fact.hide if verb == "hide" else Fact.unhide)(fact, by=request.user)
    context = place(request, fact.engagement) | {"fact": fact}
    return answer(request, "growth/_fact.html", context, f"/clients/{fact.engagement_id}/held/#fact-{fact.pk}")


@login_required
def forget_fact(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """Have it deleted for good."""
    fact = find_fact(request.user, pk)
    if request.method == "POST":
        fact.forget(by=request.user)
        messages.success(request, "Deleted for good.")
        return redirect("facts", fact.engagement_id)
    return render(request, "growth/forget_fact.html", place(request, fact.engagement) | {"fact": fact})
