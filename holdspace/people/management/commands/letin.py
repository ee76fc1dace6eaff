"""`holdspace letin ADDRESS`: helps somebody back in who lost every second factor."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from holdspace.people.models import User


class Command(BaseCommand):
    """Takes a person's second factors away and signs them out everywhere; make sure first that it is they who ask."""

    help = "Take away the second factors of somebody who lost them all; they then sign in by password or code alone."

    def add_arguments(self, parser: CommandParser) -> None:
        """Whose."""
        parser.add_argument("address")

    def handle(self, *given: Any, **named: Any) -> None:
        """All of them go, or none; the person sees in their trail that the house did it."""
        person = User.objects.filter(email=User.objects.tidy(named["address"])).first()
        if person is None:
            raise CommandError("Nobody here signs in with that address.")
        with transaction.atomic():
            person.change_locks("second factors taken away by the host", by=None)
            Authenticator.objects.filter(user=person).delete()
        self.stdout.write("Done: the first step alone opens the door for them now, and they are signed out everywhere.")
