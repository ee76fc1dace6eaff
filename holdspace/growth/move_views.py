"""Answering a wish for another day, and ticking off steps."""

import uuid

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from holdspace.people.visit import Visit

from .commitment_views import do
from .models import Move, Step


def find_move(request: Visit, pk: uuid.UUID) -> Move:
    """A wish between this person and another, or 404."""
    return get_object_or_404(Move.objects.visible_to(request.user), pk=pk)


def find_step(request: Visit, pk: uuid.UUID) -> Step:
    """A step of a promise between this person and another, or 404."""
    return get_object_or_404(Step.objects.visible_to(request.user), pk=pk)


@login_required
@require_POST
def agree_move(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """The new day is fine."""
    move = find_move(request, pk)
    return do(request, move.commitment, lambda: move.agree(by=request.user))


@login_required
@require_POST
def decline_move(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """Rather keep the day."""
    move = find_move(request, pk)
    return do(request, move.commitment, lambda: move.decline(by=request.user))


@login_required
@require_POST
def withdraw_move(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """Take one's own wish back."""
    move = find_move(request, pk)
    return do(request, move.commitment, lambda: move.withdraw(by=request.user))


@login_required
@require_POST
def tick_step(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """Done."""
    step = find_step(request, pk)
    return do(request, step.commitment, lambda: step.tick(by=request.user))


@login_required
@require_POST
def untick_step(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """Not done after all."""
    step = find_step(request, pk)
    return do(request, step.commitment, lambda: step.untick(by=request.user))


@login_required
@require_POST
def remove_step(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """Off the list."""
    step = find_step(request, pk)
    return do(request, step.commitment, lambda: step.remove(by=request.user))
