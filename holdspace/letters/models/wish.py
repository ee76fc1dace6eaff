"""A wish: what somebody wants of the mail this house sends them."""

from datetime import time
from typing import Self

from django.db import models, transaction
from django.utils import timezone

from holdspace.people.models import User
from holdspace.vault import trail
from holdspace.vault.models import Classes, Guarded, GuardedQuerySet, new_id


class WishQuerySet(GuardedQuerySet["Wish"]):
    """Wishes, found by whose they are."""

    def seen_by(self, person: User) -> Self:
        """One's own."""
        return self.filter(person=person)


class Wish(Guarded):
    """One person's own choices: `words_since` lets the words themselves travel, `daily_at` gathers what can wait."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.OneToOneField(User, on_delete=models.CASCADE, related_name="wish")
    words_since = models.DateTimeField(null=True)
    daily_at = models.TimeField(null=True)
    made_at = models.DateTimeField(default=timezone.now)

    classes = Classes(public="id", practice="person words_since daily_at made_at")

    objects = WishQuerySet.as_manager()

    def __str__(self) -> str:
        return f"wish {self.pk}"

    @classmethod
    def of(cls, person: User) -> "Wish":
        """What this person wants; an unsaved row of nothing while they said nothing."""
        found = cls.objects.access_system("how this person wants their mail").filter(person=person).first()
        return found or cls(person=person)

    @classmethod
    def make(cls, person: User, *, words: bool, daily_at: time | None) -> "Wish":
        """From now on so; only the person says it."""
        now = timezone.now()
        with transaction.atomic():
            wish, _ = cls.objects.access_system("one wish each").select_for_update().get_or_create(person=person)
            wish.words_since = (wish.words_since or now) if words else None
            wish.daily_at, wish.made_at = daily_at, now
            wish.save()
            trail.leave("chose how mail comes", wish, by=person, practice_id=None, subject_id=person.pk)
        return wish
