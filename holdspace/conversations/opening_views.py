"""An owner opens one engagement for a day, reads it, and closes it again."""

import uuid

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Model
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from holdspace.engagements.models import Engagement
from holdspace.people.models import Practice, User
from holdspace.people.visit import Visit
from holdspace.vault import trail

from .forms import OpeningForm
from .intake import spoken_in
from .models import Note, Opening, Session, Transcript
from .open import NoSuchWork, open_to_owner

NOBODY = "This coach works with nobody of exactly that name or address. Nothing was opened."


def find_opening(owner: User, pk: uuid.UUID) -> Opening:
    """A live opening of this owner's, or 404."""
    return get_object_or_404(Opening.objects.visible_to(owner).live().asked_by(owner), pk=pk)


@login_required
@reauthentication_required
def openings(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """What this owner has opened, and opening something."""
    practice = get_object_or_404(Practice.objects.visible_to(request.user).owned_by(request.user), pk=pk)
    form = OpeningForm(request.POST or None, practice=practice)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            opening = open_to_owner(
                practice, said["of_coach"], said["named"], said["reason"], said["once"], by=request.user
            )
        except NoSuchWork:
            form.add_error("named", NOBODY)
        else:
            messages.info(request, "It is open to you for a day. Both of them have just been told.")
            return redirect("opening", opening.pk)
    mine = Opening.objects.visible_to(request.user).asked_by(request.user).filter(engagement__practice=practice)
    context = {"practice_here": practice, "form": form, "openings": mine.newest_first()[:20]}
    return render(request, "conversations/openings.html", context)


@login_required
@require_safe
def opening(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """The engagement as it is opened: what it is for, and its sessions."""
    found = find_opening(request.user, pk)
    there = Session.objects.access_opening(request.user).filter(engagement=found.engagement_id)
    sessions = list(there.newest_first()[:100])
    _note_reading(found.engagement, request.user, found.engagement.client_id, [found.engagement, *sessions])
    return render(
        request,
        "conversations/opening.html",
        {"opening": found, "engagement": found.engagement, "sessions": sessions},
    )


@login_required
@require_safe
def opened_session(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """One session of an opened engagement: what the two share, to read and nothing else."""
    session = get_object_or_404(Session.objects.access_opening(request.user), pk=pk)
    transcript = Transcript.objects.access_opening(request.user).filter(session=session).first()
    notes = list(Note.objects.access_opening(request.user).filter(session=session).order_by("written_at", "pk"))
    engagement = session.engagement
    for writer in (engagement.client_id, engagement.coach_id):
        read: list[Model] = [note for note in notes if note.writer_id == writer]
        if writer == engagement.client_id:
            read += [session, *([transcript] if transcript else [])]
        _note_reading(engagement, request.user, writer, read)
    if transcript is not None:
        transcript.session = session
    found = Opening.objects.visible_to(request.user).live().asked_by(request.user).filter(engagement=engagement)
    context = {
        "session": session,
        "opening": found.newest_first().first(),
        "notes": notes,
        "turns": spoken_in(transcript).turns if transcript else [],
    }
    return render(request, "conversations/opened_session.html", context)


def _note_reading(engagement: Engagement, reader: User, whose: uuid.UUID, read: list[Model]) -> None:
    trail.leave_read(read, by=reader, practice_id=engagement.practice_id, subject_id=whose, engagement_id=engagement.pk)


@login_required
@require_POST
def close_opening(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """End it early."""
    found = find_opening(request.user, pk)
    found.close(by=request.user)
    messages.success(request, "Closed. You can't read it any more.")
    return redirect("openings", found.engagement.practice_id)
