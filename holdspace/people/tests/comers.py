"""People coming in through the real door, and what they hold in their hands."""

import html
import re
import time
from typing import Any

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from holdspace.people.models import User
from tests.cast import PASSWORD


def come_in(person: User, password: str = PASSWORD, **headers: str) -> Client:
    """A browser in which this person has signed in by password, as far as that leads."""
    there = Client(raise_request_exception=False, headers=headers or None)
    there.post(reverse("account_login"), {"login": person.email, "password": password})
    return there


def fresh(person: User) -> Client:
    """The same, who has just given the password once more."""
    there = come_in(person)
    there.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return there


def is_in(there: Client) -> bool:
    """Whether somebody is signed in here."""
    return there.get(reverse("me")).status_code == 200


def digits(secret: str, later: int = 0) -> str:
    """What an app shows, some half minutes from now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + later))


def set_up_app(there: Client) -> str:
    """Set up an app with codes; gives its secret."""
    page = there.get(reverse("mfa_activate_totp"))
    secret: str = page.context["form"].secret
    answer = there.post(reverse("mfa_activate_totp"), {"code": digits(secret)})
    assert answer.status_code == 302, answer.content.decode()
    cache.clear()  # a code counts once; the next one would be half a minute away
    return secret


def code_in_mail(number: int = -1) -> str:
    """The code in a mail."""
    found = re.search(r"^ {4}(\S+)$", str(mail.outbox[number].body), re.MULTILINE)
    assert found, mail.outbox[number].body
    return found[1]


def words(answer: Any) -> str:
    """A page as text."""
    return html.unescape(answer.content.decode())
