"""Adding a session, once, however often the form is sent; and changing it."""

from typing import Any

from django.db import IntegrityError, transaction

from holdspace.engagements.models import Engagement, Over
from holdspace.people.models import User
from holdspace.vault import trail

from .models import Session

TOLD = ("day", "time", "timezone", "starts_at", "minutes", "channel")
"""What the form says of a session, besides its title."""


class NotYours(Exception):
    """Only the coach of an engagement adds and changes its sessions."""


def book(engagement: Engagement, said: dict[str, Any], *, by: User) -> Session:
    """A session of this engagement; the same form sent twice is the same session. Raises NotYours and Over."""
    if by.pk != engagement.coach_id:
        raise NotYours
    if engagement.ended_on is not None:
        raise Over
    kept = {name: said[name] for name in TOLD}
    try:
        with transaction.atomic():
            session = Session(pk=said["once"], engagement=engagement, title=said["title"] or None, **kept)
            session.save(force_insert=True)
            _leave_trace("added a session", session, by)
    except IntegrityError:
        sent_before = Session.objects.visible_to(by).filter(pk=said["once"], engagement=engagement).first()
        if sent_before is None:
            raise NotYours from None
        return sent_before
    return session


def change(session: Session, said: dict[str, Any], *, by: User) -> None:
    """Another time, place or title for a session."""
    if not session.is_coached_by(by):
        raise NotYours
    for name in TOLD:
        setattr(session, name, said[name])
    session.title = said["title"] or None
    with transaction.atomic():
        session.save(update_fields=[*TOLD, "title"])
        _leave_trace("changed a session", session, by)


def _leave_trace(verb: str, session: Session, by: User) -> None:
    engagement = session.engagement
    trail.leave(
        verb,
        session,
        by=by,
        practice_id=engagement.practice_id,
        subject_id=engagement.client_id,
        engagement_id=engagement.pk,
    )
