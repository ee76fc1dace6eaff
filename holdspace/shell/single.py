"""A value that is due once and comes twice is refused: nobody can say which of them was meant."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest
from django.http.response import HttpResponseBase


class OneValueEach:
    """Looks at every name in the address and the form before any page does."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer as ever; the look is taken once the address is known."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> None:
        """Raise BadRequest for a name with several values, but for those that may have them."""
        for given in (request.GET, request.POST):
            if any(len(values) > 1 and name not in settings.SEVERAL_VALUES for name, values in given.lists()):
                raise BadRequest("a value was sent twice")
