"""One-tap links between two people: a GET shows, a POST acts, and no account is needed."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from holdspace.people.models import BadLink, Link, User
from holdspace.people.views import dead_link

from .begin import answer
from .forms import AnswerForm, SignForm
from .models import Engagement, NotOpen, NotTheText, NotYetAccepted, Over, Pact
from .pact_views import as_file, shown
from .sign import copy_token, sign


def find_pact(link: Link) -> tuple[Pact, User]:
    """The version a link is about, and the person it was made for; BadLink when it is gone."""
    person = link.person
    pact = Pact.objects.visible_to(person).filter(pk=link.about).first() if person and link.about else None
    if person is None or pact is None:
        raise BadLink
    return pact, person


def sign_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """The client reads the whole text, and puts a name under it, or closes the page."""
    try:
        link = Link.find(token, Link.Purpose.PACT)
        pact, person = find_pact(link)
        if not pact.is_open:
            raise BadLink
        form = SignForm(request.POST or None)
        if request.method != "POST" or not form.is_valid():
            context = shown(pact, person) | {"form": form, "token": token}
            return render(request, "engagements/sign_by_link.html", context, status=422 if form.errors else 200)
        sign(pact, form.cleaned_data["name"], by=person, link=link)
    except (BadLink, NotOpen, NotTheText, NotYetAccepted, Over):
        return dead_link(request)
    copy = copy_token(pact, person)
    context = {"pact": pact, "engagement": pact.engagement, "other": pact.engagement.other_name(person)}
    context |= {"token": copy, "address": settings.ADDRESS + reverse("copy_by_link", args=[copy])}
    return render(request, "engagements/signed.html", context)


def copy_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """One's copy of the agreement: to read, to print, and as a file. Reading it twice harms nobody."""
    try:
        pact, person = find_pact(Link.find(token, Link.Purpose.COPY))
    except BadLink:
        return dead_link(request)
    context = shown(pact, person) | {"by_link": True, "token": token}
    if request.method == "POST":
        return as_file(request, context)
    return render(request, "engagements/paper.html", context)


def join_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Somebody is invited: who, what for, how privacy works; and their answer, yes or not for me."""
    try:
        link = Link.find(token, Link.Purpose.JOIN)
        engagement = find_invitation(link)
        form = AnswerForm(request.POST or None)
        if request.method != "POST" or not form.is_valid():
            return render(request, "engagements/join_by_link.html", {"engagement": engagement})
        answer(engagement, yes=form.yes, by=engagement.client, link=link)
    except BadLink:
        return dead_link(request)
    return render(request, "engagements/joined.html", {"engagement": engagement, "yes": form.yes})


def find_invitation(link: Link) -> Engagement:
    """The invitation a link is about, while it waits for an answer; BadLink when it does not."""
    waiting = Engagement.objects.visible_to(link.person).inviting(link.person) if link.person else None
    engagement = waiting.select_related("practice").filter(pk=link.about).first() if waiting is not None else None
    if engagement is None:
        raise BadLink
    return engagement
