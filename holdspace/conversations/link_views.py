"""One-tap links about consent: a GET shows, a POST acts, and no account is needed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from holdspace.engagements.models import NoConsent, agreed_between
from holdspace.engagements.recording import may_look_through
from holdspace.people.models import BadLink, Link, User
from holdspace.people.views import dead_link

from .consent import agree, keys_for, withdraw
from .following import derived_from
from .models import Session


def find_session(link: Link) -> tuple[Session, User]:
    """The session a link is about, and the person it was made for; BadLink when it is gone."""
    person = link.person
    session = Session.objects.visible_to(person).filter(pk=link.about).first() if person and link.about else None
    if person is None or session is None:
        raise BadLink
    return session, person


def consent_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """The client reads what is asked, and says yes, or closes the page."""
    try:
        link = Link.find(token, Link.Purpose.CONSENT)
        session, person = find_session(link)
        if request.method != "POST":
            mine, looks = keys_for(session, person).of(person), may_look_through(agreed_between(session.engagement))
            context = {"session": session, "mine": mine, "looks_through": looks, "token": token}
            return render(request, "conversations/consent_by_link.html", context)
        back = agree(session, by=person, link=link)
    except (BadLink, NoConsent):
        return dead_link(request)
    address = request.build_absolute_uri(reverse("withdraw_by_link", args=[back]))
    return render(request, "conversations/consent_given.html", {"session": session, "address": address, "token": back})


def withdraw_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """The client takes the yes back, without signing in and without a reason."""
    try:
        link = Link.find(token, Link.Purpose.WITHDRAW)
        session, person = find_session(link)
        if request.method != "POST":
            context = {"session": session, "token": token, "promises": derived_from(session, person)}
            return render(request, "conversations/withdraw_by_link.html", context)
        withdraw(session, by=person, link=link)
    except BadLink:
        return dead_link(request)
    return render(request, "conversations/withdrawn.html", {"session": session})
