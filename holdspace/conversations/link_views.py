"""One-tap links about consent: a GET shows, a POST acts, and no account is needed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from holdspace.people.models import BadLink, Link
from holdspace.people.views import dead_link

from .consent import agree, withdraw
from .models import Session


def find_session(link: Link) -> Session:
    """The session a link is about, seen as the person it was made for; BadLink when it is gone."""
    session = Session.objects.visible_to(link.person).filter(pk=link.about).first()
    if session is None:
        raise BadLink
    return session


def consent_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """The client reads what is asked, and says yes, or closes the page."""
    try:
        link = Link.find(token, Link.Purpose.CONSENT)
        session = find_session(link)
        if request.method != "POST":
            return render(request, "conversations/consent_by_link.html", {"session": session})
        back = agree(session, by=link.person, link=link)
    except BadLink:
        return dead_link(request)
    address = request.build_absolute_uri(reverse("withdraw_by_link", args=[back]))
    return render(request, "conversations/consent_given.html", {"session": session, "address": address})


def withdraw_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """The client takes the yes back, without signing in and without a reason."""
    try:
        link = Link.find(token, Link.Purpose.WITHDRAW)
        session = find_session(link)
        if request.method != "POST":
            return render(request, "conversations/withdraw_by_link.html", {"session": session})
        withdraw(session, by=link.person, link=link)
    except BadLink:
        return dead_link(request)
    return render(request, "conversations/withdrawn.html", {"session": session})
