"""Is it still you? For those with neither password nor second factor: a code to their own address."""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.views import BaseReauthenticateView
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect

from .code import Purpose, StaleCode, TooMany, WrongCode, awaited, check_code, send_code
from .forms import CodeForm
from .visit import Visit

AGAIN = Purpose("again", "It shows that it is still you, before a weighty step.")


class Again(BaseReauthenticateView):
    """Sends the code when asked to, and takes it; what was interrupted goes on afterwards."""

    form_class = CodeForm
    template_name = "people/again.html"

    def post(self, request: Visit, *args: Any, **kwargs: Any) -> HttpResponse:
        """Send a code, or look at the one that was typed."""
        if "send" not in request.POST:
            return super().post(request, *args, **kwargs)
        try:
            send_code(request, AGAIN, request.user.email or "")
        except TooMany:
            form = self.get_form_class()()
            return self.render_to_response(self.get_context_data(form=form, too_many=True))
        return redirect(request.get_full_path())

    def form_valid(self, form: CodeForm) -> HttpResponse:
        """Go on with what was interrupted."""
        try:
            address = check_code(self.request, AGAIN, form.cleaned_data["code"])
        except (WrongCode, StaleCode) as trouble:
            form.refuse(trouble)
            return self.form_invalid(form)
        record_authentication(self.request, self.request.user, method="code", email=address, reauthenticated=True)
        return super().form_valid(form)

    def get_context_data(self, **given: Any) -> dict[str, Any]:
        """Whether a code is on its way."""
        return super().get_context_data(**given) | {"sent_to": awaited(self.request, AGAIN)}


again = login_required(Again.as_view())
