"""What we hold about you, and taking a copy of it."""

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from holdspace.people.visit import Visit

from .archive import OwnArchive
from .ask import note_copy
from .fresh import freshly
from .held import held_about
from .pack import pack


@login_required
@require_GET
def held(request: Visit) -> HttpResponse:
    """What we hold about you, why, and for how long."""
    return render(request, "privacy/held.html", {"held": held_about(request.user)})


@freshly
@require_POST
def take_copy(request: Visit) -> StreamingHttpResponse:
    """All of it as one file, packed while it is sent."""
    archive = OwnArchive(request.user)
    with transaction.atomic():
        archive.leave_trace()
        note_copy(archive)
    answer = StreamingHttpResponse(pack(archive), content_type="application/zip")
    name = f"holdspace-{timezone.localdate():%Y-%m-%d}.zip"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
