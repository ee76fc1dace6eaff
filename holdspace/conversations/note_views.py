"""Notes: writing, changing, sharing, deleting and bringing back."""

import uuid
from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from holdspace.engagements.offlimits import topics_of
from holdspace.people.models import User
from holdspace.people.visit import Visit

from .forms import NoteForm
from .models import Note, Session
from .views import find_session, keep_note, remind, show, with_note


def find_note(person: User, pk: uuid.UUID) -> Note:
    """A note this person wrote, or 404."""
    return get_object_or_404(Note.objects.visible_to(person).written_by(person), pk=pk)


def session_of(person: User, pk: uuid.UUID) -> Session:
    """The session about which this person wrote a note, or 404."""
    return find_session(person, find_note(person, pk).session_id)


with_the_note = partial(with_note, of=session_of)


def answer(request: Visit, note: Note) -> HttpResponse:
    """The part that htmx asked for, or the page it stands on."""
    if request.headers.get("HX-Request"):
        return render(request, "conversations/_some_notes.html", {"notes": [note]})
    return redirect(f"{note.session.get_absolute_url()}#note-{note.pk}")


@login_required
@require_POST
def add_note(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """Write a note about a session, for oneself."""
    session = find_session(request.user, pk)
    form = NoteForm(request.POST)
    note = keep_note(session, form, by=request.user)
    if note is None:
        return show(request, session, note_form=form)
    remind(request, session.engagement, note.text)
    return redirect(f"{session.get_absolute_url()}#note-{note.pk}")


@login_required
def edit_note(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """Write a note anew."""
    note = find_note(request.user, pk)
    form = NoteForm(request.POST or None, initial={"note": note.text, "once": note.pk})
    if request.method == "POST" and form.is_valid():
        note.edit(form.cleaned_data["note"], by=request.user)
        remind(request, note.session.engagement, note.text)
        return redirect(f"{note.session.get_absolute_url()}#note-{note.pk}")
    context = {"form": form, "note": note, "off_limits": topics_of(note.session.engagement, request.user)}
    return render(request, "conversations/edit_note.html", context)


@login_required
def choose_readers(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """Say who can read a note; the page says who will before anything changes."""
    note = find_note(request.user, pk)
    wanted = request.POST.get("readers", "")
    if request.method != "POST" or wanted not in ("both", "me"):
        return render(request, "conversations/note_readers.html", {"note": note})
    if wanted == "both":
        note.share(by=request.user)
        messages.success(request, f"{note.other} can read that note from now on.")
    else:
        note.unshare(by=request.user)
        messages.success(request, "Only you can read that note now.")
    return redirect(f"{note.session.get_absolute_url()}#note-{note.pk}")


@login_required
@require_POST
@with_the_note
def delete_note(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """Delete a note; for a week it can be brought back."""
    note = find_note(request.user, pk)
    note.delete_softly(by=request.user)
    return answer(request, note)


@login_required
@require_POST
@with_the_note
def restore_note(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """Bring a deleted note back."""
    note = find_note(request.user, pk)
    note.restore(by=request.user)
    return answer(request, note)
