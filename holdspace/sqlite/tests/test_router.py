"""Sessions and cache live beside the house, not in it."""

from types import SimpleNamespace

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.cache.backends.db import BaseDatabaseCache
from django.db import connections, router

from holdspace.sqlite.router import SideTables
from holdspace.vault.models import Key


@pytest.fixture
def two(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("holdspace.sqlite.router.settings", SimpleNamespace(DATABASES={"default": {}, "side": {}}))


@pytest.fixture
def one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("holdspace.sqlite.router.settings", SimpleNamespace(DATABASES={"default": {}}))


def test_sessions_and_cache_go_to_the_side(two: None) -> None:
    table = BaseDatabaseCache("cache", {}).cache_model_class
    for model in (Session, table):
        assert SideTables().db_for_read(model) == SideTables().db_for_write(model) == "side"
        assert SideTables().allow_migrate("side", model._meta.app_label) is True
        assert SideTables().allow_migrate("default", model._meta.app_label) is False


def test_all_else_stays_in_the_house(two: None) -> None:
    assert SideTables().db_for_read(Key) == SideTables().db_for_write(Key) == "default"
    assert SideTables().allow_migrate("default", "vault") is True
    assert SideTables().allow_migrate("side", "vault") is False


def test_one_database_holds_all(one: None) -> None:
    assert SideTables().db_for_write(Session) == "default"
    assert SideTables().allow_migrate("default", "sessions") is True


def test_other_databases_are_none_of_its_business(two: None) -> None:
    assert SideTables().allow_migrate("elsewhere", "vault") is None


@pytest.mark.django_db(databases=list(settings.DATABASES))
def test_every_table_stands_where_it_is_looked_for() -> None:
    for alias in connections:
        if alias not in settings.DATABASES:
            continue
        tables = set(connections[alias].introspection.table_names())
        for model in apps.get_models():
            home = router.db_for_read(model)
            assert (model._meta.db_table in tables) == (home == alias), (alias, model)
