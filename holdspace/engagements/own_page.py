"""A page of their own for a client who began without an address: by a link from the coach and a code to the address."""

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from holdspace.people.address import AddressTaken, prove_address
from holdspace.people.models import BadLink, Link, User

from .models import Engagement, NotACoach

LINK_DAYS = 14


class HasAddress(Exception):
    """This person has an address and signs in with it."""


def own_page_link(engagement: Engagement, *, by: User) -> str:
    """The address of a fresh link by which the client gets a page of their own.

    Raises NotACoach, NotYetAccepted, and HasAddress.
    """
    if by.pk != engagement.coach_id:
        raise NotACoach
    engagement.require_accepted()
    if engagement.client.email:
        raise HasAddress
    token = Link.make(Link.Purpose.JOIN, about=engagement.pk, person=engagement.client, days=LINK_DAYS)
    return settings.ADDRESS + reverse("own_page", args=[token])


def find_engagement(link: Link) -> Engagement:
    """The work that such a link is about; BadLink when its client has an address by now."""
    person = link.person
    mine = Engagement.objects.visible_to(person).of_client(person).filter(pk=link.about) if person else None
    found = mine.first() if mine is not None else None
    if found is None or found.client.email or not found.client.is_active:
        raise BadLink
    return found


def take_address(link: Link, address: str) -> User:
    """From now on the client signs in with this address, which they have proved; raises AddressTaken and BadLink."""
    with transaction.atomic():
        link.spend()
        person = User.objects.select_for_update().get(pk=find_engagement(link).client_id)
        if User.objects.filter(email=address).exists():
            raise AddressTaken
        person.email = address
        person.save(update_fields=["email"])
        prove_address(person)
        person.change_locks("an address was added by a link", by=person)
    return person
