"""Consent: general in what it is for, and taken back within two taps from the client's first page."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from holdspace.conversations.models import Session, Transcript
from holdspace.engagements.models import Consent, Engagement, NoConsent
from holdspace.people.models import User
from tests.cast import browser


def live(person: User) -> list[Consent]:
    return list(Consent.objects.visible_to(person).live().given_by(person))


def test_ben_sees_what_he_said_yes_to_and_takes_it_back_with_all_that_came_of_it(ben: User, heard: Transcript) -> None:
    there, address = browser(ben), reverse("withdraw", args=[heard.session_id])
    assert address in there.get("/yes/").content.decode()
    there.post(address)
    assert live(ben) == []
    assert not Transcript.objects.access_system("in a test").exists()
    assert "Take it back" not in there.get("/yes/").content.decode()


def test_a_yes_to_all_the_work_holds_until_withdrawn_and_opens_no_single_session(
    ana: User, ben: User, session: Session
) -> None:
    together = session.engagement
    for one in (ana, ben, ben):
        Consent.give(together, None, by=one)
    Consent.require(together, None)
    with pytest.raises(NoConsent):
        Consent.require(together, session.pk)
    (mine,) = live(ben)
    there = browser(ben)
    assert reverse("withdraw_consent", args=[mine.pk]) in there.get("/yes/").content.decode()
    there.post(reverse("withdraw_consent", args=[mine.pk]))
    with pytest.raises(NoConsent):
        Consent.require(together, None)


def test_the_database_keeps_one_live_yes_to_all_the_work(ben: User, together: Engagement) -> None:
    Consent.give(together, None, by=ben)
    with pytest.raises(IntegrityError), transaction.atomic():
        Consent.objects.create(engagement=together, scope=None, person=ben, purpose=Consent.Purpose.TRANSCRIPT)


def test_nobody_takes_back_anothers_yes(ana: User, ben: User, cleo: User, together: Engagement) -> None:
    consent = Consent.give(together, None, by=ben)
    for other in (ana, cleo):
        assert browser(other).post(reverse("withdraw_consent", args=[consent.pk])).status_code == 404
        with pytest.raises(NoConsent):
            consent.withdraw(by=other)
    assert live(ben) == [consent]
