"""The host helps somebody back in."""

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from holdspace.people.factors import has_factor
from holdspace.people.models import User
from holdspace.people.tests.comers import come_in, fresh, is_in, set_up_app
from holdspace.vault.models import Trace


def test_who_lost_every_factor_comes_in_again(ben: User, cleo: User) -> None:
    there, other = fresh(ben), fresh(cleo)
    set_up_app(there)
    set_up_app(other)
    assert not is_in(come_in(ben))
    call_command("letin", " BEN@example.org")
    assert not is_in(there), "whoever was in is out"
    assert is_in(come_in(ben))
    assert has_factor(cleo)
    told = Trace.objects.visible_to(ben).get(detail="second factors taken away by the host")
    assert told.actor_id is None


def test_nobody_has_that_address(db: None) -> None:
    with pytest.raises(CommandError, match="Nobody here"):
        call_command("letin", "nobody@example.org")
