"""What a client released of earlier work, as their new coach reads it: agreement, dates, and single sessions."""

import uuid
from collections.abc import Sequence

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Model
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from holdspace.engagements.models import Handover, Kind, Pact, access_handed
from holdspace.people.models import User
from holdspace.people.visit import Visit
from holdspace.vault import trail

from .intake import spoken_in
from .models import Note, Session, Transcript


def find_handover(reader: User, **which: object) -> Handover:
    """One that opens something to this coach now, or 404."""
    return get_object_or_404(Handover.objects.visible_to(reader).read_by(reader), **which)


def note_reading(handover: Handover, reader: User, read: Sequence[Model], whose: uuid.UUID | None = None) -> None:
    """Every look leaves a trace for whoever's words they are; the client's, where nobody else is named."""
    engagement = handover.engagement
    about = {"practice_id": engagement.practice_id, "engagement_id": engagement.pk}
    trail.leave_read(read, by=reader, subject_id=whose or engagement.client_id, **about)


@login_required
@require_safe
def handed(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """What goes with every hand-over, and ways to what else was released."""
    found = find_handover(request.user, pk=pk)
    rows = access_handed(Session.objects.with_people(), request.user, "engagement").filter(engagement=found.engagement)
    page = Paginator(rows.newest_first(), 30).get_page(request.GET.get("page"))
    pacts = access_handed(Pact.objects.signed(), request.user, "engagement").filter(engagement=found.engagement)
    pact = pacts.select_related("engagement__key__parent").first()
    note_reading(found, request.user, [*([pact] if pact else []), found.engagement])
    context = {"handover": found, "engagement": found.engagement, "page": page, "pact": pact}
    return render(request, "conversations/handed.html", context)


@login_required
@require_safe
def handed_session(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """One earlier session: shared notes and the transcript, each as far as it was released."""
    reader = request.user
    session = get_object_or_404(access_handed(Session.objects.with_people(), reader, "engagement"), pk=pk)
    found = find_handover(reader, engagement=session.engagement_id)
    shared = access_handed(Note.objects.there(), reader, "session__engagement", Kind.NOTES).with_people()
    notes = list(shared.filter(session=session, shared_at__isnull=False).order_by("written_at", "pk"))
    kept = access_handed(Transcript.objects.all(), reader, "session__engagement", Kind.TRANSCRIPTS)
    transcript = kept.select_related("session__engagement__key__parent").filter(session=session).first()
    for writer in (session.engagement.client_id, session.engagement.coach_id):
        note_reading(found, reader, [note for note in notes if note.writer_id == writer], writer)
    note_reading(found, reader, [session, *([transcript] if transcript else [])])
    context = {"handover": found, "engagement": found.engagement, "session": session, "notes": notes}
    context |= {"transcript": transcript, "turns": spoken_in(transcript).turns if transcript else []}
    return render(request, "conversations/handed_session.html", context)
