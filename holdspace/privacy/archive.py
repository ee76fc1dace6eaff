"""An archive: which rows of which tables one reader is handed, and which fields of each."""

from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from holdspace.conversations.models import Release
from holdspace.engagements.models import Engagement
from holdspace.people.models import Practice, Seat, User
from holdspace.vault import trail
from holdspace.vault.models import Guarded, KeyDestroyed, SealedField, Trace

from .holdings import Holding, holdings

Row = dict[str, Any]
CHUNK = 200


@dataclass
class OwnArchive:
    """All that one person may read, as client and as coach, and nothing else."""

    person: User
    made_at: datetime = field(default_factory=timezone.now)
    kind = "person"

    @property
    def subject(self) -> UUID:
        """Whose archive it is."""
        return self.person.pk

    @cached_property
    def engagements(self) -> list[Engagement]:
        """Every engagement this person is in, ended ones too."""
        return list(Engagement.objects.visible_to(self.person).between(self.person).order_by("pk"))

    @cached_property
    def names(self) -> dict[str, str]:
        """What the people in it are called, as far as this person calls them anything."""
        known = {str(self.person.pk): self.person.name}
        for one in self.engagements:
            if one.client_id == self.person.pk:
                known[str(one.coach_id)] = one.coach.name
            else:
                known[str(one.client_id)] = one.called
        asked = Release.objects.visible_to(self.person).of_two(self.person).select_related(None)
        return known | {str(pk): name for pk, name in asked.values_list("mentor", "mentor__name")}

    def rows(self, holding: Holding) -> Iterator[Row]:
        """The rows of one table, each with the fields this person gets."""
        found = self.found(holding)
        if found is None or not holding.given:
            return
        if holding.coach or holding.two:
            way = "" if holding.engagement == "pk" else f"{holding.engagement}__"
            found = found.annotate(coach_here=F(f"{way}coach"), client_here=F(f"{way}client"))
        for row in found.order_by("pk").defer(*holding.as_file.split()).iterator(chunk_size=CHUNK):
            coach, client = (vars(row).get(f"{one}_here") == self.person.pk for one in ("coach", "client"))
            yield written(row, holding.handed(to_coach=coach, to_client=client))

    def files(self, holding: Holding) -> Iterator[tuple[str, bytes]]:
        """What is handed over as files, each under its place in the archive; opened one at a time."""
        found = self.found(holding) if holding.as_file else None
        for pk in found.order_by("pk").values_list("pk", flat=True) if found is not None else ():
            row = found.filter(pk=pk).first() if found is not None else None
            content = plain_bytes(row, holding.as_file) if row is not None else None
            if row is not None and content is not None:
                yield place_of(str(pk), row.name), content

    def found(self, holding: Holding) -> "models.QuerySet[Any] | None":
        """The rows of one table that this person may see; None where there can be none."""
        model = holding.model
        if model is None:
            return None
        if model is Trace:
            return self._traces()
        if model is Engagement:  # an invitation that waits for an answer is on its own page
            return Engagement.objects.visible_to(self.person).between(self.person)
        if issubclass(model, Guarded):
            return model.objects.visible_to(self.person)  # type: ignore[attr-defined, no-any-return]
        return model._base_manager.filter(**{holding.person: self.person.pk}) if holding.person else None

    def _traces(self) -> "models.QuerySet[Trace]":
        """One's own deeds, and others'; but when another person reads what is also theirs is their own affair."""
        clients = [one.client_id for one in self.engagements if one.coach_id == self.person.pk]
        return Trace.objects.visible_to(self.person).exclude(Q(verb=trail.READ) & Q(actor_id__in=clients))

    def leave_trace(self) -> None:
        """Note in each engagement that a copy was taken, for the other of the two to see."""
        for one in self.engagements:
            trail.leave(
                "took a copy",
                one,
                by=self.person,
                practice_id=one.practice_id,
                subject_id=one.client_id,
                engagement_id=one.pk,
            )
        if not self.engagements:
            trail.leave("took a copy", self.person, by=self.person, practice_id=None, subject_id=self.person.pk)


@dataclass
class WholeArchive:
    """Everything of one practice, every word of it: for the host, to move it to another house."""

    practice: Practice
    made_at: datetime = field(default_factory=timezone.now)
    kind = "practice"

    @property
    def subject(self) -> UUID:
        """Whose archive it is."""
        return self.practice.pk

    @cached_property
    def names(self) -> dict[str, str]:
        """What everyone in it is called."""
        return {str(pk): name for pk, name in User.objects.filter(pk__in=self.people).values_list("pk", "name")}

    @cached_property
    def engagements(self) -> dict[UUID, UUID]:
        """Every engagement of the practice, with the id of its key."""
        mine = Engagement.objects.access_system("the host moves a practice").filter(practice=self.practice)
        return dict(mine.values_list("pk", "key_id"))

    @cached_property
    def people(self) -> set[UUID]:
        """Everyone with a seat or an engagement here."""
        seated = self.practice.seats.access_system("the host moves a practice").values_list("user_id", flat=True)
        mine = Engagement.objects.access_system("the host moves a practice").filter(practice=self.practice)
        return {*seated, *(one for pair in mine.values_list("coach_id", "client_id") for one in pair)}

    @cached_property
    def keys(self) -> set[UUID]:
        """The practice's key and those of its engagements."""
        return {self.practice.key_id, *self.engagements.values()}

    def rows(self, holding: Holding) -> Iterator[Row]:
        """The rows of one table with every field that importing doesn't make anew."""
        belongs = self._belongs(holding)
        model = holding.model
        if model is None or belongs is None:
            return
        found = model._base_manager.filter(belongs).order_by(*(("number",) if model is Trace else ("pk",)))
        for row in found.iterator(chunk_size=2 if holding.as_file else CHUNK):
            yield written(row, holding.carried)

    def _belongs(self, holding: Holding) -> Q | None:
        """Which rows are this practice's; None for tables that hold nothing of any."""
        special = {
            "vault.Key": Q(pk__in=self.keys, wrapped__isnull=False),
            "vault.Trace": Q(trail=self.practice.pk),
        }
        if holding.label in special:
            return special[holding.label]
        if holding.practice:
            return Q(**{holding.practice: self.practice.pk})
        if holding.engagement == "@key":
            return Q(key__in=self.keys)
        if holding.person and not holding.anew:
            return Q(**{f"{holding.person}__in": self.people})
        return None


@dataclass
class FrameArchive:
    """The frame of a practice for its owners: seats, templates, its log, and counts; no client and no private word."""

    practice: Practice
    owner: User
    made_at: datetime = field(default_factory=timezone.now)
    kind = "frame"

    @property
    def subject(self) -> UUID:
        """Whose archive it is."""
        return self.practice.pk

    @cached_property
    def names(self) -> dict[str, str]:
        """Who sits there."""
        seats = Seat.objects.visible_to(self.owner).live().filter(practice=self.practice)
        return {str(pk): name for pk, name in seats.values_list("user", "user__name")}

    @property
    def counts(self) -> dict[str, int]:
        """How many rows the practice has in each table, of which nothing else is told."""
        told = [holding for holding in holdings() if holding.practice and holding.model is not None]
        return {
            holding.label: apps.get_model(holding.label)
            ._base_manager.filter(**{holding.practice: self.practice.pk})
            .count()
            for holding in told
        }

    def rows(self, holding: Holding) -> Iterator[Row]:
        """The rows of one table, if it belongs to the frame."""
        if holding.label not in FRAME:
            return
        found = apps.get_model(holding.label).objects.visible_to(self.owner)  # type: ignore[attr-defined]
        for row in found.filter(**{holding.practice: self.practice.pk}).order_by("pk").iterator(chunk_size=CHUNK):
            yield written(row, holding.given.split())

    def leave_trace(self) -> None:
        """Note that the frame was taken."""
        trail.leave("took the practice's frame", self.practice, by=self.owner, practice_id=self.practice.pk)


FRAME = {"people.Practice", "people.Seat", "engagements.PactTemplate", "privacy.Request", "privacy.Breach"}
Archive = OwnArchive | WholeArchive | FrameArchive


def tables_of(archive: Archive) -> Iterator[tuple[Holding, Iterator[Row]]]:
    """Every table that may have rows in an archive, parents first."""
    for holding in holdings():
        if holding.model is not None and (holding.carried if archive.kind == "practice" else holding.given):
            yield holding, archive.rows(holding)


def written(row: models.Model, names: list[str]) -> Row:
    """One row as JSON can carry it."""
    fields = {one.name: one for one in row._meta.concrete_fields}
    return {name: plain(row, fields[name]) for name in names}


def plain(row: models.Model, one: "models.Field[Any, Any]") -> Any:
    """One cell: sealed words are opened, other rows are named by their id."""
    if isinstance(one, SealedField):
        try:
            words = getattr(row, one.name)
        except KeyDestroyed:
            return None
        return b64encode(words).decode() if isinstance(words, bytes) else words
    value = getattr(row, one.attname)
    if isinstance(value, UUID):
        return str(value)
    return value.isoformat() if hasattr(value, "isoformat") else value


def plain_bytes(row: models.Model, name: str) -> bytes | None:
    """What is in a sealed file; None when its key was destroyed."""
    try:
        return bytes(getattr(row, name))
    except KeyDestroyed:
        return None


def place_of(pk: str, name: str) -> str:
    """Where a file stands in an archive."""
    return f"files/{pk}/{name}"
