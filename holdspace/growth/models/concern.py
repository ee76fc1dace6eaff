"""A concern: what the client fears or doubts, in their words, until they say it is settled."""

from datetime import datetime, timedelta
from typing import Any, ClassVar, Self
from uuid import UUID

from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from holdspace.conversations.models import Mark, Session
from holdspace.engagements.models import Engagement, being_coached, coaching_now
from holdspace.people.models import User
from holdspace.vault.models import Classes, GuardedQuerySet, SealedField, new_id

from .commitment import Commitment
from .road import NotTheClient, OnTheRoad

LABELS = {
    "not ready": "I'm not ready",
    "myself": "I don't know myself well enough",
    "options": "I don't know the options",
    "advice": "Everyone advises something else",
    "torn": "I'm torn inside",
    "expectations": "What others expect of me",
    "enough": "I'm not good enough",
    "failing": "I'm afraid of failing",
    "loss": "I'm afraid of losing something: money, who I am",
    "barrier": "Something stands in the way: discrimination, health, papers",
    "overwhelmed": "It's too much",
    "two minds": "I'm of two minds",
}
"""What a concern is about; the client alone says which, if any."""


class NotHeardYet(Exception):
    """The coach hasn't written what they heard, so there is nothing to confirm."""


class SaidAnew(Exception):
    """The coach wrote something else since the client looked, so there is something new to read first."""


class AlreadyConfirmed(Exception):
    """The client has confirmed what was heard, and it stays as confirmed."""


class StepPromised(Exception):
    """The smallest next step is an open promise already."""


class InBothHands(Exception):
    """The coach wrote this one down, so it can't be kept from them; the client can have it deleted."""


class ConcernQuerySet(GuardedQuerySet["Concern"]):
    """Concerns: the client's own, and for the coach those that were shared."""

    def seen_by(self, person: User) -> Self:
        """A client's own, and what clients of this coach shared."""
        coach = coaching_now(person, "engagement__") & Q(shared_at__isnull=False)
        found = self.filter(coach | being_coached(person, "engagement__")).select_related("session")
        return found.select_related(*(f"engagement__{part}" for part in ("key__parent", "coach", "client")))

    def open(self) -> Self:
        """Those not settled."""
        return self.filter(settled_at=None)

    def in_order(self) -> Self:
        """Open ones first, the latest on top."""
        return self.order_by(models.F("settled_at").asc(nulls_first=True), "-raised_at", "pk")

    def unacknowledged(self) -> Self:
        """Shared, and the client hasn't yet said that they feel heard."""
        return self.filter(shared_at__isnull=False, acknowledged_at=None, settled_at=None)

    def waiting_after_next_session(self, coach: User) -> Self:
        """Those still unacknowledged although the two have met again since, the longest waiting first."""
        known = Coalesce(OuterRef("session__starts_at"), OuterRef("shared_at"))
        met = Session._base_manager.filter(
            engagement=OuterRef("engagement"), starts_at__gt=known, starts_at__lt=timezone.now() - timedelta(hours=1)
        )
        mine = self.filter(engagement__coach=coach, engagement__ended_on=None)
        return mine.unacknowledged().filter(Exists(met)).order_by("shared_at", "pk")


class Concern(OnTheRoad):
    """One fear or doubt of the client's; `shared_at` is since when the coach may read it.

    `heard` is what the coach heard; it counts as acknowledged only when the client says so. `commitment` is the promise
    that its smallest next step became; a promise knows nothing of the concern it serves, which may be unshared.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    engagement = models.ForeignKey(Engagement, on_delete=models.CASCADE, related_name="concerns")
    session = models.ForeignKey(Session, on_delete=models.SET_NULL, null=True, related_name="concerns")
    mark = models.OneToOneField(Mark, on_delete=models.CASCADE, null=True, related_name="concern")
    outlived_at = models.DateTimeField(null=True)
    words = SealedField()
    label = SealedField(null=True)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    raised_at = models.DateTimeField(default=timezone.now)
    shared_at = models.DateTimeField(null=True)
    heard = SealedField(null=True)
    heard_at = models.DateTimeField(null=True)
    missed = SealedField(null=True)
    missed_at = models.DateTimeField(null=True)
    acknowledged_at = models.DateTimeField(null=True)
    step = SealedField(null=True)
    step_at = models.DateTimeField(null=True)
    commitment = models.OneToOneField(Commitment, on_delete=models.SET_NULL, null=True, related_name="concern")
    happened = SealedField(null=True)
    happened_at = models.DateTimeField(null=True)
    carried_on_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)

    seal_with = "engagement.key"
    classes = Classes(
        public="id",
        practice="engagement session mark outlived_at written_by raised_at shared_at heard_at missed_at "
        "acknowledged_at step_at commitment happened_at carried_on_at settled_at",
    )

    objects = ConcernQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["engagement", "-raised_at"], name="concern_of_engagement"),
            models.Index(
                fields=["engagement", "shared_at"],
                name="concern_unheard",
                condition=Q(acknowledged_at=None, settled_at=None),
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(acknowledged_at=None) | Q(heard_at__isnull=False), name="heard_before_acknowledged"
            ),
        ]

    def __str__(self) -> str:
        return f"concern {self.pk}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("concern", args=[self.pk])

    @property
    def label_words(self) -> str:
        """What the client says it is about; empty while they said nothing."""
        label = self.label or ""
        return LABELS.get(label, label)

    @property
    def writer_name(self) -> str:
        """What whoever wrote it down is called in a sentence."""
        return self.engagement.name_of(self.written_by_id)

    @property
    def is_the_clients(self) -> bool:
        """Whether the client wrote it down, and so says who reads it."""
        return self.written_by_id == self.engagement.client_id and self.mark_id is None

    @property
    def known_since(self) -> datetime | None:
        """Since when the coach could know of it."""
        return self.session.starts_at if self.session and self.shared_at else self.shared_at

    @property
    def waited(self) -> str:
        """How long it took until the client felt heard, or has been waiting since, in words."""
        if self.known_since is None:
            return ""
        zone = self.engagement.client.zone
        until = timezone.localdate(self.acknowledged_at or timezone.now(), zone)
        days = max(0, (until - timezone.localdate(self.known_since, zone)).days)
        return "the same day" if days == 0 else f"{days} day{'s' if days > 1 else ''}"

    @property
    def heard_mark(self) -> str:
        """By what a page says which of the coach's words it showed."""
        return str(self.heard_at.timestamp()) if self.heard_at else ""

    @classmethod
    def voice(
        cls, engagement: Engagement, pk: UUID, words: str, session: Session | None, *, share: bool = False, by: User
    ) -> "Concern":
        """Write one down. The client's is theirs alone until shared; what the coach writes down both read."""
        made = cls(pk=pk, engagement=engagement, words=words, session=session, written_by=by)
        made.shared_at = made.raised_at if share or by.pk == engagement.coach_id else None
        return made.keep("wrote down a concern", by=by)

    def reword(self, words: str, *, by: User) -> None:
        """Say it in other words: the client always, the coach what the coach wrote down, until it is confirmed."""
        if by.pk != self.engagement.client_id and (by.pk != self.written_by_id or self.acknowledged_at):
            raise NotTheClient
        self.words = words
        self.change("reworded a concern", "words", by=by)

    def name_it(self, label: str, *, by: User) -> None:
        """The client's own word for what it is about; empty takes it back."""
        self.require_client(by)
        if label and label not in LABELS:
            raise ValueError("not one of the labels")
        self.label = label or None
        self.change("said what a concern is about", "label", by=by)

    def share(self, *, by: User) -> None:
        """Let the coach read it from now on."""
        self.require_client(by)
        if self.shared_at is None:
            self.shared_at = timezone.now()
            self.change("shared a concern", "shared_at", by=by)

    def unshare(self, *, by: User) -> None:
        """Keep it to oneself again; what was read was read. Raises InBothHands for what the coach wrote down."""
        self.require_client(by)
        if not self.is_the_clients:
            raise InBothHands
        if self.shared_at is not None:
            self.shared_at = None
            self.change("took a shared concern back", "shared_at", by=by)

    def hear(self, words: str, *, by: User) -> None:
        """The coach says what they heard; only the client says whether that's it."""
        self.require_coach(by)
        if self.acknowledged_at:
            raise AlreadyConfirmed
        self.heard, self.heard_at, self.missed, self.missed_at = words, timezone.now(), None, None
        self.change("said what they heard in a concern", "heard", "heard_at", "missed", "missed_at", by=by)

    def confirm(self, seen: str = "", *, by: User) -> None:
        """Yes, that's it; harmless when repeated. Raises NotHeardYet, and SaidAnew for other words than were seen."""
        self.require_client(by)
        with transaction.atomic():
            self.engagement.hold()
            self.refresh_from_db(fields=["heard", "heard_at", "acknowledged_at"])
            if self.heard_at is None:
                raise NotHeardYet
            if seen and seen != self.heard_mark:
                raise SaidAnew
            if self.acknowledged_at is None:
                self.acknowledged_at, self.missed, self.missed_at = timezone.now(), None, None
                self.change("felt heard in a concern", "acknowledged_at", "missed", "missed_at", by=by)

    def not_quite(self, missed: str = "", *, by: User) -> None:
        """Not quite, with or without a word on what was missed; it also takes an earlier yes back."""
        self.require_client(by)
        if self.heard_at is None:
            raise NotHeardYet
        self.acknowledged_at, self.missed, self.missed_at = None, missed or None, timezone.now()
        self.change("did not feel heard yet in a concern", "acknowledged_at", "missed", "missed_at", by=by)

    def choose_step(self, words: str, *, by: User) -> None:
        """The smallest next step; empty takes it out. A promise of an earlier one stands on its own from now on."""
        self.step, self.step_at, self.commitment = words or None, timezone.now() if words else None, None
        self.change("chose a smallest step for a concern", "step", "step_at", "commitment", by=by)

    def promise_step(self, said: dict[str, Any], pk: UUID, *, by: User) -> Commitment:
        """Make the smallest next step a promise; `said` and `pk` as in `Commitment.make`, and so the same one twice.

        Raises NotTheClient for the coach where it isn't shared any more, StepPromised, and what `make` raises.
        """
        with transaction.atomic():
            self.engagement.hold()
            self.refresh_from_db(fields=["shared_at", "commitment"])
            if by.pk != self.engagement.client_id and self.shared_at is None:
                raise NotTheClient
            if self.commitment and self.commitment.pk != pk and self.commitment.is_unsettled:
                raise StepPromised
            self.commitment = Commitment.make(self.engagement, said, by=by, pk=pk)
            self.change("made the smallest step of a concern a promise", "commitment", by=by)
        return self.commitment

    def tell(self, words: str, *, by: User) -> None:
        """What happened; empty takes it out."""
        self.happened, self.happened_at = words or None, timezone.now() if words else None
        self.change("told what happened with a concern", "happened", "happened_at", by=by)

    def settle(self, *, by: User) -> None:
        """It is settled, says the client; harmless when repeated."""
        self.require_client(by)
        if self.settled_at is None:
            self.settled_at = timezone.now()
            self.change("settled a concern", "settled_at", by=by)

    def carry_on(self, *, by: User) -> None:
        """It stays, and the client carries it on; it also opens a settled one again."""
        self.require_client(by)
        self.settled_at, self.carried_on_at = None, timezone.now()
        self.change("carries a concern on", "settled_at", "carried_on_at", by=by)

    def forget(self, *, by: User) -> None:
        """Have it deleted for good, with all that stands under it; the client's word, also after the ending."""
        self.require_client(by)
        self.take_out("had a concern deleted", by=by)
