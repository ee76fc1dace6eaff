"""A sponsor: whoever pays for the work, known to both, and only where the pact says so."""

from typing import Self

from django.db import models, transaction
from django.utils import timezone

from holdspace.people.models import User
from holdspace.vault.models import Classes, Guarded, GuardedQuerySet, SealedField, new_id

from .engagement import Engagement, between
from .pact import Pact


class NoSponsorAgreed(Exception):
    """The pact in force knows of nobody who pays."""


class SponsorQuerySet(GuardedQuerySet["Sponsor"]):
    """Sponsors, found by the two people of the engagement."""

    def seen_by(self, person: User) -> Self:
        """Sponsors of this person's work; nobody else knows who pays."""
        found = self.filter(between(person, "engagement__")).order_by("added_at")
        return found.select_related("engagement__key__parent", "engagement__coach", "engagement__client")


class Sponsor(Guarded):
    """One contact at whoever pays."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    engagement = models.ForeignKey(Engagement, on_delete=models.CASCADE, related_name="sponsors")
    name = SealedField()
    organisation = SealedField(null=True)
    address = SealedField(null=True)
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)

    seal_with = "engagement.key"
    classes = Classes(public="id", practice="engagement added_by added_at")

    objects = SponsorQuerySet.as_manager()

    def __str__(self) -> str:
        return f"sponsor {self.pk}"

    @classmethod
    def add(cls, engagement: Engagement, name: str, organisation: str, address: str, *, by: User) -> "Sponsor":
        """Name who pays, where the pact says that somebody does; raises NoSponsorAgreed and Over."""
        engagement.require_one_of(by)
        with transaction.atomic():
            engagement.hold().require_live()
            paid = Pact.objects.access_system("is a sponsor agreed on?").with_sponsor()
            if not paid.filter(engagement=engagement).exists():
                raise NoSponsorAgreed
            made = cls(engagement=engagement, added_by=by, name=name)
            made.organisation, made.address = organisation or None, address or None
            made.save(force_insert=True)
            engagement.leave_trace("named a sponsor", made, by)
        return made

    def remove(self, *, by: User) -> None:
        """Forget this contact, by either of the two."""
        self.engagement.require_one_of(by)
        with transaction.atomic():
            self.engagement.leave_trace("removed a sponsor", self, by)
            type(self).objects.access_system("remove it whole").filter(pk=self.pk).delete()
