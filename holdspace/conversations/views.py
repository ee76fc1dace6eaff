"""The session page and what can be done from it."""

import uuid
from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from holdspace.engagements.models import Engagement, NoConsent, NotBetweenThem, NotYetAccepted, Over
from holdspace.engagements.offlimits import reminder, topics_of
from holdspace.letters.models import NotByEmail
from holdspace.people.models import User
from holdspace.people.visit import Visit
from holdspace.shell.headers import POLICY

from . import intake
from .book import NotYours, book, change
from .consent import NotToAsk, agree, ask_client, withdraw
from .forms import NoteForm, SessionForm, TranscriptForm
from .into_calendar import calendar_file
from .models import AlreadyThere, Note, Session, with_rare, write_note
from .page import SessionPage, find_transcript

NO_CONSENT = (
    "This session's transcript needs a yes from both of you first. Nothing was kept. "
    "Ask again whenever it feels right; the work goes on well without it."
)
NOT_NOW = "Nothing new is kept before the invitation is accepted, nor after the work has ended. Nothing was changed."


def find_session(person: User, pk: uuid.UUID) -> Session:
    """A session of this person's, or 404."""
    return get_object_or_404(Session.objects.visible_to(person), pk=pk)


def find_with_transcript(person: User, pk: uuid.UUID) -> Session:
    """A session of this person's with its transcript and what else there is of it in one question, or 404."""
    whole = with_rare(Session.objects.visible_to(person).with_transcript())
    return get_object_or_404(whole, pk=pk)


def find_as_coach(person: User, pk: uuid.UUID) -> Session:
    """A session this person coached, or 404."""
    mine = Session.objects.visible_to(person).filter(engagement__coach=person)
    return get_object_or_404(mine, pk=pk)


def show(
    request: Visit, session: Session, form: TranscriptForm | None = None, note_form: NoteForm | None = None
) -> HttpResponse:
    """The session page as this person sees it."""
    page = SessionPage.open(session, request.user)
    context = {"session": session, "page": page, "form": form or TranscriptForm(), "note_form": note_form or NoteForm()}
    refused = any(one and one.errors for one in (form, note_form))
    return render(request, "conversations/session.html", context, status=422 if refused else 200)


Page = Callable[[Visit, uuid.UUID], HttpResponse]


def keep_note(session: Session, form: NoteForm, *, by: User) -> Note | None:
    """The note that was written, kept; None when it can't be, and the form then says why, with all its words."""
    if not form.is_valid():
        return None
    try:
        return write_note(session, form.cleaned_data["once"], form.cleaned_data["note"], by=by)
    except Over:
        form.add_error(None, "This work has ended, so no note is added. What was stays readable.")
    except NotBetweenThem:
        form.add_error(None, "This form is too old. Copy your words, load the page again and send them once more.")
    return None


def with_note(page: Page, of: Callable[[User, uuid.UUID], Session] = find_session) -> Page:
    """A note that was begun on a session's page is kept along with whatever else is sent from there.

    `of` finds the session that the page's address is about. Where htmx asks for a part, the note stays in its field.
    """

    @wraps(page)
    def keeping(request: Visit, pk: uuid.UUID) -> HttpResponse:
        if request.POST.get("note", "").strip() and not request.headers.get("HX-Request"):
            session, form = of(request.user, pk), NoteForm(request.POST)
            if keep_note(session, form, by=request.user) is None:
                return show(request, session, note_form=form)
            messages.info(request, "The note you had begun is kept, for you alone.")
        return page(request, pk)

    return keeping


@login_required
@require_safe
def session_page(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """What happened in a session."""
    return show(request, find_with_transcript(request.user, pk))


@login_required
@require_safe
def session_calendar(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """When and with whom, as a file for one's own calendar."""
    session = find_session(request.user, pk)
    answer = HttpResponse(calendar_file(session, request.user), "text/calendar; charset=utf-8; method=PUBLISH")
    answer.headers["Content-Disposition"] = 'attachment; filename="session.ics"'
    answer.headers["Content-Security-Policy"] = f"{POLICY}; sandbox"
    return answer


@login_required
@require_safe
def progress(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """Whether the listening is done: the waiting part, or a word to the browser to load the page anew."""
    session = find_session(request.user, pk)
    transcript = find_transcript(session, request.user)
    if transcript is None or transcript.state != "waiting":
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "conversations/_waiting.html", {"session": session, "transcript": transcript})


@login_required
def add_session(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """Add a session with a client."""
    mine = Engagement.objects.visible_to(request.user).coached_by(request.user)
    engagement = get_object_or_404(mine, pk=pk)
    form = SessionForm(request.POST or None, initial={"timezone": request.user.timezone})
    if request.method == "POST" and form.is_valid():
        try:
            session = book(engagement, form.cleaned_data, by=request.user)
        except NotYours:
            form.add_error(None, "This form is too old. Load the page again and send it once more.")
        except Over:
            form.add_error(None, "This work has ended, so no session is added. What was stays readable.")
        else:
            messages.success(request, "The session is in the book.")
            remind(request, engagement, session.title)
            return redirect("session", session.pk)
    context = {"form": form, "engagement": engagement, "off_limits": topics_of(engagement, request.user)}
    return render(request, "conversations/add_session.html", context)


def remind(request: Visit, engagement: Engagement, words: str | None) -> None:
    """A quiet word when what was kept touches something that the two agreed to leave alone."""
    said = reminder(words or "", engagement, request.user)
    if said:
        messages.info(request, said)


@login_required
def change_session(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """Change when, how or about what the two meet."""
    session = find_as_coach(request.user, pk)
    form = SessionForm(request.POST or None, initial=SessionForm.said_of(session))
    if request.method == "POST" and form.is_valid():
        change(session, form.cleaned_data, by=request.user)
        messages.success(request, "Changed.")
        remind(request, session.engagement, session.title)
        return redirect("session", session.pk)
    context = {"form": form, "session": session, "off_limits": topics_of(session.engagement, request.user)}
    return render(request, "conversations/change_session.html", context)


@login_required
@require_POST
@with_note
def agree_here(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """Say yes to the transcript of this session."""
    session = find_session(request.user, pk)
    try:
        agree(session, by=request.user)
    except NoConsent:
        messages.info(request, NOT_NOW)
    return redirect("session", session.pk)


@login_required
@require_POST
@with_note
def withdraw_here(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """Take one's yes back; the transcript and all that came of it go at once."""
    session = find_session(request.user, pk)
    gone = withdraw(session, by=request.user)
    messages.success(
        request, "Taken back. The transcript and everything found in it are gone." if gone else "Taken back."
    )
    return redirect("session", session.pk)


@login_required
@require_POST
@with_note
def ask(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """Make the link by which the client can answer without an account; shown once, or sent by letter."""
    session = find_as_coach(request.user, pk)
    client = session.engagement.client
    post = "letter" in request.POST and bool(client.email) and client.is_active
    try:
        address = ask_client(session, post=post)
    except NotYetAccepted:
        messages.info(request, f"{session.engagement.first} hasn't accepted your invitation yet. Ask after that.")
    except Over:
        messages.info(request, "This work has ended, so nothing new is asked.")
    except NotToAsk:
        messages.info(request, "You agreed that nobody is asked to record. Change your agreement together first.")
    except NotByEmail:
        messages.info(request, "The two of you agreed not to write by e-mail. Make a link and pass it on.")
    else:
        if not post:
            return render(request, "conversations/ask.html", {"session": session, "address": address})
        messages.success(request, f"The question is on its way to {session.engagement.first}.")
    return redirect("session", session.pk)


@login_required
@require_POST
@with_note
def bring_transcript(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """Take in a transcript, by file or pasted."""
    session = find_as_coach(request.user, pk)
    form = TranscriptForm(request.POST, request.FILES, length=int(request.META.get("CONTENT_LENGTH") or 0))
    if not form.is_valid():
        return show(request, session, form)
    try:
        intake.take_in(session, form.source(), by=request.user)
    except NoConsent:
        form.add_error(None, NO_CONSENT)
    except (Over, NotYetAccepted):
        form.add_error(None, NOT_NOW)
    except intake.TranscriptError as refusal:
        form.add_error("file" if form.cleaned_data["file"] else "pasted", str(refusal))
    except AlreadyThere as there:
        form.add_error(None, SAME if there.same else SECOND)
    if form.errors:
        return show(request, session, form)
    return redirect("session", session.pk)


SPEAKERS = ("coach", "client", "other")
SAME = "You brought this very transcript before. It is below, unchanged."
SECOND = (
    "This session has a transcript already, so this one was not kept. Remove the other first, if it is the wrong one."
)


@login_required
@require_POST
@with_note
def choose_coach(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """Say which speaker is the coach; a swap needs no new upload."""
    session = find_as_coach(request.user, pk)
    transcript = find_transcript(session, request.user)
    speaker = request.POST.get("speaker", "")
    if transcript is None or speaker not in transcript.speakers:
        messages.info(request, "Nothing was changed: that speaker isn't in this transcript.")
    elif speaker != transcript.coach_speaker or transcript.state == "stuck":
        transcript.choose_coach(speaker, by=request.user)
    return redirect("session", session.pk)


@login_required
@require_POST
@with_note
def choose_client(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """Say which speaker is the client, where more than two speak."""
    session = find_as_coach(request.user, pk)
    transcript = find_transcript(session, request.user)
    speaker = request.POST.get("speaker", "")
    if transcript is None or speaker not in transcript.speakers or speaker == transcript.coach_speaker:
        messages.info(request, "Nothing was changed: that speaker can't be the client here.")
    else:
        transcript.choose_client(speaker, by=request.user)
    return redirect("session", session.pk)


@login_required
def name_lines(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """Say line by line who spoke, for a transcript that names nobody."""
    session = find_as_coach(request.user, pk)
    transcript = find_transcript(session, request.user)
    if transcript is None or transcript.speakers:
        return redirect("session", session.pk)
    turns = transcript.words["turns"]
    said = [request.POST.get(f"line-{number}", "") for number in range(len(turns))]
    if request.method == "POST" and set(said) <= set(SPEAKERS) and "coach" in said:
        intake.name_speakers(transcript, said, by=request.user)
        return redirect("session", session.pk)
    lines = [{"turn": turn, "said": who} for turn, who in zip(turns, said, strict=True)]
    choices = list(zip(SPEAKERS, ("You", session.engagement.first, "Somebody else"), strict=True))
    context = {"session": session, "lines": lines, "choices": choices, "tried": request.method == "POST"}
    return render(request, "conversations/name_lines.html", context)


@login_required
@require_POST
@with_note
def remove_transcript(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """Remove the transcript and all that was found in it; the consents stay."""
    session = find_as_coach(request.user, pk)
    if intake.remove(session, by=request.user):
        messages.success(request, "Removed. Nothing of it is kept.")
    return redirect("session", session.pk)
