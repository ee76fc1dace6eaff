"""Files that came with a message: handed over as a file, never opened by the house."""

import uuid

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from holdspace.people.visit import Visit
from holdspace.shell.headers import POLICY
from holdspace.vault import trail

from .files import TYPES
from .models import Attachment
from .views import at_the_end


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


@login_required
@require_POST
def remove_attachment(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """Leave a file out of what is being written."""
    waiting = Attachment.objects.visible_to(request.user).filter(draft__writer=request.user)
    file = get_object_or_404(waiting.defer("content"), pk=pk)
    engagement = file.engagement
    Attachment.objects.access_system("its writer leaves it out").filter(pk=file.pk).delete()
    return redirect(at_the_end(engagement))
