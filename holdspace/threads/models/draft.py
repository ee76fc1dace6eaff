"""A draft: what somebody has begun to write, for nobody but themselves."""

from typing import ClassVar, Self

from django.db import models, transaction
from django.utils import timezone

from holdspace.engagements.models import Engagement, between
from holdspace.people.models import User
from holdspace.vault.models import Classes, Guarded, GuardedQuerySet, SealedField, new_id

LONGEST_DRAFT = 200_000
"""Characters kept of what is being written: more than can be sent, so that too much is not lost either."""


class DraftTooLong(Exception):
    """More than is kept as a draft."""


class DraftQuerySet(GuardedQuerySet["Draft"]):
    """Drafts, found by whoever writes them."""

    def seen_by(self, person: User) -> Self:
        """One's own, in one's own engagements."""
        found = self.filter(between(person, "engagement__"), writer=person)
        return found.select_related(*(f"engagement__{part}" for part in ("key__parent", "coach", "client")))


class Draft(Guarded):
    """One person's unsent words in one thread."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    engagement = models.ForeignKey(Engagement, on_delete=models.CASCADE, related_name="drafts")
    writer = models.ForeignKey(User, on_delete=models.CASCADE, related_name="drafts")
    words = SealedField()
    saved_at = models.DateTimeField(default=timezone.now)

    seal_with = "engagement.key"
    classes = Classes(public="id", practice="engagement writer saved_at")

    objects = DraftQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["engagement", "writer"], name="one_draft_each"),
        ]

    def __str__(self) -> str:
        return f"draft {self.pk}"

    @classmethod
    def of(cls, engagement: Engagement, person: User) -> "Draft | None":
        """What this person has begun to write there."""
        draft = cls.objects.visible_to(person).filter(engagement=engagement).first()
        if draft is not None:
            draft.engagement = engagement
        return draft

    @classmethod
    def keep(cls, engagement: Engagement, words: str, *, by: User) -> "Draft":
        """Keep these words in place of what was kept before; raises DraftTooLong, Over and NotYetAccepted."""
        engagement.require_one_of(by)
        if len(words) > LONGEST_DRAFT:
            raise DraftTooLong
        with transaction.atomic():
            engagement = engagement.hold()
            engagement.require_live()
            draft = cls.of(engagement, by) or cls(engagement=engagement, writer=by)
            draft.words, draft.saved_at = words, timezone.now()
            draft.save()
        return draft

    @classmethod
    def offer(cls, engagement: Engagement, words: str, *, by: User) -> "Draft":
        """Words to begin with, put under what this person has begun already; they are sent by nobody else."""
        begun = cls.of(engagement, by)
        before = begun.words.rstrip() if begun else ""
        if words.strip() in before:
            return begun or cls.keep(engagement, words, by=by)
        return cls.keep(engagement, f"{before}\n\n{words}" if before else words, by=by)

    def drop(self) -> None:
        """Let it go, with the files that came with it."""
        type(self).objects.access_system("its writer lets it go").filter(pk=self.pk).delete()
