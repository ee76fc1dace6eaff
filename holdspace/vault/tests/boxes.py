"""Nouns that exist only in tests: a box of sealed words, its lids, a chore."""

from dataclasses import dataclass, field
from typing import Any, ClassVar, Self
from uuid import UUID

from django.db import models

from holdspace.vault.models import (
    Classes,
    Guarded,
    GuardedQuerySet,
    Key,
    Leased,
    LeasedQuerySet,
    SealedField,
    new_id,
)


@dataclass
class Somebody:
    """A person as the vault knows one."""

    pk: UUID = field(default_factory=new_id)
    is_authenticated: bool = True
    is_active: bool = True


class BoxQuerySet(GuardedQuerySet["Box"]):
    def seen_by(self, person: Any) -> Self:
        return self.filter(owner=person.pk).select_related("key")


class Box(Guarded):
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    owner = models.UUIDField(default=new_id)
    key = models.ForeignKey(Key, models.PROTECT, db_constraint=False, related_name="+")
    label = models.CharField(max_length=20, blank=True)
    text = SealedField()
    aside = SealedField(null=True)
    words = SealedField(kind=dict, null=True)
    blob = SealedField(kind=bytes, null=True)

    seal_with = "key"
    classes: ClassVar = Classes(public="id", practice="owner key label")
    objects = BoxQuerySet.as_manager()

    class Meta:
        app_label = "vault_tests"

    def __str__(self) -> str:
        return f"box {self.pk}"


class LidQuerySet(GuardedQuerySet["Lid"]):
    def seen_by(self, person: Any) -> Self:
        return self.filter(box__owner=person.pk)


class Lid(Guarded):
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    box = models.ForeignKey(Box, models.CASCADE, db_constraint=False, related_name="lids")
    note = SealedField(null=True)

    seal_with = "box.key"
    classes: ClassVar = Classes(public="id", practice="box")
    objects = LidQuerySet.as_manager()

    class Meta:
        app_label = "vault_tests"

    def __str__(self) -> str:
        return f"lid {self.pk}"


class Forgetful(Guarded):
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)

    class Meta:
        app_label = "vault_tests"

    def __str__(self) -> str:
        return f"forgetful {self.pk}"


class ChoreQuerySet(LeasedQuerySet["Chore"], GuardedQuerySet["Chore"]):
    pass


class Chore(Leased, Guarded):
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=20, blank=True)
    results = models.IntegerField(default=0)

    classes: ClassVar = Classes(public="id", practice="name results due_at")
    objects = ChoreQuerySet.as_manager()

    class Meta:
        app_label = "vault_tests"

    def __str__(self) -> str:
        return f"chore {self.pk}"


class Finished(models.Model):
    """One row each time a chore was finished, so that twice would show."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    chore = models.UUIDField()

    class Meta:
        app_label = "vault_tests"

    def __str__(self) -> str:
        return f"finished {self.chore}"


NOUNS = (Box, Lid, Forgetful, Chore, Finished)
