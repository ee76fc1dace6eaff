"""The way back: a link by which a client who has no account finds what they said yes to, and takes it back."""

from holdspace.people.models import Link, User

from .models import Engagement

OPEN_FOR = 14


def way_back(engagement: Engagement, person: User, token: str = "") -> str:
    """The token a page behind a link leads back with: its own while it lives, else a fresh one; none for the coach."""
    if person.pk != engagement.client_id:
        return ""
    return token or Link.make(Link.Purpose.YES, about=engagement.pk, person=person, days=OPEN_FOR, alone=False)
