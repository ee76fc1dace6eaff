"""A mail server that doesn't answer: one page says so."""

import smtplib

import pytest
from django.core.mail.backends.locmem import EmailBackend
from django.urls import reverse

from holdspace.people.models import User
from tests.cast import browser


@pytest.fixture(autouse=True)
def no_mail(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: EmailBackend, messages: object) -> int:
        raise smtplib.SMTPServerDisconnected

    monkeypatch.setattr(EmailBackend, "send_messages", refuse)


@pytest.mark.parametrize("address", ["ben@example.org", "nobody@example.org"])
def test_asking_for_a_code_says_that_no_letter_could_be_sent(ben: User, address: str) -> None:
    answer = browser().post(reverse("account_request_login_code"), {"email": address})
    assert answer.status_code == 503
    assert "nothing was sent" in answer.content.decode()
