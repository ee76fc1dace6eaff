"""Every field of the house has a class."""

import pytest
from django.db import models

from holdspace.vault.models import Classes, SealedField, class_of, unclassed_fields
from holdspace.vault.tests.boxes import NOUNS, Box, Chore, Finished

FAULTY = {
    "no class": (models.IntegerField(), Classes(public="id"), "needs exactly one class"),
    "two classes": (models.IntegerField(), Classes(public="id it", private="it"), "needs exactly one class"),
    "no such field": (models.IntegerField(), Classes(public="id it", private="gone"), "gone, which it has not"),
    "a sealed field named": (SealedField(), Classes(public="id it"), "needs exactly one class"),
    "private words in the open": (models.TextField(), Classes(public="id", private="it"), "is not sealed"),
    "private json in the open": (models.JSONField(), Classes(public="id", private="it"), "is not sealed"),
}


def test_every_field_of_the_house_has_its_class() -> None:
    assert unclassed_fields() == []


def test_the_nouns_of_these_tests_are_classed() -> None:
    assert unclassed_fields(noun for noun in NOUNS if noun.__name__ in ("Box", "Lid", "Chore")) == []
    assert [class_of(Box._meta.get_field(name)) for name in ("id", "label", "text")] == ["public", "practice", "sealed"]


def test_inherited_classes_count() -> None:
    assert class_of(Chore._meta.get_field("fence")) == "practice"
    assert class_of(Chore._meta.get_field("due_at")) == "practice"


def test_a_noun_without_classes_is_named() -> None:
    assert unclassed_fields([Finished]) == [
        "vault_tests.Finished.id needs exactly one class",
        "vault_tests.Finished.chore needs exactly one class",
    ]


@pytest.mark.parametrize(("field", "declared", "fault"), FAULTY.values(), ids=FAULTY.keys())
def test_each_fault_is_named(field: "models.Field[object, object]", declared: Classes, fault: str) -> None:
    class Meta:
        app_label = "vault_tests"
        apps = models.options.Options.default_apps.__class__()

    named = {"__module__": __name__, "Meta": Meta, "it": field.clone(), "classes": declared}
    named["id"] = models.UUIDField(primary_key=True)
    noun = type("Faulty", (models.Model,), named)
    assert any(fault in found for found in unclassed_fields([noun])), unclassed_fields([noun])
