"""The door: who may come in, and the doors they find inside."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from .models import Seat


class Door(DefaultAccountAdapter):
    """Nobody signs up by themselves: people come in by first run or by their coach."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Closed, always."""
        return False


def doors(request: HttpRequest) -> dict[str, Any]:
    """The words at the top of each page, asked for only when a page shows them."""
    return {"doors": SimpleLazyObject(lambda: _doors(request))}


def _doors(request: HttpRequest) -> list[tuple[str, str]]:
    if not request.user.is_authenticated:
        return []
    coach = Seat.objects.visible_to(request.user).filter(user=request.user, left_at=None, role=Seat.Role.COACH)
    words = (
        [("Today", "today"), ("Clients", "clients"), ("You", "me")]
        if coach.exists()
        else [("Home", "today"), ("You", "me")]
    )
    return [(word, reverse(name)) for word, name in words]
