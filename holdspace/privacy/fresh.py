"""A fresh look at who is there, before a whole archive is handed over or anything is erased."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.decorators import reauthentication_required
from django.contrib.auth.decorators import login_required
from django.http import HttpResponseBase

from holdspace.people.visit import Visit

View = Callable[..., HttpResponseBase]


def freshly(view: View) -> View:
    """For those who are signed in and have just shown once more that it is still them, in one way of theirs."""
    asked: View = reauthentication_required(view)

    @login_required
    @wraps(view)
    def seen(request: Visit, *given: Any, **named: Any) -> HttpResponseBase:
        return asked(request, *given, **named)

    return seen
