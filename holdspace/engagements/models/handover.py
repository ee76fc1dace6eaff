"""A hand-over: a client goes on with another coach of the practice, who reads of the earlier work what they release."""

from typing import ClassVar, Self, TypeVar

from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from holdspace.people.models import Practice, Seat, User
from holdspace.vault.models import Classes, Guarded, GuardedQuerySet, new_id

from .engagement import Engagement, being_coached, coaching_now, open_engagement


class NoSuchCoach(Exception):
    """Nobody else coaches there, or not this person."""


class NotAsked(Exception):
    """This is not theirs to answer, or not any more."""


class Kind(models.TextChoices):
    """What a client may release besides the agreement and the dates; no word of these stands inside another."""

    NOTES = "notes", "notes that {client} and {coach} share, and what each session was called"
    TRANSCRIPTS = "transcripts", "transcripts that are still kept"
    MESSAGES = "messages", "messages, without the files in them"
    GOALS = "goals", "what the work was for, goals and promises"
    CONCERNS = "concerns", "concerns that {client} told {coach}"
    FACTS = "facts", "what {coach} noted down about {client}, as far as {client} left it there"


class HandoverQuerySet(GuardedQuerySet["Handover"]):
    """Hand-overs: seen by the client, by their coach, and by the one who is to go on, once the client said yes."""

    def seen_by(self, person: User) -> Self:
        """Those of this person's work, and those a client wants to go on with them in."""
        there = person.practices_as(Seat.Role.COACH)
        asked = Q(successor=person, agreed_at__isnull=False, engagement__practice__in=there)
        two = coaching_now(person, "engagement__") | being_coached(person, "engagement__")
        people = ("key__parent", "coach", "client", "practice")
        return self.filter(asked | two).select_related("successor", *(f"engagement__{one}" for one in people))

    def standing(self) -> Self:
        """Those that nobody has said no to."""
        return self.filter(closed_at=None)

    def waiting_for(self, person: User) -> Self:
        """Those that wait for this person's answer: the client's first, then the other coach's."""
        client = Q(engagement__client=person, agreed_at=None)
        coach = Q(successor=person, agreed_at__isnull=False, accepted_at=None)
        return self.standing().filter(client | coach).order_by("proposed_at", "pk")

    def reading(self) -> Self:
        """Those through which somebody reads now: while they coach that client, and until it is taken back."""
        seats = Seat.objects.access_system("a coach's sight ends with the seat").live().filter(role=Seat.Role.COACH)
        sits = Exists(seats.filter(user=OuterRef("successor"), practice=OuterRef("begun__practice")))
        now = Q(accepted_at__isnull=False, engagement__ended_on__isnull=False, begun__ended_on=None)
        return self.standing().filter(now, sits, begun__coach=models.F("successor"))

    def read_by(self, person: User) -> Self:
        """Those through which this person reads now."""
        return self.reading().filter(successor=person)


class Handover(Guarded):
    """One piece of work, offered to one other coach; `released` are the kinds that the client ticked."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    engagement = models.ForeignKey(Engagement, on_delete=models.CASCADE, related_name="handovers")
    successor = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(default=timezone.now)
    agreed_at = models.DateTimeField(null=True)
    released = models.CharField(max_length=80, blank=True)
    accepted_at = models.DateTimeField(null=True)
    begun = models.ForeignKey(Engagement, on_delete=models.SET_NULL, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)

    classes = Classes(
        public="id",
        practice="engagement successor proposed_by proposed_at agreed_at released accepted_at begun closed_at",
    )

    objects = HandoverQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["engagement"], condition=Q(closed_at=None), name="one_standing_handover"),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(agreed_at__isnull=False), name="the_client_says_yes_first"
            ),
        ]

    def __str__(self) -> str:
        return f"hand-over {self.pk}"

    @property
    def kinds(self) -> list[str]:
        """What is released, one word each."""
        return self.released.split()

    @property
    def words(self) -> list[str]:
        """What is released, in words for the coaches."""
        return [self.say(kind, self.engagement.first) for kind in Kind if kind.value in self.kinds]

    @property
    def words_to_client(self) -> list[str]:
        """What is released, in words for whoever released it."""
        return [self.say(kind, "you") for kind in Kind if kind.value in self.kinds]

    def say(self, kind: Kind, client: str) -> str:
        """One kind, with these people in it; the client is called by name, or spoken to."""
        return kind.label.format(client=client, coach=self.engagement.coach.first)

    @property
    def is_open(self) -> bool:
        """Whether the other coach reads by it."""
        return self.accepted_at is not None and self.closed_at is None

    @classmethod
    def propose(cls, engagement: Engagement, successor: User, *, by: User) -> "Handover":
        """Ask the client whether they want to go on with another coach: by their coach, or by an owner with the seat.

        Raises NoSuchCoach, NotTheOwner and NotYetAccepted; one that already stands is the answer to asking twice.
        """
        if by.pk != engagement.coach_id:
            engagement.practice.require_owner(by)
        engagement.require_accepted()
        if successor not in others_coaching(engagement.practice, engagement.coach, engagement.client):
            raise NoSuchCoach
        with transaction.atomic():
            engagement.hold()
            all_rows = cls.objects.access_system("one at a time").standing()
            made, new = all_rows.get_or_create(
                engagement=engagement, defaults={"successor": successor, "proposed_by": by}
            )
            if new:
                engagement.leave_trace("proposed to hand over", made, by)
        return made

    def release(self, kinds: list[str], *, by: User) -> None:
        """The client's yes, and what they let the other coach read: now, or chosen anew later. Raises NotAsked."""
        if by.pk != self.engagement.client_id:
            raise NotAsked
        self.released = " ".join(kind for kind in Kind.values if kind in kinds)
        self.agreed_at = self.agreed_at or timezone.now()
        self._change("chose what another coach may read", by, "released", "agreed_at")

    def take_on(self, *, by: User) -> None:
        """The other coach's yes: the two work together from now on, and the earlier work ends. Raises NotAsked."""
        if by.pk != self.successor_id or self.agreed_at is None:
            raise NotAsked
        if self.accepted_at is not None:
            return
        with transaction.atomic():
            old = self.engagement
            self.begun, self.accepted_at = _work_with(self), timezone.now()
            self._change("said yes to going on together", by, "begun", "accepted_at")
            old.end(old.client.today, by=old.client)

    def close(self, *, by: User) -> None:
        """No, or no longer: by the client at any time, by either coach before they work together. Raises NotAsked."""
        coaches = () if self.accepted_at else (self.successor_id, self.engagement.coach_id)
        if by.pk != self.engagement.client_id and by.pk not in coaches:
            raise NotAsked
        if self.closed_at is None:
            self.closed_at = timezone.now()
            self._change(
                "closed what was handed over" if self.accepted_at else "said no to a hand-over", by, "closed_at"
            )

    def _change(self, verb: str, by: User, *fields: str) -> None:
        with transaction.atomic():
            rows = type(self).objects.access_system("one answer at a time").standing()
            if not rows.filter(pk=self.pk).update(**{name: getattr(self, name) for name in fields}):
                raise NotAsked
            self.engagement.leave_trace(verb, self, by)


def _work_with(handover: Handover) -> Engagement:
    """The work of the client with the other coach: what they have already, or a new one."""
    old, coach = handover.engagement, handover.successor
    both = Engagement.objects.visible_to(coach).live().filter(coach=coach, client=old.client, practice=old.practice)
    return both.first() or open_engagement(
        coach,
        old.client,
        called=old.called,
        rhythm=old.rhythm,
        accepted_at=handover.agreed_at,
        practice=old.practice,
    )


def others_coaching(practice: Practice, *but: User) -> "models.QuerySet[User]":
    """Who else holds a coach's seat there."""
    seats = Seat.objects.access_system("who could go on").live().filter(practice=practice, role=Seat.Role.COACH)
    there = User.objects.filter(pk__in=seats.values("user"), closed_at=None)
    return there.exclude(pk__in=[one.pk for one in but]).order_by("name", "pk")


Rows = TypeVar("Rows", bound=GuardedQuerySet)  # type: ignore[type-arg]


def access_handed(rows: Rows, person: User, path: str, kind: Kind | None = None) -> Rows:
    """What of somebody's earlier work a client released to this coach, to read and nothing else.

    `path` leads from the rows to the engagement; without a `kind`, what goes with every hand-over.
    """
    through = Handover.objects.access_system("what a hand-over opens").read_by(person)
    if kind is not None:
        through = through.filter(released__contains=kind.value)
    found: Rows = rows.filter(**{f"{path}__in": through.values("engagement")})._let_through("handover")
    return found
