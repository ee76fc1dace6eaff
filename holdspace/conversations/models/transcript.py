"""A transcript: what was said in a session, kept sealed while both consent."""

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from holdspace.engagements.models import between
from holdspace.people.models import User
from holdspace.vault.lease import Leased, LeasedQuerySet
from holdspace.vault.models import Classes, Guarded, GuardedQuerySet, SealedField, new_id

from .opening import opened_to
from .session import Session

if TYPE_CHECKING:
    from .mark import Mark


class AlreadyThere(Exception):
    """This session already has a transcript; `same` when it is this very one."""

    def __init__(self, *, same: bool) -> None:
        self.same = same


class TranscriptQuerySet(LeasedQuerySet["Transcript"], GuardedQuerySet["Transcript"]):
    """Transcripts, found by the two people whose words they are."""

    def seen_by(self, person: User) -> Self:
        """Transcripts of this person's sessions."""
        mine = between(person, "session__engagement__")
        return self.filter(mine).select_related("session__engagement__key__parent")

    def access_opening(self, owner: User) -> Self:
        """Transcripts of engagements opened to this owner, to read and nothing else."""
        mine = self.filter(opened_to(owner, "session__engagement"))
        return mine.select_related("session__engagement__key__parent")._let_through("opening")


class Transcript(Leased, Guarded):
    """The words of one session, and, once a worker has listened, what was heard in them.

    `words` is `{"turns": [[speaker, text, start, end], …], "format", "stamps", "notes"}`;
    `heard` is the JSON of docs/listen-json.md. `coach_speaker` is who a person (or the guess) says is the coach;
    `client_speaker` is None while whoever else says most is the client.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    session = models.OneToOneField(Session, on_delete=models.CASCADE, related_name="transcript")
    words = SealedField(kind="json")
    heard = SealedField(kind="json", null=True)
    coach_speaker = SealedField(null=True)
    client_speaker = SealedField(null=True)
    guess = SealedField(kind="json", null=True)
    fingerprint = models.CharField(max_length=64)
    taken_in_at = models.DateTimeField(default=timezone.now)
    chosen_at = models.DateTimeField(null=True)

    seal_with = "session.engagement.key"
    classes = Classes(
        public="id",
        practice="session fingerprint taken_in_at chosen_at",
    )

    objects = TranscriptQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["due_at"], name="transcript_due", condition=Q(done_at=None, given_up_at=None)),
        ]

    def __str__(self) -> str:
        return f"transcript {self.pk}"

    @property
    def speakers(self) -> list[str]:
        """Who is named, in order of first speaking."""
        return list(dict.fromkeys(turn[0] for turn in self.words["turns"] if turn[0]))

    @property
    def state(self) -> str:
        """Where it stands: asking (who is who?), waiting, heard or stuck."""
        if self.done_at:
            return "heard"
        if self.given_up_at:
            return "stuck"
        return "waiting" if self.coach_speaker else "asking"

    def choose_coach(self, speaker: str, *, by: User) -> None:
        """Say who the coach is; what was heard before is heard anew, answered marks stay."""
        self._refuse(speaker, by)
        self.coach_speaker, self.chosen_at = speaker, timezone.now()
        if speaker == self.client_speaker:
            self.client_speaker = None
        self.ask_again()

    def choose_client(self, speaker: str, *, by: User) -> None:
        """Say who the client is, where more than two speak."""
        self._refuse(speaker, by)
        if speaker == self.coach_speaker:
            raise ValueError("the coach is not the client")
        self.client_speaker = speaker
        self.ask_again()

    def _refuse(self, speaker: str, by: User) -> None:
        if speaker not in self.speakers or not self.session.is_coached_by(by):
            raise ValueError("not a speaker here, or not the coach's to say")

    def ask_again(self) -> None:
        """Put it before the worker once more."""
        self.heard, self.done_at, self.given_up_at, self.leased_until = None, None, None, None
        self.tries, self.trouble, self.due_at = 0, "", timezone.now()
        self.fence += 1
        self.save()

    def open_marks(self, person: User) -> list["Mark"]:
        """Marks this person may see, in the order of the conversation."""
        found = list(self.marks.visible_to(person).select_related(None).order_by("turn", "span_start"))
        for mark in found:
            mark.transcript = self
        return found
