"""A fact: something the coach holds about the client, which the client sees at once and may correct, hide or forget."""

from typing import ClassVar, Self
from uuid import UUID

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from holdspace.conversations.models import Session
from holdspace.engagements.models import Engagement, being_coached, coaching_now
from holdspace.people.models import User
from holdspace.vault.models import Classes, GuardedQuerySet, SealedField, new_id

from .road import NotTheClient, OnTheRoad


class FactQuerySet(GuardedQuerySet["Fact"]):
    """Facts: the client sees each of them, the coach those the client didn't hide."""

    def seen_by(self, person: User) -> Self:
        """A client's own, and what a coach still holds."""
        coach = coaching_now(person, "engagement__") & Q(hidden_at=None)
        found = self.filter(coach | being_coached(person, "engagement__")).select_related("session")
        return found.select_related(*(f"engagement__{part}" for part in ("key__parent", "coach", "client")))

    def newest_first(self) -> Self:
        """Latest first."""
        return self.order_by("-noted_at", "pk")


class Fact(OnTheRoad):
    """One thing the coach wants to remember, with its source; the client's correction takes its place."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    engagement = models.ForeignKey(Engagement, on_delete=models.CASCADE, related_name="facts")
    session = models.ForeignKey(Session, on_delete=models.SET_NULL, null=True, related_name="facts")
    words = SealedField()
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField(default=timezone.now)
    corrected_at = models.DateTimeField(null=True)
    hidden_at = models.DateTimeField(null=True)

    seal_with = "engagement.key"
    classes = Classes(public="id", practice="engagement session written_by noted_at corrected_at hidden_at")

    objects = FactQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["engagement", "-noted_at"], name="fact_of_engagement")]

    def __str__(self) -> str:
        return f"fact {self.pk}"

    @classmethod
    def note(cls, engagement: Engagement, pk: UUID, words: str, session: Session | None, *, by: User) -> "Fact":
        """The coach notes something down, and the client sees it at once."""
        made = cls(pk=pk, engagement=engagement, words=words, session=session, written_by=by)
        made.require_coach(by)
        return made.keep("noted something about the client", by=by)

    @classmethod
    def hidden_from_coach(cls, engagement: Engagement) -> int:
        """How many the client hid: all that the coach is told of them."""
        found = cls.objects.access_system("how many are hidden, and nothing of them")
        return found.filter(engagement=engagement, hidden_at__isnull=False).count()

    def correct(self, words: str, *, by: User) -> None:
        """Put it right. The client's words take the place of the coach's, and the coach leaves them as they are."""
        self.engagement.require_one_of(by)
        if by.pk != self.engagement.client_id and self.corrected_at:
            raise NotTheClient
        if by.pk == self.engagement.client_id:
            self.corrected_at = timezone.now()
        self.words = words
        self._answer("corrected what is held about the client", "words", "corrected_at", by=by)

    def hide(self, *, by: User) -> None:
        """Keep it from the coach's pages and search; the client still sees it."""
        self.require_client(by)
        if self.hidden_at is None:
            self.hidden_at = timezone.now()
            self._answer("hid something held about them", "hidden_at", by=by)

    def unhide(self, *, by: User) -> None:
        """Let the coach have it again."""
        self.require_client(by)
        if self.hidden_at is not None:
            self.hidden_at = None
            self._answer("no longer hides something held about them", "hidden_at", by=by)

    def forget(self, *, by: User) -> None:
        """Have it deleted for good, by either of the two, also after the ending."""
        self.engagement.require_one_of(by)
        self.take_out("had something about the client forgotten", by=by)

    def _answer(self, verb: str, *fields: str, by: User) -> None:
        """What is held can be put right and hidden after the ending, too."""
        with transaction.atomic():
            self.engagement.hold()
            self.save(update_fields=fields)
            self.engagement.leave_trace(verb, self, by)
