"""The door: who may come in, what happens when its locks are changed, and the doors people find inside."""

import logging
import time
from smtplib import SMTPException
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse, ReauthenticationRequired
from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from .begin import is_empty
from .browsers import keep_this_browser
from .models import Seat, User

logger = logging.getLogger("holdspace.people")


class Door(DefaultAccountAdapter):
    """Nobody signs up by themselves: people come in by first run, by invitation or by their coach."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Closed, always."""
        return False

    def is_reauthentication_required(self, *, app: str, **more: Any) -> bool:
        """Always; whoever has neither password nor second factor proves it by a code to their address."""
        if not get_reauthentication_flows(context.request.user) and not came_by_code_lately(context.request):
            raise ReauthenticationRequired
        return super().is_reauthentication_required(app=app, **more)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """How this person can show that it is still them."""
        known = super().get_reauthentication_methods(user)
        if known or not user.is_authenticated:
            return known
        return [{"id": "code", "description": "A code to your address", "url": reverse("again")}]

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """A code, a link, a notice; when no mail leaves the house, one page says so and nothing half-done stays."""
        try:
            super().send_mail(template_prefix, email, context)
        except (OSError, SMTPException) as trouble:
            logger.warning("no mail leaves the house", exc_info=trouble)
            raise ImmediateHttpResponse(render(self.request, "account/no_mail.html", status=503)) from trouble

    def send_notification_mail(
        self, template_prefix: str, user: User, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """Every change of a password, an address or a factor passes here: other browsers are signed out first."""
        change_locks(self.request, user, template_prefix.rpartition("/")[2])
        super().send_notification_mail(template_prefix, user, context, email)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to how one signs in."""
        return reverse("ways_in")


def change_locks(request: HttpRequest, user: User, what: str) -> None:
    """Sign this person out of every browser but the one at hand, and note what was changed."""
    user.change_locks(what, by=user)
    if request.user.is_authenticated and request.user.pk == user.pk:
        keep_this_browser(request, user)


def came_by_code_lately(request: HttpRequest) -> bool:
    """Whether whoever is signed in here proved their address within the last minutes."""
    codes = [record for record in get_authentication_records(request, request.user) if record["method"] == "code"]
    return bool(codes) and time.time() - codes[-1]["at"] < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT


def doors(request: HttpRequest) -> dict[str, Any]:
    """The words at the top of each page, asked for only when a page shows them."""
    return {
        "doors": SimpleLazyObject(lambda: _doors(request)),
        "company": company(),
        "no_practice": SimpleLazyObject(is_empty),
    }


def company() -> str:
    """What the service is called by which people can sign in, if the host named one."""
    named: Any = settings.SOCIALACCOUNT_PROVIDERS.get("company")
    return str(named["APP"]["name"]) if named else ""


def _doors(request: HttpRequest) -> list[tuple[str, str]]:
    if not request.user.is_authenticated:
        return []
    seats = request.user.live_seats
    coach = any(seat.role == Seat.Role.COACH for seat in seats)
    owned = next((seat.practice_id for seat in seats if seat.role == Seat.Role.OWNER), None)
    words = [("Today", "today"), ("Clients", "clients")] if coach else [("Home", "today"), ("Who reads", "reads")]
    found = [(word, reverse(name)) for word, name in words]
    if owned is not None:
        found.append(("Practice", reverse("practice", args=[owned])))
    return [*found, ("Search", reverse("search")), ("You", reverse("me"))]
