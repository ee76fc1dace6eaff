"""Releasing a session to a mentor: the coach asks, the client answers, either closes it, the mentor reads."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from holdspace.engagements.models import NotAsked, NotYetAccepted, Over, agreed_between
from holdspace.engagements.way_back import way_back
from holdspace.people.models import BadLink, Link, User
from holdspace.people.views import dead_link
from holdspace.people.visit import Visit

from .models import NoMentorAgreed, NoSuchMentor, NothingThere, Release, Session, may_be_asked
from .release import answer, ask_to_release, link_to_answer
from .release_forms import MentorAnswerForm, MentorForm
from .released_page import ReleasedPage
from .views import Page, find_as_coach, with_note

GONE = "Nothing was changed: this was answered or closed before, or isn't agreed on any more."


def find_release(person: User, pk: uuid.UUID) -> Release:
    """A release of a session this person is one of the two in, or 404."""
    return get_object_or_404(Release.objects.visible_to(person).of_two(person).with_reads(), pk=pk)


@login_required
def ask_release(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """The coach asks the client to let a mentor read this session; where that can't be, the page says why."""
    session = find_as_coach(request.user, pk)
    form = MentorForm(request.POST or None, session=session)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            made = ask_to_release(session, said["whom"], said["kinds"], said["question"], by=request.user)
        except (Over, NotYetAccepted, NoMentorAgreed, NoSuchMentor, NothingThere):
            messages.info(request, "Nothing was asked: it can't be just now.")
            return redirect("ask_release", session.pk)
        if made.waits:
            told = f"{session.engagement.first} is asked. Until they say yes, {made.mentor.first} knows nothing of it."
            messages.success(request, told)
        else:
            messages.info(
                request, f"{made.mentor.first} reads of it already. To ask for something else, take this back."
            )
        return redirect("release", made.pk)
    context = {"form": form, "session": session, "engagement": session.engagement, "why_not": _why_not(session, form)}
    return render(request, "conversations/ask_release.html", context, status=422 if form.errors else 200)


def _why_not(session: Session, form: MentorForm) -> str:
    """What stands in the way of asking, in a word the page knows; nothing mostly."""
    whom: object = form.fields["whom"]
    ways = {
        "over": not session.engagement.is_live,
        "agreement": not may_be_asked(agreed_between(session.engagement)),
        "nobody": not whom.queryset.exists(),  # type: ignore[attr-defined]
        "nothing": not form.there,
    }
    return next((word for word, stands in ways.items() if stands), "")


@login_required
def release(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """One release as each of the two sees it: the client reads, ticks and answers; either closes it."""
    found = find_release(request.user, pk)
    is_client = request.user.pk == found.engagement.client_id
    form = MentorAnswerForm(request.POST or None, release=found)
    if request.method == "POST" and is_client and form.is_valid():
        try:
            answer(found, yes=form.yes, parts=form.cleaned_data["kinds"], by=request.user)
        except (NotAsked, NothingThere):
            messages.info(request, GONE)
        else:
            messages.success(request, _said(found, yes=form.yes))
        return redirect("release", found.pk)
    waiting = Release.objects.visible_to(request.user).waiting_for(found.engagement.client).filter(pk=found.pk)
    context = shown(found, form) | {"is_client": is_client, "who_reads": found.readers_for(request.user)}
    context["waits"] = found.waits and waiting.exists()
    return render(request, "conversations/release.html", context, status=422 if form.errors else 200)


def shown(found: Release, form: MentorAnswerForm) -> dict[str, object]:
    """What both pages of the client's answer say."""
    return {"release": found, "session": found.session, "engagement": found.engagement, "form": form}


def _said(found: Release, *, yes: bool) -> str:
    name = found.mentor.first
    return f"Kept. {name} reads just what you ticked." if yes else f"{name} can read nothing of it. No reason is asked."


def with_release_note(page: Page) -> Page:
    """A note that was begun on the session's page is kept along."""
    return with_note(page, lambda person, pk: find_release(person, pk).session)


@login_required
@require_POST
@with_release_note
def close_release(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """Take it back, by either of the two."""
    found = find_release(request.user, pk)
    found.close(by=request.user)
    name = found.mentor.first
    told = "can read nothing of it any more" if found.agreed_at else "has read nothing of it, and was not told of it"
    messages.success(request, f"Taken back. {name} {told}.")
    return redirect("session", found.session_id)


@login_required
@require_POST
def give_release_link(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """Make the link by which a client answers without an account; shown once."""
    found = find_release(request.user, pk)
    try:
        address = link_to_answer(found, by=request.user)
    except NotAsked:
        messages.info(request, "Nothing is asked of your client just now, so there is nothing to pass on.")
        return redirect("release", found.pk)
    context = {"release": found, "engagement": found.engagement, "address": address}
    return render(request, "conversations/release_link.html", context)


def release_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """The client reads what is asked and who would read, and answers, or closes the page."""
    try:
        link = Link.find(token, Link.Purpose.RELEASE)
        found = find_asked(link)
        client = found.engagement.client
        form = MentorAnswerForm(request.POST or None, release=found)
        context = shown(found, form) | {"token": token, "who_reads": found.readers_for(client)}
        if request.method != "POST" or not form.is_valid():
            status = 422 if form.errors else 200
            return render(request, "conversations/release_by_link.html", context, status=status)
        answer(found, yes=form.yes, parts=form.cleaned_data["kinds"], by=client, link=link)
    except (BadLink, NotAsked, NothingThere):
        return dead_link(request)
    context |= {"yes": form.yes, "token": way_back(found.engagement, client), "who_reads": found.readers_for(client)}
    return render(request, "conversations/release_answered.html", context)


def find_asked(link: Link) -> Release:
    """The release a link is about, while it waits for its client's answer; BadLink when it does not."""
    waiting = Release.objects.visible_to(link.person).waiting_for(link.person) if link.person else None
    found = waiting.filter(pk=link.about).first() if waiting is not None and link.about else None
    if found is None:
        raise BadLink
    return found


@login_required
@require_safe
def released(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """A released session as its mentor reads it: the coach's question first, and nothing to do."""
    found = get_object_or_404(Release.objects.visible_to(request.user).read_by(request.user), pk=pk)
    page = ReleasedPage.read(found, request.user)
    context = {"release": found, "session": found.session, "engagement": found.engagement, "page": page}
    return render(request, "conversations/released.html", context)


@login_required
@require_safe
def all_released(request: Visit) -> HttpResponse:
    """Everything that is released to this mentor now."""
    mine = Release.objects.visible_to(request.user).read_by(request.user).newest_first()
    return render(
        request,
        "conversations/all_released.html",
        {"page": Paginator(mine, 30).get_page(request.GET.get("page"))},
    )
