"""A short code on its way to one address: made, posted, and checked in the visitor's own session."""

import time
from dataclasses import dataclass
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.core.internal.ratelimit import consume
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare, salted_hmac

HELD = "code on its way"
LASTS = 10 * 60
"""Seconds for which a code can be typed."""
TRIES = 3


class WrongCode(Exception):
    """That is not the code."""


class StaleCode(Exception):
    """There is no code to check: too old, tried too often, or for something else."""


class TooMany(Exception):
    """Too many codes were asked for."""


@dataclass(frozen=True)
class Purpose:
    """What a code is for: a name to tell codes apart, and the sentence that stands in the mail."""

    name: str
    sentence: str


def send_code(request: HttpRequest, purpose: Purpose, address: str) -> None:
    """Post a fresh code to the address; raises TooMany. An older one no longer opens anything."""
    limits = {"app": "allauth.account", "action": "request_login_code", "key": address.lower()}
    if not consume(request, **limits):
        raise TooMany
    door = get_adapter(request)
    code = door.generate_login_code()
    held = {"purpose": purpose.name, "address": address, "at": time.time(), "tries": 0}
    request.session[HELD] = held | {"digest": _digest(code, held)}
    door.send_mail("people/email/code", address, {"code": code, "sentence": purpose.sentence})


def awaited(request: HttpRequest, purpose: Purpose) -> str | None:
    """The address that a live code for this purpose went to, if there is one."""
    held = request.session.get(HELD)
    if not held or held["purpose"] != purpose.name or time.time() - held["at"] > LASTS:
        return None
    return str(held["address"])


def check_code(request: HttpRequest, purpose: Purpose, typed: str) -> str:
    """The address that is now proved, using the code up; raises WrongCode, and StaleCode after the last try."""
    if awaited(request, purpose) is None:
        request.session.pop(HELD, None)
        raise StaleCode
    held = request.session[HELD]
    if constant_time_compare(_digest(typed, held), held["digest"]):
        del request.session[HELD]
        return str(held["address"])
    held["tries"] += 1
    request.session[HELD] = held
    if held["tries"] >= TRIES:
        del request.session[HELD]
        raise StaleCode
    raise WrongCode


def _digest(code: str, held: dict[str, Any]) -> str:
    plain = "".join(sign for sign in code if sign.isalnum()).upper()
    words = f"{held['purpose']}|{held['address']}|{held['at']}|{plain}"
    return salted_hmac("holdspace.people.code", words, algorithm="sha256").hexdigest()
