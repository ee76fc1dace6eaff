"""What the pages of the road share: finding one's work, doing a deed kindly, and answering with a part or a page."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from holdspace.engagements.models import Engagement, NotBetweenThem, NotYetAccepted, Over
from holdspace.engagements.offlimits import reminder
from holdspace.engagements.readers import Readers
from holdspace.people.models import User
from holdspace.people.visit import Visit

from .models import (
    AlreadyConfirmed,
    InBothHands,
    NoLevels,
    NotHeardYet,
    NotTheClient,
    NotTheCoach,
    NotTheirs,
    SaidAnew,
    StepPromised,
)

REFUSALS: dict[type[Exception], str] = {
    Over: "This work has ended, so nothing is added or changed. What was stays readable.",
    NotYetAccepted: "Nothing is kept here before the invitation is accepted.",
    NotBetweenThem: "This form is too old. Copy your words, load the page again and send them once more.",
    NotTheClient: "Only the client can say that.",
    NotTheCoach: "Only the coach can do that.",
    NotTheirs: "Only whoever wrote it can take it out.",
    NoLevels: "Write the five sentences first; then there is something to choose from.",
    NotHeardYet: "There is nothing to confirm yet: nobody has written what they heard.",
    SaidAnew: "Your coach wrote something else in the meantime. Read it first, then say whether that's it.",
    AlreadyConfirmed: "It was confirmed in the meantime, so the words stay as they are.",
    StepPromised: "This step has been promised meanwhile. Here it stands.",
    InBothHands: "Both of you have this one. It can be deleted, but not kept from one of you.",
}
"""What is said when something isn't done."""


def done(form: forms.Form, deed: Callable[[dict[str, Any]], object]) -> bool:
    """Whether the form was right and the deed was done; a refusal is said in the form, with all that was typed."""
    if not form.is_valid():
        return False
    try:
        deed(form.cleaned_data)
    except tuple(REFUSALS) as refusal:
        form.add_error(None, REFUSALS[type(refusal)])
        return False
    return True


@contextmanager
def kindly(request: Visit) -> Iterator[None]:
    """Say a refusal of a deed that has no form."""
    try:
        yield
    except tuple(REFUSALS) as refusal:
        messages.info(request, REFUSALS[type(refusal)])


def place(request: Visit, engagement: Engagement) -> dict[str, Any]:
    """What every page of the road says of where one is: the two people, and which of them reads."""
    return {
        "engagement": engagement,
        "is_coach": engagement.coach_id == request.user.pk,
        "other": engagement.other_name(request.user),
        "readers": Readers(engagement, request.user),
    }


def under(noun: Any, person: User, **of: Any) -> list[Any]:
    """All of one kind that stands under a goal or a concern, in the order it was made."""
    found = list(noun.objects.visible_to(person).select_related(None).filter(**of).order_by("pk"))
    for row in found:
        for name, one in of.items():
            setattr(row, name, one)
    return found


def answer(request: Visit, part: str, context: dict[str, Any], address: str) -> HttpResponse:
    """The part that htmx asked for, or the page it stands on."""
    if request.headers.get("HX-Request"):
        return render(request, part, context)
    return redirect(address)


def remind(request: Visit, engagement: Engagement, *words: str) -> None:
    """A quiet word to a coach whose words touch something that the two agreed to leave alone."""
    said = reminder(" ".join(words), engagement, request.user)
    if said:
        messages.info(request, said)
