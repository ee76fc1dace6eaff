"""A house in its own processes, with Ana, Ben and a session they both agreed to keep; each test gets a copy."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from .places import House, Stage

FURNISH = """
import json
from importlib import import_module
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.utils import timezone
from holdspace.engagements.models import open_engagement
from holdspace.people.begin import found, seat
from tests.cast import both_agree, meeting, person

def cookie(user):
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store[SESSION_KEY], store[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store.create()
    return store.session_key

ana, ben = person("Ana"), person("Ben")
practice = found("Juniper House", "Europe/London")
seat(ana, practice, "owner", "coach")
session = meeting(open_engagement(ana, ben, called="Ben", accepted_at=timezone.now()), title="Before the interview")
both_agree(session)
print(json.dumps({"session": str(session.pk), "ana": cookie(ana), "ben": cookie(ben)}))
"""


@pytest.fixture(scope="session")
def furnished(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """A house made ready once, and what its tests need to know of it."""
    house = House.like(prepared, tmp_path_factory.mktemp("furnished") / "house")
    done = house.run("shell", "-v", "0", "-c", FURNISH)
    assert done.returncode == 0, done.stderr
    return house.home, json.loads(done.stdout)


@pytest.fixture
def stage(furnished: tuple[Path, dict[str, str]], tmp_path: Path) -> Iterator[Stage]:
    """A copy of the house for one test; whatever still runs in it is ended."""
    home, known = furnished
    shutil.copytree(home, tmp_path / "house")
    one = Stage(House(tmp_path / "house"), known)
    yield one
    one.end()
