"""The pact: read, proposed, signed by both, withdrawn, printed."""

import uuid
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from holdspace.letters.models import NotByEmail
from holdspace.people.models import User
from holdspace.people.visit import Visit

from .changes import Change, changes
from .forms import PactForm, SignForm, WordsForm
from .models import Engagement, NotOpen, NotTheText, NotYetAccepted, Over, Pact, PactTemplate, Signature
from .paper import NoPaper, pdf
from .propose import names_in, propose, starting_words, words_of
from .readers import Readers
from .sign import ask_to_sign, sign

OVER = "This work has ended, so nothing new is agreed on. What was agreed stays readable here."
NOT_YET = "The invitation hasn't been accepted yet. An agreement comes after that."
NOT_OPEN = "This proposal was withdrawn or replaced meanwhile, so nothing was signed. Here is how things stand."
BROKEN = "This text and its fingerprint don't fit together any more, so nothing was signed. Propose it afresh."


def find_engagement(person: User, pk: uuid.UUID) -> Engagement:
    """An engagement this person is one of the two in, or 404."""
    found = Engagement.objects.visible_to(person).between(person).select_related("practice")
    return get_object_or_404(found, pk=pk)


def find_pact(person: User, pk: uuid.UUID) -> Pact:
    """A version of one's own pact, or 404."""
    return get_object_or_404(Pact.objects.visible_to(person), pk=pk)


def in_force(engagement: Engagement, person: User) -> Pact | None:
    """The version both signed last."""
    return Pact.objects.visible_to(person).signed().filter(engagement=engagement).first()


def shown(pact: Pact, person: User) -> dict[str, Any]:
    """What the page of one version shows to one of the two."""
    engagement = pact.engagement
    signatures = list(Signature.objects.visible_to(person).filter(pact=pact))
    before = Pact.objects.visible_to(person).signed().filter(engagement=engagement, number__lt=pact.number).first()
    return {
        "pact": pact,
        "engagement": engagement,
        "signatures": signatures,
        "signed": any(one.person_id == person.pk for one in signatures),
        "client_signed": any(one.person_id == engagement.client_id for one in signatures),
        "is_coach": person.pk == engagement.coach_id,
        "before": before,
        "changed": changed(before, pact),
        "proposer": "you" if pact.proposed_by_id == person.pk else engagement.name_of(pact.proposed_by_id),
        "other": engagement.other_name(person),
        "readers": Readers(engagement, person),
    }


def changed(before: Pact | None, pact: Pact) -> list[Change]:
    """What is different from the version before."""
    return changes(before.sections, pact.sections) if before else []


@login_required
@require_safe
def agreement(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """What the two agreed on, what is proposed, and the versions before."""
    engagement = find_engagement(request.user, pk)
    versions = list(Pact.objects.visible_to(request.user).filter(engagement=engagement).order_by("-number"))
    now = next((pact for pact in versions if pact.in_force_at), None)
    context = {
        "engagement": engagement,
        "other": engagement.other_name(request.user),
        "readers": Readers(engagement, request.user),
        "is_coach": engagement.coach_id == request.user.pk,
        "open": next((pact for pact in versions if pact.is_open), None),
        "now": now,
        "earlier": [pact for pact in versions if pact != now and not pact.is_open],
        "signatures": Signature.objects.visible_to(request.user).filter(pact=now) if now else [],
    }
    return render(request, "engagements/agreement.html", context)


@login_required
@require_safe
def pact_page(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """One version: what it says, what it changes, who signed it."""
    pact = find_pact(request.user, pk)
    return render(request, "engagements/pact.html", shown(pact, request.user) | {"form": SignForm()})


@login_required
def propose_pact(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """Write a version and put it before both."""
    engagement = find_engagement(request.user, pk)
    names = names_in(engagement)
    form = PactForm(request.POST or None, names=names, initial=_starting(request, engagement))
    if request.method == "POST" and form.is_valid():
        try:
            pact = propose(engagement, form.words, form.settings, by=request.user)
        except Over:
            form.add_error(None, OVER)
        except NotYetAccepted:
            form.add_error(None, NOT_YET)
        else:
            messages.success(
                request, "Here it is as it will be signed. Read it through once more, then put your name under it."
            )
            return redirect("pact", pact.pk)
    templates = PactTemplate.objects.visible_to(request.user).by_name()
    context = {"form": form, "engagement": engagement, "other": engagement.other_name(request.user)}
    context |= {"templates": templates, "is_coach": engagement.coach_id == request.user.pk}
    return render(request, "engagements/propose.html", context)


def _starting(request: Visit, engagement: Engagement) -> dict[str, Any]:
    latest = Pact.objects.visible_to(request.user).filter(engagement=engagement).order_by("-number").first()
    chosen = request.GET.get("from", "")
    if latest is not None and not chosen:
        said = latest.settings | {"off_limits": "\n".join(latest.settings["off_limits"])}
        return WordsForm.said(words_of(latest)) | said
    template = PactTemplate.objects.visible_to(request.user).filter(name=chosen, practice=engagement.practice).first()
    usual = {"channels": ["email", "page"], "quiet_from": "20:00", "quiet_to": "08:00", "reply_hours": 48}
    usual |= {"transcript_days": 30, "notes_months": 12, "review_on": timezone.localdate() + timedelta(days=90)}
    return WordsForm.said(starting_words(engagement, template)) | usual


@login_required
@require_POST
def sign_pact(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """Put one's name under a version."""
    pact = find_pact(request.user, pk)
    form = SignForm(request.POST)
    if not form.is_valid():
        return render(request, "engagements/pact.html", shown(pact, request.user) | {"form": form}, status=422)
    try:
        sign(pact, form.cleaned_data["name"], by=request.user)
    except NotOpen:
        messages.info(request, NOT_OPEN)
    except NotTheText:
        messages.warning(request, BROKEN)
    except Over:
        messages.info(request, OVER)
    else:
        messages.success(request, say_signed(pact, request.user))
    return redirect("pact", pact.pk)


def say_signed(pact: Pact, person: User) -> str:
    """What follows from a signature."""
    if pact.in_force_at:
        return "Both of you have signed. This is your agreement from now on."
    return f"Signed. It counts once {pact.engagement.other_name(person)} has signed, too."


@login_required
@require_POST
def withdraw_pact(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """Take a proposal off the table."""
    pact = find_pact(request.user, pk)
    pact.withdraw(by=request.user)
    if pact.withdrawn_at:
        messages.success(request, "Withdrawn. Nothing else has changed.")
    return redirect("agreement", pact.engagement_id)


@login_required
@require_POST
def ask_to_sign_here(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """Make the link by which the client can read and sign without an account; shown once, or sent by letter."""
    pact = get_object_or_404(Pact.objects.visible_to(request.user).open().filter(engagement__coach=request.user), pk=pk)
    first = pact.engagement.first
    post = "letter" in request.POST and bool(pact.engagement.client.email)
    try:
        address = ask_to_sign(pact, post=post)
    except NotByEmail:
        messages.info(request, "The two of you agreed not to write by e-mail. Make a link and pass it on.")
    except (Over, NotYetAccepted) as refusal:
        messages.info(request, OVER if isinstance(refusal, Over) else NOT_YET)
    else:
        if not post:
            context = {"pact": pact, "first": first, "address": address}
            return render(request, "engagements/pact_link.html", context)
        messages.success(request, f"A letter to {first} is on its way.")
    return redirect("pact", pact.pk)


@login_required
@require_safe
def print_pact(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """One version as it lies on paper."""
    return render(request, "engagements/paper.html", shown(find_pact(request.user, pk), request.user))


@login_required
@require_safe
def pact_pdf(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """The same page as a file; where this server can't make one, the page that prints."""
    pact = find_pact(request.user, pk)
    return as_file(request, shown(pact, request.user))


def as_file(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """A version as PDF, or the page to print with a word on why."""
    try:
        made = pdf("engagements/paper.html", context)
    except NoPaper:
        return render(request, "engagements/paper.html", context | {"no_pdf": True})
    answer = HttpResponse(made, content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'attachment; filename="agreement-{context["pact"].number}.pdf"'
    return answer
