"""Drafting a short note on how it goes."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from holdspace.engagements.ending_views import find
from holdspace.people.visit import Visit
from holdspace.threads.models import DraftTooLong

from .road_views import kindly
from .update import NothingToTell, draft_update


@login_required
@require_POST
def begin_update(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """Draft it, and lead the coach to where they send it, change it or let it go."""
    engagement = find(request.user, pk)
    with kindly(request):
        try:
            draft_update(engagement, by=request.user)
            messages.success(request, "Drafted from what you both share. Nothing is sent until you send it.")
        except NothingToTell:
            messages.info(
                request, "There is nothing new that you both share: no promise kept or open, no goal seen anew."
            )
        except DraftTooLong:
            messages.info(request, "What you have begun to write is too long for more. Send it first, or shorten it.")
    return redirect(f"{reverse('thread', args=[engagement.pk])}#write")
