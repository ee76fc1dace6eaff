"""Answering what was found: accept, edit, dismiss, undo."""

import uuid

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from holdspace.people.models import User
from holdspace.people.visit import Visit

from .forms import MarkForm
from .models import Mark
from .page import ShownMark


def find_mark(person: User, pk: uuid.UUID) -> Mark:
    """A mark that is this person's to answer, or 404."""
    return get_object_or_404(Mark.objects.visible_to(person).coached_by(person), pk=pk)


def answer(request: Visit, mark: Mark, form: MarkForm | None = None) -> HttpResponse:
    """The part that htmx asked for, or the page it stands on."""
    if request.headers.get("HX-Request"):
        return render(request, "conversations/_mark.html", {"mark": ShownMark.of(mark), "editing": form})
    return redirect(f"{mark.transcript.session.get_absolute_url()}#mark-{mark.pk}")


@login_required
@require_POST
def accept(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """Yes, it is one."""
    mark = find_mark(request.user, pk)
    mark.accept(by=request.user)
    return answer(request, mark)


@login_required
@require_POST
def dismiss(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """No, it isn't one."""
    mark = find_mark(request.user, pk)
    mark.dismiss(by=request.user)
    return answer(request, mark)


@login_required
@require_POST
def reopen(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """Undo the answer."""
    mark = find_mark(request.user, pk)
    mark.reopen(by=request.user)
    return answer(request, mark)


@login_required
def edit(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """Say it better, and accept it so."""
    mark = find_mark(request.user, pk)
    form = MarkForm(request.POST or None, initial=MarkForm.said_of(mark))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        mark.edit(said["text"], said["owner"], said["due"], by=request.user, due_on=said["due_on"])
        return answer(request, mark)
    if request.headers.get("HX-Request"):
        return answer(request, mark, form)
    return render(request, "conversations/edit_mark.html", {"mark": ShownMark.of(mark), "editing": form})
