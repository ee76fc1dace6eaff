"""The sponsor's window: a client approves, word by word, what whoever pays may see; a link shows just that."""

from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from holdspace.conversations.models import Session
from holdspace.engagements.models import NoSponsorAgreed, NotBetweenThem, Pact, Sponsor
from holdspace.growth.models import Goal
from holdspace.people.models import BadLink, Link, User
from holdspace.vault import trail
from holdspace.vault.models import Trace

from .models import Window

LINK_DAYS = 30
SHOWN = "showed a sponsor what was approved"


def met_on(sponsor: Sponsor, person: User) -> list[str]:
    """The days of sessions that took place, as the agreement lets a sponsor know them."""
    rows = Session.objects.visible_to(person).filter(engagement=sponsor.engagement_id, starts_at__lt=timezone.now())
    return [day.isoformat() for day in rows.order_by("starts_at").values_list("day", flat=True)]


def approve(sponsor: Sponsor, goals: Iterable[Goal], *, by: User) -> tuple[Window, str]:
    """Open a window with the words as they stand, and its link's address, once; an earlier one to the same is closed.

    Only the client does. Raises NotBetweenThem, and NoSponsorAgreed where the agreement in force knows of nobody.
    """
    engagement = sponsor.engagement
    if by.pk != engagement.client_id:
        raise NotBetweenThem
    with transaction.atomic():
        engagement.hold()
        paid = Pact.objects.access_system("is a sponsor agreed on?").with_sponsor()
        if not paid.filter(engagement=engagement).exists():
            raise NoSponsorAgreed
        for earlier in Window.objects.visible_to(by).live().filter(sponsor=sponsor):
            earlier.close(by=by)
        made = Window(engagement=engagement, sponsor=sponsor)
        made.words = {"sessions": met_on(sponsor, by), "goals": [goal.title for goal in goals]}
        made.save(force_insert=True)
        token = Link.make(Link.Purpose.WINDOW, about=made.pk, person=by, days=LINK_DAYS)
        engagement.leave_trace("approved what a sponsor sees", made, by)
    return made, settings.ADDRESS + reverse("window_by_link", args=[token])


def look_through(token: str) -> Window:
    """The window behind a link, and that it was shown is noted for the client, once an hour. Raises BadLink."""
    link = Link.find(token, Link.Purpose.WINDOW)
    mine = Window.objects.visible_to(link.person).live() if link.person and link.about else None
    found = mine.filter(pk=link.about).first() if mine is not None and link.about else None
    if found is None:
        raise BadLink
    since = timezone.now() - timedelta(hours=1)
    if not Trace.objects.access_system("once an hour").filter(noun_id=found.pk, verb=SHOWN, at__gt=since).exists():
        work = found.engagement
        with transaction.atomic():
            trail.leave(
                SHOWN,
                found,
                by=None,
                practice_id=work.practice_id,
                subject_id=work.client_id,
                engagement_id=work.pk,
            )
    return found
