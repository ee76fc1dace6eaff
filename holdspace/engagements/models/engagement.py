"""An engagement: who works with whom, from the invitation to the ending."""

from datetime import date, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar, Self

from django.core.exceptions import ObjectDoesNotExist
from django.db import models, transaction
from django.db.models import Q
from django.http import Http404
from django.utils import timezone

from holdspace.letters.models import Letter
from holdspace.people.models import Practice, Seat, User
from holdspace.vault import trail
from holdspace.vault.models import Classes, Guarded, GuardedQuerySet, Key, SealedField, new_id

if TYPE_CHECKING:
    from .handover import Handover

REOPEN_DAYS = 30
"""How long an ended engagement can be opened again."""
WHILE_TOGETHER = ("moment", "promise", "release", "reminder")
"""Letters that say nothing any more once the work has ended."""


class NotACoach(Exception):
    """This person has no coach's seat in a practice."""


class NotBetweenThem(Exception):
    """Only the two people of an engagement do this."""


class NotYetAccepted(Exception):
    """The client has not accepted the invitation, so nothing can be asked of them."""


class Over(Exception):
    """The engagement has ended: what was is kept as agreed, and nothing new begins."""


class Erased(ObjectDoesNotExist, Http404):
    """The engagement was erased in this very moment: to a page it is as if it had never been."""


class TooLate(Exception):
    """An engagement can be opened again for thirty days, by whoever ended it."""


def coaching_now(person: User, path: str = "") -> Q:
    """What this person coaches, for as long as they hold a coach's seat there; `path` leads to the engagement."""
    return Q(**{f"{path}coach": person, f"{path}practice__in": person.practices_as(Seat.Role.COACH)})


def being_coached(person: User, path: str = "") -> Q:
    """What this person is the client in, once they have accepted; an invitation links nobody to anything."""
    return Q(**{f"{path}client": person, f"{path}accepted_at__isnull": False})


def between(person: User, path: str = "") -> Q:
    """What belongs to the two people of an engagement."""
    return coaching_now(person, path) | being_coached(person, path)


class EngagementQuerySet(GuardedQuerySet["Engagement"]):
    """Engagements, found by the two people in them."""

    def seen_by(self, person: User) -> Self:
        """Engagements this person coaches, is coached in or is invited to."""
        return self.filter(coaching_now(person) | Q(client=person)).select_related("key__parent", "coach", "client")

    def coached_by(self, person: User) -> Self:
        """Engagements this person coaches."""
        return self.filter(coach=person)

    def of_client(self, person: User) -> Self:
        """Engagements this person is the client in, by their own yes."""
        return self.filter(being_coached(person))

    def between(self, person: User) -> Self:
        """Engagements this person is one of the two in."""
        return self.filter(Q(coach=person) | being_coached(person))

    def inviting(self, person: User) -> Self:
        """Invitations that wait for this person's answer."""
        return self.filter(client=person, accepted_at=None, declined_at=None, ended_on=None)

    def live(self) -> Self:
        """Accepted and not ended."""
        return self.filter(ended_on=None, accepted_at__isnull=False)

    def by_name(self) -> Self:
        """Live ones first, then by the client's name."""
        return self.order_by(models.F("ended_on").asc(nulls_first=True), "called", "pk")


class Engagement(Guarded):
    """One coach and one client working together, with a key of their own."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="engagements")
    coach = models.ForeignKey(User, on_delete=models.PROTECT, related_name="coaching")
    client = models.ForeignKey(User, on_delete=models.PROTECT, related_name="engagements")
    called = models.CharField(max_length=120)
    key = models.OneToOneField(Key, on_delete=models.PROTECT, related_name="+")
    purpose = SealedField(null=True)
    rhythm = models.CharField(max_length=60, blank=True)
    started_on = models.DateField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    declined_at = models.DateTimeField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    gains = SealedField(null=True)

    seal_with = "key"
    classes = Classes(
        public="id",
        practice="practice coach client key rhythm started_on accepted_at declined_at ended_on ended_at ended_by",
        private="called",
    )

    objects = EngagementQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(coach=models.F("client")), name="nobody_coaches_themselves"),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(declined_at=None), name="accepted_or_declined_not_both"
            ),
        ]

    def __str__(self) -> str:
        return f"engagement {self.pk}"

    @property
    def is_live(self) -> bool:
        """Whether the two are working together now."""
        return self.accepted_at is not None and self.ended_on is None

    @property
    def is_invited(self) -> bool:
        """Whether the client's answer is still waited for."""
        return self.accepted_at is None and self.declined_at is None and self.ended_on is None

    @property
    def first(self) -> str:
        """What the client is called in a sentence; the coach's own word for them, never another practice's."""
        return self.called.split()[0]

    def other_name(self, person: User) -> str:
        """What the other of the two is called in a sentence."""
        return self.coach.first if person.pk == self.client_id else self.first

    def name_of(self, person_id: object) -> str:
        """What either of the two is called in a sentence."""
        return self.coach.first if person_id == self.coach_id else self.first

    def other(self, person: User) -> User:
        """The other of the two."""
        return self.coach if person.pk == self.client_id else self.client

    @cached_property
    def handed_to(self) -> "Handover | None":
        """The hand-over by which another coach reads of this work now; only work that has ended is handed over."""
        if self.ended_on is None:
            return None
        through = self.handovers.access_system("who reads it is told to both")  # type: ignore[attr-defined]
        found: Handover | None = through.reading().select_related("successor").first()
        return found

    def require_live(self) -> None:
        """Raise NotYetAccepted or Over unless the two are working together."""
        if self.ended_on is not None:
            raise Over
        self.require_accepted()

    def require_accepted(self) -> None:
        """Raise NotYetAccepted while the client has not said yes."""
        if self.accepted_at is None:
            raise NotYetAccepted

    def require_one_of(self, person: User) -> None:
        """Raise NotBetweenThem for anybody but the two."""
        if person.pk not in (self.coach_id, self.client_id):
            raise NotBetweenThem

    def hold(self) -> "Engagement":
        """Lock this engagement until the transaction ends, so that its deeds come one at a time; raises Erased."""
        found = type(self).objects.access_system("one deed at a time").select_for_update(of=("self",))
        held = found.select_related("key__parent", "coach", "client", "practice").filter(pk=self.pk).first()
        if held is None:
            raise Erased
        return held

    def describe(self, called: str, purpose: str, rhythm: str, *, by: User) -> None:
        """What the coach calls the client, what they come for and how often they meet; only the coach says."""
        if by.pk != self.coach_id:
            raise NotACoach
        self.called, self.purpose, self.rhythm = called, purpose or None, rhythm
        with transaction.atomic():
            self.save(update_fields=["called", "purpose", "rhythm"])
            self.leave_trace("changed an engagement", self, by)

    def answer(self, *, yes: bool, by: User) -> None:
        """The client's answer to the invitation: working together, or not; harmless when repeated."""
        if by.pk != self.client_id:
            raise NotBetweenThem
        with transaction.atomic():
            now = self.hold()
            if not now.is_invited:
                self.refresh_from_db()
                return
            if yes:
                self.accepted_at = timezone.now()
            else:
                self.declined_at, self.ended_at, self.ended_by = timezone.now(), timezone.now(), by
                self.ended_on = by.today
            self.save(update_fields=["accepted_at", "declined_at", "ended_on", "ended_at", "ended_by"])
            self.leave_trace("accepted an invitation" if yes else "declined an invitation", self, by)

    def end(self, on: date, gains: str = "", *, by: User) -> None:
        """End it, by either of the two and without a reason; harmless when repeated."""
        self.require_one_of(by)
        self._end(on, gains, by)

    def end_with_seat(self, *, by: User) -> None:
        """End it because the coach's seat ends, by the coach or an owner of the practice; harmless when repeated."""
        if by.pk != self.coach_id:
            self.practice.require_owner(by)
        self._end(by.today, "", by)

    @property
    def ended_with_seat(self) -> bool:
        """Whether neither of the two ended it: the coach's seat was ended."""
        return self.ended_by_id not in (None, self.coach_id, self.client_id)

    def _end(self, on: date, gains: str, by: User) -> None:
        with transaction.atomic():
            if self.hold().ended_on is not None:
                self.refresh_from_db()
                return
            self.ended_on, self.ended_at, self.ended_by = on, timezone.now(), by
            self.gains = gains or self.gains
            self.save(update_fields=["ended_on", "ended_at", "ended_by", "gains"])
            self.leave_trace("ended an engagement", self, by)
            Letter.lay_aside(self.key, WHILE_TOGETHER)

    def say_gains(self, gains: str, *, by: User) -> None:
        """What the client took from the work, in the client's own words, also after the ending."""
        if by.pk != self.client_id:
            raise NotBetweenThem
        self.gains = gains or None
        with transaction.atomic():
            self.save(update_fields=["gains"])
            self.leave_trace("wrote what they gained", self, by)

    def reopen(self, *, by: User) -> None:
        """Go on after all: for thirty days, by whoever ended it; raises TooLate."""
        self.require_one_of(by)
        with transaction.atomic():
            if not self.hold().can_reopen(by):
                raise TooLate
            self.ended_on = self.ended_at = self.ended_by = None
            self.save(update_fields=["ended_on", "ended_at", "ended_by"])
            self.leave_trace("opened an engagement again", self, by)
            Letter.take_up(self.key)

    @property
    def reopens_until(self) -> datetime | None:
        """The last moment at which it can be opened again."""
        return self.ended_at + timedelta(days=REOPEN_DAYS) if self.ended_at and self.accepted_at else None

    def can_reopen(self, person: User) -> bool:
        """Whether this person may open it again now; once the client went on with somebody else, only the client."""
        until = self.reopens_until
        theirs = self.ended_by_id == person.pk and (person.pk == self.client_id or self.handed_to is None)
        return until is not None and theirs and timezone.now() <= until

    def leave_trace(self, verb: str, noun: models.Model, by: User) -> None:
        """Note a deed of this engagement in the trail."""
        trail.leave(
            verb,
            noun,
            by=by,
            practice_id=self.practice_id,
            subject_id=self.client_id,
            engagement_id=self.pk,
        )


def practices_coached_in(coach: User) -> "models.QuerySet[Practice]":
    """The practices where this person holds a coach's seat."""
    seats = Seat.objects.visible_to(coach).live().filter(user=coach, role=Seat.Role.COACH)
    there = Practice.objects.visible_to(coach).filter(pk__in=seats.values("practice"))
    return there.order_by("name", "pk")


def coaching_seat(coach: User, practice: Practice | None = None) -> Seat:
    """The seat this person coaches from, there or the first taken; raises NotACoach where there is none."""
    mine = Seat.objects.visible_to(coach).filter(user=coach, role=Seat.Role.COACH, left_at=None)
    mine = mine.filter(practice=practice) if practice else mine
    seat = mine.select_related("practice__key").order_by("taken_at").first()
    if seat is None:
        raise NotACoach
    return seat


def open_engagement(
    coach: User,
    client: User,
    *,
    called: str,
    purpose: str = "",
    rhythm: str = "",
    started_on: date | None = None,
    accepted_at: datetime | None = None,
    practice: Practice | None = None,
) -> Engagement:
    """Begin working together, or invite to it while nobody has accepted; raises NotACoach without a coach's seat."""
    seat = coaching_seat(coach, practice)
    with transaction.atomic():
        engagement = Engagement.objects.create(
            practice=seat.practice,
            coach=coach,
            client=client,
            called=called,
            key=Key.make("engagement", parent=seat.practice.key),
            purpose=purpose,
            rhythm=rhythm,
            started_on=started_on or coach.today,
            accepted_at=accepted_at,
        )
        engagement.leave_trace("began an engagement", engagement, coach)
    return engagement
