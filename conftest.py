"""Where tests live: a home of their own, both databases, no network, and a browser when asked for."""

import os
import shutil
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import django
import pytest
from django.conf import settings

pytest_plugins = ["tests.cast", "tests.browser", "tests.house", "tests.measured"]


def make_home() -> Path:
    """A fresh home for this process; set before the settings are read."""
    home = Path(tempfile.mkdtemp(prefix="holdspace-test-"))
    for name in [name for name in os.environ if name.startswith("HOLDSPACE_") and name not in KEPT]:
        del os.environ[name]
    os.environ["HOLDSPACE_HOME"] = str(home)
    return home


KEPT = {f"HOLDSPACE_{word}" for word in ("TEST_DB", "CHROMIUM", "PYTHON", "ANNOMI", "SHOTS")}
HOME = make_home()
if "PYTEST_XDIST_WORKER" not in os.environ:
    os.environ.pop("DATABASE_URL", None)
    if os.environ.get("HOLDSPACE_TEST_DB") == "postgres":
        from tests import postgres

        os.environ["DATABASE_URL"] = postgres.start()
os.environ["DJANGO_SETTINGS_MODULE"] = "holdspace.settings"
os.environ["EMAIL_URL"] = "memory://"
settings.INSTALLED_APPS += ["zeal"]
settings.MIDDLEWARE += ["tests.once.ask_once"]
django.setup()
if settings.HOME != HOME:
    pytest.exit("DJANGO_SETTINGS_MODULE is set, so the settings of another house were read: unset it and run again.", 2)
del os.environ["DJANGO_SETTINGS_MODULE"]  # or else a process of xdist would start in this process's home
# pages name static files plainly here; tests/test_static.py holds that they can be gathered and hashed
settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
settings.STATIC_ROOT.mkdir()
settings.PASSWORD_HASHERS = ["tests.hashing.QuickArgon2"]  # a fifth of all time would go into it


def pytest_unconfigure(config: pytest.Config) -> None:
    """The home goes with the tests."""
    shutil.rmtree(HOME, ignore_errors=True)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whoever uses the database gets all of it: the side file too."""
    for item in items:
        marker = item.get_closest_marker("django_db")
        asks = {"db", "transactional_db", "live_server"} & set(getattr(item, "fixturenames", ()))
        if marker or asks:
            wishes: dict[str, Any] = {"databases": "__all__", **(marker.kwargs if marker else {})}
            item.add_marker(pytest.mark.django_db(*(marker.args if marker else ()), **wishes), append=False)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """SQLite tests use real files, as a real house does."""
    for alias, database in settings.DATABASES.items():
        if "postgresql" not in database["ENGINE"]:
            database.setdefault("TEST", {})["NAME"] = str(HOME / f"test-{alias}.sqlite3")


@pytest.fixture(scope="session", autouse=True)
def no_network() -> Iterator[None]:
    """Only this machine can be reached."""
    connect = socket.socket.connect

    def stay_home(self: socket.socket, address: Any) -> None:
        if self.family in {socket.AF_INET, socket.AF_INET6} and address[0] not in {"127.0.0.1", "::1", "localhost"}:
            raise AssertionError(f"a test tried to reach {address[0]}")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", stay_home)
        yield
