"""Beginning with a client: the person, if new, and the engagement, together."""

from typing import Any

from django.db import transaction

from holdspace.people.models import User

from .models import Engagement, open_engagement


class AlreadyTogether(Exception):
    """This coach already works with this person."""

    def __init__(self, engagement: Engagement) -> None:
        self.engagement = engagement


class OwnClient(Exception):
    """A coach can't be their own client."""


def begin_with(coach: User, said: dict[str, Any]) -> Engagement:
    """Begin with the person described; a known address is that person, whose own name and zone stay theirs."""
    with transaction.atomic():
        client = User.objects.filter(email=said["email"]).first() if said["email"] else None
        if client == coach:
            raise OwnClient
        if client is not None:
            _refuse_twice(coach, client)
        else:
            client = User.objects.create_user(said["email"], name=said["name"], timezone=said["timezone"])
        return open_engagement(coach, client, called=said["name"], purpose=said["purpose"], rhythm=said["rhythm"])


def _refuse_twice(coach: User, client: User) -> None:
    together = Engagement.objects.visible_to(coach).filter(coach=coach, client=client, ended_on=None).first()
    if together:
        raise AlreadyTogether(together)
