"""Every file that pages name can be gathered, hashed and compressed as a real house does it."""

from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command

from holdspace import serve


@pytest.fixture
def gathered(settings, tmp_path: Path) -> Path:
    settings.STATIC_ROOT = tmp_path / "static"
    backend = "holdspace.shell.static.HashedNames"
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": backend}}
    call_command("collectstatic", interactive=False, verbosity=0)
    return settings.STATIC_ROOT


def test_every_static_file_has_a_hashed_name_and_a_small_twin(gathered: Path) -> None:
    names = {path.name for path in gathered.rglob("*")}
    assert any(name.startswith("tokens.") and name.count(".") == 2 for name in names)
    assert any(name.endswith(".br") for name in names)


def test_the_name_that_is_told_is_the_file_there_is(gathered: Path) -> None:
    told = staticfiles_storage.url("shell/tokens.css")
    assert told == staticfiles_storage.url("shell/tokens.css") != "/static/shell/tokens.css"
    assert (gathered / told.removeprefix("/static/")).exists()
    with pytest.raises(ValueError, match=r"nothing\.css"):
        staticfiles_storage.url("shell/nothing.css")


def test_a_changed_file_changes_the_fingerprint(settings, tmp_path: Path) -> None:
    settings.STATICFILES_DIRS = [tmp_path]
    finders.get_finder.cache_clear()
    (tmp_path / "ink.css").write_text("a { color: inherit }")
    before = serve.fingerprint()
    assert serve.fingerprint() == before
    (tmp_path / "ink.css").write_text("a { color: currentcolor }")
    assert serve.fingerprint() != before
    finders.get_finder.cache_clear()
