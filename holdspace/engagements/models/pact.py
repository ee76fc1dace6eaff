"""The pact: what the two agreed on, version by version, and their signatures under it."""

import hashlib
from datetime import timedelta
from typing import Any, ClassVar, Self

from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone

from holdspace.engagements.wording import whole_text
from holdspace.letters.models import Letter, Manner
from holdspace.people.models import User
from holdspace.vault.models import Classes, Guarded, GuardedQuerySet, SealedField, new_id

from .engagement import Engagement, between

SETTINGS = (
    *("addressed", "channels", "quiet_from", "quiet_to", "reply_hours", "off_limits", "transcript_days"),
    *("notes_months", "recording", "analysis", "sponsor", "mentor", "review_on"),
)
"""What the house itself keeps to, besides the words."""
SOON = timedelta(days=14)
"""How long before its day the two are reminded to look at their pact again."""


class NotTheText(Exception):
    """The text and its fingerprint no longer fit together, so nobody should sign it."""


class NotOpen(Exception):
    """This proposal was withdrawn, replaced or signed by both already."""


class PactQuerySet(GuardedQuerySet["Pact"]):
    """Versions of a pact, found by the two people of the engagement."""

    def seen_by(self, person: User) -> Self:
        """Pacts of this person's engagements."""
        found = self.filter(between(person, "engagement__")).select_related("proposed_by")
        return found.select_related(*(f"engagement__{part}" for part in ("key__parent", "coach", "client", "practice")))

    def signed(self) -> Self:
        """Versions with both signatures, the one in force first."""
        return self.filter(in_force_at__isnull=False).order_by("-number")

    def open(self) -> Self:
        """Proposals that wait for a signature."""
        return self.filter(in_force_at=None, withdrawn_at=None)

    def in_force(self) -> Self:
        """The latest signed version of each engagement."""
        latest = Pact._base_manager.filter(engagement=models.OuterRef("engagement"), in_force_at__isnull=False)
        return self.filter(number=models.Subquery(latest.order_by("-number").values("number")[:1]))

    def with_sponsor(self) -> Self:
        """The version in force of each engagement, where it says that somebody pays."""
        return self.in_force().filter(sponsor=True)

    def asking(self, person: User) -> Self:
        """What asks something of this person in work that goes on: a proposal to sign, a pact to look at again soon."""
        signed = Signature._base_manager.filter(pact=models.OuterRef("pk"), person=person)
        waits = Q(in_force_at=None, withdrawn_at=None) & ~models.Exists(signed)
        soon = person.today + SOON
        again = Q(pk__in=self.in_force().filter(review_on__lte=soon).values("pk"))
        return self.filter(waits | again, engagement__ended_on=None).order_by("proposed_at", "pk")


class Pact(Guarded):
    """One version of the agreement; once proposed its text never changes. In force with both signatures."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    engagement = models.ForeignKey(Engagement, on_delete=models.CASCADE, related_name="pacts")
    number = models.PositiveSmallIntegerField()
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True)
    in_force_at = models.DateTimeField(null=True)
    sections = SealedField(kind="json")
    text = SealedField()
    fingerprint = models.CharField(max_length=64)
    addressed = SealedField(null=True)
    off_limits = SealedField(kind="json", null=True)
    channels = models.CharField(max_length=40)
    quiet_from = models.TimeField(null=True)
    quiet_to = models.TimeField(null=True)
    reply_hours = models.PositiveSmallIntegerField(null=True)
    transcript_days = models.PositiveSmallIntegerField(default=30)
    notes_months = models.PositiveSmallIntegerField(default=12)
    recording = models.BooleanField(default=False)
    analysis = models.BooleanField(default=False)
    sponsor = models.BooleanField(default=False)
    mentor = models.BooleanField(default=False)
    review_on = models.DateField(null=True)

    seal_with = "engagement.key"
    classes = Classes(
        public="id",
        practice="engagement number proposed_by proposed_at withdrawn_at in_force_at fingerprint channels quiet_from "
        "quiet_to reply_hours transcript_days notes_months recording analysis sponsor mentor review_on",
    )

    objects = PactQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["engagement", "number"], name="one_pact_a_number"),
            models.UniqueConstraint(
                fields=["engagement"], condition=Q(withdrawn_at=None, in_force_at=None), name="one_open_proposal"
            ),
            models.CheckConstraint(
                condition=Q(quiet_from=None, quiet_to=None)
                | (Q(quiet_from__isnull=False, quiet_to__isnull=False) & ~Q(quiet_from=F("quiet_to"))),
                name="quiet_hours_have_two_ends",
            ),
        ]

    def __str__(self) -> str:
        return f"pact {self.number} of {self.engagement_id}"

    @property
    def is_open(self) -> bool:
        """Whether it waits for a signature."""
        return self.in_force_at is None and self.withdrawn_at is None

    @property
    def by_email(self) -> bool:
        """Whether letters may go by e-mail."""
        return "email" in self.channels.split()

    @property
    def settings(self) -> dict[str, Any]:
        """What the house keeps to, as a form would say it."""
        said = {name: getattr(self, name) for name in SETTINGS}
        return said | {"channels": self.channels.split(), "off_limits": self.off_limits or []}

    def words_of(self, key: str) -> str:
        """The words of one section; empty where this version has none."""
        return next((section["words"] for section in self.sections if section["key"] == key), "")

    def sign(self, name: str, *, by: User, link: bool = False) -> "Signature":
        """Sign the exact text; the second signature puts it in force. Harmless when repeated."""
        self.engagement.require_one_of(by)
        with transaction.atomic():
            self.engagement.hold().require_live()
            self.refresh_from_db()
            mine = Signature.objects.access_system("is it signed already?").filter(pact=self, person=by).first()
            if mine is not None:
                return mine
            if not self.is_open:
                raise NotOpen
            if fingerprint_of(self.text) != self.fingerprint or whole_text(self.sections) != self.text:
                raise NotTheText
            signature = Signature.objects.create(
                pact=self, person=by, name=name, fingerprint=self.fingerprint, by_link=link
            )
            self.engagement.leave_trace("signed a pact", self, by)
            self._come_into_force()
        return signature

    def _come_into_force(self) -> None:
        signers = Signature.objects.access_system("have both signed?").filter(pact=self)
        if set(signers.values_list("person_id", flat=True)) == {self.engagement.coach_id, self.engagement.client_id}:
            self.in_force_at = timezone.now()
            self.save(update_fields=["in_force_at"])
            Letter.keep_to(self.engagement.key, Manner(self.by_email, self.quiet_from, self.quiet_to))

    def withdraw(self, *, by: User) -> None:
        """Take a proposal off the table, by either of the two; harmless when repeated."""
        self.engagement.require_one_of(by)
        with transaction.atomic():
            self.engagement.hold()
            gone = type(self).objects.access_system("withdraw once").open().filter(pk=self.pk)
            if gone.update(withdrawn_at=timezone.now()):
                self.engagement.leave_trace("withdrew a proposed pact", self, by)
        self.refresh_from_db(fields=["withdrawn_at", "in_force_at"])


class SignatureQuerySet(GuardedQuerySet["Signature"]):
    """Signatures, found by the two people of the engagement."""

    def seen_by(self, person: User) -> Self:
        """Signatures under this person's pacts."""
        found = self.filter(between(person, "pact__engagement__"))
        return found.select_related("pact__engagement__key__parent").order_by("signed_at")


class Signature(Guarded):
    """One person's name under one version, typed by them, with the fingerprint of the text they saw."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    pact = models.ForeignKey(Pact, on_delete=models.CASCADE, related_name="signatures")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    name = SealedField()
    fingerprint = models.CharField(max_length=64)
    signed_at = models.DateTimeField(default=timezone.now)
    by_link = models.BooleanField(default=False)

    seal_with = "pact.engagement.key"
    classes = Classes(public="id", practice="pact person fingerprint signed_at by_link")

    objects = SignatureQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["pact", "person"], name="one_signature_each"),
        ]

    def __str__(self) -> str:
        return f"signature under pact {self.pact_id}"


def agreed_between(engagement: Engagement) -> Pact | None:
    """The version in force, for what the house itself keeps to; None while they agreed on nothing."""
    found = Pact.objects.access_system("what the two agreed on").signed().filter(engagement=engagement)
    pact = found.only("engagement", "in_force_at", *SETTINGS).first()
    if pact is not None:
        pact.engagement = engagement
    return pact


def fingerprint_of(text: str) -> str:
    """The SHA-256 of the exact text, by which anyone can check a copy."""
    return hashlib.sha256(text.encode()).hexdigest()
