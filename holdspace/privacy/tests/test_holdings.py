"""Every table and every field is accounted for, and the page that says so is current."""

from dataclasses import replace
from pathlib import Path

from django.conf import settings
from django.db import connections

from holdspace.privacy import holdings as book
from holdspace.privacy.holdings import Fate, faults, holding_of, holdings
from holdspace.privacy.papers import data_page

ROOT = Path(__file__).resolve().parents[3]


def tables() -> set[str]:
    """Every table there is, in every database of the house."""
    return {name for alias in settings.DATABASES for name in connections[alias].introspection.table_names()}


def test_every_table_and_field_is_accounted_for(db: None) -> None:
    assert faults(tables()) == []


def test_a_new_table_is_seen(db: None) -> None:
    assert faults({*tables(), "people_diary"}) == ["table people_diary is held and nobody says why"]


def test_a_table_that_went_is_seen(db: None) -> None:
    assert faults(tables() - {"people_seat"}) == ["table people_seat does not exist"]


def test_a_field_without_a_line_or_without_a_field_is_seen() -> None:
    mark = holding_of("conversations.Mark")
    assert replace(mark, given=mark.given.replace(" quote", "")).faults() == [
        "conversations.Mark.quote is unaccounted for"
    ]
    assert replace(mark, coach=mark.coach + " mood").faults() == ["conversations.Mark has no mood"]
    assert replace(mark, coach=mark.coach + " text").faults() == ["conversations.Mark.text is named twice"]


def test_what_stays_or_is_left_out_says_why() -> None:
    mark = replace(holding_of("conversations.Mark"), fate=Fate.STAYS, why_left="", whose="")
    assert len(mark.faults()) == 3


def test_parents_stand_before_children() -> None:
    order = [holding.label for holding in book.holdings()]
    for holding in holdings():
        for field in holding.model._meta.concrete_fields if holding.model else []:
            target = field.related_model
            if field.is_relation and isinstance(target, type) and target is not holding.model:
                label = target._meta.label
                assert holding.model._meta.app_label in ("auth", "vault") or order.index(label) < order.index(
                    holding.label
                ), f"{holding.label} stands before {label}"


def test_the_way_to_whose_row_it_is_exists() -> None:
    for holding in holdings():
        for way in (holding.engagement, holding.person, holding.practice):
            if way not in ("", "@key"):
                assert holding.model
                holding.model._base_manager.filter(**{f"{way}__isnull": False}).query.sql_with_params()
        assert set(holding.ids.split()) | set(holding.anew.split()) <= set(holding.fields)


def test_the_page_is_current() -> None:
    assert (ROOT / "docs" / "data.md").read_text(encoding="utf-8") == data_page(), "holdspace holdings > docs/data.md"
