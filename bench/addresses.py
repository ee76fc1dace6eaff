"""The house's addresses and one more, which does nothing."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from holdspace.urls import handler500
from holdspace.urls import urlpatterns as house

__all__ = ["handler500", "urlpatterns"]


def nothing(request: HttpRequest) -> HttpResponse:
    """An empty page."""
    return HttpResponse()


urlpatterns = [path("nothing/", nothing), *house]
