"""A fresh look at who is there, before a whole archive is handed over or anything is erased."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from holdspace.people.visit import Visit

FRESH = 15 * 60
"""Seconds for which somebody without a password counts as there after signing in by code."""
View = Callable[..., HttpResponseBase]


def freshly(view: View) -> View:
    """Ask for the password again (or a second factor); who has none signs in again by a code."""
    asked = reauthentication_required(view)

    @login_required
    @wraps(view)
    def seen(request: Visit, *given: Any, **named: Any) -> HttpResponseBase:
        if request.user.has_usable_password() or signed_in_lately(request):
            return asked(request, *given, **named)  # type: ignore[no-any-return]
        logout(request)
        messages.info(request, "To be sure that it is you, sign in once more with a fresh code.")
        return redirect(f"{reverse('account_request_login_code')}?{urlencode({'next': reverse('held')})}")

    return seen


def signed_in_lately(request: Visit) -> bool:
    """Whether this browser's sign-in is a few minutes old at most."""
    times = [record.get("at", 0) for record in get_authentication_records(request, request.user)]
    return time.time() - max(times, default=0) < FRESH
