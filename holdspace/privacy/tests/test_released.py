"""A release as it is held, taken along, brought in, erased and restored: its words go with the first of its people."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connections, models
from django.utils import timezone

from holdspace.conversations.models import Release, Transcript, transcript_released, write_note
from holdspace.conversations.release import answer, ask_to_release
from holdspace.engagements.models import Engagement
from holdspace.engagements.tests.agreeing import agreed_on
from holdspace.letters.models import Letter
from holdspace.people.models import Practice, User
from holdspace.privacy import ledger
from holdspace.privacy.archive import OwnArchive, WholeArchive
from holdspace.privacy.bring import bring_in
from holdspace.privacy.erase import erase_engagement, erase_person
from holdspace.privacy.expire import let_go, transcripts
from holdspace.privacy.held import held_about
from holdspace.privacy.pack import as_json
from holdspace.privacy.readable import page
from holdspace.privacy.replay import replay
from holdspace.privacy.schema import schema
from holdspace.vault.models import new_id

from .referee import faults

WHY = "How do I ask less and listen more here?"
BARE = {"id", "session", "mentor", "asked", "asked_at", "released", "agreed_at", "closed_at"}


@pytest.fixture(autouse=True)
def own_ledger(settings: Any, tmp_path: Path) -> Path:
    settings.LEDGER = tmp_path / "kept" / "erased.ledger"
    return tmp_path / "kept" / "erased.ledger"


@pytest.fixture
def given(heard: Transcript, together: Engagement, ana: User, ben: User, mira: User) -> Release:
    agreed_on(together, mentor=True)
    write_note(heard.session, new_id(), "Shared by Ben", by=ben).share(by=ben)
    made = ask_to_release(heard.session, mira, ["notes", "transcript"], WHY, by=ana)
    answer(made, yes=True, parts=["notes"], by=ben)
    return made


def taken(person: User) -> dict[str, Any]:
    found: dict[str, Any] = json.loads("".join(as_json(OwnArchive(person))))
    assert list(faults(found, schema())) == []
    return found


def test_the_two_take_all_of_it_along(given: Release, ana: User, ben: User, mira: User) -> None:
    for person in (ana, ben):
        told = taken(person)
        [row] = told["tables"]["conversations.Release"]
        assert row.keys() == BARE | {"question", "closed_by"}
        assert (row["question"], row["released"], row["asked"]) == (WHY, "notes", "notes transcript")
        assert told["names"][str(mira.pk)] == "Mira"
        words = "".join(page(OwnArchive(person)))
        assert WHY in words
        assert "Released to a mentor" in {held.holding.title for held in held_about(person)}


def test_the_mentor_takes_the_bare_facts_and_nobodys_words(given: Release, ben: User, mira: User) -> None:
    told = taken(mira)
    [row] = told["tables"]["conversations.Release"]
    assert row.keys() == BARE
    others = ("conversations.Session", "conversations.Note", "conversations.Transcript", "engagements.Engagement")
    assert not [label for label in others if told["tables"].get(label)]
    all_of_it = json.dumps(told) + "".join(page(OwnArchive(mira)))
    for words in (WHY, "Shared by Ben", "Before the interview", "part of you is afraid"):
        assert words not in all_of_it
    given.close(by=ben)
    assert not taken(mira)["tables"]["conversations.Release"]


def test_it_comes_along_when_a_practice_moves(given: Release, practice: Practice, mira: User) -> None:
    told = json.loads("".join(as_json(WholeArchive(practice))))
    Letter.objects.access_system("another house has none of these").delete()
    made = bring_in(told)
    rows = Release.objects.access_system("in a test").select_related("session__engagement__key__parent")
    moved = rows.get(session__engagement__practice=made)
    assert (moved.question, moved.released, moved.mentor) == (WHY, "notes", mira)
    assert moved.pk != given.pk
    assert {one.pk for one in Release.objects.visible_to(mira)} == {given.pk, moved.pk}, "as open there as it was here"


def cells_with(words: bytes) -> list[str]:
    """Every table of the house that holds these bytes."""
    found = []
    for alias in connections:
        for name in connections[alias].introspection.table_names():
            with connections[alias].cursor() as cursor:
                cursor.execute(f"SELECT * FROM {connections[alias].ops.quote_name(name)}")
                if any(words in bytes(cell) for row in cursor for cell in row if isinstance(cell, bytes | memoryview)):
                    found.append(name)
    return found


def sealed_words(release: Release) -> bytes:
    row = models.QuerySet(Release).filter(pk=release.pk).values_list("question", flat=True).get()
    return bytes(row.token)


def end(engagement: Engagement, by: User) -> None:
    engagement.end(by.today, by=by)


GOES: dict[str, Callable[[Release], object]] = {
    "the client": lambda one: erase_person(one.engagement.client, by=one.engagement.client),
    "the engagement": lambda one: erase_engagement(one.engagement, by=one.engagement.client),
    "the mentor": lambda one: erase_person(one.mentor, by=one.mentor),
    "the coach": lambda one: (
        end(one.engagement, one.engagement.coach),
        erase_person(one.engagement.coach, by=one.engagement.coach),
    ),
}


@pytest.mark.parametrize("who", GOES)
@pytest.mark.django_db(transaction=True)
def test_erasing_any_of_its_people_leaves_nothing_of_the_words(given: Release, who: str, ben: User) -> None:
    words = sealed_words(given)
    assert cells_with(words) == ["conversations_release"], "or there is nothing to lose"
    GOES[who](given)
    assert cells_with(words) == []
    assert not Release.objects.access_system("in a test").exists()
    if who in ("the mentor", "the coach"):
        assert taken(ben)["tables"]["conversations.Note"], "what is the client's stays theirs"


@pytest.mark.django_db(transaction=True)
def test_what_was_closed_since_a_backup_is_closed_again_after_it_came_back(
    given: Release, own_ledger: Path, ben: User, mira: User
) -> None:
    given.close(by=ben)
    ledger.write_down()
    assert f"release {given.pk}" in own_ledger.read_text()
    Release.objects.access_system("what an old backup says").update(closed_at=None, closed_by=None)
    assert Release.objects.visible_to(mira).exists()
    assert replay()["conversations.Release"] == 1
    assert not Release.objects.visible_to(mira).exists()
    assert replay()["conversations.Release"] == 0, "safe to repeat"


def test_a_transcript_whose_days_are_over_is_gone_for_the_mentor_too(given: Release, heard: Transcript) -> None:

    Release.objects.access_system("in a test").update(released="notes transcript")
    given.refresh_from_db()
    assert transcript_released(given, given.mentor) == heard
    then = timezone.now() + timedelta(days=40)
    assert let_go(transcripts(then)) == 1
    assert transcript_released(given, given.mentor) is None
