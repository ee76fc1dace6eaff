"""Where a practice asks everyone with a seat for a second factor, nothing else opens before it is there."""

from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from .factors import FACTORS
from .models import User

OPEN = ("door/", "me/door/", "me/again/", "look/", "k/")
"""What stays open meanwhile: signing in and out, setting a factor up, and links that need no sign-in at all."""


class FactorFirst:
    """Leads whoever owes a second factor to where it is set up."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer as ever; the look is taken once the address is known."""
        return self.answer(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponse | None:
        """Instead of the page that was asked for: the way to the factor, as long as it is owed."""
        match = request.resolver_match
        if match is None or match.route.startswith(OPEN) or not request.user.is_authenticated:
            return None
        return redirect("ways_in") if owes_factor(request.user) else None


def owes_factor(person: User) -> bool:
    """Whether a practice where this person sits asks for a second factor that they don't have yet."""
    asked = any(seat.practice.factor_since for seat in person.live_seats)
    return asked and not Authenticator.objects.filter(user=person, type__in=FACTORS).exists()
