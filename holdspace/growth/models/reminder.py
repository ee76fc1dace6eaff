"""A reminder: a dated row that becomes one letter to whoever promised, the day before and on the day."""

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.utils import timezone

from holdspace.engagements.models import between
from holdspace.letters.models import Letter
from holdspace.people.models import Link, User
from holdspace.vault.lease import Leased, LeasedQuerySet
from holdspace.vault.models import Classes, Guarded, GuardedQuerySet, new_id

if TYPE_CHECKING:
    from .commitment import Commitment

AT = time(9)
"""When a reminder goes, by the clock of whoever promised; quiet hours may put it off."""


class ReminderQuerySet(LeasedQuerySet["Reminder"], GuardedQuerySet["Reminder"]):
    """Reminders, found by the two people between whom the promise holds."""

    def seen_by(self, person: User) -> Self:
        """Reminders of promises in this person's work."""
        return self.filter(between(person, "commitment__engagement__"))

    def with_people(self) -> Self:
        """Each with its commitment, its key and the two people, in the same query."""
        way = "commitment__engagement__"
        return self.select_related(f"{way}key__parent", f"{way}coach", f"{way}client")


class Reminder(Leased, Guarded):
    """One day on which whoever promised is reminded; gone when nothing is left to be reminded of."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    commitment = models.ForeignKey("growth.Commitment", on_delete=models.CASCADE, related_name="reminders")
    day = models.DateField()

    classes = Classes(public="id", practice="commitment day")

    objects = ReminderQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["due_at"], name="reminder_due", condition=models.Q(done_at=None, given_up_at=None)),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["commitment", "day"], name="one_reminder_a_day"),
        ]

    def __str__(self) -> str:
        return f"reminder {self.pk}"

    @property
    def idem(self) -> str:
        """By what its letter is known, so that it is written once."""
        return f"promise-{self.pk}"

    @property
    def moment(self) -> datetime:
        """When it goes, by the clock that whoever promised lives by now."""
        return datetime.combine(self.day, AT, self.commitment.promiser.zone)

    @classmethod
    def plan(cls, commitment: "Commitment") -> None:
        """The days still to come on which whoever promised is reminded; none for today, which they think of now."""
        due = commitment.due_on
        if due is None or commitment.state != "open":
            return
        days = (day for day in (due - timedelta(days=1), due) if day > commitment.today)
        rows = [cls(commitment=commitment, day=day) for day in days]
        for row in rows:
            row.due_at = row.moment
        cls.objects.bulk_create(rows, ignore_conflicts=True)

    @classmethod
    def stop(cls, commitment: "Commitment") -> None:
        """Nothing more is sent, and what was sent opens nothing any more."""
        rows = cls.objects.access_system("there is nothing to be reminded of").filter(commitment=commitment)
        for row in rows:
            Letter.recall(row.idem)
        rows.filter(done_at=None).delete()
        Link.live().filter(purpose=Link.Purpose.PROMISE, about=commitment.pk).update(withdrawn_at=timezone.now())

    def waits(self) -> bool:
        """Put back until its hour comes, where whoever promised moved to a later clock; this counts as no try."""
        if self.moment <= timezone.now():
            return False
        self._change_or_lose(leased_until=None, due_at=self.moment, tries=self.tries - 1)
        return True

    def is_due(self, today: date) -> bool:
        """Whether this is the day, and there is still something to be reminded of."""
        commitment = self.commitment
        due = commitment.due_on
        near = due is not None and due - timedelta(days=1) <= self.day <= due
        return near and self.day == today and commitment.state == "open" and commitment.engagement.is_live
