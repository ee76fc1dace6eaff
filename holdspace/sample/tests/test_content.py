"""The sample practice is whole: people, sessions and transcripts agree with each other."""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from holdspace.listening import Transcript, read

HERE = Path(__file__).parents[1]
PRACTICE = json.loads((HERE / "practice.json").read_text(encoding="utf-8"))
COACHES = PRACTICE["coaches"]
MENTORS = PRACTICE["mentors"]
CLIENTS = PRACTICE["clients"]


def sessions() -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    for person in CLIENTS:
        for session in person["engagement"]["sessions"]:
            yield person, session


HEARD = [session for _, session in sessions() if session["transcript"]]
each_transcript = pytest.mark.parametrize("session", HEARD, ids=lambda session: session["transcript"])


@cache
def transcript(name: str) -> Transcript:
    return read(HERE / "transcripts" / name)


def joined(transcript: Transcript) -> list[str | None]:
    """Speakers in order, with neighbours of the same name counted once."""
    names = [turn.speaker for turn in transcript.turns]
    return names[:1] + [after for before, after in pairwise(names) if before != after]


def test_it_says_that_everybody_is_invented() -> None:
    assert "invented" in PRACTICE["about"]


def test_three_coaches_one_of_them_the_owner() -> None:
    assert len(COACHES) == 3
    assert [coach["owner"] for coach in COACHES].count(True) == 1


def test_a_dozen_clients_each_with_a_coach_of_the_practice() -> None:
    assert len(CLIENTS) >= 12
    assert {person["coach"] for person in CLIENTS} == {coach["key"] for coach in COACHES}


def test_everybody_has_a_thread_in_order_of_its_days() -> None:
    threads = json.loads((HERE / "threads.json").read_text(encoding="utf-8"))
    assert "invented" in threads["about"]
    assert threads["threads"].keys() == {person["key"] for person in CLIENTS}
    for person in CLIENTS:
        messages = threads["threads"][person["key"]]
        assert 1 <= len(messages) <= 6
        assert all(one["by"] in ("coach", "client") and one["words"].strip() for one in messages)
        written = [(one["days"], one["time"]) for one in messages]
        assert written == sorted(written)
        assert -person["engagement"]["started"] <= written[0][0] <= written[-1][0] < 0
        assert person["engagement"]["ended"] is None or written[-1][0] < -person["engagement"]["ended"]


def test_keys_are_used_once() -> None:
    keys = Counter(person["key"] for person in COACHES + CLIENTS)
    assert max(keys.values()) == 1


def test_no_address_can_reach_anybody() -> None:
    addresses = [person["email"] for person in [PRACTICE["practice"], *COACHES, *MENTORS, *CLIENTS] if person["email"]]
    hosts = {address.rpartition("@")[2] for address in addresses}
    assert len(set(addresses)) == len(addresses)
    assert all(host.endswith((".example", ".test")) or host in {"example.org", "example.com"} for host in hosts)


def test_a_client_without_an_address_is_among_them() -> None:
    assert any(person["email"] is None for person in CLIENTS)


def test_time_zones_exist() -> None:
    zones = {person["timezone"] for person in [PRACTICE["practice"], *COACHES, *MENTORS, *CLIENTS]}
    assert len(zones) >= 8
    assert all(ZoneInfo(zone) for zone in zones)


def test_sessions_stand_in_order_inside_their_engagement() -> None:
    for person in CLIENTS:
        engagement = person["engagement"]
        days = [session["days"] for session in engagement["sessions"]]
        assert 4 <= len(days) <= 9
        assert days == sorted(set(days))
        assert days[0] >= -engagement["started"]
        assert engagement["ended"] is None or days[-1] <= -engagement["ended"]


def test_one_engagement_has_ended() -> None:
    assert [person["key"] for person in CLIENTS if person["engagement"]["ended"] is not None] == ["solveig"]


def test_no_coach_is_in_two_sessions_at_once() -> None:
    taken: dict[str, list[tuple[datetime, datetime]]] = {}
    for person, session in sessions():
        day = datetime.strptime(session["time"], "%H:%M") + timedelta(days=session["days"] + 1000)
        taken.setdefault(person["coach"], []).append((day, day + timedelta(minutes=session["minutes"])))
    for spans in taken.values():
        assert all(before[1] <= after[0] for before, after in pairwise(sorted(spans)))


def test_words_for_channel_and_consent_are_the_known_ones() -> None:
    assert {session["channel"] for _, session in sessions()} == {"video", "in person", "phone"}
    assert {session["consents"] for _, session in sessions()} == {"both", "coach", "none", "withdrawn"}
    assert all(45 <= session["minutes"] <= 60 for _, session in sessions())


def test_each_transcript_is_named_once_and_none_lies_about() -> None:
    named = Counter(session["transcript"] for session in HEARD)
    assert set(named) == {path.name for path in (HERE / "transcripts").iterdir()}
    assert max(named.values()) == 1


def test_six_sessions_or_more_of_sixty_turns() -> None:
    long = [session for session in HEARD if len(joined(transcript(session["transcript"]))) >= 60]
    assert len(long) >= 6


def test_the_formats_are_various() -> None:
    heard = [transcript(session["transcript"]) for session in HEARD]
    assert {one.format for one in heard} == {"webvtt", "srt", "json", "text"}
    assert {one.stamps for one in heard} == {"fine", "seconds", "none"}


@each_transcript
def test_a_transcript_belongs_to_a_past_session_with_both_consents(session: dict[str, Any]) -> None:
    assert session["days"] < 0
    assert session["consents"] == "both"


@each_transcript
def test_a_transcript_reads_without_a_note(session: dict[str, Any]) -> None:
    assert transcript(session["transcript"]).notes == ()


@each_transcript
def test_the_coach_speaks_in_it_under_the_given_name(session: dict[str, Any]) -> None:
    heard = transcript(session["transcript"])
    assert session["coach"] in heard.speakers
    assert 2 <= len(heard.speakers) <= 3
    assert all(turn.speaker for turn in heard.turns)


@pytest.mark.parametrize("name", [one["transcript"] for one in HEARD if not one["transcript"].endswith(".txt")])
def test_people_speak_at_the_pace_of_people(name: str) -> None:
    turns = transcript(name).turns
    seconds = sum(turn.end - turn.start for turn in turns if turn.start is not None and turn.end is not None)
    assert 2 <= sum(len(turn.text.split()) for turn in turns) / seconds <= 3


@pytest.mark.parametrize("name", [one["transcript"] for one in HEARD if not one["transcript"].endswith(".txt")])
def test_people_pause_and_speak_over_each_other(name: str) -> None:
    gaps = [
        after.start - before.end for before, after in pairwise(transcript(name).turns) if before.end and after.start
    ]
    assert sum(gap >= 3 for gap in gaps) >= 5
    assert any(gap < 0 for gap in gaps)
