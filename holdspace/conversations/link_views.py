"""One-tap links about consent: a GET shows, a POST acts, and no account is needed."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from holdspace.engagements.hand_over import answer_as_client
from holdspace.engagements.models import Consent, Handover, NoConsent, Pact
from holdspace.people.models import BadLink, Link, User
from holdspace.people.views import dead_link
from holdspace.shell.templatetags.shell import day

from .consent import agree, keys_for, withdraw
from .following import derived_from
from .forms import TakeBackForm
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
            context = {"session": session, "mine": keys_for(session, person).of(person), "token": token}
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


OF_CLIENTS = (Link.Purpose.CONSENT, Link.Purpose.WITHDRAW, Link.Purpose.PACT, Link.Purpose.COPY)
"""Links that only a client gets, about a session or an agreement of theirs."""


def said_yes_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """What the client of a link said yes to in that work, and taking it back: every page of theirs leads here.

    Taking back must be as easy as giving, so any live link of theirs is enough, and it isn't used up by it.
    """
    try:
        link = Link.find_any(token, OF_CLIENTS)
        person, engagement_id = _client_of(link)
    except BadLink:
        return dead_link(request)
    form = TakeBackForm(request.POST or None)
    taken = _take_back(Given(person, engagement_id), form, person) if form.is_valid() else None
    context = {"given": Given(person, engagement_id), "taken": taken}
    return render(request, "conversations/said_yes_by_link.html", context)


class Given:
    """Everything in one work that its client's yes stands under now."""

    def __init__(self, client: User, engagement_id: uuid.UUID) -> None:
        mine = Consent.objects.visible_to(client).live().given_by(client).filter(engagement=engagement_id)
        consents = list(mine.select_related("engagement__coach"))
        self.to_all = {one.pk: one for one in consents if one.scope is None}
        about = Session.objects.visible_to(client).filter(engagement=engagement_id)
        self.sessions = about.in_bulk([one.scope for one in consents if one.scope])
        released = Handover.objects.visible_to(client).standing().filter(engagement=engagement_id)
        self.released = released.filter(engagement__client=client, agreed_at__isnull=False).in_bulk()

    @property
    def latest(self) -> list[Session]:
        """The sessions with a yes, the latest first."""
        return sorted(self.sessions.values(), key=lambda one: one.starts_at, reverse=True)


def _take_back(given: Given, form: TakeBackForm, client: User) -> str | None:
    """Take back the one that was named, and say what is gone by it; None when it doesn't stand."""
    said = form.cleaned_data
    if session := given.sessions.get(said["session"]):
        withdraw(session, by=client)
        return f"nothing of the transcript of {day(session.starts_at)} is kept any more"
    if consent := given.to_all.get(said["consent"]):
        consent.withdraw(by=client)
        return f"nobody may {consent.get_purpose_display()} without asking you anew"
    if handover := given.released.get(said["handover"]):
        answer_as_client(handover, yes=False, kinds=[], by=client)
        return f"{handover.successor.first} can read nothing of it"
    return None


def _client_of(link: Link) -> tuple[User, uuid.UUID]:
    """The client a link was made for, and the work it is about; BadLink when it is gone, or isn't its client's."""
    noun: type[Session] | type[Pact] = Pact if link.purpose in (Link.Purpose.PACT, Link.Purpose.COPY) else Session
    found = noun.objects.visible_to(link.person).filter(pk=link.about) if link.person and link.about else None
    about = found.filter(engagement__client=link.person).first() if found is not None else None
    if link.person is None or about is None:
        raise BadLink
    return link.person, about.engagement_id
