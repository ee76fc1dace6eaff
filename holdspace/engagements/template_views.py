"""A practice's own starting words for its agreements: whoever owns it or coaches there may edit them."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from holdspace.people.models import Practice, Seat, User
from holdspace.people.visit import Visit

from .forms import TemplateForm, WordsForm
from .models import PactTemplate
from .wording import SECTIONS


def find_practice(person: User) -> Practice:
    """The practice this person owns or coaches in, or 404."""
    seats = Seat.objects.visible_to(person).filter(user=person, left_at=None).select_related("practice")
    seat = seats.filter(role__in=[Seat.Role.OWNER, Seat.Role.COACH]).order_by("taken_at").first()
    if seat is None:
        raise Http404
    return seat.practice


@login_required
@require_safe
def templates(request: Visit) -> HttpResponse:
    """The templates there are."""
    practice = find_practice(request.user)
    found = PactTemplate.objects.visible_to(request.user).filter(practice=practice).by_name()
    return render(request, "engagements/templates.html", {"templates": found})


@login_required
def add_template(request: Visit) -> HttpResponse:
    """A new one, beginning with the house's words."""
    template = PactTemplate(practice=find_practice(request.user))
    return write(request, template, {part.key: part.words for part in SECTIONS})


@login_required
def edit_template(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """Change one."""
    template = get_object_or_404(PactTemplate.objects.visible_to(request.user), pk=pk)
    return write(request, template, template.words)


def write(request: Visit, template: PactTemplate, words: dict[str, str]) -> HttpResponse:
    """The form of one template, and keeping it."""
    form = TemplateForm(request.POST or None, initial=WordsForm.said(words) | {"title": template.name})
    if request.method == "POST" and form.is_valid():
        others = (
            PactTemplate.objects.visible_to(request.user).filter(practice=template.practice).exclude(pk=template.pk)
        )
        if others.filter(name=form.cleaned_data["title"]).exists():
            form.add_error("title", "There is one of that name already. Choose another.")
        else:
            template.write(form.cleaned_data["title"], form.words, by=request.user)
            messages.success(request, "Kept. New agreements can start from it.")
            return redirect("pact_templates")
    return render(request, "engagements/template.html", {"form": form, "template": template})


@login_required
@require_POST
def remove_template(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """Forget one; agreements that began with it stay as they are."""
    template = get_object_or_404(PactTemplate.objects.visible_to(request.user), pk=pk)
    template.remove(by=request.user)
    messages.success(request, "Removed. Agreements that began with it stay as they are.")
    return redirect("pact_templates")
