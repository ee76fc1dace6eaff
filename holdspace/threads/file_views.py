"""Files that came with a message: handed over as a file, never opened by the house."""

import uuid
from functools import partial

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from holdspace.engagements.models import Engagement
from holdspace.people.models import User
from holdspace.people.visit import Visit
from holdspace.shell.headers import POLICY
from holdspace.vault import trail

from .files import TYPES
from .models import Attachment
from .views import at_the_end, find_engagement, with_draft


@login_required
@require_safe
def attachment(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """One file, for whoever may read what it came with; that the other took it leaves a trace."""
    found = Attachment.objects.visible_to(request.user).select_related("message", "draft", "engagement__key__parent")
    file = get_object_or_404(found, pk=pk)
    engagement = file.engagement
    writer = (file.message or file.draft).writer_id  # type: ignore[union-attr]
    if writer != request.user.pk:
        trail.leave_read(
            file,
            by=request.user,
            practice_id=engagement.practice_id,
            subject_id=writer,
            engagement_id=engagement.pk,
        )
    answer = HttpResponse(file.content, content_type=TYPES[Attachment.Kind(file.kind)])
    answer.headers["Content-Disposition"] = content_disposition_header(True, file.name) or "attachment"
    answer.headers["Content-Security-Policy"] = f"{POLICY}; sandbox"
    return answer


def find_waiting(person: User, pk: uuid.UUID) -> Attachment:
    """A file that waits with what this person is writing, or 404."""
    waiting = Attachment.objects.visible_to(person).filter(draft__writer=person)
    return get_object_or_404(waiting.defer("content"), pk=pk)


def of_file(person: User, pk: uuid.UUID) -> Engagement:
    """In whose thread it waits, or 404."""
    return find_engagement(person, find_waiting(person, pk).engagement_id)


@login_required
@require_POST
@partial(with_draft, of=of_file)
def remove_attachment(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """Leave a file out of what is being written."""
    file = find_waiting(request.user, pk)
    engagement = file.engagement
    Attachment.objects.access_system("its writer leaves it out").filter(pk=file.pk).delete()
    return redirect(at_the_end(engagement))
