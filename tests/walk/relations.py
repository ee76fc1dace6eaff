"""Who stands in which relation to a row, told from the tables alone and never by asking the house."""

from collections import defaultdict
from typing import Any
from uuid import UUID

from django.db import models
from django.utils import timezone

from holdspace.conversations.models import Note, Opening, Release, Session, Transcript
from holdspace.engagements.models import Engagement, Handover, Pact, PactTemplate
from holdspace.growth.models import Commitment, Moment
from holdspace.letters.models import Letter, Returned, Wish
from holdspace.people.models import Invitation, Link, Practice, Seat, User
from holdspace.privacy.models import Breach, Window
from holdspace.threads.models import Message
from holdspace.vault.classes import house_models
from holdspace.vault.models import Key

Relations = dict[str, set[UUID]]
"""From a relation's name ("coach", "client", "self") to the people in it."""


def rows_of(model: type[models.Model]) -> "models.QuerySet[Any]":
    """All rows, past every guard: the walk has to know what it protects."""
    return model._base_manager.all()


def relations(row: models.Model) -> Relations:
    """The people of one row by relation. Whoever left the practice or closed their account is in none."""
    return _living(_direct(row, {}), _gone())


def all_relations() -> dict[str, Relations]:
    """The people of every row of the house, by the row's id in hex; what many rows lead to is looked up once."""
    known: dict[Any, Relations] = {}
    gone = _gone()
    return {row.pk.hex: _living(_direct(row, known), gone) for model in house_models() for row in rows_of(model)}


def _gone() -> set[UUID]:
    return set(rows_of(User).filter(closed_at__isnull=False).values_list("pk", flat=True))


def _living(found: Relations, gone: set[UUID]) -> Relations:
    return {name: people - gone for name, people in found.items()}


def _direct(row: models.Model, known: dict[Any, Relations]) -> Relations:
    place = type(row), row.pk
    if place not in known:
        known[place] = _look_up(row, known)
    return known[place]


def _look_up(row: models.Model, known: dict[Any, Relations]) -> Relations:
    found: Relations = defaultdict(set)
    for field in row._meta.concrete_fields:
        target, value = field.related_model, getattr(row, field.attname)
        if isinstance(field, models.UUIDField) and field.name.endswith("_id"):
            found[field.name.removesuffix("_id")].add(value)  # ids that outlive an account are no foreign keys
        if value is None or not isinstance(target, type):
            continue
        if issubclass(target, User):
            found[field.name].add(value)
        elif not issubclass(target, Practice | Key):
            place = target, value
            _merge(found, known[place] if place in known else _direct(rows_of(target).get(pk=value), known))
    if isinstance(row, Engagement) and not _seated(row):
        del found["coach"]
    if isinstance(row, Engagement) and row.accepted_at is None:
        found["invited"] = found.pop("client")
    special = SPECIAL.get(type(row))
    _merge(found, special(row) if special else {})
    return found


def _merge(found: Relations, more: Relations) -> None:
    for name, people in more.items():
        found[name] |= people


def _seated(engagement: Engagement) -> bool:
    seats = rows_of(Seat).filter(user=engagement.coach_id, practice=engagement.practice_id, role="coach", left_at=None)
    return seats.exists()


def _of_user(row: models.Model) -> Relations:
    clients = rows_of(Engagement).filter(coach=row.pk).values_list("client_id", flat=True)
    coaches = rows_of(Engagement).filter(client=row.pk).values_list("coach_id", flat=True)
    seats = rows_of(Seat).filter(user=row.pk).values_list("practice_id", flat=True)
    owned = rows_of(Seat).filter(practice__in=list(seats), role="owner", left_at=None)
    owners = owned.values_list("user_id", flat=True)
    found = {"self": {row.pk}, "their client": set(clients), "their coach": set(coaches)}
    return found | {"their owner": set(owners)} | _near_user(row)


def _near_user(row: models.Model) -> Relations:
    """Other coaches of the same practice; whoever is asked to go on with this one, or goes on with their client."""
    coaching = rows_of(Seat).filter(role="coach", left_at=None)
    there = coaching.filter(user=row.pk).values_list("practice_id", flat=True)
    colleagues = coaching.filter(practice__in=list(there)).values_list("user_id", flat=True)
    asked = rows_of(Handover).filter(successor=row.pk).values_list("engagement__client_id", flat=True)
    handed = rows_of(Handover).filter(agreed_at__isnull=False, engagement__coach=row.pk)
    next_one = set(handed.values_list("successor_id", flat=True))
    mentors = rows_of(Seat).filter(user=row.pk, role="mentor", left_at=None).values_list("practice_id", flat=True)
    choosing = coaching.filter(practice__in=list(mentors)).values_list("user_id", flat=True)
    released = rows_of(Release).filter(mentor=row.pk).values_list("session__engagement__client_id", flat=True)
    told = [one.mentor_id for one in _open_releases() if one.session.engagement.coach_id == row.pk]
    found = {"colleague": set(colleagues), "asked client": {*asked, *released}, "their next coach": next_one}
    return found | {"coach there": set(choosing), "their mentor": set(told)}


def _open_releases() -> list[Any]:
    """Releases that a client said yes to and nobody closed, of mentors who sit there, where that is agreed on."""
    found = []
    for one in rows_of(Release).filter(agreed_at__isnull=False, closed_at=None).select_related("session__engagement"):
        engagement = one.session.engagement
        pact = rows_of(Pact).filter(engagement=engagement, in_force_at__isnull=False).order_by("-number").first()
        seats = rows_of(Seat).filter(user=one.mentor_id, practice=engagement.practice_id, role="mentor", left_at=None)
        if pact and pact.mentor and seats.exists() and _seated(engagement):
            found.append(one)
    return found


def _of_release(row: models.Model) -> Relations:
    return {"reading mentor": {one.mentor_id for one in _open_releases() if one.pk == row.pk}}


def _of_session(row: models.Model) -> Relations:
    return {"released to": {one.mentor_id for one in _open_releases() if one.session_id == row.pk}}


def _of_note(row: models.Model) -> Relations:
    """Whoever mentors reads what was shared when its client said yes."""
    assert isinstance(row, Note)
    return {"released notes": _mentors(row.session_id, "notes", row.shared_at)}


def _of_transcript(row: models.Model) -> Relations:
    assert isinstance(row, Transcript)
    return {"released transcript": _mentors(row.session_id, "transcript", row.taken_in_at)}


def _mentors(session: UUID, part: str, since: Any) -> set[UUID]:
    of = [one for one in _open_releases() if one.session_id == session and part in one.released.split()]
    return {one.mentor_id for one in of if since and since <= one.agreed_at}


def _of_practice(row: models.Model) -> Relations:
    seats = rows_of(Seat).filter(practice=row.pk, left_at=None)
    coached = rows_of(Engagement).filter(practice=row.pk).values_list("client_id", flat=True)
    return {"seated": set(seats.values_list("user_id", flat=True)), "coached there": set(coached)}


def _of_template(row: models.Model) -> Relations:
    assert isinstance(row, PactTemplate)
    return _of_practice(rows_of(Practice).get(pk=row.practice_id))


def _of_key(row: models.Model) -> Relations:
    found: Relations = defaultdict(set)
    for engagement in rows_of(Engagement).filter(key=row.pk):
        _merge(found, _direct(engagement, {}))
    return found


def _of_link(row: models.Model) -> Relations:
    assert isinstance(row, Link)
    others = (Session, Pact, Engagement, Commitment, Window, Handover, Release)
    nouns = (Moment,) if row.purpose == Link.Purpose.MOMENT else others
    found = (rows_of(noun).filter(pk=row.about).first() for noun in nouns if row.about)
    about = next((one for one in found if one), None)
    return _direct(about, {}) if about else {}


def _of_letter(row: models.Model) -> Relations:
    assert isinstance(row, Letter)
    return _of_key(rows_of(Key).get(pk=row.key_id))


def _of_owned(row: models.Model) -> Relations:
    assert isinstance(row, Breach | Invitation)
    seats = rows_of(Seat).filter(practice=row.practice_id, role="owner", left_at=None)
    return {"owner": set(seats.values_list("user_id", flat=True))}


def _of_engagement(row: models.Model) -> Relations:
    """An owner to whom it is open now, and another coach: asked by the client, or reading what they released."""
    live = rows_of(Opening).filter(engagement=row.pk, closed_at=None, ends_at__gt=timezone.now())
    found: Relations = defaultdict(set)
    found["opener"] = {owner for owner in live.values_list("owner", flat=True) if owner}
    for one in rows_of(Handover).filter(engagement=row.pk, closed_at=None, agreed_at__isnull=False):
        found["next coach"].add(one.successor_id)
        if one.begun and not one.begun.ended_on and _seated(one.begun):
            for kind in ["dates", *one.released.split()]:
                found[f"handed {kind}"].add(one.successor_id)
    found["mentor of it"] = {one.mentor_id for one in _open_releases() if one.session.engagement_id == row.pk}
    return found


def _of_message(row: models.Model) -> Relations:
    """Whoever of the two lets the words travel by mail."""
    assert isinstance(row, Message)
    two = {row.engagement.coach_id, row.engagement.client_id}
    wants = rows_of(Wish).filter(person__in=two, words_since__isnull=False)
    return {"wants words": set(wants.values_list("person_id", flat=True))}


def _of_returned(row: models.Model) -> Relations:
    assert isinstance(row, Returned)
    return _of_user(row.person)


SPECIAL = {
    Message: _of_message,
    Note: _of_note,
    Release: _of_release,
    Session: _of_session,
    Transcript: _of_transcript,
    Returned: _of_returned,
    Engagement: _of_engagement,
    Breach: _of_owned,
    Invitation: _of_owned,
    User: _of_user,
    Practice: _of_practice,
    PactTemplate: _of_template,
    Key: _of_key,
    Link: _of_link,
    Letter: _of_letter,
}
