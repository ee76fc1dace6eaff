"""Moving to another address: proved by a code, told to the old one."""

from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from django.db import transaction
from django.http import HttpRequest

from .models import User


class AddressTaken(Exception):
    """Somebody here already signs in with this address."""


def change_address(request: HttpRequest, person: User, address: str) -> None:
    """From now on this person signs in with this address, which they have proved; raises AddressTaken."""
    before = person.email
    with transaction.atomic():
        others = User.objects.select_for_update().exclude(pk=person.pk)
        if others.filter(email=address).exists():
            raise AddressTaken
        person.email = address
        person.save(update_fields=["email"])
        prove_address(person)
    told = {"from_email": before, "to_email": address}
    get_adapter(request).send_notification_mail("account/email/email_changed", person, told, before or address)


def prove_address(person: User) -> None:
    """Note that this person's address was proved; it is the only one they have."""
    EmailAddress.objects.filter(user=person).exclude(email=person.email).delete()
    EmailAddress.objects.filter(email=person.email).exclude(user=person).delete()
    EmailAddress.objects.update_or_create(user=person, email=person.email, defaults={"verified": True, "primary": True})
