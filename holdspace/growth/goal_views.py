"""Goals: writing them down, their five sentences, where they are, and what lies on the way."""

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from holdspace.engagements.ending_views import find
from holdspace.people.models import User
from holdspace.people.visit import Visit

from .forms import GoalForm, LevelsForm, RatingForm, WordsForm
from .goals import ShownGoal, attained, goals_of
from .models import Goal, Milestone, Progress, Rating, Revision, note_reads
from .road_views import answer, done, kindly, place, remind, under

VERBS = {"reach": Goal.reach, "lay_down": Goal.lay_down, "take_up": Goal.take_up}


def find_goal(person: User, pk: uuid.UUID) -> Goal:
    """A goal in this person's work, or 404."""
    return get_object_or_404(Goal.objects.visible_to(person), pk=pk)


@login_required
@require_safe
def goals(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """All goals of two people."""
    engagement = find(request.user, pk)
    shown = goals_of(engagement, request.user)
    context = place(request, engagement) | {"goals": shown, "attained": attained(shown)}
    return render(request, "growth/goals.html", context)


@login_required
def add_goal(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """Write a goal down."""
    engagement = find(request.user, pk)
    who = Goal.Proposer.COACH if engagement.coach_id == request.user.pk else Goal.Proposer.CLIENT
    form = GoalForm(request.POST or None, engagement=engagement, initial={"proposed_by": who})
    if request.method == "POST" and done(form, lambda said: _propose(request, pk, said)):
        messages.success(request, "Written down. Next, five sentences by which you will know how far it is.")
        return redirect("goal_levels", form.cleaned_data["once"])
    context = place(request, engagement) | {"form": form}
    return render(request, "growth/edit_goal.html", context, status=422 if form.errors else 200)


def _propose(request: Visit, pk: uuid.UUID, said: dict[str, Any]) -> None:
    engagement = find(request.user, pk)
    told = {name: said[name] for name in ("title", "why", "weight", "proposed_by")}
    Goal.propose(engagement, said["once"], **told, by=request.user)
    remind(request, engagement, said["title"], said["why"])


def show(request: Visit, goal: Goal, **forms: Any) -> HttpResponse:
    """The goal's page, with a form that came back."""
    nouns = (Rating, Milestone, Progress, Revision)
    ratings, milestones, progress, revisions = (under(noun, request.user, goal=goal) for noun in nouns)
    written = [goal, *milestones, *progress]
    read = [one for one in written if one.written_by_id != request.user.pk]
    read += [one for one in ratings if one.by_id != request.user.pk]
    note_reads(goal.engagement, read, by=request.user)
    context = place(request, goal.engagement) | {
        "goal": goal,
        "shown": ShownGoal(goal, ratings, request.user),
        "milestones": milestones,
        "progress": progress[::-1],
        "revisions": revisions[::-1],
        "rating_form": RatingForm(goal=goal),
        "milestone_form": milestone_form(),
        "progress_form": progress_form(),
    }
    return render(request, "growth/goal.html", context | forms, status=422 if forms else 200)


def milestone_form(given: Any = None) -> WordsForm:
    """The form for a place on the way."""
    return WordsForm(given, label="A place on the way", rows=1, auto_id="id_milestone_%s")


def progress_form(given: Any = None) -> WordsForm:
    """The form for a few words on how it is going."""
    return WordsForm(given, label="How is it going?", auto_id="id_progress_%s")


@login_required
@require_safe
def goal_page(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """One goal."""
    return show(request, find_goal(request.user, pk))


@login_required
def change_goal(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """Say a goal in other words."""
    goal = find_goal(request.user, pk)
    form = GoalForm(request.POST or None, engagement=goal.engagement, initial=GoalForm.said_of(goal))
    if request.method == "POST" and done(form, lambda said: _say(goal, said, request.user)):
        remind(request, goal.engagement, goal.title, goal.why or "")
        return redirect(goal)
    context = place(request, goal.engagement) | {"form": form, "goal": goal}
    return render(request, "growth/edit_goal.html", context, status=422 if form.errors else 200)


def _say(goal: Goal, said: dict[str, Any], by: User) -> None:
    goal.say(**{name: said[name] for name in ("title", "why", "weight", "proposed_by")}, by=by)


@login_required
def goal_levels(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """The five sentences of a goal."""
    goal = find_goal(request.user, pk)
    form = LevelsForm(request.POST or None, initial=LevelsForm.said_of(goal))
    if request.method == "POST" and done(form, lambda said: goal.write_levels(form.levels, by=request.user)):
        messages.success(request, "Kept. Both of you can read them.")
        return redirect(goal)
    rated = Rating.objects.visible_to(request.user).filter(goal=goal).exists()
    context = place(request, goal.engagement) | {"form": form, "goal": goal, "rated": rated}
    return render(request, "growth/goal_levels.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def rate_goal(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """Say where a goal is."""
    goal = find_goal(request.user, pk)
    form = RatingForm(request.POST, goal=goal)
    if not done(form, lambda said: _rate(goal, said, request.user)):
        return show(request, goal, rating_form=form)
    return redirect(f"{goal.get_absolute_url()}#where")


def _rate(goal: Goal, said: dict[str, Any], by: User) -> None:
    Rating.give(goal, said["once"], said["attained"], said["because"], by=by)


@login_required
@require_POST
def undo_rating(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """Take one's own rating back."""
    rating = get_object_or_404(Rating.objects.visible_to(request.user).filter(by=request.user), pk=pk)
    rating.undo(by=request.user)
    messages.success(request, "Taken back.")
    return redirect(f"{rating.goal.get_absolute_url()}#where")


@login_required
@require_POST
def turn_goal(request: Visit, pk: uuid.UUID, verb: str) -> HttpResponse:
    """Reached, laid down, or taken up again."""
    goal = find_goal(request.user, pk)
    with kindly(request):
        VERBS[verb](goal, by=request.user)
    return redirect(goal)


@login_required
@require_POST
def add_milestone(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """A place on the way."""
    goal = find_goal(request.user, pk)
    form = milestone_form(request.POST)
    if not done(form, lambda said: _under(Milestone, "added a milestone", goal, said, request.user)):
        return show(request, goal, milestone_form=form)
    return redirect(f"{goal.get_absolute_url()}#milestones")


@login_required
@require_POST
def add_progress(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """A few words on how it is going."""
    goal = find_goal(request.user, pk)
    form = progress_form(request.POST)
    if not done(form, lambda said: _under(Progress, "wrote a progress note", goal, said, request.user)):
        return show(request, goal, progress_form=form)
    remind(request, goal.engagement, form.cleaned_data["words"])
    return redirect(f"{goal.get_absolute_url()}#progress")


def _under(noun: type[Milestone] | type[Progress], verb: str, goal: Goal, said: dict[str, Any], by: User) -> None:
    noun(pk=said["once"], goal=goal, words=said["words"], written_by=by).keep(verb, by=by)


@login_required
@require_POST
def turn_milestone(request: Visit, pk: uuid.UUID, verb: str) -> HttpResponse:
    """Reached, or not yet after all."""
    milestone = get_object_or_404(Milestone.objects.visible_to(request.user), pk=pk)
    with kindly(request):
        (Milestone.reach if verb == "reach" else Milestone.unreach)(milestone, by=request.user)
    context = place(request, milestone.engagement) | {"milestone": milestone}
    return answer(request, "growth/_milestone.html", context, f"{milestone.goal.get_absolute_url()}#milestones")


@login_required
@require_POST
def remove_milestone(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """Take a place on the way out."""
    milestone = get_object_or_404(Milestone.objects.visible_to(request.user), pk=pk)
    milestone.remove(by=request.user)
    messages.success(request, "Removed.")
    return redirect(f"{milestone.goal.get_absolute_url()}#milestones")


@login_required
@require_POST
def remove_progress(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """Take one's own words out."""
    own = Progress.objects.visible_to(request.user).filter(written_by=request.user)
    note = get_object_or_404(own, pk=pk)
    note.remove(by=request.user)
    messages.success(request, "Removed.")
    return redirect(f"{note.goal.get_absolute_url()}#progress")
