"""Choosing how mail comes; what waits already keeps to it."""

from datetime import time

from django.db import transaction

from holdspace.people.models import User

from .models import Letter, Wish


def choose(person: User, *, words: bool, daily_at: time | None) -> Wish:
    """From now on so, for letters that wait in one letter of the day too."""
    with transaction.atomic():
        wish = Wish.make(person, words=words, daily_at=daily_at)
        box = Letter.objects.access_system("what waits keeps to the choice").unsent().filter(to=person)
        for letter in box.free().exclude(gathered=None).select_related("to"):
            letter.gather_again()
    return wish
