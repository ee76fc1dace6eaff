"""Opening an engagement to an owner: rarely, with a reason, for a day, and with both people told in the same moment."""

from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from holdspace.engagements.models import Engagement
from holdspace.engagements.writing import may_write
from holdspace.letters.models import Letter
from holdspace.people.models import Practice, User
from holdspace.vault import trail

from .models import LASTS, Opening


class NoSuchWork(Exception):
    """Nobody of this name is coached by this coach in the practice."""


def open_to_owner(practice: Practice, coach: User, named: str, reason: str, pk: UUID, *, by: User) -> Opening:
    """Open one engagement, named by its coach and client, to an owner for a day; the same form twice opens it once.

    Raises NotTheOwner and NoSuchWork; a name that fits nobody is traced as well.
    """
    practice.require_owner(by)
    engagement = _find(practice, coach, named)
    if engagement is None:
        with transaction.atomic():
            trail.leave("looked for an engagement to open, and found none", practice, by=by, practice_id=practice.pk)
        raise NoSuchWork
    now = timezone.now()
    opening = Opening(pk=pk, engagement=engagement, owner=by, reason=reason, opened_at=now, ends_at=now + LASTS)
    try:
        with transaction.atomic():
            opening.save(force_insert=True)
            engagement.leave_trace("opened an engagement as owner, with a reason", opening, by)
            _tell(opening)
    except IntegrityError:
        sent_before = Opening.objects.visible_to(by).asked_by(by).filter(pk=pk).first()
        if sent_before is None:
            raise NoSuchWork from None
        return sent_before
    return opening


def _find(practice: Practice, coach: User, named: str) -> Engagement | None:
    """The engagement of a coach and a client by name or address, both given in full."""
    there = Engagement.objects.access_system("an owner names a coach and a client").filter(practice=practice)
    fits = Q(called__iexact=named.strip()) | Q(client__email__iexact=named.strip())
    found = list(there.filter(fits, coach=coach).select_related("key__parent", "coach", "client")[:2])
    return found[0] if len(found) == 1 else None


def _tell(opening: Opening) -> None:
    """A letter to both at once, whatever the hour; where they agreed on no e-mail, their pages tell them."""
    engagement = opening.engagement
    about = {
        engagement.client: f"your work with {engagement.coach.name}",
        engagement.coach: "your work with one of your clients",
    }
    for person, what in about.items():
        if not may_write(engagement, person):
            continue
        Letter.write(
            person,
            "opened",
            subject="Somebody can read what was private until now",
            words=(
                f"Hello {person.first},\n\n"
                f"an owner of the practice has opened {what}, and can read for a day what the two of you share there. "
                "Notes for one of you alone stay closed. The reason they gave, and what they read, stand here:\n\n"
                f"{settings.ADDRESS}{reverse('today')}\n"
            ),
            key=engagement.key,
            idem=f"opened-{opening.pk}-{person.pk}",
        )
