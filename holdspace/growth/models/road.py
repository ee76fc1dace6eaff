"""What every noun of the road does alike: kept once, changed with a trace, read with one."""

from collections.abc import Iterable
from typing import Any, Self

from django.db import IntegrityError, models, transaction

from holdspace.engagements.models import Engagement, NotBetweenThem
from holdspace.people.models import User
from holdspace.vault import trail
from holdspace.vault.models import Guarded


class NotTheClient(Exception):
    """Only the client decides this about themself."""


class NotTheCoach(Exception):
    """Only the coach does this."""


class NotTheirs(Exception):
    """Only whoever wrote it takes it out."""


class OnTheRoad(Guarded):
    """A row that belongs to one engagement, by itself or through the row it stands under."""

    engagement: Any

    class Meta:
        abstract = True

    def keep(self, verb: str, *, by: User) -> Self:
        """Keep this new row; the same form sent twice is the same row. Raises NotBetweenThem, Over, NotYetAccepted."""
        engagement: Engagement = self.engagement
        engagement.require_one_of(by)
        try:
            with transaction.atomic():
                engagement.hold().require_live()
                self.save(force_insert=True)
                engagement.leave_trace(verb, self, by)
        except IntegrityError:
            mine: Any = type(self)
            sent_before = mine.objects.visible_to(by).filter(pk=self.pk).first()
            if sent_before is None or sent_before.engagement.pk != engagement.pk:
                raise NotBetweenThem from None
            found: Self = sent_before
            return found
        return self

    def change(self, verb: str, *fields: str, by: User) -> None:
        """Save these fields and leave a trace, by one of the two and while they work together."""
        self.engagement.require_one_of(by)
        with transaction.atomic():
            now = self.engagement.hold()
            if not now.is_live:
                self.refresh_from_db(fields=fields)  # so that nobody is shown what is not kept
            now.require_live()
            self.save(update_fields=fields)
            self.engagement.leave_trace(verb, self, by)

    def take_out(self, verb: str, *, by: User) -> None:
        """Delete it for good; only the bare deed stays."""
        mine: Any = type(self)
        with transaction.atomic():
            self.engagement.leave_trace(verb, self, by)
            mine.objects.access_system("take it out whole").filter(pk=self.pk).delete()

    def require_client(self, person: User) -> None:
        """Raise NotTheClient for anybody else."""
        if person.pk != self.engagement.client_id:
            raise NotTheClient

    def require_coach(self, person: User) -> None:
        """Raise NotTheCoach for anybody else."""
        if person.pk != self.engagement.coach_id:
            raise NotTheCoach


def note_reads(engagement: Engagement, nouns: Iterable[models.Model], *, by: User) -> None:
    """Note that one of the two read these words of the other's."""
    trail.leave_read(
        nouns,
        by=by,
        practice_id=engagement.practice_id,
        subject_id=engagement.other(by).pk,
        engagement_id=engagement.pk,
    )
