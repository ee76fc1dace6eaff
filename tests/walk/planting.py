"""Planting a canary in every private cell that has none, and noting which sings where."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import models
from django.utils import timezone

from holdspace.conversations.models import Mark, Note, Transcript
from holdspace.growth.models import Concern, Fact, Intensity, Option
from holdspace.letters.models import Letter
from holdspace.people.models import User
from holdspace.threads.models import Attachment, Message
from holdspace.vault.classes import class_of, house_models
from holdspace.vault.models import Key, SealedField, new_id
from holdspace.vault.seal import Sealed

from . import canaries
from .relations import Relations, all_relations, rows_of

if TYPE_CHECKING:
    from .world import World

    Field = models.Field[Any, Any]


class NoCanary(AssertionError):
    """A private cell has no canary, so nothing would be noticed if it leaked."""


@dataclass(frozen=True)
class Cell:
    """One private cell: what it is called in the table, and its row's people."""

    label: str
    row: UUID
    people: Relations = field(compare=False)


def fabricate(model: type[models.Model]) -> None:
    """One plausible row of a noun that no deed above makes, so that its cells are walked too."""
    row = model()
    for cell in model._meta.concrete_fields:
        if cell.has_default() or (cell.null and class_of(cell) == "practice"):
            continue
        if cell.is_relation:
            other: Any = cell.related_model
            setattr(row, cell.attname, rows_of(other).order_by("pk").values_list("pk", flat=True)[0])
        elif cell.choices:
            setattr(row, cell.name, cell.choices[0][0])
        elif isinstance(cell, models.DateField):
            setattr(row, cell.name, timezone.now() if isinstance(cell, models.DateTimeField) else timezone.localdate())
        elif isinstance(cell, models.UUIDField):
            setattr(row, cell.name, new_id())
        elif isinstance(cell, models.CharField | models.TextField | SealedField):
            setattr(row, cell.name, canaries.song())
        else:
            setattr(row, cell.name, 1)
    row.save(force_insert=True)


PRACTICE_WORDS = ("people.Practice.name", "engagements.Engagement.rhythm")
"""Cells that aren't private but belong to one practice all the same."""
SPOKEN = {"conversations.Transcript"}
"""Planted by what is said in the transcripts, so that the words still fit together."""


def private_fields(model: type[models.Model]) -> list[Field]:
    """The fields of a model that need a canary."""
    return [
        field
        for field in model._meta.concrete_fields
        if class_of(field) in ("private", "sealed") or f"{model._meta.label}.{field.name}" in PRACTICE_WORDS
    ]


def plant_rest(world: World) -> None:
    """A row for every noun, and a canary for every private cell that the deeds left without."""
    for model in house_models():
        if not rows_of(model).exists():
            fabricate(model)
    for model in house_models():
        fields = private_fields(model)
        for row in rows_of(model):
            if model._meta.label in SPOKEN:
                plant_heard(row)
                continue
            for cell in fields:
                _plant(world, row, cell)
            if fields:
                row.save(update_fields=[cell.name for cell in fields])
    for user in rows_of(User):
        world.people[next(name for name, one in world.people.items() if one.pk == user.pk)] = user


def _plant(world: World, row: models.Model, cell: Field) -> None:
    label, value = f"{row._meta.label}.{cell.name}", getattr(row, cell.name)
    if isinstance(row, Key) or cell.name == "digest" or (canaries.voices(value) and not isinstance(row, Mark | Letter)):
        return
    if isinstance(cell, models.DateTimeField):
        world.moments += 1
        setattr(row, cell.name, canaries.moment(world.moments))
    elif isinstance(cell, models.EmailField):
        setattr(row, cell.name, None if value is None else canaries.address())
    elif isinstance(cell, models.CharField | models.TextField) or (
        isinstance(cell, SealedField) and cell.kind == "text"
    ):
        setattr(row, cell.name, f"{canaries.song()} words")
    elif isinstance(cell, SealedField) and cell.kind == "json":
        setattr(row, cell.name, sing_through(value))
    elif isinstance(cell, SealedField) and cell.kind == "bytes":
        setattr(row, cell.name, f"{canaries.song()} words".encode())
    else:
        raise NoCanary(f"The walk knows no canary for {label}, a {type(cell).__name__}: teach it one in world.py.")


def sing_through(value: Any) -> Any:
    """JSON with a canary before each text in it."""
    if isinstance(value, dict):
        return {name: sing_through(one) for name, one in value.items()}
    if isinstance(value, list):
        return [sing_through(one) for one in value]
    return f"{canaries.song()} {value}" if isinstance(value, str) else value


def plant_heard(row: models.Model) -> None:
    """Canaries of their own for what listening made, which is for the coach alone."""
    assert isinstance(row, Transcript)
    row.guess = row.guess | {"why": f"{canaries.song()} {row.guess['why']}"}
    row.save(update_fields=["guess"])
    if row.heard is None:
        return
    heard = row.heard
    for turn in heard["turns"]:
        turn["why"] = {head: f"{canaries.song()} {why}" for head, why in turn["why"].items()}
    for part in ("measures", "suggestions"):
        for one in heard[part]:
            said = [name for name in ("text", "label", "caveat", "source", "reason") if one.get(name)]
            one.update({name: f"{canaries.song()} {one[name]}" for name in said})
    row.heard = heard
    row.save(update_fields=["heard"])


def register(world: World) -> None:
    """Note who is what to each row and which canary stands where, and refuse a private cell without one."""
    world.kin = all_relations()
    for model in house_models():
        met: dict[str, int] = dict.fromkeys((cell.name for cell in private_fields(model)), 0)
        for row in rows_of(model):
            people = world.kin[row.pk.hex]
            for name in met:
                met[name] += _register_cell(world, row, name, people)
        empty = sorted(name for name, times in met.items() if not times)
        if empty or not rows_of(model).exists():
            raise NoCanary(f"{model._meta.label} has no row with a canary in {empty or 'it'}: add one to world.py.")


def _register_cell(world: World, row: models.Model, name: str, people: Relations) -> int:
    value, label = getattr(row, name), f"{row._meta.label}.{name}"
    if value is None:
        return 0
    if isinstance(row, Key):
        world.secrets |= dict.fromkeys(canaries.spellings(bytes(value)), f"{label} of {row}")
        return 1
    if name == "digest":  # no song can be a digest, so it is a secret as it stands
        world.secrets[value.encode()] = f"{label} of {row}"
        return 1
    songs = 0
    for part, said in parts_of(row, name, value).items():
        sung = canaries.voices(said)
        songs += len(sung)
        for one in sung:
            world.cells[one].append(Cell(f"{label}{part}", row.pk, people))
    if not songs:
        raise NoCanary(f"{label} of {row} holds no canary.")
    return songs


def parts_of(row: models.Model, name: str, value: Any) -> dict[str, Any]:
    """A cell's value by the parts that different people may see; most cells are one part."""
    assert not isinstance(value, Sealed)
    if isinstance(row, Mark):
        return {f", {row.state}": value}
    if isinstance(row, Note):
        return {", deleted" if row.deleted_at else ", shared" if row.shared_at else ", for oneself": value}
    if isinstance(row, Message):
        return {", held" if row.is_held else ", gone": value}
    if isinstance(row, Attachment):
        return {", gone" if row.message and not row.message.is_held else ", waiting": value}
    if isinstance(row, Concern | Option | Intensity):
        concern = row if isinstance(row, Concern) else row.concern
        return {", shared" if concern.shared_at else ", for oneself": value}
    if isinstance(row, Fact):
        return {", hidden" if row.hidden_at else ", held": value}
    if isinstance(row, Transcript) and name == "heard":
        plain = {part: value[part] for part in ("coach", "speakers", "asks", "notes")}
        said = [{"speaker": turn["speaker"], "text": turn["text"]} for turn in value["turns"]]
        coded = {"why": [turn["why"] for turn in value["turns"]], "measures": value["measures"]}
        return {", what was said": [plain, said], ", codes": [coded, value["suggestions"]]}
    return {"": value}
