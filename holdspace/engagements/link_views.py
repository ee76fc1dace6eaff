"""One-tap links between two people: a GET shows, a POST acts, and no account is needed."""

from allauth.account.utils import perform_login
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from holdspace.people.address import AddressTaken
from holdspace.people.code import Purpose, StaleCode, TooMany, WrongCode, awaited, check_code, send_code
from holdspace.people.forms import AddressForm, CodeForm
from holdspace.people.models import BadLink, Link, User
from holdspace.people.views import dead_link

from .begin import answer
from .forms import AnswerForm, SignForm
from .models import Engagement, NotOpen, NotTheText, NotYetAccepted, Over, Pact
from .own_page import find_engagement, take_address
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


def own_page(request: HttpRequest, token: str) -> HttpResponse:
    """A client without an address names one, proves it by a code, and from then on has a page of their own."""
    try:
        link = Link.find(token, Link.Purpose.JOIN)
        engagement = find_engagement(link)
    except BadLink:
        return dead_link(request)
    purpose = Purpose(f"own page {link.pk}", "It shows that this address is yours.")
    if "email" in request.POST:
        return _send_code(request, engagement, purpose, token)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            person = take_address(link, check_code(request, purpose, form.cleaned_data["code"]))
        except (WrongCode, StaleCode) as trouble:
            form.refuse(trouble)
        except AddressTaken:
            form.add_error(None, "Somebody here already signs in with that address. Name another, or ask your coach.")
        except BadLink:
            return dead_link(request)
        else:
            return perform_login(request, person, redirect_url=reverse("today"))
    sent_to = awaited(request, purpose)
    shown = form if sent_to or form.errors else AddressForm()
    context = {"engagement": engagement, "form": shown, "sent_to": sent_to, "token": token}
    return render(request, "engagements/own_page.html", context)


def _send_code(request: HttpRequest, engagement: Engagement, purpose: Purpose, token: str) -> HttpResponse:
    form = AddressForm(request.POST)
    if form.is_valid():
        try:
            send_code(request, purpose, form.cleaned_data["email"])
            return redirect(request.path)
        except TooMany:
            form.add_error("email", "Too many codes in a short time. Wait a minute, then try again.")
    context = {"engagement": engagement, "form": form, "token": token}
    return render(request, "engagements/own_page.html", context, status=422)


def find_invitation(link: Link) -> Engagement:
    """The invitation a link is about, while it waits for an answer; BadLink when it does not."""
    waiting = Engagement.objects.visible_to(link.person).inviting(link.person) if link.person else None
    engagement = waiting.select_related("practice").filter(pk=link.about).first() if waiting is not None else None
    if engagement is None:
        raise BadLink
    return engagement
