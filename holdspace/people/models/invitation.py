"""Invitations: somebody is asked to take a seat, by an address that they prove when they accept."""

from typing import ClassVar, Self

from django.db import models, transaction
from django.db.models import Q
from django.utils.timezone import now

from holdspace.vault import trail
from holdspace.vault.models import Classes, Guarded, GuardedQuerySet, new_id

from .link import BadLink, Link
from .practice import Practice, Seat
from .user import User

OPEN_FOR = 14
"""Days for which an invitation can be accepted."""


class AlreadySeated(Exception):
    """Whoever has this address sits there already."""


class NotSeated(Exception):
    """A practice is handed over to somebody who sits there already, and doesn't own it."""


class InvitationQuerySet(GuardedQuerySet["Invitation"]):
    """Invitations, found by the owners of the practice, and by whoever is asked to own it instead."""

    def seen_by(self, person: User) -> Self:
        """Invitations into practices this person owns, and to own one in somebody's place."""
        owned = Q(practice__in=Practice.objects.visible_to(person).owned_by(person))
        there = Practice.objects.visible_to(person).values("pk")
        return self.filter(owned | Q(person=person, in_place_of__isnull=False, practice__in=there))

    def to_own(self, person: User) -> Self:
        """What asks this person to own a practice in somebody's place."""
        asked = self.waiting().filter(person=person, in_place_of__isnull=False, in_place_of__left_at=None)
        return asked.select_related("practice", "by", "in_place_of__user")

    def waiting(self) -> Self:
        """Neither accepted nor withdrawn."""
        return self.filter(accepted_at=None, withdrawn_at=None)


class Invitation(Guarded):
    """One seat offered to one address, which is forgotten as soon as it is answered or taken back.

    `in_place_of` is the owner's seat that ends with the answer: then `person` is who is asked, and no address is kept.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="invitations")
    role = models.CharField(max_length=8, choices=Seat.Role)
    address = models.EmailField(blank=True)
    by = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="+")
    in_place_of = models.ForeignKey(Seat, on_delete=models.CASCADE, null=True, related_name="+")
    made_at = models.DateTimeField(default=now)
    accepted_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    classes = Classes(
        public="id", practice="practice role by person in_place_of made_at accepted_at withdrawn_at", private="address"
    )

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["practice", "role", "address"],
                condition=Q(accepted_at=None, withdrawn_at=None, in_place_of=None),
                name="one_waiting_invitation",
            ),
            models.UniqueConstraint(
                fields=["in_place_of"],
                condition=Q(accepted_at=None, withdrawn_at=None),
                name="one_waiting_in_a_place",
            ),
        ]

    def __str__(self) -> str:
        return f"invitation {self.pk}"

    @classmethod
    def make(cls, practice: Practice, role: str, address: str, *, by: User) -> tuple["Invitation", str]:
        """Ask somebody in; gives the link's token, once. An earlier waiting one for the same seat is replaced."""
        practice.require_owner(by)
        with transaction.atomic():
            seats = Seat.objects.access_system("whether they sit there already").live()
            if seats.filter(practice=practice, role=role, user__email=address).exists():
                raise AlreadySeated
            all_rows = cls.objects.access_system("replace an earlier one")
            for earlier in all_rows.waiting().filter(practice=practice, role=role, address=address):
                earlier.withdraw(by=by)
            made = cls.objects.create(practice=practice, role=role, address=address, by=by)
            token = Link.make(Link.Purpose.INVITATION, about=made.pk, days=OPEN_FOR)
            trail.leave("invited somebody", made, by=by, practice_id=practice.pk, detail=role)
        return made, token

    @classmethod
    def hand_over(cls, practice: Practice, to: User, *, by: User) -> "Invitation":
        """Ask somebody who sits there to own it in one's own place; an earlier such wish is replaced.

        Raises NotTheOwner and NotSeated.
        """
        practice.require_owner(by)
        with transaction.atomic():
            seats = Seat.objects.access_system("who sits there").live().filter(practice=practice)
            own = seats.select_for_update().get(user=by, role=Seat.Role.OWNER)
            roles = set(seats.filter(user=to).values_list("role", flat=True))
            if not roles or Seat.Role.OWNER in roles:
                raise NotSeated
            for earlier in cls.objects.access_system("replace an earlier one").waiting().filter(in_place_of=own):
                earlier.withdraw(by=by)
            made = cls.objects.create(practice=practice, role=Seat.Role.OWNER, person=to, by=by, in_place_of=own)
            trail.leave("asked somebody to own it", made, by=by, practice_id=practice.pk, subject_id=to.pk)
        return made

    def own(self, *, by: User) -> None:
        """Own the practice from now on; the earlier owner's seat ends in the same moment. Raises BadLink when over."""
        with transaction.atomic():
            seats = Seat.objects.access_system("one owner gives way to another").select_for_update()
            old = seats.filter(pk=self.in_place_of_id, left_at=None).select_related("user", "practice").first()
            rows = type(self).objects.access_system("answer once").waiting().filter(pk=self.pk, person=by)
            if old is None or not rows.update(accepted_at=now()):
                raise BadLink
            seat, _ = seats.get_or_create(practice=self.practice, user=by, role=Seat.Role.OWNER, left_at=None)
            trail.leave("took a seat", seat, by=by, practice_id=self.practice_id, subject_id=by.pk, detail=self.role)
            old.end(by=by)
            by.change_locks("a seat was taken", by=by)

    def decline(self, *, by: User) -> None:
        """Not for me; saying so twice changes nothing."""
        with transaction.atomic():
            rows = type(self).objects.access_system("answer once").waiting().filter(pk=self.pk, person=by)
            if rows.update(withdrawn_at=now()):
                trail.leave("declined to own it", self, by=by, practice_id=self.practice_id, subject_id=self.by_id)

    @classmethod
    def behind(cls, token: str) -> tuple["Invitation", Link]:
        """The invitation that a link leads to, while both are live; raises BadLink."""
        link = Link.find(token, Link.Purpose.INVITATION)
        rows = cls.objects.access_system("whoever holds the link reads it").waiting()
        found = rows.filter(pk=link.about).select_related("practice", "by").first()
        if found is None:
            raise BadLink
        return found, link

    def withdraw(self, *, by: User) -> None:
        """Take it back: its link is dead from now on. Doing so twice changes nothing."""
        self.practice.require_owner(by)
        with transaction.atomic():
            rows = type(self).objects.access_system("withdraw once").waiting()
            if rows.filter(pk=self.pk).update(withdrawn_at=now(), address=""):
                Link.live().filter(about=self.pk).update(withdrawn_at=now())
                trail.leave("withdrew an invitation", self, by=by, practice_id=self.practice_id)

    def accept(self, link: Link, *, by: User) -> None:
        """Take the seat; whoever accepts has proved the address. Raises BadLink for the second of two."""
        with transaction.atomic():
            link.spend()
            rows = type(self).objects.access_system("accept once").waiting()
            if not rows.filter(pk=self.pk).update(accepted_at=now(), person=by, address=""):
                raise BadLink
            all_seats = Seat.objects.access_system("sit once")
            seat, _ = all_seats.get_or_create(practice=self.practice, user=by, role=self.role, left_at=None)
            by.change_locks("a seat was taken", by=by)
            trail.leave("took a seat", seat, by=by, practice_id=self.practice_id, subject_id=by.pk, detail=self.role)
