"""Holes as people really make them, each planted into the running house for one walk."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import get_resolver
from django.urls.resolvers import URLPattern, URLResolver
from icalendar import Calendar, vText

from holdspace.conversations import consent, link_views, mark_views, released_page, views
from holdspace.conversations.into_calendar import calendar_file
from holdspace.conversations.models import Mark, Note, Release, Session, Transcript
from holdspace.conversations.page import SessionPage
from holdspace.engagements.models import Consent, Engagement
from holdspace.people.models import Link, Seat, User
from holdspace.shell import headers

Patch = pytest.MonkeyPatch
View = Callable[..., HttpResponse]
WHY = "a planted hole"


@dataclass(frozen=True)
class Hole:
    """One hole: how it is planted, who stumbles on it where, and what the walk must say."""

    name: str
    plant: Callable[[Patch], None]
    actors: str
    addresses: str
    kind: str
    says: str


HOLES: list[Hole] = []


def hole(actors: str, addresses: str, kind: str, says: str) -> Callable[[Callable[[Patch], None]], None]:
    """Put a function that plants a hole on the list."""

    def keep(plant: Callable[[Patch], None]) -> None:
        HOLES.append(Hole(plant.__name__, plant, actors, addresses, kind, says))

    return keep


def pattern(name: str, resolver: URLResolver | None = None) -> URLPattern | None:
    """The resolver's entry of an address."""
    for one in (resolver or get_resolver()).url_patterns:
        found = pattern(name, one) if isinstance(one, URLResolver) else one if one.name == name else None
        if found is not None:
            return found
    return None


def swap(patch: Patch, name: str, make: Callable[[View], View]) -> None:
    """Put another view in the place of the one at an address."""
    entry = pattern(name)
    assert entry is not None
    patch.setattr(entry, "callback", make(entry.callback))


def anyone(model: Any) -> Any:
    """All rows, past the rule."""
    return model.objects.access_system(WHY)


@hole("eve cleo", "session", "leak", "Session.title")
def rule_that_lets_all_through(patch: Patch) -> None:
    patch.setattr(type(Session.objects.all()), "seen_by", lambda self, person: self)


@hole("dov", "client", "leak", "Engagement.purpose")
def owner_who_reads_everything(patch: Patch) -> None:
    def seen_by(self: Any, person: User) -> Any:
        owned = Seat.objects.access_system(WHY).filter(user=person, role="owner")
        return self.filter(practice__in=owned.values("practice"))

    patch.setattr(type(Engagement.objects.all()), "seen_by", seen_by)
    patch.setattr(Engagement, "require_one_of", lambda self, person: None)  # and the second lock left open


@hole("cleo kim", "session", "leak", "Session.title")
def view_past_the_rule(patch: Patch) -> None:
    patch.setattr(views, "find_with_transcript", lambda person, pk: anyone(Session).get(pk=pk))


@hole("ben", "session", "leak", "Mark.text, waiting")
def client_who_sees_marks_before_they_are_accepted(patch: Patch) -> None:
    def open_marks(self: Transcript, person: User) -> Any:
        return anyone(Mark).filter(transcript=self)

    patch.setattr(Transcript, "open_marks", open_marks)


@hole("ben", "session", "leak", "heard, codes")
def client_who_sees_the_coachs_mirror(patch: Patch) -> None:
    patch.setattr(Session, "is_coached_by", lambda self, person: True)


@hole("mia", "released", "leak", "Release.question")
def mentor_who_reads_before_the_client_said_yes(patch: Patch) -> None:
    patch.setattr(type(Release.objects.all()), "agreed", lambda self: self)
    patch.setattr(released_page, "notes_released", lambda release, reader: [])
    patch.setattr(released_page, "transcript_released", lambda release, reader: None)


@hole("ned", "released all_released", "leak", "of row")
def mentor_who_reads_what_was_taken_back(patch: Patch) -> None:
    patch.setattr(type(Release.objects.all()), "standing", lambda self: self)


@hole("mia", "released", "leak", "Note.text, for oneself")
def mentor_who_reads_every_note(patch: Patch) -> None:
    def notes(release: Release, reader: User) -> list[Note]:
        return list(anyone(Note).filter(session=release.session_id))

    patch.setattr(released_page, "notes_released", notes)


@hole("max", "session clients", "leak", "of row")
def coach_who_left_and_still_reads(patch: Patch) -> None:
    patch.setattr(type(Seat.objects.all()), "filter", _without("left_at", type(Seat.objects.all()).filter))


def _without(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
    def fewer(self: Any, *given: Any, **named: Any) -> Any:
        return real(self, *given, **{key: value for key, value in named.items() if key != name})

    return fewer


@hole("lou", "today session", "leak", "of row")
def account_that_is_closed_and_still_opens(patch: Patch) -> None:
    patch.setattr(User, "is_active", True)


@hole("eve", "session", "leak", "Session.title")
def page_for_nothing_that_names_it(patch: Patch) -> None:
    def find(person: User, pk: Any) -> Session:
        session = anyone(Session).filter(pk=pk).first()
        if session is None:
            raise Http404
        return session

    def telling(real: View) -> View:
        def seen(request: HttpRequest, pk: Any) -> HttpResponse:
            try:
                return real(request, pk=pk)
            except Http404:
                return HttpResponse(f"Not yours: {find(request.user, pk).title}", status=404)  # type: ignore[arg-type]

        return seen

    swap(patch, "session", telling)


@hole("eve cleo", "session", "not yours differs", "tells it from")
def refusal_that_says_it_exists(patch: Patch) -> None:
    real = views.find_with_transcript

    def find(person: User, pk: Any) -> Session:
        if anyone(Session).filter(pk=pk).exists() and not Session.objects.visible_to(person).filter(pk=pk).exists():
            raise PermissionDenied
        return real(person, pk)

    patch.setattr(views, "find_with_transcript", find)


@hole("ana", "progress", "header", "kept by a cache")
def page_that_a_cache_may_keep(patch: Patch) -> None:
    swap(patch, "progress", lambda real: with_header(real, "Cache-Control", lambda _: "private, max-age=60"))


def with_header(real: View, name: str, value: Callable[[HttpRequest], str]) -> View:
    """A view whose answers carry one more header."""

    def seen(request: HttpRequest, **named: Any) -> HttpResponse:
        answer = real(request, **named)
        answer.headers[name] = value(request)
        return answer

    return seen


@hole("ben", "session", "leak", "in the header")
def header_that_names_the_coachs_address(patch: Patch) -> None:
    def coach(request: HttpRequest) -> str:
        row = anyone(Session).filter(pk=request.resolver_match.kwargs["pk"]).first()  # type: ignore[union-attr]
        return str(row.engagement.coach.email) if row else "nobody"

    swap(patch, "session", lambda real: with_header(real, "X-Coach", coach))


@hole("cleo", "me", "leak", "User.password")
def page_with_a_password_hash(patch: Patch) -> None:
    def telling(real: View) -> View:
        return lambda request: HttpResponse(f"<!-- {request.user.password} -->")  # type: ignore[union-attr]

    swap(patch, "me", telling)


@hole("ana", "accept_mark dismiss_mark", "safe request acted", "Mark")
def address_that_acts_when_looked_at(patch: Patch) -> None:
    def any_method(real: View) -> View:
        def seen(request: HttpRequest, pk: Any) -> HttpResponse:
            mark = mark_views.find_mark(request.user, pk)  # type: ignore[arg-type]
            mark.dismiss(by=request.user)  # type: ignore[arg-type]
            return redirect("today")

        return seen

    swap(patch, "dismiss_mark", any_method)


@hole("nobody", "consent_by_link", "not yours differs", "tells it from")
def link_that_opens_after_its_use(patch: Patch) -> None:
    patch.setattr(Link, "live", classmethod(lambda cls: cls.objects.filter(withdrawn_at=None)))


@hole("nobody", "consent_by_link", "foreign row", "was added")
def link_whose_purpose_is_not_asked(patch: Patch) -> None:
    real = Link.find.__func__  # type: ignore[attr-defined]

    def find(token: str, purpose: str) -> Link:
        for each in Link.Purpose.values:
            try:
                return real(Link, token, each)  # type: ignore[no-any-return]
            except link_views.BadLink:
                continue
        raise link_views.BadLink

    patch.setattr(Link, "find", find)


@hole("rui eve", "add_session", "foreign row", "Session")
def form_that_takes_any_id(patch: Patch) -> None:
    real = views.book

    def overwriting(engagement: Engagement, said: dict[str, Any], *, by: User) -> Session:
        anyone(Session).filter(pk=said["once"]).update(minutes=7)
        return real(engagement, said, by=by)

    patch.setattr(views, "book", overwriting)


@hole("ana", "agree", "foreign row", "Consent")
def yes_that_is_said_for_the_other(patch: Patch) -> None:
    def both(session: Session, *, by: User, link: Link | None = None) -> str:
        for person in (session.engagement.coach, session.engagement.client):
            Consent.give(session.engagement, session.pk, by=person)
        return ""

    patch.setattr(views, "agree", both)


@hole("ben", "remove_transcript choose_coach", "foreign row", "Transcript")
def client_who_does_what_is_the_coachs(patch: Patch) -> None:
    patch.setattr(views, "find_as_coach", views.find_session)
    patch.setattr(Session, "is_coached_by", lambda self, person: True)


@hole("cleo", "me", "log", "wrote a canary")
def log_that_names_people(patch: Patch) -> None:
    def noting(real: View) -> View:
        def seen(request: HttpRequest) -> HttpResponse:
            logging.getLogger("holdspace").info("opened by %s", request.user)
            return real(request)

        return seen

    swap(patch, "me", noting)


@hole("nobody", "consent_by_link", "log", "wrote a canary")
def log_that_keeps_tokens(patch: Patch) -> None:
    from . import visitor

    patch.setattr(visitor, "Plain", lambda: logging.Formatter("%(message)s"))


@hole("cleo", "session", "leak", "in the header")
def head_that_nobody_thought_of(patch: Patch) -> None:
    def unasked(real: View) -> View:
        def seen(request: HttpRequest, pk: Any) -> HttpResponse:
            session = anyone(Session).filter(pk=pk).first() if request.method == "HEAD" else None
            if session is None:
                return real(request, pk=pk)
            return HttpResponse(headers={"X-Title": session.title})

        return seen

    swap(patch, "session", unasked)


@hole("ana", "session", "HEAD differs", "where GET says 200")
def head_that_is_refused(patch: Patch) -> None:
    def only_get(real: View) -> View:
        return lambda request, pk: HttpResponse(status=405) if request.method == "HEAD" else real(request, pk=pk)

    swap(patch, "session", only_get)


@hole("ana", "choose_look", "header", "sends people to")
def way_back_to_anywhere(patch: Patch) -> None:
    swap(patch, "choose_look", lambda real: lambda request: redirect(request.POST.get("back", "/")))


@hole("ana", "ask", "mail", "Session.title")
def letter_that_says_what_it_is_about(patch: Patch) -> None:
    patch.setattr(consent, "_letter", lambda session, address: f"About {session.title}: {address}")


@hole("ben", "session_calendar", "leak", "Note.text, for oneself")
def calendar_that_takes_notes_along(patch: Patch) -> None:
    def with_notes(session: Session, reader: User) -> bytes:
        calendar: Any = Calendar.from_ical(calendar_file(session, reader))
        notes = [note.text for note in anyone(Note).filter(session=session)]
        calendar.events[0]["COMMENT"] = vText(" ".join(["-" * 60, *notes]))  # so that a fold runs through the first
        return bytes(calendar.to_ical())

    patch.setattr(views, "calendar_file", with_notes)


@hole("ana", "session", "broken", "500")
def page_that_breaks(patch: Patch) -> None:
    patch.setattr(SessionPage, "turns", property(lambda self: [][0]))


@hole("ana", "today", "header", "the policy lacks")
def page_without_a_policy(patch: Patch) -> None:
    patch.setitem(headers.ALWAYS, "Content-Security-Policy", "default-src 'self'")


@hole("ana", "me", "header", "can be read by a script")
def cookie_for_scripts(patch: Patch) -> None:
    def with_cookie(real: View) -> View:
        def seen(request: HttpRequest) -> HttpResponse:
            answer = real(request)
            answer.set_cookie("name", "x")
            return answer

        return seen

    swap(patch, "me", with_cookie)
