"""After the ending, and before the invitation is accepted, nothing new comes into a session."""

import pytest
from django.urls import reverse

from holdspace.conversations.consent import agree, ask_client
from holdspace.conversations.models import Session, Transcript
from holdspace.engagements.models import Consent, Engagement, NoConsent, NotYetAccepted, Over, open_engagement
from holdspace.people.models import User
from holdspace.vault.models import new_id
from tests.cast import TALK, browser, meeting

SAID = {"day": "2026-12-01", "time": "14:30", "timezone": "Europe/London", "minutes": "60", "channel": "video"}


def end(engagement: Engagement) -> None:
    engagement.end(engagement.coach.today, by=engagement.coach)


def test_no_session_is_added_after_the_ending(ana: User, session: Session) -> None:
    end(session.engagement)
    there = browser(ana)
    page = there.post(reverse("add_session", args=[session.engagement_id]), SAID | {"once": str(new_id())})
    assert "This work has ended" in page.content.decode()
    assert Session.objects.visible_to(ana).get() == session
    assert there.get(session.get_absolute_url()).status_code == 200


def test_no_transcript_comes_in_after_the_ending(ana: User, agreed: Session) -> None:
    end(agreed.engagement)
    page = browser(ana).post(reverse("bring_transcript", args=[agreed.pk]), {"pasted": TALK})
    assert "Nothing new is kept" in page.content.decode()
    assert not Transcript.objects.access_system("in a test").exists()


def test_no_consent_is_given_after_the_ending_and_the_old_one_can_still_be_taken_back(
    ana: User, ben: User, agreed: Session
) -> None:
    end(agreed.engagement)
    browser(ben).post(reverse("withdraw", args=[agreed.pk]))
    page = browser(ben).post(reverse("agree", args=[agreed.pk]), follow=True).content.decode()
    assert "Nothing was changed" in page
    assert not Consent.objects.visible_to(ben).live().given_by(ben).exists()
    with pytest.raises(Over):
        ask_client(agreed, post=True)
    assert "has ended" in browser(ana).post(reverse("ask", args=[agreed.pk]), follow=True).content.decode()


def test_an_invited_person_sees_no_session_and_is_asked_nothing(ana: User, ben: User) -> None:
    invited = open_engagement(ana, ben, called="Ben")
    session = meeting(invited)
    assert browser(ben).get(session.get_absolute_url()).status_code == 404
    with pytest.raises(NotYetAccepted):
        ask_client(session, post=True)
    with pytest.raises(NoConsent):
        agree(session, by=ben)
    page = browser(ana).post(reverse("ask", args=[session.pk]), follow=True).content.decode()
    assert "accepted your invitation yet" in page
