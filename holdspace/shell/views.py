"""The one choice a person has about looks: light, dark, or as the device says."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from holdspace.shell.templatetags.shell import LOOKS

A_YEAR = 365 * 24 * 3600


@require_POST
def choose_look(request: HttpRequest) -> HttpResponse:
    """Keep the choice on this device and go back to the page it was made on."""
    back = request.POST.get("back", "/")
    answer = HttpResponseRedirect(back if url_has_allowed_host_and_scheme(back, {request.get_host()}) else "/")
    chosen = request.POST.get("look", "")
    if chosen in LOOKS:
        answer.set_cookie(
            "look", chosen, max_age=A_YEAR, secure=settings.SESSION_COOKIE_SECURE, samesite="Lax", httponly=True
        )
    else:
        answer.delete_cookie("look", samesite="Lax")
    return answer
