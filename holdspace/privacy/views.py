"""What we hold about you, taking a copy of it, and having it erased."""

import uuid

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from holdspace.engagements.models import Engagement
from holdspace.people.models import User, digest
from holdspace.people.views import dead_link
from holdspace.people.visit import Visit

from .archive import Archive, OwnArchive
from .ask import note_copy
from .erase import StillWorking, may_erase, refuse_working
from .forgetting import forget_engagement, forget_person, preview, staying
from .fresh import freshly
from .held import Held, held_about
from .holdings import holding_of
from .models import Request
from .pack import pack

STILL_WORKING = (
    "You still coach somebody here. End that work first, so that nobody loses theirs unasked. Nothing was erased."
)


@login_required
@require_safe
def held(request: Visit) -> HttpResponse:
    """What we hold about you, why, and for how long."""
    mine = Engagement.objects.visible_to(request.user).of_client(request.user).order_by("started_on")
    return render(request, "privacy/held.html", {"held": held_about(request.user), "engagements": mine})


@freshly
@require_POST
def take_copy(request: Visit) -> StreamingHttpResponse:
    """All of it as one file, packed while it is sent."""
    archive = OwnArchive(request.user)
    with transaction.atomic():
        archive.leave_trace()
        note_copy(archive)
    return as_file(archive)


def as_file(archive: Archive) -> StreamingHttpResponse:
    """An archive on its way to whoever asked for it."""
    answer = StreamingHttpResponse(pack(archive), content_type="application/zip")
    name = f"holdspace-{timezone.localdate():%Y-%m-%d}.zip"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@login_required
@require_safe
def erase_me(request: Visit) -> HttpResponse:
    """Before anything goes: what would go, what stays and why."""
    context = {"going": preview(request.user), "staying": staying(), "live": _still_working(request.user)}
    return render(request, "privacy/erase.html", context)


@freshly
@require_POST
def erase_me_now(request: Visit) -> HttpResponse:
    """All of it goes, and every browser is signed out; what is left is the receipt."""
    person = User.objects.get(pk=request.user.pk)
    if _still_working(person):
        messages.error(request, STILL_WORKING)
        return redirect("erase_me")
    logout(request)
    return redirect("receipt", forget_person(person).token)


@login_required
@require_safe
def erase_engagement(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """Before one engagement goes: what would go, what stays and why."""
    engagement = find_to_erase(request.user, pk)
    context = {"engagement": engagement, "going": preview(request.user, engagement), "staying": staying()}
    return render(request, "privacy/erase_engagement.html", context | {"other": engagement.other_name(request.user)})


@freshly
@require_POST
def erase_engagement_now(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """One engagement goes, for both."""
    return redirect("receipt", forget_engagement(find_to_erase(request.user, pk), by=request.user).token)


def receipt(request: HttpRequest, token: str) -> HttpResponse:
    """What went, for whoever holds the link; it names nobody."""
    found = Request.objects.access_system("whoever holds the receipt").filter(digest=digest(token)).first()
    if found is None:
        return dead_link(request)
    gone = [Held(holding_of(label), many) for label, many in found.counts.items()]
    return render(request, "privacy/receipt.html", {"receipt": found, "gone": gone, "staying": staying()})


def find_to_erase(person: User, pk: uuid.UUID) -> Engagement:
    """An engagement that this person can have erased, or 404."""
    engagement = get_object_or_404(Engagement.objects.visible_to(person), pk=pk)
    if not may_erase(engagement, person):
        raise Http404
    return engagement


def _still_working(person: User) -> bool:
    try:
        refuse_working(person)
    except StillWorking:
        return True
    return False
