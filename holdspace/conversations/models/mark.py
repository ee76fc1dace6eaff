"""A mark: what was found in a transcript, waiting for the coach to accept, edit or dismiss it."""

from datetime import date, datetime
from typing import ClassVar, Self

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from holdspace.conversations.following import followers
from holdspace.engagements.models import being_coached, coaching_now
from holdspace.people.models import User
from holdspace.vault import trail
from holdspace.vault.models import Classes, Guarded, GuardedQuerySet, SealedField, new_id

from .transcript import Transcript


class InUse(Exception):
    """What became of it elsewhere in the house has a life of its own by now, so its answer stays."""


class MarkQuerySet(GuardedQuerySet["Mark"]):
    """Marks: the coach sees all, the client those the coach accepted."""

    def seen_by(self, person: User) -> Self:
        """Marks on this person's sessions."""
        coach = coaching_now(person, "transcript__session__engagement__")
        client = being_coached(person, "transcript__session__engagement__") & Q(accepted_at__isnull=False)
        return self.filter(coach | client).select_related(
            *(f"transcript__session__engagement__{part}" for part in ("key__parent", "coach", "client"))
        )

    def coached_by(self, person: User) -> Self:
        """Marks on sessions this person coached: theirs to answer."""
        return self.filter(transcript__session__engagement__coach=person)

    def waiting(self) -> Self:
        """Marks nobody answered."""
        return self.filter(accepted_at=None, dismissed_at=None)

    def for_transcript(self, transcript: Transcript) -> Self:
        """Marks on one transcript."""
        return self.filter(transcript=transcript)


class Mark(Guarded):
    """One found promise, concern, strength or value with the line it came from.

    `quote` is `[before, words, after]`: the words in which it was found, and what stands around them in the turn.
    `at` is where the turn begins, in seconds, if the transcript says. A promise's `text` is its deed in the imperative,
    `due` the words that say when and `due_on` the day they name, if they name one; `firm` is false where it was hedged.
    """

    class Kind(models.TextChoices):
        PROMISE = "promise", "promise"
        CONCERN = "concern", "concern"
        STRENGTH = "strength", "strength"
        VALUE = "value", "value"

    class Owner(models.TextChoices):
        COACH = "coach", "coach"
        CLIENT = "client", "client"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    transcript = models.ForeignKey(Transcript, on_delete=models.CASCADE, related_name="marks")
    kind = models.CharField(max_length=8, choices=Kind)
    owner = models.CharField(max_length=8, choices=Owner)
    text = SealedField()
    due = SealedField(null=True)
    due_on = models.DateField(null=True)
    firm = models.BooleanField(null=True)
    quote = SealedField(kind="json")
    turn = models.PositiveIntegerField()
    at = models.FloatField(null=True)
    span_start = models.PositiveIntegerField()
    span_end = models.PositiveIntegerField()
    p = models.FloatField()
    found_at = models.DateTimeField(default=timezone.now)
    edited_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    dismissed_at = models.DateTimeField(null=True)

    seal_with = "transcript.session.engagement.key"
    classes = Classes(
        public="id",
        practice="transcript kind owner due_on firm turn at span_start span_end p found_at edited_at accepted_at "
        "dismissed_at",
    )

    objects = MarkQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["transcript", "kind", "turn", "span_start"], name="one_mark_a_line"),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(dismissed_at=None), name="not_both_accepted_and_dismissed"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} mark {self.pk}"

    @property
    def state(self) -> str:
        """Waiting, accepted or dismissed."""
        return "accepted" if self.accepted_at else "dismissed" if self.dismissed_at else "waiting"

    def accept(self, *, by: User) -> None:
        """Yes, this is one; now the client sees it too. Every answer may raise InUse."""
        self._answer("accepted", by, accepted_at=self.accepted_at or timezone.now(), dismissed_at=None)

    def dismiss(self, *, by: User) -> None:
        """No, it isn't one."""
        self._answer("dismissed", by, accepted_at=None, dismissed_at=self.dismissed_at or timezone.now())

    def reopen(self, *, by: User) -> None:
        """Undo the answer."""
        self._answer("waiting", by, accepted_at=None, dismissed_at=None)

    def edit(self, text: str, owner: str, due: str, *, by: User, due_on: date | None = None) -> None:
        """Say it better, and accept it as said."""
        with transaction.atomic():
            self._hold()
            self.text, self.owner, self.due, self.edited_at = text, owner, due or None, timezone.now()
            self.due_on = due_on
            self.save(update_fields=["text", "owner", "due", "due_on", "edited_at"])
            if self.accepted_at:
                self._tell(by)
            self.accept(by=by)

    def _answer(self, state: str, by: User, **dates: datetime | None) -> None:
        if self.state == state:
            return
        engagement = self.transcript.session.engagement
        with transaction.atomic():
            self._hold()
            for name, at in dates.items():
                setattr(self, name, at)
            self.save(update_fields=list(dates))
            trail.leave(
                f"answered a found {self.kind}: {state}",
                self,
                by=by,
                practice_id=engagement.practice_id,
                subject_id=engagement.client_id,
                engagement_id=engagement.pk,
            )
            self._tell(by)

    def _hold(self) -> None:
        """Lock its session until the transaction ends; raises DoesNotExist where a yes was taken back meanwhile."""
        self.transcript.session.hold()
        type(self).objects.access_system("is it still there?").only("pk").get(pk=self.pk)

    def _tell(self, by: User) -> None:
        for follower in followers():
            follower.answered(self, by)
