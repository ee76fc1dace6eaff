"""Signing in by a practice's own service: there, back, and what is said to those who are not known."""

from allauth.account.decorators import reauthentication_required
from allauth.core.internal.ratelimit import consume
from allauth.core.ratelimit import respond_429
from allauth.socialaccount.models import SocialAccount, SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from .door import change_locks
from .provider import COMPANY, Company
from .visit import Visit


@require_safe
def company_door(request: HttpRequest) -> HttpResponse:
    """On to the service; where none is named there is no such page."""
    return _through(OAuth2LoginView, request)


@require_safe
def company_back(request: HttpRequest) -> HttpResponse:
    """Back from the service."""
    return _through(OAuth2CallbackView, request)


def _through(step: type, request: HttpRequest) -> HttpResponse:
    if not consume(request, app="allauth.account", action="login", limit_get=True):
        return respond_429(request)
    try:
        return step.adapter_view(Company(request, COMPANY))(request)  # type: ignore[attr-defined]
    except SocialApp.DoesNotExist:
        raise Http404 from None
    except OAuth2Error:
        return render(request, "socialaccount/authentication_error.html", status=401)


@require_safe
def company_unknown(request: HttpRequest) -> HttpResponse:
    """For whoever is not known here by that identity, or changed their mind on the way."""
    return render(request, "people/company_unknown.html")


@login_required
@require_POST
@reauthentication_required
def company_part(request: Visit) -> HttpResponse:
    """Do without the service from now on."""
    if SocialAccount.objects.filter(user=request.user, provider=COMPANY).delete()[0]:
        change_locks(request, request.user, "company sign-in parted")
        messages.success(request, "That service opens nothing here any more.")
    return redirect("ways_in")
