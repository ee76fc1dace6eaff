"""The page behind a letter's one-tap link: a GET shows the promise, a POST answers, and no account is needed."""

from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from holdspace.engagements.way_back import way_back
from holdspace.people.models import BadLink, Link, User
from holdspace.people.views import dead_link

from .answering import answer, answer_wish
from .commitment_views import REFUSALS
from .models import Commitment, Move
from .promise_forms import AnswerForm
from .shown import Shown

WISHED = ("fine", "rather not")
"""Answers to the other's wish for another day."""


def find_promise(link: Link) -> tuple[Commitment, User, Move | None]:
    """The open promise a link is about, its reader, and the other's wish for another day if one waits for them.

    BadLink when it is gone, settled or over, and for the one it was promised to when nobody asks them anything.
    """
    person = link.person
    mine = Commitment.objects.visible_to(person).open() if person else None
    commitment = mine.filter(pk=link.about).first() if mine is not None else None
    if person is None or commitment is None:
        raise BadLink
    move = Move.objects.visible_to(person).waiting_for(person).filter(commitment=commitment).first()
    if move is None and commitment.promiser.pk != person.pk:
        raise BadLink
    return commitment, person, move


def promise_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Done, another day, stuck, or yes to a day; what was typed stays when something is wrong."""
    try:
        link = Link.find(token, Link.Purpose.PROMISE)
        commitment, person, move = find_promise(link)
        with timezone.override(person.zone):
            if move is not None and request.POST.get("became") in WISHED:
                return answer_move(request, move, person, link, token)
            return answer_or_show(request, commitment, person, move, link, token)
    except (BadLink, ObjectDoesNotExist):
        return dead_link(request)


def answer_move(request: HttpRequest, move: Move, person: User, link: Link, token: str) -> HttpResponse:
    """That day is fine, or rather not."""
    became, shown = request.POST["became"], Shown(move.commitment, person)
    context = {"shown": shown, "became": became, "move": move.to_day, "engagement": shown.engagement}
    try:
        answer_wish(move, fine=became == "fine", by=person, link=link)
    except tuple(REFUSALS) as refusal:
        form = AnswerForm()
        context |= {"move": move, "form": form, "refusal": REFUSALS[type(refusal)]}
        context["token"] = way_back(shown.engagement, person, token)
        return render(request, "growth/promise_by_link.html", context, status=422)
    context["token"] = way_back(shown.engagement, person)
    return render(request, "growth/promise_answered.html", context)


def answer_or_show(
    request: HttpRequest, commitment: Commitment, person: User, move: Move | None, link: Link, token: str
) -> HttpResponse:
    """The answer given by whoever promised, or the page that asks for it."""
    shown = Shown(commitment, person)
    form = AnswerForm(request.POST if shown.is_mine and request.method == "POST" else None)
    context = {"shown": shown, "engagement": commitment.engagement, "form": form, "move": move}
    if form.is_valid():
        try:
            address = answer(commitment, form.cleaned_data, by=person, link=link)
        except tuple(REFUSALS) as refusal:
            form.add_error("new_day" if form.cleaned_data["became"] == "moved" else None, REFUSALS[type(refusal)])
        else:
            said = {"became": form.cleaned_data["became"], "address": address, "move": form.cleaned_data["new_day"]}
            said["token"] = way_back(commitment.engagement, person)
            return render(request, "growth/promise_answered.html", context | said)
    context["token"] = way_back(commitment.engagement, person, token)
    return render(request, "growth/promise_by_link.html", context, status=422 if form.errors else 200)
