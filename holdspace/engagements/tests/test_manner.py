"""Letters between two people keep to their pact from the moment both have signed."""

from datetime import UTC, datetime

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from holdspace.conversations.models import Session
from holdspace.engagements.models import Engagement, NotBetweenThem
from holdspace.engagements.tests.agreeing import agreed_on, proposed
from holdspace.engagements.writing import may_write, write_to
from holdspace.letters.models import Letter, NotByEmail
from holdspace.people.models import User
from tests.cast import browser

NIGHT_THERE = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)


def write(together: Engagement, to: User, idem: str = "one") -> bool:
    return write_to(together, to, "try", subject="A word", words="Words.", idem=idem)


def test_quiet_hours_are_those_of_the_pact_in_the_readers_own_zone(
    ana: User, ben: User, together: Engagement, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NIGHT_THERE)
    proposed(together, ana)
    write(together, ben, "before")
    assert Letter.objects.visible_to(ben).get().due_at == NIGHT_THERE
    agreed_on(together)
    write(together, ben, "after")
    due = set(Letter.objects.visible_to(ben).filter(kind="try").values_list("due_at", flat=True))
    assert due == {datetime(2026, 11, 24, 13, 0, tzinfo=UTC)}


def test_without_email_in_the_pact_no_letter_is_written_and_a_link_is_made_instead(
    ana: User, ben: User, session: Session
) -> None:
    agreed_on(session.engagement, channels=["phone"], recording=True)
    assert not may_write(session.engagement, ben)
    with pytest.raises(NotByEmail):
        write(session.engagement, ben)
    page = browser(ana).post(reverse("ask", args=[session.pk]), {"letter": ""}, follow=True).content.decode()
    assert "agreed not to write by e-mail" in page
    assert "/k/consent/" in browser(ana).post(reverse("ask", args=[session.pk])).content.decode()
    assert not mail.outbox


def test_letters_go_to_the_two_alone(cleo: User, together: Engagement) -> None:
    with pytest.raises(NotBetweenThem):
        write(together, cleo)
