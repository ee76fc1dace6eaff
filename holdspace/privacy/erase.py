"""Erasing a person or an engagement: every word goes, the key is destroyed, and only bare ids stay."""

from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from typing import Any
from uuid import UUID

from django.contrib.sessions.models import Session as Browser
from django.db import connections, models, transaction
from django.db.models import F, ProtectedError, Q
from django.utils import timezone

from holdspace.engagements.models import Engagement
from holdspace.people.models import Link, Practice, Seat, User
from holdspace.vault import trail
from holdspace.vault.models import Key, Trace

from . import ledger
from .holdings import Fate, Holding, holdings
from .models import Erased

GONE_NAME = "Somebody who left"
COACH_ALONE = {
    "conversations.Mark": Q(accepted_at=None),
    "conversations.Note": Q(shared_at=None, writer=F("session__engagement__coach")),
    "conversations.Release": Q(asked_at__isnull=False),
}
"""Rows of an engagement that go with its coach: what only the coach sees, and every question they asked for a mentor.
The others belong to the client too."""


class StillWorking(Exception):
    """A coach with live engagements ends them or hands them over first."""


class NotTheirs(Exception):
    """Only the client of an engagement has it erased; its coach only once it ended, for a client without an address."""


def doomed(person: User) -> Iterator[tuple[Holding, "models.QuerySet[Any]"]]:
    """What goes when this person is erased, children before parents."""
    mine, coached = _own(person), _engagements(coach=person)
    for holding in reversed(holdings()):
        if holding.model is None or holding.fate is not Fate.GONE or holding.model is User:
            continue
        theirs = Q()
        if holding.engagement:
            theirs |= _within(holding, mine)
            alone = COACH_ALONE.get(holding.label)
            theirs |= _within(holding, coached) & alone if alone else Q()
        if holding.person:
            theirs |= Q(**{holding.person: person.pk})
        if holding.label == "letters.Letter":
            theirs |= _within(holding, coached)
        if holding.label == "people.Invitation" and person.email:
            theirs |= Q(address=person.email)
        if theirs:
            yield holding, holding.model._base_manager.filter(theirs)


def doomed_with(engagement: Engagement) -> Iterator[tuple[Holding, "models.QuerySet[Any]"]]:
    """What goes when one engagement is erased, children before parents."""
    only = _engagements(pk=engagement.pk)
    for holding in reversed(holdings()):
        if holding.model is not None and holding.fate is Fate.GONE and holding.engagement:
            yield holding, holding.model._base_manager.filter(_within(holding, only))


def erase_engagement(engagement: Engagement, *, by: User | None) -> Counter[str]:
    """Destroy an engagement with all its words, for both. Says how many rows of what went. Harmless when repeated."""
    if by is not None and not may_erase(engagement, by):
        raise NotTheirs
    with transaction.atomic():
        found = Engagement.objects.access_system("erase once").select_for_update(of=("self",)).filter(pk=engagement.pk)
        if not found.exists():
            return Counter()
        counts = _delete(doomed_with(engagement))
        engagement.key.destroy(by=by, why="erased", practice_id=engagement.practice_id)
        Erased.note(Erased.Kind.ENGAGEMENT, engagement.pk)
        trail.leave(
            "erased an engagement",
            engagement,
            by=by,
            practice_id=engagement.practice_id,
            subject_id=engagement.client_id,
            engagement_id=engagement.pk,
        )
        transaction.on_commit(settle)
    return counts


def may_erase(engagement: Engagement, person: User) -> bool:
    """Whether this person can have the whole engagement erased."""
    if person.pk == engagement.client_id:
        return True
    return person.pk == engagement.coach_id and engagement.ended_on is not None and not engagement.client.email


def refuse_working(person: User) -> None:
    """Raise StillWorking for a coach with live engagements, and for the only owner of a practice others work in."""
    live = Engagement.objects.access_system("whoever coaches now stays").live()
    if live.filter(coach=person).exists() or _leaves_nobody(person):
        raise StillWorking


def _leaves_nobody(person: User) -> bool:
    seats = Seat.objects.access_system("who else is there").live()
    owned = Practice.objects.access_system("what somebody owns").owned_by(person)
    others = seats.filter(practice__in=owned.values("pk")).exclude(user=person)
    led = set(others.filter(role=Seat.Role.OWNER).values_list("practice", flat=True))
    return bool(set(others.values_list("practice", flat=True)) - led)


def erase_person(person: User, *, by: User | None) -> Counter[str]:
    """Erase a person with all engagements they are the client of. Harmless when repeated.

    Raises StillWorking for a coach with live engagements, unless the house itself does it (a restored backup).
    What a coach shared with earlier clients stays theirs, without the coach's name and address.
    """
    if by is not None:
        refuse_working(person)
    with transaction.atomic():
        found = User.objects.select_for_update().filter(pk=person.pk).first()
        if found is None or (found.name, found.email) == (GONE_NAME, None):
            return Counter()
        engagements = list(_own(person).values_list("pk", "key_id", "practice_id"))
        counts = _delete(doomed(person))
        keys = Key.objects.in_bulk([key_id for _, key_id, _ in engagements])
        for pk, key_id, practice_id in engagements:
            keys[key_id].destroy(by=by, why="erased", practice_id=practice_id)
            Erased.note(Erased.Kind.ENGAGEMENT, pk)
        sign_out_everywhere(person.pk)
        counts["people.User"] += 1
        _take_name(found)
        Erased.note(Erased.Kind.PERSON, person.pk)
        practices: set[UUID | None] = {practice_id for _, _, practice_id in engagements}
        for practice in practices or {None}:
            trail.leave("erased a person", person, by=by, practice_id=practice, subject_id=person.pk)
        transaction.on_commit(settle)
    return counts


def sign_out_everywhere(person_id: UUID) -> None:
    """End every browser's session of this person."""
    ended = [row.pk for row in Browser.objects.iterator() if row.get_decoded().get("_auth_user_id") == str(person_id)]
    Browser.objects.filter(pk__in=ended).delete()


def settle() -> None:
    """After the commit: note it outside the database, and let SQLite's log forget the old pages."""
    ledger.write_down()
    for alias in connections:
        checkpoint = getattr(connections[alias], "checkpoint", None)
        if checkpoint is not None:
            checkpoint()


def _own(person: User) -> "models.QuerySet[Engagement]":
    """Engagements that go with this person: as a client, and as a coach those that nobody accepted."""
    return Engagement._base_manager.filter(Q(client=person) | Q(coach=person, accepted_at=None))


def _engagements(**which: Any) -> "models.QuerySet[Engagement]":
    return Engagement._base_manager.filter(**which)


def _within(holding: Holding, engagements: "models.QuerySet[Engagement]") -> Q:
    if holding.engagement == "@key":
        return Q(key__in=engagements.values("key"))
    return Q(**{f"{holding.engagement}__in": engagements.values("pk")})


def _delete(going: Iterator[tuple[Holding, "models.QuerySet[Any]"]]) -> Counter[str]:
    """Delete rows and the one-tap links about them; what goes is found before anything does."""
    lists = [(holding, list(rows.values_list("pk", flat=True))) for holding, rows in going]
    counts: Counter[str] = Counter()
    for holding, ids in lists:
        model = holding.model
        if model is None or not ids:
            continue
        counts[holding.label] += len(ids)
        if isinstance(model._meta.pk, models.UUIDField):
            Link.objects.filter(about__in=ids).delete()
        model._base_manager.filter(pk__in=ids).delete()
    return counts


def _take_name(person: User) -> None:
    """Delete the person's row, or, where what belongs to others needs it, all that it says."""
    if not _engagements(coach=person).exists():
        with suppress(ProtectedError):  # a practice's template remembers who wrote it
            person.delete()
            return
    person.name, person.email, person.timezone, person.last_login = GONE_NAME, None, "UTC", None
    person.closed_at = person.closed_at or timezone.now()
    person.set_unusable_password()
    person.save()


def traces_left(person_id: UUID) -> int:
    """How many bare traces still carry this person's id."""
    about = Q(subject_id=person_id) | Q(actor_id=person_id)
    return Trace.objects.access_system("what stays after erasure").filter(about).count()
