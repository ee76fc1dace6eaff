"""Every page in the reader's own time zone."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone


class OwnTime:
    """Shows times in the zone of whoever is signed in."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer in the reader's zone."""
        zone = request.user.zone if request.user.is_authenticated else None
        with timezone.override(zone):
            return self.answer(request)
