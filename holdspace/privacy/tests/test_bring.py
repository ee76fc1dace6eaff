"""A practice brought in from its whole archive is the same practice under other ids and other keys."""

import json
import re
from typing import Any

import pytest

from holdspace.conversations.models import Mark, Session, Transcript
from holdspace.engagements.models import Consent, Engagement
from holdspace.people.models import Practice, User
from holdspace.privacy.archive import WholeArchive
from holdspace.privacy.bring import NotAnArchive, bring_in
from holdspace.privacy.pack import as_json
from holdspace.privacy.schema import schema
from holdspace.vault import trail
from holdspace.vault.models import Key, Trace

from .referee import faults

ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}")
Told = dict[str, Any]


def told_of(practice: Practice) -> Told:
    return json.loads("".join(as_json(WholeArchive(practice))))


def without_ids(tables: dict[str, list[Told]]) -> str:
    """The tables with every id replaced by its number of appearance."""
    numbers: dict[str, str] = {}
    return ID.sub(lambda found: numbers.setdefault(found[0], f"id {len(numbers)}"), json.dumps(tables))


@pytest.fixture
def moved(heard: Transcript, practice: Practice, ana: User) -> tuple[Told, Practice]:
    """The practice twice in one house: as it was, and as it came in."""
    Mark.objects.visible_to(ana).first().accept(by=ana)
    told = told_of(practice)
    return told, bring_in(json.loads(json.dumps(told)))


def test_it_is_the_same_but_for_its_ids(moved: tuple[Told, Practice]) -> None:
    told, made = moved
    again = told_of(made)
    brought = again["tables"]["vault.Trace"].pop()
    assert (brought["verb"], brought["actor_id"]) == ("brought in the practice", None)
    for name in ("people.User", "account.EmailAddress"):
        assert again["tables"].pop(name) == told["tables"].pop(name), "people whom the house knows stay themselves"
    assert without_ids(again["tables"]) == without_ids(told["tables"])
    assert told["tables"]["conversations.Transcript"][0]["words"]["turns"]
    old, new = (set(ID.findall(json.dumps(one["tables"]["conversations.Mark"]))) for one in (told, again))
    assert not old & new


def test_its_words_are_sealed_under_keys_of_its_own(
    moved: tuple[Told, Practice], practice: Practice, ana: User
) -> None:
    _, made = moved
    old, new = (Engagement.objects.visible_to(ana).get(practice=one) for one in (practice, made))
    assert old.purpose == new.purpose
    old.key.destroy(by=None, why="in a test")
    assert Engagement.objects.visible_to(ana).get(practice=made).purpose == new.purpose
    assert Session.objects.visible_to(ana).get(engagement=new).title == "Before the interview"
    assert Key.objects.get(pk=new.key_id).parent_id == made.key_id


def test_consents_still_speak_of_their_sessions(moved: tuple[Told, Practice], ana: User) -> None:
    _, made = moved
    engagement = Engagement.objects.visible_to(ana).get(practice=made)
    Consent.require(engagement, Session.objects.visible_to(ana).get(engagement=engagement).pk)


def test_its_trail_is_whole_with_its_old_dates(moved: tuple[Told, Practice], practice: Practice) -> None:
    _, made = moved
    assert trail.verify(made.pk) == trail.verify(practice.pk) == []
    every = Trace.objects.access_system("in a test")
    old, new = (list(every.filter(trail=one.pk).order_by("number")) for one in (practice, made))
    assert [(one.at, one.verb) for one in old] == [(one.at, one.verb) for one in new[:-1]]
    assert Engagement.objects.access_system("in a test").filter(pk__in=[one.engagement_id for one in new]).exists()


def test_another_practice_stays_out_of_it(moved: tuple[Told, Practice]) -> None:
    told, made = moved
    names = {row["name"] for row in told_of(made)["tables"]["people.Practice"]}
    assert names == {row["name"] for row in told["tables"]["people.Practice"]} == {"Juniper House"}
    assert len(told_of(made)["tables"]["engagements.Engagement"]) == 1


def test_it_is_the_shape_that_was_published_and_holds_no_key(moved: tuple[Told, Practice]) -> None:
    told, _ = moved
    assert list(faults(told, schema())) == []
    assert "wrapped" not in json.dumps(told)


BROKEN = {
    "not an archive": lambda told: {"hello": "there"},
    "another version": lambda told: told | {"version": 99},
    "a person's own": lambda told: told | {"kind": "person"},
    "an unknown table": lambda told: told | {"tables": told["tables"] | {"growth.Horoscope": []}},
    "no tables": lambda told: told | {"tables": None},
    "no keys": lambda told: told | {"tables": {k: v for k, v in told["tables"].items() if k != "vault.Key"}},
    "a missing parent": lambda told: told | {"tables": told["tables"] | {"conversations.Session": []}},
    "an odd id": lambda told: json.loads(json.dumps(told).replace('"scope": "', '"scope": "x')),
    "an odd time": lambda told: json.loads(json.dumps(told).replace('"minutes": 60', '"minutes": "an hour"')),
    "another field": lambda told: json.loads(json.dumps(told).replace('"rhythm"', '"mood"')),
}


@pytest.mark.parametrize("what", BROKEN)
def test_what_does_not_fit_leaves_nothing_behind(heard: Transcript, practice: Practice, what: str) -> None:
    told = BROKEN[what](told_of(practice))
    count = Practice.objects.access_system("in a test").count(), Key.objects.count()
    with pytest.raises(NotAnArchive):
        bring_in(told)
    assert (Practice.objects.access_system("in a test").count(), Key.objects.count()) == count
