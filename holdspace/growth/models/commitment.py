"""A commitment: what one of the two promised the other, by which day, and what became of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any, ClassVar
from uuid import UUID

from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.utils import timezone

from holdspace.conversations.models import Mark, Session
from holdspace.engagements.models import Engagement, NotBetweenThem
from holdspace.growth.tell import recall_moved, recall_settled, tell_promised, tell_stuck
from holdspace.people.models import User
from holdspace.vault.models import Classes, Guarded, SealedField, new_id

from .finding import CLIENT, COACH, ENDINGS, UNSETTLED, CommitmentQuerySet
from .refusals import (
    AlreadySettled,
    CannotUndo,
    InUse,
    NotAccepted,
    NotOwnedUp,
    NotTheOther,
    NotTheOwner,
    OnTime,
    PastDay,
)
from .reminder import Reminder

UNDO = timedelta(days=1)
"""How long an answer can be taken back by whoever gave it."""
NOT_STUCK: dict[str, Any] = {"stuck_at": None, "got_in_the_way": None, "wants_help": False}
WITH: dict[str, dict[str, Any]] = {
    "kept_at": {"kept_on": None},
    "dropped_at": {"owned": None},
    "accepted_at": NOT_STUCK,
}
"""What goes with an answer that is taken back."""


class Commitment(Guarded):
    """One promise. It counts once whoever promises has said yes; its day ends by that person's clock."""

    class Owner(models.TextChoices):
        COACH = COACH, "coach"
        CLIENT = CLIENT, "client"

    class Proposer(models.TextChoices):
        CLIENT = CLIENT, "client"
        COACH = COACH, "coach"
        JOINT = "joint", "both"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    engagement = models.ForeignKey(Engagement, on_delete=models.CASCADE, related_name="commitments")
    owner = models.CharField(max_length=6, choices=Owner)
    action = SealedField()
    due_on = models.DateField(null=True)
    if_then = SealedField(kind="json", null=True)
    proposed_by = models.CharField(max_length=6, choices=Proposer)
    serves = SealedField(null=True)
    made_in = models.ForeignKey(Session, on_delete=models.SET_NULL, null=True, related_name="commitments")
    mark = models.OneToOneField(Mark, on_delete=models.CASCADE, null=True, related_name="commitment")
    outlived_at = models.DateTimeField(null=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    edited_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    declined_at = models.DateTimeField(null=True)
    kept_at = models.DateTimeField(null=True)
    kept_on = models.DateField(null=True)
    dropped_at = models.DateTimeField(null=True)
    owned = SealedField(null=True)
    released_at = models.DateTimeField(null=True)
    stuck_at = models.DateTimeField(null=True)
    got_in_the_way = SealedField(null=True)
    wants_help = models.BooleanField(default=False)

    seal_with = "engagement.key"
    classes = Classes(
        public="id",
        practice="engagement owner due_on proposed_by made_in mark outlived_at made_by made_at edited_at accepted_at "
        "declined_at kept_at kept_on dropped_at released_at stuck_at wants_help",
    )

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["engagement", "due_on"], name="commitment_open", condition=UNSETTLED),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(*(Q(**dict.fromkeys(set(ENDINGS) - {one})) for one in ENDINGS), _connector=Q.OR),
                name="a_commitment_ends_one_way",
            ),
            models.CheckConstraint(
                condition=Q(kept_at=None, kept_on=None) | Q(kept_at__isnull=False, kept_on__isnull=False),
                name="kept_at_an_hour_of_a_day",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=False, declined_at=None)
                | Q(accepted_at=None, kept_at=None, dropped_at=None, stuck_at=None),
                name="nothing_comes_of_what_nobody_said_yes_to",
            ),
            models.CheckConstraint(
                condition=Q(dropped_at=None) | Q(owner=CLIENT) | Q(owned__isnull=False),
                name="a_coach_owns_up",
            ),
            models.CheckConstraint(
                condition=Q(stuck_at__isnull=False) | Q(wants_help=False),
                name="help_is_for_the_stuck",
            ),
        ]

    def __str__(self) -> str:
        return f"commitment {self.pk}"

    @property
    def promiser(self) -> User:
        """Whoever promised."""
        return self.engagement.coach if self.owner == self.Owner.COACH else self.engagement.client

    @property
    def today(self) -> date:
        """Which day it is for whoever promised."""
        return self.promiser.today

    @property
    def state(self) -> str:
        """Waiting for a yes, open, kept, dropped, released or declined."""
        ended = next((name.removesuffix("_at") for name in ENDINGS if getattr(self, name)), None)
        return ended or ("open" if self.accepted_at else "waiting")

    @property
    def is_unsettled(self) -> bool:
        """Whether nothing became of it yet."""
        return self.state in ("open", "waiting")

    @property
    def days_late(self) -> int:
        """How many days after its day it was kept, or is open by now; 0 when it is not late."""
        until = self.kept_on or (self.today if self.state == "open" else None)
        return max((until - self.due_on).days, 0) if until and self.due_on else 0

    @property
    def is_untouched(self) -> bool:
        """Whether nothing came of it since it was written down."""
        return self.stands_as_written and not any(
            each.access_system("did anything come of it?").exists()  # type: ignore[attr-defined]
            for each in (self.moves, self.steps)
        )

    @property
    def stands_as_written(self) -> bool:
        """Whether nobody answered, changed or settled it; moves and steps are another question."""
        agreed = self.accepted_at is not None and self.made_by_id != self.promiser.pk
        return self.is_unsettled and not (agreed or self.stuck_at or self.edited_at)

    def undoable(self, person: User) -> str:
        """The field of the answer that this person can still take back; empty when there is none."""
        mine = self.promiser.pk == person.pk
        answers = ("kept_at", "dropped_at", "declined_at", "accepted_at") if mine else ("released_at",)
        settled = not self.is_unsettled
        for name in answers:
            at = getattr(self, name)
            if at and at > timezone.now() - UNDO and settled == (name != "accepted_at"):
                return "" if name == "accepted_at" and self.made_by_id == person.pk else name
        return ""

    def can_edit(self, person: User) -> bool:
        """While it waits for a yes both may change it; then its owner may better the words, for a day."""
        if self.state == "waiting":
            return True
        fresh = self.accepted_at is not None and self.accepted_at > timezone.now() - UNDO
        return self.state == "open" and fresh and self.promiser.pk == person.pk

    def can_remove(self, person: User) -> bool:
        """Whether whoever wrote it may take it away, for a day, as if it had not been; a found one is undone there."""
        return self.may_remove(person) and self.is_untouched

    def may_remove(self, person: User) -> bool:
        """The same, for whoever knows that it has neither moves nor steps."""
        fresh = self.made_at > timezone.now() - UNDO
        return fresh and self.mark_id is None and self.made_by_id == person.pk and self.stands_as_written

    @classmethod
    def make(cls, engagement: Engagement, said: dict[str, Any], *, by: User, pk: UUID | None = None) -> "Commitment":
        """Write a promise down; one's own counts at once, another's waits for their yes. The same `pk` is the same one.

        `said` are fields by name. Raises NotBetweenThem, Over and NotYetAccepted, and PastDay unless it was found in
        what was said some time ago.
        """
        engagement.require_one_of(by)
        try:
            with transaction.atomic():
                made = cls(pk=pk or new_id(), engagement=engagement.hold(), made_by=by, **said)
                made.engagement.require_live()
                if made.due_on and made.mark is None and made.due_on < made.today:
                    raise PastDay
                made.accepted_at = timezone.now() if made.promiser.pk == by.pk else None
                made.save(force_insert=True)
                engagement.leave_trace("wrote a promise down", made, by)
                Reminder.plan(made)
                tell_promised(made)
        except IntegrityError:
            before = cls.objects.visible_to(by).filter(pk=pk, engagement=engagement, made_by=by).first()
            if before is None:
                raise NotBetweenThem from None
            return before
        return made

    def accept(self, *, by: User) -> None:
        """Yes, that is a promise of mine; harmless when repeated."""
        with self.deed(by, owner=True):
            if self.accepted_at is None:
                self.require_unsettled()
                self._keep("said yes to a promise", by, accepted_at=timezone.now())

    def decline(self, *, by: User) -> None:
        """No, that is none of mine; harmless when repeated."""
        with self.deed(by, owner=True):
            if self.declined_at is None:
                self.require_unsettled()
                if self.accepted_at is not None:
                    raise InUse
                self._keep("said no to a promise", by, declined_at=timezone.now())

    def keep(self, *, by: User) -> None:
        """Done, today by the clock of whoever promised; harmless when repeated."""
        with self.deed(by, owner=True):
            if self.kept_at is None:
                self.require_open()
                self._keep("kept a promise", by, kept_at=timezone.now(), kept_on=self.today)

    def drop(self, owned: str = "", *, by: User) -> None:
        """Let one's own promise go; a coach says a word about it to the client. Harmless when repeated."""
        with self.deed(by, owner=True):
            if self.dropped_at is None:
                self.require_open()
                if self.owner == self.Owner.COACH and not owned.strip():
                    raise NotOwnedUp
                self._keep("let a promise of their own go", by, dropped_at=timezone.now(), owned=owned or None)

    def own_up(self, words: str, *, by: User) -> None:
        """A word to the other about a promise of one's own that was late or let go; raises NotAccepted and OnTime."""
        with self.deed(by, owner=True):
            if self.accepted_at is None:
                raise NotAccepted
            if not self.days_late and self.dropped_at is None:
                raise OnTime
            self._keep("said a word about a promise", by, owned=words)

    def release(self, *, by: User) -> None:
        """Whoever it was promised to lets it go, or takes back what they wrote down. Harmless when repeated."""
        with self.deed(by, owner=False):
            if self.released_at is None:
                self.require_unsettled()
                self._keep("let a promise to them go", by, released_at=timezone.now())

    def say_stuck(self, why: str = "", *, help_wanted: bool = False, by: User) -> None:
        """It doesn't go on: what got in the way, and whether help would be welcome."""
        with self.deed(by, owner=True):
            self.require_open()
            said: dict[str, Any] = {"got_in_the_way": why or None, "wants_help": help_wanted}
            self._keep("is stuck with a promise", by, stuck_at=timezone.now(), **said)
            tell_stuck(self)

    def go_on(self, *, by: User) -> None:
        """Not stuck any more; harmless when repeated."""
        with self.deed(by, owner=True):
            if self.stuck_at is not None:
                self.require_open()
                self._keep("goes on with a promise", by, **NOT_STUCK)

    def reopen(self, *, by: User) -> None:
        """Take back the last answer, within a day and by whoever gave it; raises CannotUndo."""
        with self.deed(by):
            name = self.undoable(by)
            if not name:
                raise CannotUndo
            self._keep("took an answer about a promise back", by, **{name: None}, **WITH.get(name, {}))

    def edit(self, said: dict[str, Any], *, by: User) -> None:
        """Say it better. Before the yes the day may change too; the owner's own words are a yes. Raises InUse."""
        with self.deed(by):
            if not self.can_edit(by):
                raise InUse
            if self.accepted_at is not None:
                said = {name: words for name, words in said.items() if name != "due_on"}
            elif said.get("due_on") and said["due_on"] != self.due_on and said["due_on"] < self.today:
                raise PastDay
            yes = timezone.now() if self.promiser.pk == by.pk else None
            said = said | {"edited_at": timezone.now(), "accepted_at": self.accepted_at or yes}
            self._keep("wrote a promise anew", by, **said)

    def remove(self, *, by: User) -> None:
        """Take it away as if it had not been: what one wrote oneself, untouched, within a day. Raises InUse."""
        with self.deed(by):
            if not self.can_remove(by):
                raise InUse
            self.engagement.leave_trace("took a promise away again", self, by)
            self.take_away()

    def take_away(self) -> None:
        """Delete the row, within a deed."""
        Reminder.stop(self)
        self.released_at = timezone.now()
        recall_settled(self)
        type(self).objects.access_system("removed whole").filter(pk=self.pk).delete()

    def outlive(self) -> None:
        """Stand without the transcript it was found in, whose days are over; a yes taken back still takes it along."""
        self.mark, self.outlived_at = None, timezone.now()
        self.save(update_fields=["mark", "outlived_at"])

    def move_to(self, day: date, *, by: User) -> None:
        """Another day, which both agreed on; within the deed of agreeing."""
        self._keep("moved a promise in agreement", by, due_on=day, **NOT_STUCK)

    @contextmanager
    def deed(self, by: User, *, owner: bool | None = None) -> Iterator[None]:
        """One deed at a time, on the row as it is now; `owner` says whose it must be: the promiser's or the other's."""
        self.engagement.require_one_of(by)
        if owner is not None and owner != (self.promiser.pk == by.pk):
            raise NotTheOwner if owner else NotTheOther
        with transaction.atomic():
            held = self.engagement.hold()
            held.require_live()
            self.refresh_from_db()
            self.engagement = held
            yield

    def require_unsettled(self) -> None:
        """Raise AlreadySettled where something became of it."""
        if not self.is_unsettled:
            raise AlreadySettled

    def require_open(self) -> None:
        """Raise AlreadySettled, or NotAccepted while whoever promises has not said yes."""
        self.require_unsettled()
        if self.accepted_at is None:
            raise NotAccepted

    def _keep(self, verb: str, by: User, **said: Any) -> None:
        """Save what was said, leave its trace, and let reminders and asked-for moves follow."""
        for name, value in said.items():
            setattr(self, name, value)
        self.save(update_fields=list(said))
        self.engagement.leave_trace(verb, self, by)
        Reminder.stop(self)
        recall_settled(self)
        if self.state == "open":
            Reminder.plan(self)
        else:
            asked = self.moves.access_system("nobody waits for it any more").waiting()  # type: ignore[attr-defined]
            recall_moved(asked)
            asked.update(withdrawn_at=timezone.now())
