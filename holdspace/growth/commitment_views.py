"""What becomes of a promise: yes, done, moved, stuck, let go, and each taken back."""

import uuid
from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from holdspace.engagements.models import NotBetweenThem, NotYetAccepted, Over
from holdspace.people.models import User
from holdspace.people.visit import Visit

from .models import (
    AlreadySettled,
    CannotUndo,
    Commitment,
    InUse,
    Move,
    NotAccepted,
    NotOwnedUp,
    NotTheOther,
    NotTheOwner,
    OnTime,
    PastDay,
    SameDay,
    Step,
)
from .promise_forms import BetterForm, DropForm, MoveForm, OwnForm, StepForm, StuckForm
from .shown import Shown, address_of, dress

REFUSALS: dict[type[Exception], str] = {
    Over: "This work has ended, so nothing about this promise changes any more. It stays readable.",
    NotYetAccepted: "The invitation has not been accepted yet, so nothing is promised.",
    NotTheOwner: "Only whoever made this promise says that.",
    NotTheOther: "Only the other of you says that.",
    NotAccepted: "This waits for a yes first.",
    AlreadySettled: "Something became of this meanwhile, in another window or by the other of you. Here it stands.",
    PastDay: "That day has passed for whoever promised. Choose today or a later one.",
    SameDay: "It is due on that day already.",
    NotOwnedUp: "Say a word about it, so that it isn't just gone.",
    OnTime: "Nothing about this was late or let go.",
    CannotUndo: "That can't be taken back any more.",
    InUse: "More came of this promise by now, so it stays. You can still let it go.",
    NotBetweenThem: "This form is too old. Copy your words, load the page again and send them once more.",
}


def find_commitment(person: User, pk: uuid.UUID) -> Commitment:
    """A promise between this person and another, or 404."""
    return get_object_or_404(Commitment.objects.visible_to(person), pk=pk)


def answer(request: Visit, shown: Shown, **more: object) -> HttpResponse:
    """The part that htmx asked for, or the page it stands on."""
    if request.headers.get("HX-Request"):
        return render(request, "growth/_commitment.html", {"shown": shown} | more)
    return redirect(address_of(shown.commitment))


def do(request: Visit, commitment: Commitment, deed: Callable[[], object]) -> HttpResponse:
    """One verb; where it is refused, the reason and the promise as it stands."""
    refusal = refused(deed)
    if refusal and not request.headers.get("HX-Request"):
        messages.info(request, refusal)
    found = find_commitment(request.user, commitment.pk)
    return answer(request, dress([found], request.user)[0], refusal=refusal)


def refused(deed: Callable[[], object]) -> str:
    """Why a verb was refused, in a sentence; empty when it was done. What was erased meanwhile is 404."""
    try:
        deed()
    except tuple(REFUSALS) as refusal:
        return REFUSALS[type(refusal)]
    except ObjectDoesNotExist:
        raise Http404 from None
    return ""


def ask(
    request: Visit, commitment: Commitment, deed: str, form: forms.Form, do_it: Callable[[], object]
) -> HttpResponse:
    """Show the form of a deed inside its promise, and do it; what was typed stays when that is refused."""
    if request.method == "POST" and form.is_valid():
        refusal = refused(do_it)
        if not refusal:
            return answer(request, dress([find_commitment(request.user, commitment.pk)], request.user)[0])
        form.add_error(None, refusal)
        commitment = find_commitment(request.user, commitment.pk)
    shown = dress([commitment], request.user)[0]
    context = {"shown": shown, "form": form, "deed": deed}
    part = bool(request.headers.get("HX-Request"))
    template = "growth/_commitment.html" if part else "growth/commitment.html"
    return render(request, template, context, status=422 if form.errors else 200)


@login_required
@require_POST
def accept(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """Yes, mine."""
    commitment = find_commitment(request.user, pk)
    return do(request, commitment, lambda: commitment.accept(by=request.user))


@login_required
@require_POST
def decline(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """Not mine."""
    commitment = find_commitment(request.user, pk)
    return do(request, commitment, lambda: commitment.decline(by=request.user))


@login_required
@require_POST
def keep(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """Done."""
    commitment = find_commitment(request.user, pk)
    return do(request, commitment, lambda: commitment.keep(by=request.user))


@login_required
@require_POST
def release(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """Let the other's promise go."""
    commitment = find_commitment(request.user, pk)
    return do(request, commitment, lambda: commitment.release(by=request.user))


@login_required
@require_POST
def go_on(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """Not stuck any more."""
    commitment = find_commitment(request.user, pk)
    return do(request, commitment, lambda: commitment.go_on(by=request.user))


@login_required
@require_POST
def reopen(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """Take the last answer back."""
    commitment = find_commitment(request.user, pk)
    return do(request, commitment, lambda: commitment.reopen(by=request.user))


@login_required
@require_POST
def remove(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """Take away what one wrote down by mistake."""
    commitment = find_commitment(request.user, pk)
    refusal = refused(lambda: commitment.remove(by=request.user))
    if refusal:
        return do(request, commitment, lambda: commitment.remove(by=request.user))
    if request.headers.get("HX-Request"):
        return HttpResponse()
    messages.success(request, "Taken away again.")
    return redirect("promises", commitment.engagement_id)


@login_required
def edit(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """Say it better; by whoever promises, this is a yes to it as well."""
    commitment = find_commitment(request.user, pk)
    form = BetterForm(request.POST or None, commitment=commitment, reader=request.user)
    return ask(request, commitment, "edit", form, lambda: commitment.edit(form.said, by=request.user))


@login_required
def move(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """Ask the other for another day."""
    commitment = find_commitment(request.user, pk)
    form = MoveForm(request.POST or None)
    return ask(
        request,
        commitment,
        "move",
        form,
        lambda: Move.ask(commitment, form.cleaned_data["new_day"], by=request.user),
    )


@login_required
def drop(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """Let one's own promise go; a coach says a word about it."""
    commitment = find_commitment(request.user, pk)
    form = DropForm(request.POST or None, commitment=commitment)
    return ask(request, commitment, "drop", form, lambda: commitment.drop(form.cleaned_data["owned"], by=request.user))


@login_required
def own_up(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """A word to the other about what was late."""
    commitment = find_commitment(request.user, pk)
    form = OwnForm(request.POST or None, initial={"owned": commitment.owned})
    return ask(request, commitment, "own", form, lambda: commitment.own_up(form.cleaned_data["owned"], by=request.user))


@login_required
def stuck(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """What got in the way."""
    commitment = find_commitment(request.user, pk)
    form = StuckForm(request.POST or None)
    return ask(request, commitment, "stuck", form, lambda: say_stuck(commitment, form, request.user))


def say_stuck(commitment: Commitment, form: forms.Form, person: User) -> None:
    """As the form says it."""
    said = form.cleaned_data
    commitment.say_stuck(said["got_in_the_way"], help_wanted=said["wants_help"], by=person)


@login_required
def add_step(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """Write down a smaller step."""
    commitment = find_commitment(request.user, pk)
    form = StepForm(request.POST or None)
    return ask(
        request,
        commitment,
        "step",
        form,
        lambda: Step.add(commitment, form.cleaned_data["once"], form.cleaned_data["step"], by=request.user),
    )
