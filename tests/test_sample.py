"""The sample practice: lived in, the same when loaded twice, and open to those it names."""

import json

import pytest
from django.test import Client

from holdspace.conversations.models import Mark, Note, Release, Session, Transcript
from holdspace.engagements.models import Engagement, Pact
from holdspace.growth.models import Commitment, Concern, Fact, Goal, Moment, Move
from holdspace.growth.reliability import reliability_of
from holdspace.letters.models import Letter
from holdspace.people.models import User
from holdspace.sample import load
from holdspace.threads.models import Message

PEOPLE = ("engagement__key__parent", "engagement__coach", "engagement__client")
pytestmark = pytest.mark.django_db


def counts() -> dict[str, int]:
    nouns = (Engagement, Session, Transcript, Mark, Note, Pact, Message)
    nouns += (Commitment, Goal, Concern, Fact, Moment, Release)
    return {noun.__name__: noun.objects.access_system("counting rows").count() for noun in nouns}


@pytest.mark.slow
def test_it_is_lived_in_and_loading_it_twice_adds_nothing() -> None:
    told = load.load()
    first = counts()
    assert first["Engagement"] == 12
    assert first["Transcript"] == 8
    assert first["Mark"] > 20
    assert first["Note"] > 8
    assert first["Commitment"] >= 30
    told_of = Commitment.objects.access_system("every state is among them").select_related(*PEOPLE)
    assert {one.state for one in told_of} == {"open", "waiting", "kept", "dropped"}
    assert any(one.days_late for one in told_of.filter(kept_on__isnull=False))
    assert Move.objects.access_system("one was moved in agreement").in_time().exists()
    assert reliability_of(User.objects.get(email="marigold@juniper.example")).due >= 10, "so that a figure is shown"
    steps = Concern.objects.access_system("a step of some became a promise").exclude(commitment=None)
    assert {one.commitment.state for one in steps.select_related("commitment")} == {"open", "kept"}
    assert first["Message"] > 24
    assert not Letter.objects.access_system("nobody is written to").exists()
    assert first["Goal"] > 12
    assert first["Concern"] > 10
    assert first["Fact"] > 10
    assert first["Moment"] > 8
    assert Release.objects.access_system("one is read by a mentor").reading().count() == first["Release"] == 1
    assert not Transcript.objects.access_system("all of them heard?").filter(done_at=None).exists()
    assert load.load() == told
    assert counts() == first


@pytest.mark.slow
def test_what_a_crash_left_out_is_made_up_for(monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(_told: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(load, "_transcripts", crash)
        with pytest.raises(KeyboardInterrupt):
            load.load()
    assert counts()["Transcript"] == 0
    load.load()
    assert counts()["Transcript"] == 8


def test_everybody_it_names_can_sign_in() -> None:
    said = load.load()
    told = json.loads((load.HERE / "practice.json").read_text())
    for coach in told["coaches"]:
        assert coach["email"] in said
        assert Client().login(email=coach["email"], password=load.password())
    assert User.objects.get(email=told["coaches"][0]["email"]).check_password(load.password())
