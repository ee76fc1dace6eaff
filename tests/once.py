"""A page that asks the database the same question once a row fails its test."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from zeal import zeal_context

Answer = Callable[[HttpRequest], HttpResponse]


def ask_once(answer: Answer) -> Answer:
    """Middleware that watches pages being read; deeds may take their rows one by one, each under its lock."""

    def watched(request: HttpRequest) -> HttpResponse:
        if request.method != "GET":
            return answer(request)
        with zeal_context():
            return answer(request)

    return watched
