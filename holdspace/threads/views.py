"""The thread of two people, and what can be done from it."""

import uuid
from collections.abc import Callable
from functools import partial, wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from holdspace.engagements.models import Engagement, NotBetweenThem, NotYetAccepted, Over
from holdspace.engagements.offlimits import reminder
from holdspace.letters.models import Returned
from holdspace.people.models import User
from holdspace.people.visit import Visit

from .forms import NOTHING, TOO_MANY, MessageForm
from .models import Draft, DraftTooLong, Message, ReplyAddress, TooLate, note_read
from .page import ThreadPage
from .send import NothingToSend, TooManyFiles, edit, keep_files, send, take_back

OVER = "This work has ended, so nothing new is written here. What was stays readable."
NOT_YET = "The invitation hasn't been accepted yet. Messages come after that."
OLD_FORM = "This form is too old. Copy your words, load the page again and send them once more."
TOO_LATE = (
    "This message has been there for more than a quarter of an hour, so it stays as it is. You can write another."
)


def find_engagement(person: User, pk: uuid.UUID) -> Engagement:
    """An engagement this person is one of the two in, or 404."""
    return get_object_or_404(Engagement.objects.visible_to(person).between(person), pk=pk)


def find_own(person: User, pk: uuid.UUID) -> Message:
    """A message this person wrote and didn't take back, or 404."""
    return get_object_or_404(Message.objects.visible_to(person).filter(writer=person).still_there(), pk=pk)


def show(request: Visit, engagement: Engagement, form: MessageForm | None = None) -> HttpResponse:
    """The thread as this person sees it, with what they had begun to write."""
    page = ThreadPage.open(engagement, request.user, request.GET.get("before", ""), request.GET.get("until", ""))
    begun = page.draft.words if page.draft else ""
    context = {"engagement": engagement, "page": page, "form": form or MessageForm(initial={"words": begun})}
    status = 422 if form is not None and form.errors else 200
    return render(request, "threads/thread.html", context | {"off_limits": page.topics}, status=status)


Page = Callable[[Visit, uuid.UUID], HttpResponse]


def with_draft(page: Page, of: Callable[[User, uuid.UUID], Engagement] = find_engagement) -> Page:
    """What was begun is kept along with whatever else is sent from the thread's page; `of` finds whose thread it is."""

    @wraps(page)
    def keeping(request: Visit, pk: uuid.UUID) -> HttpResponse:
        if "words" in request.POST and "HX-Request" not in request.headers:
            engagement, form = of(request.user, pk), posted(request)
            form.is_valid()
            kept = was_sent(form, request.user) or keep_what_fits(engagement, form, request.user)
            if not kept or form.errors.get("enclosed"):
                return show(request, engagement, form)
        return page(request, pk)

    return keeping


def of_message(person: User, pk: uuid.UUID) -> Engagement:
    """The engagement in which a message stands that this person can read, or 404."""
    message = get_object_or_404(Message.objects.visible_to(person), pk=pk)
    return find_engagement(person, message.engagement_id)


def at_the_end(engagement: Engagement) -> str:
    """Where one writes."""
    return f"{reverse('thread', args=[engagement.pk])}#write"


@login_required
@require_safe
def thread(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """What the two wrote to each other."""
    return show(request, find_engagement(request.user, pk))


@login_required
@require_POST
def send_message(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """Send what was written, or keep it as a draft; whatever goes wrong, nothing typed or uploaded is lost."""
    engagement = find_engagement(request.user, pk)
    form = posted(request)
    if not form.is_valid():
        return refused(request, engagement, form)
    said = form.cleaned_data
    try:
        message = send(engagement, said["words"], by=request.user, once=said["once"], files=said["enclosed"])
    except NothingToSend:
        form.add_error("words", NOTHING)
    except TooManyFiles:
        form.add_error("enclosed", TOO_MANY)
    except Over:
        form.add_error(None, OVER)
    except NotYetAccepted:
        form.add_error(None, NOT_YET)
    except NotBetweenThem:
        form.add_error(None, OLD_FORM)
    else:
        remind(request, message)
        return redirect(message.get_absolute_url())
    return refused(request, engagement, form)


def posted(request: Visit) -> MessageForm:
    """The form as it came in, and how much came."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    return MessageForm(request.POST, request.FILES, length=int(length) if length.isdecimal() else 0)


def refused(request: Visit, engagement: Engagement, form: MessageForm) -> HttpResponse:
    """The form again, with everything typed; what may be kept of words and files waits as the draft."""
    keep_what_fits(engagement, form, request.user)
    return show(request, engagement, form)


def keep_what_fits(engagement: Engagement, form: MessageForm, person: User) -> bool:
    """Words and files into the draft, as far as they fit; whether all did."""
    try:
        begun = form.typed.strip() or form.taken or Draft.of(engagement, person)
        draft = Draft.keep(engagement, form.typed, by=person) if begun else None
        if draft is not None and form.taken:
            keep_files(draft, form.taken)
    except (DraftTooLong, Over, NotYetAccepted):
        return False
    except TooManyFiles:
        form.add_error("enclosed", TOO_MANY) if "enclosed" not in form.errors else None
        return False
    return True


def was_sent(form: MessageForm, person: User) -> bool:
    """Whether what the form holds is a message already, sent from another window."""
    once = form.cleaned_data.get("once")
    return bool(once) and Message.objects.visible_to(person).filter(pk=once).exists()


def remind(request: Visit, message: Message) -> None:
    """A quiet word when what was sent touches something that the two agreed to leave alone."""
    said = reminder(message.words or "", message.engagement, request.user)
    if said:
        messages.info(request, said)


@login_required
@require_POST
def keep_draft(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """Keep what is being written: by its button, or by the page itself while one types."""
    engagement = find_engagement(request.user, pk)
    form = posted(request)
    form.is_valid()
    by_script = "HX-Request" in request.headers
    if was_sent(form, request.user):
        return HttpResponse("It was sent.") if by_script else redirect("thread", pk)
    kept = keep_what_fits(engagement, form, request.user)
    if by_script:
        return render(request, "threads/_kept.html", {"kept": kept})
    if not kept or form.errors.get("enclosed"):
        return show(request, engagement, form)
    messages.success(request, "Kept for you, and for nobody else, until you send it.")
    return redirect(at_the_end(engagement))


@login_required
@require_POST
def drop_draft(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """Let go what was begun."""
    engagement = find_engagement(request.user, pk)
    draft = Draft.of(engagement, request.user)
    if draft is not None:
        draft.drop()
    return redirect(at_the_end(engagement))


@login_required
def edit_message(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """Say it otherwise, within a quarter of an hour."""
    message = find_own(request.user, pk)
    said = {"words": message.words, "once": message.pk}
    form = MessageForm(request.POST or None, initial=said, with_files=False)
    if request.method == "POST" and form.is_valid():
        try:
            edit(message, form.cleaned_data["words"], by=request.user)
            return redirect(message.get_absolute_url())
        except NothingToSend:
            form.add_error("words", NOTHING)
        except TooLate:
            form.add_error(None, TOO_LATE)
    context = {"message": message, "form": form, "too_late": not message.can_change}
    return render(request, "threads/edit_message.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
@partial(with_draft, of=of_message)
def take_message_back(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """Unsay it, within a quarter of an hour; harmless when repeated."""
    message = get_object_or_404(Message.objects.visible_to(request.user).filter(writer=request.user), pk=pk)
    try:
        take_back(message, by=request.user)
    except TooLate:
        messages.error(request, TOO_LATE)
    return redirect("thread", message.engagement_id)


@login_required
@require_POST
@partial(with_draft, of=of_message)
def settle_message(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """Say that the other's message needs no reply."""
    found = Message.objects.visible_to(request.user).exclude(writer=request.user)
    message = get_object_or_404(found, pk=pk)
    message.settle(by=request.user)
    return redirect("thread", message.engagement_id)


@login_required
@require_POST
@with_draft
def seen(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """What the other wrote up to here has been opened."""
    engagement = find_engagement(request.user, pk)
    until = request.POST.get("until", "")
    note_read(engagement, uuid.UUID(until) if is_id(until) else engagement.pk, by=request.user)
    return HttpResponse(status=204) if "HX-Request" in request.headers else redirect("thread", pk)


def is_id(word: str) -> bool:
    """Whether this could be an id."""
    try:
        return bool(uuid.UUID(word))
    except ValueError:
        return False


@login_required
@require_POST
@with_draft
def revoke_address(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """Answers to the mails so far reach nobody any more."""
    engagement = find_engagement(request.user, pk)
    if ReplyAddress.revoke(engagement, by=request.user):
        messages.success(request, "Answers to the mails so far reach nobody now. The next mail can be answered.")
    return redirect(at_the_end(engagement))


@login_required
@require_POST
@with_draft
def mail_again(request: Visit, pk: uuid.UUID) -> HttpResponse:
    """Mail to the other is tried again."""
    engagement = find_engagement(request.user, pk)
    engagement.require_one_of(request.user)
    Returned.forget(engagement.other(request.user))
    messages.success(request, f"The next mail to {engagement.other_name(request.user)} is tried again.")
    return redirect("thread", pk)
