"""Moments that matter: noting them, a coach's word before, and how they went, also by a one-tap link."""

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from holdspace.engagements.ending_views import find
from holdspace.engagements.models import Engagement, Erased
from holdspace.engagements.way_back import way_back
from holdspace.engagements.writing import may_write
from holdspace.letters.models import NotByEmail
from holdspace.people.models import BadLink, Link, User
from holdspace.people.views import dead_link
from holdspace.people.visit import Visit

from .check_in import TooLateToThink, draft, move_moment, note_moment, remove_moment, tell_by_link, think_of
from .forms import MomentForm, ThoughtForm, WentForm
from .models import Moment, note_reads
from .road_views import done, place, remind

UNASKED = "Noted. No letter will ask how it went: there is no address, or the two of you agreed not to write by e-mail."


def find_moment(person: User, pk: uuid.UUID) -> Moment:
    """A moment in this person's work, or 404."""
    return get_object_or_404(Moment.objects.visible_to(person), pk=pk)


def show(request: Visit, engagement: Engagement, **forms: Any) -> HttpResponse:
    """The page, with a form that came back."""
    found = list(Moment.objects.visible_to(request.user).filter(engagement=engagement).order_by("day", "time", "pk"))
    note_reads(engagement, [one for one in found if _has_others_words(one, request.user)], by=request.user)
    context = place(request, engagement) | {
        "coming": [one for one in found if not one.is_over],
        "past": [one for one in found if one.is_over][::-1],
        "form": MomentForm(initial={"timezone": request.user.timezone}),
    }
    return render(request, "growth/moments.html", context | forms, status=422 if forms else 200)


def _has_others_words(moment: Moment, reader: User) -> bool:
    told = moment.told_at is not None and reader.pk != moment.engagement.client_id
    return told or moment.written_by_id != reader.pk


@login_required
@require_safe
def moments(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """The days that matter to a client."""
    return show(request, find(request.user, pk))


@login_required
@require_POST
def add_moment(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """Remember a moment."""
    engagement = find(request.user, pk)
    form = MomentForm(request.POST)
    planned = []
    if not done(form, lambda said: planned.append(note_moment(engagement, said["once"], said, by=request.user)[1])):
        return show(request, engagement, form=form)
    messages.success(request, "Noted." if all(planned) else UNASKED)
    remind(request, engagement, form.cleaned_data["label"])
    return redirect("moments", engagement.pk)


@login_required
def change_moment(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """Another day, hour or name for it."""
    moment = find_moment(request.user, pk)
    form = MomentForm(request.POST or None, initial=MomentForm.said_of(moment))
    if request.method == "POST" and done(form, lambda said: move_moment(moment, said, by=request.user)):
        messages.success(request, "Changed. What waited to be sent about the earlier day is taken back.")
        return redirect("moments", moment.engagement_id)
    context = place(request, moment.engagement) | {"form": form, "moment": moment}
    return render(request, "growth/change_moment.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def drop_moment(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """Forget a moment."""
    moment = find_moment(request.user, pk)
    remove_moment(moment, by=request.user)
    messages.success(request, "Removed, with whatever waited to be sent about it.")
    return redirect("moments", moment.engagement_id)


@login_required
def think_of_moment(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """A draft of a word before it, which the coach sends, changes or leaves."""
    mine = Moment.objects.visible_to(request.user).filter(engagement__coach=request.user)
    moment = get_object_or_404(mine, pk=pk)
    form = ThoughtForm(request.POST or None, initial={"thought": draft(moment)})
    if request.method == "POST" and _send(request, moment, form):
        return redirect("moments", moment.engagement_id)
    can_write = may_write(moment.engagement, moment.engagement.client) and not moment.is_over
    context = place(request, moment.engagement) | {"form": form, "moment": moment, "can_write": can_write}
    return render(request, "growth/think_of_moment.html", context, status=422 if form.errors else 200)


def _send(request: Visit, moment: Moment, form: ThoughtForm) -> bool:
    try:
        due = []
        sent = done(form, lambda said: due.append(think_of(moment, said["once"], said["thought"], by=request.user)))
    except TooLateToThink:
        form.add_error(None, "The moment has come, so a word before it would arrive too late.")
    except NotByEmail:
        form.add_error(None, "The two of you agreed not to write by e-mail. Say it another way.")
    else:
        if sent:
            messages.success(request, "It goes to them on the evening before, or now if that has passed.")
        return sent
    return False


@login_required
def tell_moment(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """The client says how it went."""
    own = Moment.objects.visible_to(request.user).filter(engagement__client=request.user)
    moment = get_object_or_404(own, pk=pk)
    form = WentForm(
        request.POST or None, initial=moment.went and {"went": moment.went["words"], "of_ten": moment.went["of_ten"]}
    )
    if request.method == "POST" and done(form, lambda said: moment.tell(said["went"], said["of_ten"], by=request.user)):
        return redirect("moments", moment.engagement_id)
    context = place(request, moment.engagement) | {"form": form, "moment": moment}
    return render(request, "growth/tell_moment.html", context, status=422 if form.errors else 200)


def moment_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """How did it go? A word, a number, or a closed page."""
    try:
        link = Link.find(token, Link.Purpose.MOMENT)
        person = link.person
        moment = Moment.objects.visible_to(person).filter(pk=link.about).first() if person else None
        if person is None or moment is None:
            raise BadLink
        form = WentForm(request.POST or None)
        context = {"form": form, "moment": moment, "engagement": moment.engagement, "token": token}
        if request.method == "POST" and done(
            form, lambda said: tell_by_link(moment, said["went"], said["of_ten"], by=person, link=link)
        ):
            context["token"] = way_back(moment.engagement, person)
            return render(request, "growth/moment_told.html", context)
    except (BadLink, Erased):
        return dead_link(request)
    return render(request, "growth/moment_by_link.html", context, status=422 if form.errors else 200)
