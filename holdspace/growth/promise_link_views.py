"""The page behind a reminder's one-tap link: a GET shows the promise, a POST answers, and no account is needed."""

from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from holdspace.people.models import BadLink, Link, User
from holdspace.people.views import dead_link

from .answering import answer
from .commitment_views import REFUSALS
from .models import Commitment
from .promise_forms import AnswerForm
from .shown import Shown


def find_promise(link: Link) -> tuple[Commitment, User]:
    """The open promise a link is about, and whoever promised; BadLink when it is gone, settled or over."""
    person = link.person
    mine = Commitment.objects.visible_to(person).promised_by(person).open() if person else None
    commitment = mine.filter(pk=link.about).first() if mine is not None else None
    if person is None or commitment is None:
        raise BadLink
    return commitment, person


def promise_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Done, another day, or stuck; what was typed stays when something is wrong."""
    try:
        link = Link.find(token, Link.Purpose.PROMISE)
        commitment, person = find_promise(link)
        with timezone.override(person.zone):
            return answer_or_show(request, commitment, person, link)
    except (BadLink, ObjectDoesNotExist):
        return dead_link(request)


def answer_or_show(request: HttpRequest, commitment: Commitment, person: User, link: Link) -> HttpResponse:
    """The answer given, or the page that asks for it."""
    form = AnswerForm(request.POST or None)
    context = {"shown": Shown(commitment, person), "engagement": commitment.engagement, "form": form}
    if request.method == "POST" and form.is_valid():
        try:
            address = answer(commitment, form.cleaned_data, by=person, link=link)
        except tuple(REFUSALS) as refusal:
            form.add_error("new_day" if form.cleaned_data["became"] == "moved" else None, REFUSALS[type(refusal)])
        else:
            said = {"became": form.cleaned_data["became"], "address": address, "move": form.cleaned_data["new_day"]}
            return render(request, "growth/promise_answered.html", context | said)
    return render(request, "growth/promise_by_link.html", context, status=422 if form.errors else 200)
