"""Asking somebody in: the invitation, the mail that carries its link, and the answer."""

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse

from .address import prove_address
from .begin import Newcomer
from .models import OPEN_FOR, Invitation, Link, Practice, User


class ClosedPerson(Exception):
    """Whoever has this address was closed, and stays so."""


def invite(request: HttpRequest, practice: Practice, role: str, address: str, *, by: User) -> Invitation:
    """Invite by mail; raises NotTheOwner and AlreadySeated."""
    with transaction.atomic():
        made, token = Invitation.make(practice, role, address, by=by)
    link = settings.ADDRESS + reverse("invitation", args=[token])
    told = {"invitation": made, "link": link, "days": OPEN_FOR}
    get_adapter(request).send_mail("people/email/invitation", address, told)
    return made


def known_by(address: str) -> User | None:
    """Whoever signs in with this address."""
    return User.objects.filter(email=address).first()


def come_in(invitation: Invitation, link: Link, newcomer: Newcomer | None) -> User:
    """Take the seat as whoever has the address, which was proved; raises ClosedPerson and BadLink."""
    with transaction.atomic():
        person = known_by(invitation.address)
        if person is None:
            given = newcomer or Newcomer(invitation.address.partition("@")[0], invitation.practice.timezone)
            person = User.objects.create_user(invitation.address, name=given.name, timezone=given.timezone)
        if not person.is_active:
            raise ClosedPerson
        prove_address(person)
        invitation.accept(link, by=person)
    return person
