"""The world that a module's walks share: no walk changes it."""

import zoneinfo
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from django.conf import settings
from django.db import connections, transaction

from . import canaries
from .world import World, build


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """A house that doesn't limit how often one asks and lists only the zones the walk needs."""
    zones = {*canaries.PLACES, "Europe/Dublin", "Europe/London", "UTC"}
    with ExitStack() as stack:
        patch = stack.enter_context(pytest.MonkeyPatch.context())
        patch.setattr(settings, "ACCOUNT_RATE_LIMITS", False, raising=False)
        patch.setattr(settings, "REPLY_DOMAIN", "mail.walk.example")
        patch.setattr(zoneinfo, "available_timezones", lambda: zones)
        stack.enter_context(django_db_blocker.unblock())
        for alias in connections:
            stack.enter_context(transaction.atomic(using=alias))
        yield build()
        for alias in connections:
            transaction.set_rollback(True, using=alias)
