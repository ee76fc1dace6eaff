"""Concerns: saying them, being heard, weighing ways to go, and what came of it."""

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Model
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from holdspace.engagements.ending_views import find
from holdspace.people.models import User
from holdspace.people.visit import Visit
from holdspace.shell.pictures import Picture
from holdspace.shell.steps import Line, Said, steps

from .forms import AnswerForm, ConcernForm, IntensityForm, LabelForm, OptionForm, WordsForm
from .models import Commitment, Concern, Intensity, Option, note_reads
from .road_views import answer, done, kindly, place, remind, under
from .shown import Shown, dress


def find_concern(person: User, pk: uuid.UUID) -> Concern:
    """A concern this person may read, or 404."""
    return get_object_or_404(Concern.objects.visible_to(person), pk=pk)


def find_own(person: User, pk: uuid.UUID) -> Concern:
    """A concern of this person's own, or 404."""
    return get_object_or_404(Concern.objects.visible_to(person).filter(engagement__client=person), pk=pk)


@login_required
@require_safe
def concerns(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """All concerns of a client that this person may read."""
    engagement = find(request.user, pk)
    found = list(Concern.objects.visible_to(request.user).filter(engagement=engagement).in_order())
    note_reads(engagement, [one for one in found if _has_others_words(one, request.user)], by=request.user)
    return render(request, "growth/concerns.html", place(request, engagement) | {"concerns": found})


def _has_others_words(concern: Concern, reader: User) -> bool:
    """The words are the client's, whoever wrote them down; the coach's are what they heard, or wrote down."""
    is_coach = reader.pk == concern.engagement.coach_id
    return is_coach or concern.heard_at is not None or concern.written_by_id != reader.pk


@login_required
def add_concern(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """Say what one fears or doubts; the coach writes down what the client said."""
    engagement = find(request.user, pk)
    form = ConcernForm(request.POST or None, engagement=engagement, person=request.user)
    if request.user.pk == engagement.coach_id:
        del form.fields["share"]
        form.fields["words"].label = f"In {engagement.first}'s own words"

    def voice(said: dict[str, Any]) -> None:
        share = bool(said.get("share"))
        Concern.voice(engagement, said["once"], said["words"], said["came_up"], share=share, by=request.user)

    if request.method == "POST" and done(form, voice):
        remind(request, engagement, form.cleaned_data["words"])
        return redirect("concern", form.cleaned_data["once"])
    context = place(request, engagement) | {"form": form}
    return render(request, "growth/add_concern.html", context, status=422 if form.errors else 200)


def show(request: Visit, concern: Concern, **forms: Any) -> HttpResponse:
    """The concern's page, with a form that came back."""
    context = whole(request, concern)
    others: list[Model] = [concern] if _has_others_words(concern, request.user) else []
    others += [one for one in context["options"] if one.written_by_id != request.user.pk]
    others += [one.commitment for one in [context["shown"]] if one and one.commitment.made_by_id != request.user.pk]
    note_reads(concern.engagement, others, by=request.user)
    context |= {
        "heard_form": WordsForm(label="What I heard", initial={"words": concern.heard}, auto_id="id_heard_%s"),
        "step_form": step_form(concern=concern),
        "happened_form": happened_form(concern=concern),
        "option_form": OptionForm(),
        "intensity_form": IntensityForm(),
        "label_form": LabelForm(initial={"about": concern.label or ""}),
        "answer_form": AnswerForm(initial={"seen": concern.heard_mark}),
    }
    return render(request, "growth/concern.html", context | forms, status=422 if forms else 200)


def whole(request: Visit, concern: Concern) -> dict[str, Any]:
    """A concern with all that stands under it."""
    options, intensities = (under(noun, request.user, concern=concern) for noun in (Option, Intensity))
    found = {"concern": concern, "options": options, "intensities": intensities, "picture": picture(intensities)}
    return place(request, concern.engagement) | found | {"shown": promised(concern, request.user)}


def promised(concern: Concern, reader: User) -> Shown | None:
    """The promise that the smallest next step became."""
    kept = Commitment.objects.visible_to(reader).select_related("made_in").filter(pk=concern.commitment_id).first()
    if kept is None:
        return None
    kept.engagement = concern.engagement
    (shown,) = dress([kept], reader)
    shown.concern = None
    return shown


def picture(intensities: list[Any]) -> Picture | None:
    """How strong it was over time; nothing before the client said twice."""
    if len(intensities) < 2:
        return None
    said = tuple(Said(one.at, one.level, one.words) for one in sorted(intensities, key=lambda one: (one.at, one.pk)))
    line = Line("client", intensities[0].engagement.first, said)
    caption = "How strong it was over time, from 0, not at all, to 10, completely."
    return steps([line], low=0, high=10, until=timezone.now(), caption=caption)


def step_form(given: Any = None, concern: Concern | None = None) -> WordsForm:
    """The form for the smallest next step."""
    said = {"words": concern.step} if concern else None
    hint = "So small that it can hardly fail."
    return WordsForm(
        given, label="The smallest next step", hint=hint, optional=True, initial=said, auto_id="id_step_%s"
    )


def happened_form(given: Any = None, concern: Concern | None = None) -> WordsForm:
    """The form for what happened."""
    said = {"words": concern.happened} if concern else None
    return WordsForm(given, label="What happened", optional=True, initial=said, auto_id="id_happened_%s")


@login_required
@require_safe
def concern_page(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """One concern."""
    return show(request, find_concern(request.user, pk))


@login_required
def reword_concern(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """Say it in other words."""
    concern = find_concern(request.user, pk)
    form = WordsForm(request.POST or None, initial={"words": concern.words, "once": concern.pk})
    if request.method == "POST" and done(form, lambda said: concern.reword(said["words"], by=request.user)):
        return redirect(concern)
    context = place(request, concern.engagement) | {"form": form, "concern": concern}
    return render(request, "growth/reword_concern.html", context, status=422 if form.errors else 200)


@login_required
def concern_readers(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """The client says who can read it; the page says who will before anything changes."""
    concern = find_own(request.user, pk)
    wanted = request.POST.get("readers", "")
    if request.method != "POST" or wanted not in ("both", "me"):
        return render(request, "growth/concern_readers.html", place(request, concern.engagement) | {"concern": concern})
    with kindly(request):
        (Concern.share if wanted == "both" else Concern.unshare)(concern, by=request.user)
    return redirect(concern)


@login_required
@require_POST
def label_concern(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """The client says what it is about."""
    concern = find_own(request.user, pk)
    form = LabelForm(request.POST)
    if not done(form, lambda said: concern.name_it(said["about"], by=request.user)):
        return show(request, concern, label_form=form)
    return redirect(f"{concern.get_absolute_url()}#about")


@login_required
@require_POST
def hear_concern(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """The coach says what they heard."""
    mine = Concern.objects.visible_to(request.user).filter(engagement__coach=request.user)
    concern = get_object_or_404(mine, pk=pk)
    form = WordsForm(request.POST, label="What I heard", auto_id="id_heard_%s")
    if not done(form, lambda said: concern.hear(said["words"], by=request.user)):
        return show(request, concern, heard_form=form)
    remind(request, concern.engagement, form.cleaned_data["words"])
    return redirect(f"{concern.get_absolute_url()}#heard")


@login_required
@require_POST
def answer_concern(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """The client says whether that's it."""
    concern = find_own(request.user, pk)
    form = AnswerForm(request.POST)

    def say(said: dict[str, Any]) -> None:
        if said["quite"] == "yes":
            concern.confirm(said["seen"], by=request.user)
        else:
            concern.not_quite(said["missed"], by=request.user)

    if not done(form, say):
        form.data = request.POST.dict() | {"seen": concern.heard_mark}
        return show(request, concern, answer_form=form)
    return redirect(f"{concern.get_absolute_url()}#heard")


@login_required
@require_POST
def add_option(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """One way to go."""
    concern = find_concern(request.user, pk)
    form = OptionForm(request.POST)

    def add(said: dict[str, Any]) -> None:
        made = Option(pk=said["once"], concern=concern, words=said["option"], written_by=request.user)
        made.speaks_for, made.speaks_against = said["speaks_for"] or None, said["speaks_against"] or None
        made.keep("added an option to a concern", by=request.user)

    if not done(form, add):
        return show(request, concern, option_form=form)
    remind(request, concern.engagement, form.cleaned_data["option"])
    return redirect(f"{concern.get_absolute_url()}#options")


@login_required
@require_POST
def turn_option(request: Visit, pk: uuid.UUID, verb: str) -> HttpResponse:
    """The client chooses a way, or lets it go again."""
    own = Option.objects.visible_to(request.user).filter(concern__engagement__client=request.user)
    option = get_object_or_404(own, pk=pk)
    with kindly(request):
        (Option.choose if verb == "choose" else Option.unchoose)(option, by=request.user)
    context = place(request, option.engagement) | {"option": option, "concern": option.concern}
    return answer(request, "growth/_option.html", context, f"{option.concern.get_absolute_url()}#options")


@login_required
@require_POST
def remove_option(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """Take a way out."""
    option = get_object_or_404(Option.objects.visible_to(request.user), pk=pk)
    with kindly(request):
        option.remove(by=request.user)
    return redirect(f"{option.concern.get_absolute_url()}#options")


@login_required
@require_POST
def choose_step(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """The smallest next step."""
    concern = find_concern(request.user, pk)
    form = step_form(request.POST)
    if not done(form, lambda said: concern.choose_step(said["words"], by=request.user)):
        return show(request, concern, step_form=form)
    return redirect(f"{concern.get_absolute_url()}#step")


@login_required
@require_POST
def tell_concern(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """What happened."""
    concern = find_concern(request.user, pk)
    form = happened_form(request.POST)
    if not done(form, lambda said: concern.tell(said["words"], by=request.user)):
        return show(request, concern, happened_form=form)
    return redirect(f"{concern.get_absolute_url()}#step")


@login_required
@require_POST
def say_intensity(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """How strong it is now."""
    concern = find_own(request.user, pk)
    form = IntensityForm(request.POST)

    def say(said: dict[str, Any]) -> None:
        Intensity.say(concern, said["once"], said["strong"], said["feels"], by=request.user)

    if not done(form, say):
        return show(request, concern, intensity_form=form)
    return redirect(f"{concern.get_absolute_url()}#strong")


@login_required
@require_POST
def undo_intensity(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """Take it back."""
    own = Intensity.objects.visible_to(request.user).filter(concern__engagement__client=request.user)
    intensity = get_object_or_404(own, pk=pk)
    intensity.undo(by=request.user)
    return redirect(f"{intensity.concern.get_absolute_url()}#strong")


@login_required
@require_POST
def turn_concern(request: Visit, pk: uuid.UUID, verb: str) -> HttpResponse:
    """Settled, or carried on."""
    concern = find_own(request.user, pk)
    with kindly(request):
        (Concern.settle if verb == "settle" else Concern.carry_on)(concern, by=request.user)
    return redirect(concern)


@login_required
def forget_concern(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """Have a concern deleted for good."""
    concern = find_own(request.user, pk)
    if request.method == "POST":
        concern.forget(by=request.user)
        messages.success(request, "Deleted, with all that stood under it.")
        return redirect("concerns", concern.engagement_id)
    context = place(request, concern.engagement) | {"concern": concern}
    return render(request, "growth/forget_concern.html", context)
