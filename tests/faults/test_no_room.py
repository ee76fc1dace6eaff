"""The disk is full, or nobody may write: a clear page, nothing acknowledged is lost, and all goes on afterwards."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection

from holdspace.conversations.models import Note, Session
from holdspace.people.models import User
from tests.cast import browser

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL's disk is not this house's to fill"),
]
WORDS = "What Ben said about the quince. " * 100


@contextmanager
def full(pages: int = 2) -> Iterator[None]:
    """Room for a few pages more and no further."""
    with connection.cursor() as cursor:
        now = cursor.execute("PRAGMA page_count").fetchone()[0]
        before = cursor.execute("PRAGMA max_page_count").fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count={now + pages}")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA max_page_count={before}")


@contextmanager
def read_only() -> Iterator[None]:
    """As a disk that was mounted again without writing."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA query_only=ON")
        try:
            yield
        finally:
            cursor.execute("PRAGMA query_only=OFF")


def write(session: Session, ana: User) -> Any:
    return browser(ana).post(f"/sessions/{session.pk}/notes/", {"once": new(), "note": WORDS})


def new() -> str:
    from holdspace.vault.models import new_id

    return str(new_id())


def kept(ana: User) -> list[str]:
    return [note.text for note in Note.objects.visible_to(ana)]


def whole() -> bool:
    with connection.cursor() as cursor:
        return bool(cursor.execute("PRAGMA integrity_check").fetchone() == ("ok",))


def test_a_full_disk_is_said_and_loses_nothing(session: Session, ana: User) -> None:
    acknowledged = 0
    with full(pages=12):
        for _ in range(60):
            answer = write(session, ana)
            if answer.status_code == 503:
                break
            assert answer.status_code == 302
            acknowledged += 1
        assert answer.status_code == 503, "the disk was never full"
        assert "Nothing can be stored just now" in answer.content.decode()
        assert "quince" not in answer.content.decode()
        assert kept(ana) == [WORDS] * acknowledged
    assert acknowledged > 0
    assert whole()
    assert write(session, ana).status_code == 302
    assert len(kept(ana)) == acknowledged + 1


def test_a_database_that_may_not_be_written_is_said_and_can_be_read(session: Session, ana: User) -> None:
    assert write(session, ana).status_code == 302
    there = browser(ana)
    with read_only():
        answer = there.post(f"/sessions/{session.pk}/notes/", {"once": new(), "note": "More."})
        assert answer.status_code == 503
        assert "Nothing can be stored just now" in answer.content.decode()
        assert WORDS[:30] in there.get(f"/sessions/{session.pk}/").content.decode()
    assert kept(ana) == [WORDS]
    assert write(session, ana).status_code == 302
