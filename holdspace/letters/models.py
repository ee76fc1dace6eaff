"""Letters: one dated message to one person, written once, posted once."""

from datetime import datetime
from typing import ClassVar, Self

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import models
from django.utils import timezone

from holdspace.people.models import User
from holdspace.vault.lease import Leased, LeasedQuerySet
from holdspace.vault.models import Classes, Guarded, GuardedQuerySet, Key, SealedField, new_id


class LetterQuerySet(LeasedQuerySet["Letter"], GuardedQuerySet["Letter"]):
    """Letters, found by whom they are written to."""

    def seen_by(self, person: User) -> Self:
        """Letters to this person."""
        return self.filter(to=person)


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

    seal_with = "key"
    classes = Classes(
        public="id",
        practice="to key kind idem written_at",
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
        cls, to: User, kind: str, *, subject: str, words: str, key: Key, idem: str, due: datetime | None = None
    ) -> bool:
        """Put a letter in the box; False when the same one (by `idem`) is already there."""
        if cls.objects.access_system("is it already written?").filter(idem=idem).exists():
            return False
        cls.objects.create(
            to=to, kind=kind, subject=subject, words=words, key=key, idem=idem, due_at=due or timezone.now()
        )
        return True

    def message(self) -> EmailMessage:
        """The e-mail it becomes; the fixed Message-ID lets a mailbox fold a repeat."""
        host = settings.ADDRESS.split("//")[1].split(":")[0]
        to = [self.to.email] if self.to.email else []
        return EmailMessage(self.subject, self.words, to=to, headers={"Message-ID": f"<{self.pk}@{host}>"})
