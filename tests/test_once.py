"""The watch over pages sees a question asked once a row, and leaves deeds alone."""

import pytest
from django.contrib.auth.models import Permission
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from zeal.errors import NPlusOneError

from .once import ask_once

pytestmark = pytest.mark.django_db


def row_by_row(request: HttpRequest) -> HttpResponse:
    return HttpResponse(", ".join(one.content_type.app_label for one in Permission.objects.all()[:9]))


def at_once(request: HttpRequest) -> HttpResponse:
    few = Permission.objects.select_related("content_type")[:9]
    return HttpResponse(", ".join(one.content_type.app_label for one in few))


def test_row_by_row_is_seen(rf: RequestFactory) -> None:
    with pytest.raises(NPlusOneError):
        ask_once(row_by_row)(rf.get("/"))


def test_all_at_once_is_fine(rf: RequestFactory) -> None:
    assert ask_once(at_once)(rf.get("/")).content


def test_deeds_are_left_alone(rf: RequestFactory) -> None:
    assert ask_once(row_by_row)(rf.post("/")).content
