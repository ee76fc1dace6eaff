"""Letters: one dated message to one person, written once, posted once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time
from typing import ClassVar, Self

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import models
from django.utils import timezone

from holdspace.people.models import User
from holdspace.vault.lease import Leased, LeasedQuerySet
from holdspace.vault.models import Classes, Guarded, GuardedQuerySet, Key, SealedField, new_id

from .quiet import next_awake


class NotByEmail(Exception):
    """These two agreed not to write by e-mail."""


@dataclass(frozen=True)
class Manner:
    """How two people agreed to write to each other; before they agreed on anything, at any hour."""

    by_email: bool = True
    quiet_from: time | None = None
    quiet_to: time | None = None


ANY = Manner()


class LetterQuerySet(LeasedQuerySet["Letter"], GuardedQuerySet["Letter"]):
    """Letters, found by whom they are written to."""

    def seen_by(self, person: User) -> Self:
        """Letters to this person."""
        return self.filter(to=person)

    def unsent(self) -> Self:
        """Letters that still lie in the box."""
        return self.filter(done_at=None, given_up_at=None)


class Letter(Leased, Guarded):
    """A letter waiting for its hour; its words are wiped once it is posted."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    to = models.ForeignKey(User, on_delete=models.CASCADE, related_name="letters")
    key = models.ForeignKey(Key, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=32)
    idem = models.CharField(max_length=120, unique=True)
    subject = models.CharField(max_length=200)
    words = SealedField(null=True)
    written_at = models.DateTimeField(default=timezone.now)
    quiet_from = models.TimeField(null=True)
    quiet_to = models.TimeField(null=True)

    seal_with = "key"
    classes = Classes(
        public="id",
        practice="to key kind idem written_at quiet_from quiet_to",
        private="subject",
    )

    objects = LetterQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["due_at"], name="letter_due", condition=models.Q(done_at=None, given_up_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} letter"

    @classmethod
    def write(
        cls,
        to: User,
        kind: str,
        *,
        subject: str,
        words: str,
        key: Key,
        idem: str,
        due: datetime | None = None,
        manner: Manner = ANY,
    ) -> bool:
        """Put a letter in the box, due outside the quiet hours of whoever it is for; raises NotByEmail.

        False when the same one (by `idem`) is already there, or the person's account is closed.
        """
        if not manner.by_email:
            raise NotByEmail
        if not to.is_active or cls.objects.access_system("is it already written?").filter(idem=idem).exists():
            return False
        letter = cls(to=to, kind=kind, subject=subject, words=words, key=key, idem=idem)
        letter.quiet_from, letter.quiet_to = manner.quiet_from, manner.quiet_to
        letter.due_at = letter.awake_after(due or timezone.now())
        letter.save(force_insert=True)
        return True

    @classmethod
    def keep_to(cls, key: Key, manner: Manner) -> None:
        """Letters under this key that still wait keep to what was agreed on since; without e-mail they are not sent."""
        box = cls.objects.access_system("what was agreed on holds for what waits").unsent().filter(key=key)
        if not manner.by_email:
            box.update(given_up_at=timezone.now(), trouble="not by e-mail any more", words=None)
            return
        for letter in box.select_related("to"):
            letter.quiet_from, letter.quiet_to = manner.quiet_from, manner.quiet_to
            letter.due_at = letter.awake_after(letter.due_at)
            letter.save(update_fields=["quiet_from", "quiet_to", "due_at"])

    @classmethod
    def take_back(cls, idems: Iterable[str]) -> None:
        """Take letters that still wait out of the box, known by their `idem`: what they speak of is over."""
        cls.objects.access_system("what they speak of is over").unsent().filter(idem__in=list(idems)).delete()

    def awake_after(self, moment: datetime) -> datetime:
        """The first moment from this one on at which it may go, by the clock of whoever it is for."""
        return next_awake(moment, self.to.zone, self.quiet_from, self.quiet_to)

    def waits_for_morning(self) -> bool:
        """Put back until the quiet hours are over, if they are not; this counts as no try."""
        due = self.awake_after(timezone.now())
        if due <= timezone.now():
            return False
        self._change_or_lose(leased_until=None, due_at=due, tries=self.tries - 1)
        return True

    def message(self) -> EmailMessage:
        """The e-mail it becomes; the fixed Message-ID lets a mailbox fold a repeat."""
        host = settings.ADDRESS.split("//")[1].split(":")[0]
        to = [self.to.email] if self.to.email else []
        return EmailMessage(self.subject, self.words, to=to, headers={"Message-ID": f"<{self.pk}@{host}>"})
