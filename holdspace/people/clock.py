"""Every page for the reader who asks, in their own time zone."""

from collections.abc import Callable

from django.contrib.auth.middleware import get_user
from django.http import HttpRequest, HttpResponse
from django.utils import timezone


class OwnTime:
    """Shows times in the zone of whoever is signed in."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer in the reader's zone; who reads is asked for here once, not anew wherever a page names them."""
        request.user = get_user(request)
        zone = request.user.zone if request.user.is_authenticated else None
        with timezone.override(zone):
            return self.answer(request)
