"""What follows further right: rooms that make something of a transcript's finds, as the settings list them."""

from typing import TYPE_CHECKING, Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from holdspace.people.models import User

if TYPE_CHECKING:
    from .models import Mark, Session


class Follower(Protocol):
    """What a room does about answers and withdrawals, always within the transaction it is told in."""

    def answered(self, mark: "Mark", by: User) -> None:
        """A found line was accepted, said better, dismissed or reopened. May raise InUse, Over and NotYetAccepted."""

    def derived(self, session: "Session", person: User) -> int:
        """How many things that this person knows of came out of a session's transcript, and would go with it."""

    def forget(self, session: "Session") -> None:
        """A yes was taken back, or the transcript was removed: all that came out of it goes."""

    def outlive(self, session: "Session") -> None:
        """The transcript's own days are over, and nobody took a yes back: what the two made of it stays."""


def followers() -> list[Follower]:
    """Everybody who is told."""
    return [import_string(path)() for path in settings.FOLLOWERS]


def derived_from(session: "Session", person: User) -> int:
    """How many things would go with a session's transcript."""
    return sum(follower.derived(session, person) for follower in followers())
