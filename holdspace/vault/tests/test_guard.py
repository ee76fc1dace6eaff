"""The guard: rows are reached through visible_to(person) or a named access, and in no other way."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Prefetch, Q
from django.http import Http404
from django.shortcuts import get_object_or_404

from holdspace.vault.models import Key, Unguarded
from holdspace.vault.tests.boxes import Box, Forgetful, Lid, Somebody

Way = Callable[[Any], Any]

SHUT: dict[str, Way] = {
    "iterating": lambda rows: list(rows.all()),
    "len": lambda rows: len(rows.all()),
    "truth": lambda rows: bool(rows.all()),
    "first of all": lambda rows: rows.all()[0],
    "a slice": lambda rows: list(rows.all()[:2]),
    "count": lambda rows: rows.count(),
    "exists": lambda rows: rows.exists(),
    "contains": lambda rows: rows.contains(Box()),
    "get": lambda rows: rows.get(label="first"),
    "first": lambda rows: rows.first(),
    "last": lambda rows: rows.last(),
    "latest": lambda rows: rows.latest("pk"),
    "earliest": lambda rows: rows.earliest("pk"),
    "in_bulk": lambda rows: rows.in_bulk(),
    "iterator": lambda rows: list(rows.iterator()),
    "aggregate": lambda rows: rows.aggregate(Count("pk")),
    "annotate": lambda rows: list(rows.annotate(n=Count("pk"))),
    "values": lambda rows: list(rows.values("label")),
    "values_list": lambda rows: list(rows.values_list("label", flat=True)),
    "filter": lambda rows: list(rows.filter(label="first")),
    "exclude": lambda rows: list(rows.exclude(label="second")),
    "order_by": lambda rows: list(rows.order_by("label")),
    "distinct": lambda rows: list(rows.distinct()),
    "only": lambda rows: list(rows.only("label")),
    "using": lambda rows: list(rows.using("default")),
    "select_related": lambda rows: list(rows.select_related("key")),
    "select_for_update": lambda rows: list(rows.select_for_update()),
    "explain": lambda rows: rows.explain(),
    "update": lambda rows: rows.update(label="x"),
    "delete": lambda rows: rows.all().delete(),
    "get_or_create": lambda rows: rows.get_or_create(label="first"),
    "update_or_create": lambda rows: rows.update_or_create(label="first"),
    "bulk_update": lambda rows: rows.bulk_update([Box()], ["label"]),
    "upsert": lambda rows: rows.bulk_create(
        [Box()], update_conflicts=True, update_fields=["label"], unique_fields=["id"]
    ),
    "raw": lambda rows: rows.raw("SELECT * FROM vault_tests_box"),
    "extra": lambda rows: rows.extra(where=["1=1"]),
    "union": lambda rows: rows.visible_to(Somebody()).union(rows.all()),
    "union the other way": lambda rows: rows.all().union(rows.visible_to(Somebody())),
    "intersection": lambda rows: rows.visible_to(Somebody()).intersection(rows.all()),
    "difference": lambda rows: rows.access_system("a test of walls").difference(rows.all()),
    "or": lambda rows: rows.visible_to(Somebody()) | rows.all(),
    "or the other way": lambda rows: rows.all() | rows.visible_to(Somebody()),
    "and": lambda rows: rows.access_system("a test of walls") & rows.all(),
    "xor": lambda rows: rows.visible_to(Somebody()) ^ rows.all(),
    "or with nobody's": lambda rows: rows.visible_to(None) | rows.all(),
    "paginator": lambda rows: Paginator(rows.order_by("pk"), 1).count,
    "get_object_or_404": lambda rows: get_object_or_404(rows, label="first"),
    "get_object_or_404 of the noun": lambda rows: get_object_or_404(Box, label="first"),
    "default manager": lambda rows: list(Box._default_manager.all()),
    "prefetching all": lambda rows: list(rows.access_system("a test of walls").prefetch_related("lids")),
}


@pytest.mark.parametrize("way", SHUT.values(), ids=SHUT.keys())
def test_unasked_it_stays_shut(box: Box, way: Way) -> None:
    Lid.objects.create(box=box)
    with pytest.raises(Unguarded), transaction.atomic():
        way(Box.objects)
    assert Box._base_manager.get().label == "first"


@pytest.mark.parametrize("way", [lambda rows: rows.acount(), lambda rows: rows.aget(), lambda rows: rows.aiterator()])
def test_unasked_it_stays_shut_in_async_too(way: Way) -> None:
    async def ask() -> None:
        await way(Box.objects)

    with pytest.raises(Unguarded):
        asyncio.run(ask())


def test_one_sees_ones_own(box: Box, ana: Somebody) -> None:
    mine = Box.objects.visible_to(ana)
    assert list(mine) == [box]
    assert (mine.count(), mine.exists(), len(mine)) == (1, True, 1)
    assert mine.filter(label="first").get() == box
    assert get_object_or_404(mine, pk=box.pk) == box
    assert list(mine.values_list("label", flat=True)) == ["first"]
    assert Paginator(mine.order_by("pk"), 1).page(1).object_list[0] == box
    assert list(mine.iterator()) == [box]
    assert list(mine.filter(Q(label="first") | Q(label="second"))) == [box]
    assert mine.aggregate(n=Count("pk")) == {"n": 1}
    assert list(mine | mine) == [box]
    assert list(mine.union(mine)) == [box]


def test_a_stranger_sees_nothing(box: Box, cleo: Somebody) -> None:
    theirs = Box.objects.visible_to(cleo)
    assert (list(theirs), theirs.count(), theirs.exists()) == ([], 0, False)
    with pytest.raises(Http404):
        get_object_or_404(theirs, pk=box.pk)
    assert theirs.update(label="taken") == 0
    assert theirs.delete() == (0, {})
    assert Box._base_manager.get().label == "first"


@pytest.mark.parametrize("nobody", [None, Somebody(is_authenticated=False), Somebody(is_active=False)])
def test_nobody_sees_nothing(box: Box, nobody: Somebody | None) -> None:
    if nobody is not None:
        Box._base_manager.update(owner=nobody.pk)
    assert list(Box.objects.visible_to(nobody)) == []


def test_the_house_itself_gives_its_reason(box: Box) -> None:
    assert list(Box.objects.access_system("counting what is kept")) == [box]
    for reason in ("", "because", "   "):
        with pytest.raises(Unguarded):
            Box.objects.access_system(reason)


def test_opened_ones_change_and_delete(box: Box, ana: Somebody) -> None:
    mine = Box.objects.visible_to(ana)
    assert mine.update(label="second") == 1
    assert mine.get().label == "second"
    assert mine.filter(label="second").delete()[0] == 1


def test_rows_are_made_without_asking(key: Key, ana: Somebody) -> None:
    made = Box.objects.create(key=key, owner=ana.pk)
    made.label = "kept"
    made.save()
    made.refresh_from_db()
    Box.objects.bulk_create([Box(key=key, owner=ana.pk)])
    assert Box.objects.visible_to(ana).count() == 2
    made.delete()
    assert Box.objects.visible_to(ana).count() == 1


def test_relations_ask_too(box: Box, ana: Somebody, cleo: Somebody) -> None:
    lid = box.lids.create()
    for way in (list, len, lambda rows: rows.count(), lambda rows: rows.filter(pk=lid.pk).exists()):
        with pytest.raises(Unguarded):
            way(box.lids.all())
    with pytest.raises(Unguarded):
        box.lids.count()
    assert list(box.lids.visible_to(ana)) == [lid]
    assert list(box.lids.visible_to(cleo)) == []
    assert Lid._base_manager.get().box == box


def test_related_rows_come_along_when_asked_for(box: Box, ana: Somebody, queries: Any) -> None:
    lid = box.lids.create()
    asked_for = Prefetch("lids", queryset=Lid.objects.visible_to(ana).select_related("box"))
    with queries() as asked:
        (found,) = Box.objects.visible_to(ana).prefetch_related(asked_for)
        assert list(found.lids.all()) == [lid]
    assert len(asked) == 2
    assert Lid.objects.visible_to(ana).select_related("box").get().box.label == "first"


def test_inside_an_opened_query_a_shut_one_may_help(box: Box, ana: Somebody) -> None:
    assert not Box.objects.visible_to(ana).filter(pk__in=Lid.objects.values("box")).exists()
    box.lids.create()
    has_lid = Exists(Lid.objects.filter(box=OuterRef("pk")))
    assert list(Box.objects.visible_to(ana).filter(has_lid)) == [box]


def test_none_is_open_to_all(stored: None) -> None:
    assert list(Box.objects.none()) == []


def test_a_noun_without_a_rule_lets_nobody_in(stored: None, ana: Somebody) -> None:
    assert not hasattr(Forgetful, "objects")
    assert Box._default_manager.name == "objects"
    with pytest.raises(Unguarded):
        list(Forgetful._default_manager.all())
    with pytest.raises(NotImplementedError):
        Forgetful._default_manager.visible_to(ana)


def test_a_queryset_never_shows_its_rows(box: Box, ana: Somebody) -> None:
    assert repr(Box.objects.visible_to(ana)) == "<BoxQuerySet of vault_tests.Box>"
    assert repr(Box.objects.all()) == "<BoxQuerySet of vault_tests.Box>"


def test_templates_cannot_call_what_changes() -> None:
    for name in ("update", "delete", "bulk_create"):
        assert getattr(Box.objects.all(), name).alters_data
