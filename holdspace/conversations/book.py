"""Adding a session: once, however often the form is sent."""

from typing import Any

from django.db import IntegrityError, transaction

from holdspace.engagements.models import Engagement
from holdspace.people.models import User
from holdspace.vault import trail

from .models import Session


class NotYours(Exception):
    """Only the coach of an engagement adds its sessions."""


def book(engagement: Engagement, said: dict[str, Any], *, by: User) -> Session:
    """A session of this engagement; the same form sent twice is the same session."""
    if by.pk != engagement.coach_id:
        raise NotYours
    kept = {name: said[name] for name in ("day", "time", "timezone", "starts_at", "minutes", "channel")}
    try:
        with transaction.atomic():
            session = Session(pk=said["once"], engagement=engagement, title=said["title"] or None, **kept)
            session.save(force_insert=True)
            trail.leave(
                "added a session",
                session,
                by=by,
                practice_id=engagement.practice_id,
                subject_id=engagement.client_id,
                engagement_id=engagement.pk,
            )
    except IntegrityError:
        sent_before = Session.objects.visible_to(by).filter(pk=said["once"], engagement=engagement).first()
        if sent_before is None:
            raise NotYours from None
        return sent_before
    return session
