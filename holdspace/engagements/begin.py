"""Beginning with a client: the person, if new, and an invitation that they answer themselves."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from holdspace.letters.models import Letter
from holdspace.people.models import Link, User

from .models import Engagement, NotACoach, open_engagement
from .writing import write_to

LINK_DAYS = 30
"""How long an invitation's link opens."""
REST = timedelta(days=90)
"""How long a no to an invitation holds, before the same coach may invite the same person again."""


class AlreadyTogether(Exception):
    """This coach already works with this person, or has invited them."""

    def __init__(self, engagement: Engagement) -> None:
        self.engagement = engagement


class OwnClient(Exception):
    """A coach can't be their own client."""


class SaidNo(Exception):
    """This person said no to an invitation of this coach, not long ago."""


class SentToday(Exception):
    """One letter a day is enough."""


class Answered(Exception):
    """The invitation was answered, so there is nothing to invite to."""


def begin_with(coach: User, said: dict[str, Any]) -> Engagement:
    """Invite the person described; a known address is that person, whose own name and zone stay theirs.

    Nobody is linked to anything before they accept. With an address, a letter goes out at once.
    """
    with transaction.atomic():
        client = User.objects.filter(email=said["email"]).first() if said["email"] else None
        if client == coach:
            raise OwnClient
        if client is not None:
            _refuse_twice(coach, client)
        else:
            client = User.objects.create_user(said["email"], name=said["name"], timezone=said["timezone"])
        told = {name: said[name] for name in ("purpose", "rhythm")}
        engagement = open_engagement(coach, client, called=said["name"], practice=said.get("at_practice"), **told)
        if client.email:
            invite(engagement, by=coach, post=True)
    return engagement


def _refuse_twice(coach: User, client: User) -> None:
    both = Engagement.objects.visible_to(coach).filter(coach=coach, client=client)
    if together := both.filter(ended_on=None).first():
        raise AlreadyTogether(together)
    if both.filter(declined_at__gt=timezone.now() - REST).exists():
        raise SaidNo


def invite(engagement: Engagement, *, by: User, post: bool) -> str:
    """The address of a fresh link by which the client can answer; `post` also puts it into a letter.

    Raises NotACoach, Answered, and SentToday.
    """
    if by.pk != engagement.coach_id:
        raise NotACoach
    if not engagement.is_invited:
        raise Answered
    idem = f"invitation-{engagement.pk}-{by.today}"
    if post and Letter.objects.access_system("one letter a day").filter(idem=idem).exists():
        raise SentToday
    with transaction.atomic():
        token = Link.make(Link.Purpose.JOIN, about=engagement.pk, person=engagement.client, days=LINK_DAYS)
        address = settings.ADDRESS + reverse("join_by_link", args=[token])
        if post:
            subject = f"An invitation from {engagement.coach.name}"
            words = _letter(engagement, address)
            write_to(engagement, engagement.client, "invitation", subject=subject, words=words, idem=idem)
    return address


def answer(engagement: Engagement, *, yes: bool, by: User, link: Link | None = None) -> None:
    """The client's own answer, on their page or by link; raises BadLink."""
    with transaction.atomic():
        if link:
            link.spend()
        engagement.answer(yes=yes, by=by)


def _letter(engagement: Engagement, address: str) -> str:
    return (
        f"Hello {engagement.first},\n\n"
        f"{engagement.coach.name} of {engagement.practice.name} would like to work with you, and asks whether you "
        "would like that, too. The page says what it is about and who can read what. You need no account to answer.\n\n"
        f"{address}\n\n"
        f"The link is for you alone and stops working in {LINK_DAYS} days. If this isn't for you, say so there, or "
        "just leave it: nothing happens without your yes.\n"
    )
