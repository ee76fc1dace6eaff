"""A found concern, once accepted, stands among the client's; and goes with the answer, or with the consent."""

from datetime import timedelta

import pytest
from django.utils import timezone

from holdspace.conversations.consent import withdraw
from holdspace.conversations.models import InUse, Mark, Transcript
from holdspace.growth.models import Concern, Intensity
from holdspace.growth.raise_from import Voiced, raise_from, withdraw_from
from holdspace.growth.tests.walking import page
from holdspace.people.models import User
from holdspace.privacy.expire import RULES
from holdspace.vault.models import new_id


@pytest.fixture
def mark(heard: Transcript, ana: User) -> Mark:
    found = Mark.objects.visible_to(ana).filter(kind="concern").order_by("turn").first()
    assert found is not None
    found.accept(by=ana)
    return found


def test_it_is_raised_once_in_the_words_that_were_spoken(mark: Mark, ana: User, ben: User) -> None:
    made = raise_from(mark, by=ana)
    assert raise_from(mark, by=ana) == made
    concern = Concern.objects.visible_to(ben).get()
    assert concern.words in "".join(mark.quote)
    assert concern.session_id == mark.transcript.session_id
    assert concern.known_since == mark.transcript.session.starts_at
    assert concern.words[:20] in page(ben, "concerns", concern.engagement_id).replace("&#x27;", "'")


def test_a_promise_raises_no_concern(heard: Transcript, ana: User) -> None:
    promise = Mark.objects.visible_to(ana).filter(kind="promise").first()
    assert promise is not None
    assert raise_from(promise, by=ana) is None
    Voiced().answered(promise, ana)
    assert not Concern.objects.visible_to(ana).exists()


def test_said_better_by_the_coach_it_says_so_too(mark: Mark, ana: User) -> None:
    raise_from(mark, by=ana)
    mark.edit("Afraid of falling short", "client", "", by=ana)
    raise_from(mark, by=ana)
    assert Concern.objects.visible_to(ana).get().words == "Afraid of falling short"


def test_it_goes_when_the_answer_is_taken_back_and_comes_again(mark: Mark, ana: User, ben: User) -> None:
    follower = Voiced()
    follower.answered(mark, ana)
    mark.reopen(by=ana)
    follower.answered(mark, ana)
    assert not Concern.objects.visible_to(ben).exists()
    mark.accept(by=ana)
    follower.answered(mark, ana)
    assert Concern.objects.visible_to(ben).exists()


def test_what_the_two_went_on_with_stays_whatever_is_answered(mark: Mark, ana: User, ben: User) -> None:
    concern = raise_from(mark, by=ana)
    assert concern is not None
    Intensity.say(concern, new_id(), 7, by=ben)
    with pytest.raises(InUse):
        withdraw_from(mark, by=ana)
    with pytest.raises(InUse):
        mark.edit("Something else", "client", "", by=ana)
    assert Concern.objects.visible_to(ben).get().words == concern.words


def test_it_goes_with_the_consent_it_came_from(mark: Mark, ana: User, ben: User) -> None:
    concern = raise_from(mark, by=ana)
    assert concern is not None
    Intensity.say(concern, new_id(), 7, by=ben)
    withdraw(mark.transcript.session, by=ben)
    assert not Concern.objects.access_system("in a test").exists()
    assert not Intensity.objects.access_system("in a test").exists()


def test_it_outlives_the_days_of_the_transcript_until_the_consent_is_taken_back(
    mark: Mark, ana: User, ben: User
) -> None:
    session, concern = mark.transcript.session, raise_from(mark, by=ana)
    rule = next(rule for rule in RULES if rule.label == "conversations.Transcript")
    assert rule.go(rule.due(timezone.now() + timedelta(days=400))) == 1
    kept = Concern.objects.visible_to(ben).get()
    assert kept == concern
    assert (kept.mark_id, kept.outlived_at is not None) == (None, True)
    assert Voiced().derived(session, ben) == 1
    Voiced().forget(session)
    assert not Concern.objects.visible_to(ben).exists()
