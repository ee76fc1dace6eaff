"""A release: one session that one mentor reads, because its coach asked for it and its client said yes."""

from datetime import datetime
from typing import ClassVar, Self, TypeVar

from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from holdspace.engagements.models import Consent, Engagement, NotACoach, NotAsked, Pact, agreed_between, between
from holdspace.people.models import Seat, User
from holdspace.vault.models import Classes, Guarded, GuardedQuerySet, SealedField, new_id

from .note import Note
from .opening import Opening
from .session import Session, SessionQuerySet
from .transcript import Transcript


class NoMentorAgreed(Exception):
    """The agreement in force doesn't say that anything may be released to a mentor."""


class NoSuchMentor(Exception):
    """Nobody mentors there, or not this person."""


class NothingThere(Exception):
    """Nothing of what was ticked is there to be released."""


class Part(models.TextChoices):
    """What of a session may be released; no word of these stands inside another."""

    NOTES = "notes", "the notes that {client} and {coach} share about it"
    TRANSCRIPT = "transcript", "what was said, word by word"


SHORT = {Part.NOTES: "shared notes", Part.TRANSCRIPT: "the transcript"}


class ReleaseQuerySet(GuardedQuerySet["Release"]):
    """Releases: seen by the two whose session it is, and by the mentor from the client's yes until it ends."""

    def seen_by(self, person: User) -> Self:
        """Those of this person's sessions, and those through which this person reads now."""
        mine = between(person, "session__engagement__")
        if person.practices_as(Seat.Role.MENTOR) != []:
            open_now = self.model.objects.access_system("what is released to a mentor").read_by(person)
            mine |= Q(pk__in=open_now.values("pk"))
        people = ("key__parent", "coach", "client", "practice")
        return self.filter(mine).select_related("mentor", *(f"session__engagement__{one}" for one in people))

    def of_two(self, person: User) -> Self:
        """Those of sessions this person is one of the two in: theirs to answer and to close."""
        return self.filter(between(person, "session__engagement__"))

    def standing(self) -> Self:
        """Those that nobody has said no to."""
        return self.filter(closed_at=None)

    def agreed(self) -> Self:
        """Those the client said yes to, closed ones too."""
        return self.filter(agreed_at__isnull=False)

    def allowed(self) -> Self:
        """Those of work that goes on, whose agreement has said so since, and whose mentor and coach still sit there.

        What those ended doesn't come back by itself: a later agreement or a new seat wants a new question. Work that
        goes on after all is as it was, this too, for whoever opens it again is told so.
        """
        pacts = Pact.objects.access_system("whether the two still agree to it").signed()
        pacts = pacts.filter(engagement=OuterRef("session__engagement"))
        begun = Exists(pacts.filter(mentor=True, in_force_at__lte=OuterRef("asked_at")))
        ended = Exists(pacts.filter(mentor=False, in_force_at__gt=OuterRef("asked_at")))
        seats = Seat.objects.access_system("a mentor's sight ends with either seat").live()
        seats = seats.filter(practice=OuterRef("session__engagement__practice"), taken_at__lte=OuterRef("asked_at"))
        mentors = seats.filter(role=Seat.Role.MENTOR, user=OuterRef("mentor"))
        coaches = seats.filter(role=Seat.Role.COACH, user=OuterRef("session__engagement__coach"))
        live = Q(mentor__closed_at=None, session__engagement__ended_on=None)
        return self.filter(begun, ~ended, Exists(mentors), Exists(coaches), live)

    def reading(self) -> Self:
        """Those through which somebody reads now."""
        return self.standing().agreed().allowed()

    def read_by(self, person: User) -> Self:
        """Those through which this person reads now."""
        return self.reading().filter(mentor=person)

    def waiting_for(self, person: User) -> Self:
        """Those that wait for this client's answer, the oldest first."""
        asked = self.standing().allowed().filter(agreed_at=None)
        return asked.filter(session__engagement__client=person).order_by("asked_at", "pk")

    def with_reads(self) -> Self:
        """Each with whether its mentor reads by it now, in the same query."""
        open_now = self.model.objects.access_system("which of them are open").reading()
        return self.annotate(reads=Exists(open_now.filter(pk=OuterRef("pk"))))

    def newest_first(self) -> Self:
        """The latest yes first."""
        return self.order_by("-agreed_at", "-pk")


class Release(Guarded):
    """One session, asked for by its coach for one mentor; `released` are the parts that its client ticked.

    It opens what was there at the client's yes and nothing that came later.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="releases")
    mentor = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    question = SealedField(null=True)
    asked = models.CharField(max_length=40)
    asked_at = models.DateTimeField(default=timezone.now)
    released = models.CharField(max_length=40, blank=True)
    agreed_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")

    seal_with = "session.engagement.key"
    classes = Classes(public="id", practice="session mentor asked asked_at released agreed_at closed_at closed_by")

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["session", "mentor"], condition=Q(closed_at=None), name="one_standing_release"
            ),
            models.CheckConstraint(
                condition=Q(released="") | Q(agreed_at__isnull=False), name="nothing_is_released_before_the_yes"
            ),
        ]

    def __str__(self) -> str:
        return f"release {self.pk}"

    @property
    def engagement(self) -> Engagement:
        """Whose work it is of."""
        return self.session.engagement

    @property
    def parts(self) -> list[str]:
        """What the client let the mentor read; before their answer, what the coach asks for."""
        return (self.released if self.agreed_at else self.asked).split()

    @property
    def opens_now(self) -> bool:
        """Whether its mentor reads by it; not asked for again where it came along."""
        known: bool | None = vars(self).get("reads")
        if known is None:
            known = type(self).objects.access_system("is it open?").reading().filter(pk=self.pk).exists()
        return known

    @property
    def waits(self) -> bool:
        """Whether the client hasn't answered."""
        return self.agreed_at is None and self.closed_at is None

    @property
    def opens_notes(self) -> bool:
        """Whether the notes they share are among it."""
        return Part.NOTES in self.parts

    def opens_note_of(self, shared_at: datetime | None) -> bool:
        """Whether a note that is shared since then goes along: only if it was shared at the client's yes."""
        return bool(self.opens_notes and shared_at and self.agreed_at and shared_at <= self.agreed_at)

    @property
    def opens_transcript(self) -> bool:
        """Whether the transcript is among it."""
        return Part.TRANSCRIPT in self.parts

    @property
    def short(self) -> str:
        """The same in a few words for a line."""
        return " and ".join(words for part, words in SHORT.items() if part in self.parts)

    @property
    def words(self) -> list[str]:
        """The same in words for the coach and the mentor."""
        return [self.say(part, self.engagement.first) for part in Part if part in self.parts]

    @property
    def words_to_client(self) -> list[str]:
        """The same in words for whoever says yes."""
        return [self.say(part, "you") for part in Part if part in self.parts]

    def say(self, part: Part, client: str) -> str:
        """One part, with these people in it; the client is called by name, or spoken to."""
        return part.label.format(client=client, coach=self.engagement.coach.first)

    def named_for(self, person: User) -> str:
        """The mentor as one of the two calls them in a line."""
        whose = "your" if person.pk == self.engagement.coach_id else f"{self.engagement.coach.first}'s"
        return f"{whose} mentor {self.mentor.first}"

    def readers_for(self, person: User) -> str:
        """Who can read what is released, as one of the two reads it: before the client's yes, who will."""
        two = f"You and {self.engagement.other_name(person)}"
        if self.waits:
            whose = "your" if person.pk == self.engagement.client_id else f"{self.engagement.first}'s"
            return f"{two}; with {whose} yes also {self.named_for(person)}"
        return f"{two.replace(' and ', ', ')} and {self.named_for(person)}" if self.opens_now else two

    @property
    def closed_by_client(self) -> bool:
        """Whether it was the client who closed it."""
        return self.closed_by_id == self.engagement.client_id

    @classmethod
    def ask(cls, session: Session, mentor: User, parts: list[str], question: str = "", *, by: User) -> "Release":
        """Ask the client to let a mentor read one session; one that already stands is the answer to asking twice.

        Raises NotACoach, Over, NotYetAccepted, NoMentorAgreed, NoSuchMentor and NothingThere.
        """
        with transaction.atomic():
            session = session.hold()
            engagement = session.engagement
            if by.pk != engagement.coach_id:
                raise NotACoach
            engagement.require_live()
            if not may_be_asked(agreed_between(engagement)):
                raise NoMentorAgreed
            if mentor not in mentors_for(engagement):
                raise NoSuchMentor
            there = parts_of(session)
            asked = " ".join(part for part in there if part in parts)
            if not asked:
                raise NothingThere
            rows = cls.objects.access_system("one at a time").standing()
            made, new = rows.get_or_create(
                session=session, mentor=mentor, defaults={"asked": asked, "question": question or None}
            )
            if new:
                engagement.leave_trace("asked to release a session to a mentor", made, by)
        return made

    def agree(self, parts: list[str], *, by: User) -> None:
        """The client's yes, to all that was asked or to less; harmless when repeated. Raises NotAsked, NothingThere."""
        if by.pk != self.engagement.client_id:
            raise NotAsked
        ticked = " ".join(part for part in self.asked.split() if part in parts)
        if not ticked:
            raise NothingThere
        with transaction.atomic():
            waiting = type(self).objects.access_system("one answer at a time").waiting_for(by).order_by()
            if not waiting.filter(pk=self.pk).update(released=ticked, agreed_at=timezone.now()):
                raise NotAsked
            self.engagement.leave_trace("released a session to a mentor", self, by)
        self.refresh_from_db(fields=["released", "agreed_at"])

    def close(self, *, by: User) -> None:
        """No, or no longer: by either of the two, at any time. Raises NotAsked; harmless when repeated."""
        engagement = self.engagement
        if by.pk not in (engagement.client_id, engagement.coach_id):
            raise NotAsked
        with transaction.atomic():
            rows = type(self).objects.access_system("close once").standing().filter(pk=self.pk)
            if rows.update(closed_at=timezone.now(), closed_by=by):
                verb = "closed what a mentor could read" if self.agreed_at else "said no to a mentor's reading"
                engagement.leave_trace(verb, self, by)
        self.refresh_from_db(fields=["closed_at", "closed_by", "agreed_at", "released"])


def may_be_asked(agreed: Pact | None) -> bool:
    """Whether the agreement in force lets the coach ask."""
    return agreed is not None and agreed.mentor


def mentors_for(engagement: Engagement) -> "models.QuerySet[User]":
    """Who mentors in the practice of this work, besides the two."""
    seats = Seat.objects.access_system("who could be asked").live().filter(role=Seat.Role.MENTOR)
    there = User.objects.filter(pk__in=seats.filter(practice=engagement.practice_id).values("user"), closed_at=None)
    return there.exclude(pk__in=[engagement.coach_id, engagement.client_id]).order_by("name", "pk")


def with_rare(sessions: SessionQuerySet) -> SessionQuerySet:
    """Each with whether there is an opening, a release or a consent to ask for: mostly not, and then nobody asks."""
    openings = Opening.objects.access_system("whether there is one").live().filter(engagement=OuterRef("engagement"))
    releases = Release.objects.access_system("whether there is one").filter(session=OuterRef("pk"))
    consents = Consent.objects.access_system("whether there is one").filter(scope=OuterRef("pk"))
    return sessions.annotate(opened=Exists(openings), asked=Exists(releases), answered=Exists(consents))


def releases_of(session: Session, person: User) -> list[Release]:
    """All that was asked for a mentor of a session, the latest first; with it the session knows who reads of it now."""
    if vars(session).get("asked") is False:
        session.released = []
        return []
    rows = Release.objects.visible_to(person).of_two(person).filter(session=session).with_reads()
    found = list(rows.select_related(None).select_related("mentor").order_by("-asked_at", "-pk"))
    for one in found:
        one.session = session
    session.released = [one for one in found[::-1] if one.opens_now]
    return found


def parts_of(session: Session) -> list[Part]:
    """What there is of a session that could be released: shared notes, and a transcript that is kept."""
    notes = Note.objects.access_system("whether there is any").there().filter(session=session, shared_at__isnull=False)
    kept = Transcript.objects.access_system("whether there is one").filter(session=session)
    return [part for part, rows in ((Part.NOTES, notes), (Part.TRANSCRIPT, kept)) if rows.exists()]


Rows = TypeVar("Rows", bound=GuardedQuerySet)  # type: ignore[type-arg]


def access_released(rows: Rows, release: Release, reader: User, part: Part) -> Rows:
    """What one release opens of its session to this mentor now, to read and nothing else; nothing of a part not ticked.

    `rows` are those of the session; who asks says which of them were there at the client's yes.
    """
    reads = Release.objects.access_system("what a release opens").read_by(reader)
    open_now = reads.filter(pk=release.pk, released__contains=part.value)
    found: Rows = rows.filter(Exists(open_now))._let_through("release")
    return found


def notes_released(release: Release, reader: User) -> list[Note]:
    """The notes that were shared when the client said yes, and still are, in the order they were written."""
    shared = Note.objects.there().filter(session=release.session_id, shared_at__lte=release.agreed_at)
    found = list(access_released(shared, release, reader, Part.NOTES).order_by("written_at", "pk"))
    for note in found:
        note.session = release.session
    return found


def transcript_released(release: Release, reader: User) -> Transcript | None:
    """The transcript that was kept when the client said yes; a later one wants a yes of its own."""
    kept = Transcript.objects.filter(session=release.session_id, taken_in_at__lte=release.agreed_at)
    found = access_released(kept, release, reader, Part.TRANSCRIPT).first()
    if found is not None:
        found.session = release.session
    return found
