"""Signing: on the page or by a link without an account; and the copy that both get when both have signed."""

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from holdspace.people.models import Link, User, digest

from .models import Pact, Signature
from .writing import may_write, tell

COPY_DAYS = 60
"""How long the link to one's copy opens; the page itself stays."""


def ask_to_sign(pact: Pact, *, post: bool) -> str:
    """The address of a fresh link by which the client can read and sign; `post` also puts it into a letter.

    Raises NotYetAccepted, Over, and NotByEmail.
    """
    engagement = pact.engagement
    engagement.require_live()
    with transaction.atomic():
        token = Link.make(Link.Purpose.PACT, about=pact.pk, person=engagement.client, days=14)
        address = settings.ADDRESS + reverse("sign_by_link", args=[token])
        if post:
            tell(engagement, engagement.client, address, _TWO_WEEKS, kind="pact", idem=f"pact-{digest(token)}")
    return address


def sign(pact: Pact, name: str, *, by: User, link: Link | None = None) -> Signature:
    """Put a name under it, once; with the second name both get their copy.

    Raises NotOpen, NotTheText, NotYetAccepted, Over, BadLink.
    """
    with transaction.atomic():
        if link:
            link.spend()
        signature = pact.sign(name, by=by, link=link is not None)
        if pact.in_force_at:
            _send_copies(pact)
    return signature


def copy_link(pact: Pact, person: User) -> str:
    """The address at which this person can read and take their copy without an account."""
    return settings.ADDRESS + reverse("copy_by_link", args=[copy_token(pact, person)])


def copy_token(pact: Pact, person: User) -> str:
    """A fresh link's token; one that went out by letter goes on opening beside it."""
    return Link.make(Link.Purpose.COPY, about=pact.pk, person=person, days=COPY_DAYS, alone=False)


def _send_copies(pact: Pact) -> None:
    engagement = pact.engagement
    if may_write(engagement, engagement.client):
        link = copy_link(pact, engagement.client)
        tell(engagement, engagement.client, link, _KEPT, kind="pact", idem=f"copy-{pact.pk}")
    if may_write(engagement, engagement.coach):
        page = settings.ADDRESS + reverse("pact", args=[pact.pk])
        tell(engagement, engagement.coach, page, _SIGN_IN, kind="pact", idem=f"copy-coach-{pact.pk}")


_TWO_WEEKS = "The link is for you alone and stops working in two weeks."
_SIGN_IN = "You are asked to sign in first."
_KEPT = f"The link opens for {COPY_DAYS} days. You find the same on your own page, for good."
