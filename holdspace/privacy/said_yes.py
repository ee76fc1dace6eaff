"""What one said yes to, and taking it back: signed in all of it, behind a link all of one work."""

import uuid

from django.contrib.auth.decorators import login_required
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from holdspace.conversations.consent import withdraw
from holdspace.conversations.models import Release, Session
from holdspace.engagements.hand_over import answer_as_client
from holdspace.engagements.models import Consent, Engagement, Handover, Pact
from holdspace.growth.models import Commitment, Moment
from holdspace.people.models import BadLink, Link, User
from holdspace.people.views import dead_link
from holdspace.people.visit import Visit
from holdspace.shell.templatetags.shell import day

from .forms import TakeBackForm
from .models import Window

OF_CLIENTS: dict[str, type[Model]] = {
    Link.Purpose.CONSENT: Session,
    Link.Purpose.WITHDRAW: Session,
    Link.Purpose.PACT: Pact,
    Link.Purpose.COPY: Pact,
    Link.Purpose.PROMISE: Commitment,
    Link.Purpose.MOMENT: Moment,
    Link.Purpose.HANDOVER: Handover,
    Link.Purpose.RELEASE: Release,
    Link.Purpose.JOIN: Engagement,
    Link.Purpose.YES: Engagement,
}
"""Links that a client gets about something of their work, and what that is; the coach of it gets some of them, too."""


class Given:
    """Everything that a person's yes stands under now: in all their work, or in one."""

    def __init__(self, person: User, engagement: Engagement | None = None) -> None:
        within = {} if engagement is None else {"engagement": engagement}
        mine = Consent.objects.visible_to(person).live().given_by(person).filter(**within)
        self.consents = list(mine.select_related("engagement__coach", "engagement__client"))
        about = Session.objects.visible_to(person).filter(**within)
        self.sessions = about.in_bulk([one.scope for one in self.consents if one.scope])
        self.said = [(one, self.sessions.get(one.scope), one.engagement.other_name(person)) for one in self.consents]
        own = within | {"engagement__client": person}
        released = Handover.objects.visible_to(person).standing().filter(agreed_at__isnull=False, **own)
        self.released = released.order_by("-agreed_at", "pk").in_bulk()
        mentored = (
            Release.objects.visible_to(person).reading().filter(**{f"session__{by}": one for by, one in own.items()})
        )
        self.mentored = mentored.newest_first().in_bulk()
        self.windows = Window.objects.visible_to(person).live().filter(**own).order_by("-approved_at").in_bulk()
        for one in self.windows.values():
            one.sponsor.engagement = one.engagement

    @property
    def to_all(self) -> dict[uuid.UUID, Consent]:
        """What was said for all of a work."""
        return {one.pk: one for one in self.consents if one.scope is None}

    @property
    def latest(self) -> list[Session]:
        """The sessions with a yes, the latest first."""
        return sorted(self.sessions.values(), key=lambda one: one.starts_at, reverse=True)

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands."""
        return not (self.consents or self.released or self.mentored or self.windows)


@login_required
@require_safe
def said_yes(request: Visit) -> HttpResponse:
    """All that one said yes to, each with a button that takes it back; every page leads here."""
    return render(request, "privacy/said_yes.html", {"given": Given(request.user)})


def said_yes_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """What the client of a link said yes to in that work, and taking it back: every page of theirs leads here.

    Taking back must be as easy as giving, so any live link of theirs is enough, and it isn't used up by it.
    """
    try:
        engagement = work_of(Link.find_any(token, [*OF_CLIENTS]))
    except BadLink:
        return dead_link(request)
    person = engagement.client
    form = TakeBackForm(request.POST or None)
    taken = _take_back(Given(person, engagement), form, person) if form.is_valid() else None
    context = {"given": Given(person, engagement), "taken": taken}
    return render(request, "privacy/said_yes_by_link.html", context)


def work_of(link: Link) -> Engagement:
    """The work that a client's link is about; BadLink when it is gone, or the link is its coach's."""
    noun, person = OF_CLIENTS[link.purpose], link.person
    about = noun.objects.visible_to(person).filter(pk=link.about).first() if person and link.about else None  # type: ignore[attr-defined]
    found = about if about is None or isinstance(about, Engagement) else about.engagement
    if person is None or found is None or found.client_id != person.pk:
        raise BadLink
    return found


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
    if release := given.mentored.get(said["release"]):
        release.close(by=client)
        return f"{release.mentor.first} can read nothing of it"
    if window := given.windows.get(said["window"]):
        window.close(by=client)
        return "whoever pays can see nothing any more"
    return None
