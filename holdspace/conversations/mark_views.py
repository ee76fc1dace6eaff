"""Answering what was found: accept, edit, dismiss, undo."""

import uuid
from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from holdspace.engagements.models import NotYetAccepted, Over
from holdspace.people.models import User
from holdspace.people.visit import Visit

from .forms import MarkForm
from .models import InUse, Mark, Session
from .page import ShownMark
from .views import find_session, with_note


def find_mark(person: User, pk: uuid.UUID) -> Mark:
    """A mark that is this person's to answer, or 404."""
    return get_object_or_404(Mark.objects.visible_to(person).coached_by(person), pk=pk)


def session_of(person: User, pk: uuid.UUID) -> Session:
    """The session in which a mark of this person's to answer was found, or 404."""
    return find_session(person, find_mark(person, pk).transcript.session_id)


with_the_note = partial(with_note, of=session_of)
IN_USE = "This promise is in use by now, so its answer here stays. On the page of your promises you can let it go."
NOT_NOW = "Nothing new begins before the invitation is accepted, nor after the work has ended. Nothing was changed."


def answer(request: Visit, mark: Mark, form: MarkForm | None = None, refusal: str = "") -> HttpResponse:
    """The part that htmx asked for, or the page it stands on."""
    if request.headers.get("HX-Request"):
        context = {"mark": ShownMark.of(mark), "editing": form, "refusal": refusal}
        return render(request, "conversations/_mark.html", context)
    if refusal:
        messages.info(request, refusal)
    return redirect(f"{mark.transcript.session.get_absolute_url()}#mark-{mark.pk}")


def do(request: Visit, mark: Mark, deed: Callable[[], None]) -> HttpResponse:
    """Answer it so; where what became of it refuses, say why and show it as it is."""
    try:
        deed()
    except ObjectDoesNotExist:
        raise Http404 from None
    except (InUse, Over, NotYetAccepted) as refused:
        return answer(
            request, find_mark(request.user, mark.pk), None, IN_USE if isinstance(refused, InUse) else NOT_NOW
        )
    return answer(request, mark)


@login_required
@require_POST
@with_the_note
def accept(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """Yes, it is one."""
    mark = find_mark(request.user, pk)
    return do(request, mark, lambda: mark.accept(by=request.user))


@login_required
@require_POST
@with_the_note
def dismiss(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """No, it isn't one."""
    mark = find_mark(request.user, pk)
    return do(request, mark, lambda: mark.dismiss(by=request.user))


@login_required
@require_POST
@with_the_note
def reopen(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """Undo the answer."""
    mark = find_mark(request.user, pk)
    return do(request, mark, lambda: mark.reopen(by=request.user))


@login_required
def edit(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """Say it better, and accept it so."""
    mark = find_mark(request.user, pk)
    form = MarkForm(request.POST or None, initial=MarkForm.said_of(mark))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        words = (said["text"], said["owner"], said["due"])
        return do(request, mark, lambda: mark.edit(*words, by=request.user, due_on=said["due_on"]))
    if request.headers.get("HX-Request"):
        return answer(request, mark, form)
    return render(request, "conversations/edit_mark.html", {"mark": ShownMark.of(mark), "editing": form})
