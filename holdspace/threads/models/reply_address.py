"""A reply address: where one person answers by mail in one thread; nothing but it and their own address opens it."""

import base64
import secrets
from typing import ClassVar, Self

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from holdspace.engagements.models import Engagement, between
from holdspace.people.models import User, digest
from holdspace.vault.models import Classes, Guarded, GuardedQuerySet, SealedField, new_id

REPLY = "reply"


class ReplyAddressQuerySet(GuardedQuerySet["ReplyAddress"]):
    """Reply addresses, found by whose they are."""

    def seen_by(self, person: User) -> Self:
        """One's own, in one's own engagements."""
        return self.filter(between(person, "engagement__"), person=person)

    def live(self) -> Self:
        """Those that still take mail in."""
        return self.filter(revoked_at=None)


class ReplyAddress(Guarded):
    """The secret part of an address; its digest finds it, and the token is sealed for the next letter."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    engagement = models.ForeignKey(Engagement, on_delete=models.CASCADE, related_name="reply_addresses")
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="reply_addresses")
    digest = models.CharField(max_length=64, unique=True)
    token = SealedField()
    made_at = models.DateTimeField(default=timezone.now)
    revoked_at = models.DateTimeField(null=True)

    seal_with = "engagement.key"
    classes = Classes(public="id", practice="engagement person digest made_at revoked_at")

    objects = ReplyAddressQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["engagement", "person"], condition=Q(revoked_at=None), name="one_live_reply_address"
            ),
        ]

    def __str__(self) -> str:
        return f"reply address {self.pk}"

    @classmethod
    def for_letters_to(cls, engagement: Engagement, person: User) -> str:
        """Where this person's answers go; the same as long as it isn't revoked, and nowhere without a domain."""
        if not settings.REPLY_DOMAIN:
            return ""
        known = cls.objects.access_system("the address stays the same").live()
        address = known.filter(engagement=engagement, person=person).first()
        if address is None:
            token = base64.b32encode(secrets.token_bytes(20)).decode().lower()
            address = cls(engagement=engagement, person=person, token=token, digest=digest(token))
            address.save(force_insert=True)
        address.engagement = engagement
        return f"{REPLY}+{address.token}@{settings.REPLY_DOMAIN}"

    @classmethod
    def behind(cls, token: str) -> "ReplyAddress | None":
        """The live address with this token, whose person is still one of two who work together."""
        known = cls.objects.access_system("whoever knows the token").live().filter(digest=digest(token.lower()))
        address = known.select_related("person").first()
        if address is None or not address.person.is_active:
            return None
        mine = Engagement.objects.visible_to(address.person).between(address.person)
        engagement = mine.filter(pk=address.engagement_id).first()
        if engagement is None:
            return None
        address.engagement = engagement
        return address

    @classmethod
    def revoke(cls, engagement: Engagement, *, by: User) -> bool:
        """Every address of this person in this thread takes in nothing more; the next letter has a new one."""
        engagement.require_one_of(by)
        with transaction.atomic():
            mine = cls.objects.access_system("revoked once").live().filter(engagement=engagement, person=by)
            gone = bool(mine.update(revoked_at=timezone.now()))
            if gone:
                engagement.leave_trace("made a reply address dead", engagement, by)
        return gone
