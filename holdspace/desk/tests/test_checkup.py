"""The checkup: each thing that can be wrong is made wrong once, and said in a sentence."""

import os
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from holdspace.desk import checkup
from holdspace.people.models import Practice, User
from holdspace.worker import work
from tests.cast import browser

Look = Callable[[], Any]


def wrong(look: Look) -> str:
    return " ".join(one.says for one in look() if not one.well)


def right(look: Look) -> str:
    return " ".join(one.says for one in look() if one.well)


@pytest.fixture
def home(tmp_path: Path, settings: Any) -> Path:
    settings.HOME = settings.KEYS = tmp_path
    return tmp_path


def test_headers_are_those_of_the_running_house(db: None, settings: Any) -> None:
    assert right(checkup.headers)
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "SafeHeaders" not in name]
    assert "Content-Security-Policy" in wrong(checkup.headers)


def test_plain_http_to_the_outside_is_told(settings: Any) -> None:
    assert not wrong(checkup.address)
    settings.ADDRESS = "http://coach.example.org"
    assert "without HTTPS" in wrong(checkup.address)


def test_a_key_that_others_can_read_is_told(db: None, home: Path) -> None:
    (home / "house.key").write_text("x")
    (home / "house.key").chmod(0o600)
    assert not wrong(checkup.keys)
    (home / "house.key").chmod(0o644)
    assert "Others on this machine" in wrong(checkup.keys)


def test_a_wrong_house_key_is_told(db: None, settings: Any) -> None:
    assert "right one" in right(checkup.keys)
    settings.HOUSE_KEY, settings.OTHER_HOUSE_KEYS = bytes(32), tuple
    assert "not the one" in wrong(checkup.keys)


def test_the_age_of_the_last_backup(db: None, home: Path) -> None:
    if "sqlite" not in str(checkup.connection.vendor):
        assert "PostgreSQL" in right(checkup.backups)
        return
    assert "No backup" in wrong(checkup.backups)
    note, tried = home / "last-backup", home / "last-drill"
    note.touch()
    assert "The last backup was taken" in right(checkup.backups)
    assert "No backup was tried" in wrong(checkup.backups)
    tried.touch()
    assert "would have come back" in right(checkup.backups)
    assert not wrong(checkup.backups)
    os.utime(tried, (0, 0))
    assert "run holdspace drill" in wrong(checkup.backups)
    days_ago = time.time() - 3 * 24 * 3600
    os.utime(note, (days_ago, days_ago))
    assert "too long" in wrong(checkup.backups)


def test_a_clock_that_went_back_is_told(session: object, monkeypatch: pytest.MonkeyPatch) -> None:
    assert right(checkup.clock)
    before = timezone.now() - timedelta(days=1)
    monkeypatch.setattr(checkup.timezone, "now", lambda: before)
    assert "behind" in wrong(checkup.clock)


def test_no_mail_server_or_one_that_is_silent_is_told(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    assert "reach nobody" in wrong(checkup.mail)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    assert "does not answer" in wrong(checkup.mail)


def test_a_worker_shows_that_it_is_alive(db: None) -> None:
    cache.delete("worker-seen")
    assert "No worker" in wrong(checkup.worker)
    work(once=True, jobs=[])
    assert "at work" in right(checkup.worker)
    cache.set("worker-seen", timezone.now() - timedelta(hours=1))
    assert "last seen" in wrong(checkup.worker)


def test_a_full_disk_is_told(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    assert right(checkup.disk)
    monkeypatch.setattr(checkup, "LEAST_DISK", 10**18)
    assert "make room" in wrong(checkup.disk)


def test_the_tables_are_up_to_date(db: None) -> None:
    assert "up to date" in right(checkup.database)


def test_an_owner_sees_it_and_nothing_secret_is_in_it(practice: Practice, dov: User, settings: Any) -> None:
    page = browser(dov).get(reverse("checkup")).content.decode()
    assert "How the house is" in page
    assert settings.SECRET_KEY not in page
    assert str(settings.KEYS) not in page


def test_nobody_else_does(ana: User, ben: User, cleo: User) -> None:
    for other in (ana, ben, cleo):
        assert browser(other).get(reverse("checkup")).status_code == 404
