"""Letters: one dated message to one person, written once, posted once."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import ClassVar, Self

from django.core.mail import EmailMultiAlternatives
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from holdspace.letters.envelope import Envelope, enclosed
from holdspace.letters.quiet import next_at, next_awake
from holdspace.people.models import User
from holdspace.vault.lease import Leased, LeasedQuerySet
from holdspace.vault.models import Classes, Guarded, GuardedQuerySet, Key, SealedField, new_id

from .wish import Wish

DIGEST = "digest"
ASIDE = "laid aside"
PLAIN = Envelope()
HELD = ("", "gathered__")


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

    def by_themselves(self) -> Self:
        """Letters that aren't gathered into another."""
        return self.filter(gathered=None)

    def untouched(self) -> Self:
        """Letters in the box that no worker has begun to post: they can still speak for what comes next."""
        return self.unsent().filter(**{f"{of}leased_until": None for of in HELD})

    def free(self) -> Self:
        """Letters that no worker has in hand, neither by themselves nor within another."""
        past = [Q(**{f"{of}leased_until": None}) | Q(**{f"{of}leased_until__lte": timezone.now()}) for of in HELD]
        return self.filter(*past)


class Letter(Leased, Guarded):
    """A letter waiting for its hour; its words are wiped once it is posted.

    `gathered` is the one letter of the day it goes in, for those who want one; that one has no words of its own, and
    its day as its subject. Once a worker took it, nothing more goes in, so that a repeat holds the same.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    to = models.ForeignKey(User, on_delete=models.CASCADE, related_name="letters")
    key = models.ForeignKey(Key, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=32)
    idem = models.CharField(max_length=120, unique=True)
    subject = models.CharField(max_length=200)
    words = SealedField(null=True)
    envelope = SealedField(kind="json", null=True)
    gathered = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="parts")
    written_at = models.DateTimeField(default=timezone.now)
    returned_at = models.DateTimeField(null=True)
    quiet_from = models.TimeField(null=True)
    quiet_to = models.TimeField(null=True)

    seal_with = "key"
    classes = Classes(
        public="id",
        practice="to key kind idem gathered written_at returned_at quiet_from quiet_to",
        private="subject",
    )

    objects = LetterQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["due_at"],
                name="letter_due",
                condition=Q(done_at=None, given_up_at=None, gathered=None),
            ),
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
        envelope: Envelope = PLAIN,
        can_wait: bool = False,
    ) -> bool:
        """Put a letter in the box, due outside the quiet hours of whoever it is for; raises NotByEmail.

        False when the same one (by `idem`) is already there, or the person's account is closed. One that `can_wait`
        goes into the one letter of the day, where its reader wants that.
        """
        if not manner.by_email:
            raise NotByEmail
        if not to.is_active or cls.objects.access_system("is it already written?").filter(idem=idem).exists():
            return False
        letter = cls(to=to, kind=kind, subject=subject, words=words, key=key, idem=idem)
        letter.envelope = envelope.kept()
        letter.quiet_from, letter.quiet_to = manner.quiet_from, manner.quiet_to
        letter.due_at = letter.awake_after(due or timezone.now())
        with transaction.atomic():
            if can_wait and (hour := Wish.of(to).daily_at):
                letter.gather(hour)
            letter.save(force_insert=True)
        return True

    @classmethod
    def keep_to(cls, key: Key, manner: Manner) -> None:
        """Letters under this key that still wait keep to what was agreed on since; without e-mail they are not sent."""
        box = cls.objects.access_system("what was agreed on holds for what waits").unsent().filter(key=key)
        box = box.exclude(kind=DIGEST)
        if not manner.by_email:
            box.update(given_up_at=timezone.now(), trouble="not by e-mail any more", words=None, envelope=None)
            return
        for letter in box.filter(gathered=None).select_related("to"):
            letter.quiet_from, letter.quiet_to = manner.quiet_from, manner.quiet_to
            letter.due_at = letter.awake_after(letter.due_at)
            letter.save(update_fields=["quiet_from", "quiet_to", "due_at"])

    @classmethod
    def recall(cls, idem: str) -> bool:
        """Take a letter out of the box again; False when it has left, or a worker has it in hand."""
        box = cls.objects.access_system("out of the box again").unsent().filter(idem=idem)
        gone, _ = box.free().delete()
        return bool(gone)

    @classmethod
    def lay_aside(cls, key: Key, kinds: Collection[str]) -> None:
        """Letters of these kinds under this key that still wait are not sent, unless they are taken up again."""
        box = cls.objects.access_system("nothing to write about any more").unsent().filter(key=key, kind__in=kinds)
        box.free().update(given_up_at=timezone.now(), gathered=None, trouble=ASIDE)

    @classmethod
    def take_up(cls, key: Key) -> None:
        """What was laid aside is sent after all, where its hour hasn't gone by."""
        aside = cls.objects.access_system("there is something to write about again").filter(key=key, trouble=ASIDE)
        aside.filter(due_at__gt=timezone.now()).update(given_up_at=None, trouble="")

    def gather(self, hour: time) -> None:
        """Go into this person's one letter of the day; where a worker took today's already, into tomorrow's."""
        due = next_at(self.due_at, self.to.zone, hour)
        while True:
            day = due.astimezone(self.to.zone).date()
            new = {"to": self.to, "key": self.key, "kind": DIGEST, "subject": f"{day:%-d %B}", "due_at": due}
            days = type(self).objects.access_system("one letter of the day").select_for_update(of=("self",))
            one, _ = days.get_or_create(idem=f"{DIGEST}-{self.to_id}-{day}", defaults=new)
            if not (one.fence or one.done_at or one.given_up_at):
                self.gathered, self.due_at = one, max(due, one.due_at)
                return
            due = next_at(due + timedelta(minutes=1), self.to.zone, hour)

    def gather_again(self) -> None:
        """Into the next letter of the day, or out by itself, as its reader wants it now."""
        self.gathered, self.due_at = None, self.awake_after(timezone.now())
        if hour := Wish.of(self.to).daily_at:
            self.gather(hour)
        self.save(update_fields=["gathered", "due_at"])

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

    def give_up(self, trouble: str) -> None:
        """Not to be sent after all; its words are wiped."""
        self._change_or_lose(given_up_at=timezone.now(), leased_until=None, trouble=trouble, words=None, envelope=None)

    def message(self) -> EmailMultiAlternatives:
        """The e-mail it becomes; the fixed Message-ID lets a mailbox fold a repeat."""
        if self.kind == DIGEST:
            parts = list(self.open_parts())
            return enclosed(self, [(part.subject, part.words or "") for part in parts], _shared(parts))
        return enclosed(self, [(self.subject, self.words or "")], Envelope.of(self.envelope))

    def open_parts(self) -> "models.QuerySet[Letter]":
        """What was gathered into it and hasn't left, in the order it was written."""
        parts = type(self).objects.access_system("what goes in it").unsent().filter(gathered=self)
        return parts.exclude(words__isnull=True).select_related("to", "key__parent").order_by("written_at", "pk")


def _shared(parts: list[Letter]) -> Envelope:
    """From whom and to whom answers go, where all the parts agree; else neither."""
    envelopes = {Envelope.of(part.envelope) for part in parts}
    return envelopes.pop() if len(envelopes) == 1 else PLAIN
