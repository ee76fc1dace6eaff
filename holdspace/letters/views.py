"""A person's own page about the mail they get."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from holdspace.people.visit import Visit

from .choose import choose
from .forms import WishForm
from .models import Returned, Wish


@login_required
def mail_wishes(request: Visit) -> HttpResponse:
    """How mail comes, and whether it arrives."""
    wish = Wish.of(request.user)
    said = {"words_inside": wish.words_since is not None, "daily_at": wish.daily_at}
    form = WishForm(request.POST if request.method == "POST" else None, initial=said)
    if request.method == "POST" and form.is_valid():
        choose(request.user, words=form.cleaned_data["words_inside"], daily_at=form.cleaned_data["daily_at"])
        messages.success(request, "Your mail comes that way from now on.")
        return redirect("mail_wishes")
    shown = {"form": form, "wish": wish, "returned": Returned.from_address_of(request.user)}
    return render(request, "letters/wishes.html", shown)


@login_required
@require_POST
def mail_works(request: Visit) -> HttpResponse:
    """One's own address takes mail again."""
    Returned.forget(request.user)
    messages.success(request, "Mail goes to your address again.")
    return redirect("mail_wishes")
