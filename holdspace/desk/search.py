"""Searching one's own sealed words: opened in memory for one answer, and never kept as an index anywhere."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any
from uuid import UUID

from django.urls import reverse

from holdspace.conversations.models import Mark, Note, Session, Transcript
from holdspace.engagements.models import Engagement
from holdspace.growth.models import Commitment, Concern, Fact, Goal, Milestone, Moment, Option, Progress, Step
from holdspace.growth.shown import address_of, page_address_of
from holdspace.people.models import User
from holdspace.threads.models import Message
from holdspace.vault import trail
from holdspace.vault.models import KeyDestroyed
from holdspace.vault.seal import Sealed, opener

from .sought import Sought

Opener = Callable[[UUID, Sealed], bytes]

MOST = 50
"""Finds shown for one question; whoever finds more asks more narrowly."""
AROUND = 80
"""Characters shown on either side of what was found."""
CHUNK = 500
SAID = ("action", "serves", "owned", "got_in_the_way")
"""What is said in a promise, besides its plan."""
OF_TWO = (Goal, Concern, Fact, Message, Commitment, Moment, Milestone, Progress, Option)
"""Nouns that know their engagement themselves."""
UNDER: tuple[tuple[Any, str, str, str, tuple[str, ...]], ...] = (
    (Milestone, "goal", "place on the way", "made_at", ("words",)),
    (Progress, "goal", "how it is going", "written_at", ("words",)),
    (Option, "concern", "way to go", "made_at", ("words", "speaks_for", "speaks_against")),
)
"""What stands under a goal or a concern: what it is called, when it was written, and its words."""


@dataclass(frozen=True)
class Found:
    """One place where the words stand: `before`, `words` and `after` are as written there."""

    kind: str
    who: str
    at: datetime | None
    address: str
    before: str
    words: str
    after: str
    engagement: Engagement
    noun: Any
    whose: UUID | None


def search(person: User, asked: str) -> list[Found]:
    """The first places where this person's own and shared words hold all that is asked, newest first of each kind.

    Reads of another's words are traced for what is shown, and for nothing else that was opened on the way.
    """
    sought = Sought(asked)
    if not sought.words:
        return []
    found = list(islice(_everywhere(person, sought), MOST))
    _trace(person, found)
    return found


def _everywhere(person: User, sought: Sought) -> Iterator[Found]:
    engagements = {one.pk: one for one in Engagement.objects.visible_to(person).between(person)}
    look = Look(person, sought, engagements)
    yield from look.notes()
    yield from look.messages()
    yield from look.promises()
    yield from look.marks()
    yield from look.sessions()
    yield from look.purposes()
    yield from look.goals()
    yield from look.concerns()
    yield from look.under_them()
    yield from look.facts()
    yield from look.moments()
    yield from look.transcripts()


class Look:
    """One person's question, put to each kind of words they may read."""

    def __init__(self, person: User, sought: Sought, engagements: dict[UUID, Engagement]) -> None:
        self.person, self.sought, self.engagements = person, sought, engagements
        sessions = Session.objects.visible_to(person).select_related(None).newest_first()
        self.sessions_by_id = {session.pk: session for session in sessions}
        for session in self.sessions_by_id.values():
            session.engagement = engagements[session.engagement_id]

    def notes(self) -> Iterator[Found]:
        """In notes: by far the most, so only those that hold the words become rows."""
        there = Note.objects.visible_to(self.person).there().order_by("-written_at").select_related(None)
        for note in there.filter(pk__in=self._holding(there, "session", "text")):
            session = note.session = self.sessions_by_id[note.session_id]
            who, address = self._called(session.engagement, note.writer_id), _page(session, f"note-{note.pk}")
            yield from self._in(note, "text", "note", who, note.written_at, address, note.writer_id)

    def messages(self) -> Iterator[Found]:
        """In what the two wrote to each other, as many as notes."""
        there = Message.objects.visible_to(self.person).still_there().in_order().reverse().select_related(None)
        for message in there.filter(pk__in=self._holding(there, "engagement", "words")):
            message.engagement = self.engagements[message.engagement_id]
            who, address = self._called(message.engagement, message.writer_id), message.address_of_page
            yield from self._in(message, "words", "message", who, message.goes_at, address, message.writer_id)

    def _holding(self, rows: Any, of: str, name: str) -> list[UUID]:
        """The first rows that hold the words, opened without making a row of each; `of` is what they belong to."""
        openers: dict[UUID, Opener] = {}
        held: list[UUID] = []
        there = rows.filter(**{f"{name}__isnull": False}).values_list("pk", of, name)
        for pk, whole, sealed in there.iterator(chunk_size=CHUNK):
            if whole not in openers:
                openers[whole] = _opener(rows.model, name, self.engagements.get(whole) or self.sessions_by_id[whole])
            if self.sought.stands_in(openers[whole](pk, sealed)):
                held.append(pk)
                if len(held) == MOST:
                    break
        return held

    def promises(self) -> Iterator[Found]:
        """In promises, the plans and words that go with them, and their steps."""
        promises = {one.pk: one for one in self._on_the_road(Commitment.objects.visible_to(self.person).latest_first())}
        for one in promises.values():
            plan = _opened(one, "if_then") or {}
            yield from self._of_promise(one, *(_opened(one, name) for name in SAID), *plan.values())
        for step in Step.objects.visible_to(self.person).select_related(None).in_order().iterator(chunk_size=CHUNK):
            step.commitment = promises[step.commitment_id]
            yield from self._of_promise(step.commitment, _opened(step, "action"))

    def _of_promise(self, one: Commitment, *texts: str | None) -> Iterator[Found]:
        for text in filter(self._has, texts):
            yield from self._at(text or "", one, *self._told_of(one))

    def _has(self, text: str | None) -> bool:
        return bool(text) and self.sought.within(text or "") is not None

    def _told_of(self, one: Commitment) -> tuple[str, str, datetime, str, UUID | None]:
        promiser, reader = one.promiser.pk, self.person.pk
        whose = None if one.made_by_id == reader == promiser else one.engagement.other(self.person).pk
        address = address_of(one) if one.is_unsettled else page_address_of(one)
        return "promise", self._called(one.engagement, promiser), one.made_at, address, whose

    def marks(self) -> Iterator[Found]:
        """In what the coach kept of a transcript, unless it stands among promises and concerns by now."""
        rows = Mark.objects.visible_to(self.person).filter(accepted_at__isnull=False, commitment=None, concern=None)
        rows = rows.select_related("transcript").defer("transcript__words", "transcript__heard")
        for mark in rows.order_by("-accepted_at").iterator(chunk_size=CHUNK):
            session = mark.transcript.session = self.sessions_by_id[mark.transcript.session_id]
            engagement = session.engagement
            owner = engagement.coach_id if mark.owner == Mark.Owner.COACH else engagement.client_id
            who, address = self._called(engagement, owner), _page(session, f"mark-{mark.pk}")
            yield from self._in(mark, "text", mark.get_kind_display(), who, session.starts_at, address, owner)

    def sessions(self) -> Iterator[Found]:
        """In what sessions are called."""
        for session in self.sessions_by_id.values():
            if not self._has(_opened(session, "title")):
                continue
            who = session.engagement.other_name(self.person)
            address = session.get_absolute_url()
            yield from self._in(session, "title", "session", f"with {who}", session.starts_at, address, None)

    def purposes(self) -> Iterator[Found]:
        """In what people come for."""
        for engagement in self.engagements.values():
            who = engagement.other_name(self.person)
            address = reverse("client", args=[engagement.pk])
            yield from self._in(
                engagement, "purpose", "what you work towards", f"with {who}", None, address, engagement.client_id
            )

    def goals(self) -> Iterator[Found]:
        """In goals and why they matter."""
        for goal in self._on_the_road(Goal.objects.visible_to(self.person).order_by("-made_at")):
            who = self._called(goal.engagement, goal.written_by_id)
            told = ("goal", who, goal.made_at, goal.get_absolute_url(), goal.written_by_id)
            for name in ("title", "why"):
                yield from self._in(goal, name, *told)

    def concerns(self) -> Iterator[Found]:
        """In concerns, which are the client's words, and in what the coach heard."""
        for concern in self._on_the_road(Concern.objects.visible_to(self.person).order_by("-raised_at")):
            engagement, address = concern.engagement, concern.get_absolute_url()
            whose_words = dict.fromkeys(("words", "missed", "step", "happened"), engagement.client_id)
            for name, whose in (whose_words | {"heard": engagement.coach_id}).items():
                who = self._called(engagement, whose)
                yield from self._in(concern, name, "concern", who, concern.raised_at, address, whose)

    def under_them(self) -> Iterator[Found]:
        """In what was written under goals and concerns."""
        for noun, of, kind, at, names in UNDER:
            rows = noun.objects.visible_to(self.person).select_related(None).select_related(of).order_by("-pk")
            for row in rows.iterator(chunk_size=CHUNK):
                whole = getattr(row, of)
                whole.engagement = self.engagements[whole.engagement_id]
                who, address = self._called(whole.engagement, row.written_by_id), whole.get_absolute_url()
                told = (kind, who, getattr(row, at), f"{address}#{noun._meta.model_name}-{row.pk}", row.written_by_id)
                for name in names:
                    yield from self._in(row, name, *told)

    def moments(self) -> Iterator[Found]:
        """In days that matter, and how they went, which the client says."""
        for moment in self._on_the_road(Moment.objects.visible_to(self.person).order_by("-day", "pk")):
            engagement, went = moment.engagement, _opened(moment, "went") or {"words": ""}
            address = reverse("moments", args=[engagement.pk]) + f"#moment-{moment.pk}"
            for words, whose in (
                (_opened(moment, "label"), moment.written_by_id),
                (went["words"], engagement.client_id),
            ):
                told = ("day that matters", self._called(engagement, whose), moment.noted_at, address, whose)
                yield from self._at(words or "", moment, *told)

    def facts(self) -> Iterator[Found]:
        """In what coaches hold about clients."""
        for fact in self._on_the_road(Fact.objects.visible_to(self.person).newest_first()):
            engagement = fact.engagement
            whose = engagement.client_id if fact.corrected_at else engagement.coach_id
            address = reverse("facts", args=[engagement.pk]) + f"#fact-{fact.pk}"
            told = ("held about the client", self._called(engagement, whose), fact.noted_at, address, whose)
            yield from self._in(fact, "words", *told)

    def _on_the_road(self, rows: Any) -> Iterator[Any]:
        for row in rows.select_related(None).iterator(chunk_size=CHUNK):
            row.engagement = self.engagements[row.engagement_id]
            yield row

    def transcripts(self) -> Iterator[Found]:
        """In what was said, one turn after another."""
        rows = Transcript.objects.visible_to(self.person).select_related(None).defer("heard")
        for transcript in rows.order_by("-taken_in_at").iterator(chunk_size=20):
            transcript.session = self.sessions_by_id[transcript.session_id]
            engagement = transcript.session.engagement
            whose = engagement.client_id if engagement.coach_id == self.person.pk else engagement.coach_id
            turns = (_opened(transcript, "words") or {"turns": []})["turns"]
            for index, (speaker, text, *_) in enumerate(turns):
                address = _page(transcript.session, f"turn-{index}")
                yield from self._at(
                    text, transcript, "said", speaker or "Somebody", transcript.session.starts_at, address, whose
                )

    def _called(self, engagement: Engagement, writer: UUID) -> str:
        return "You" if writer == self.person.pk else engagement.name_of(writer)

    def _in(self, noun: Any, name: str, *told: Any) -> Iterator[Found]:
        yield from self._at(_opened(noun, name) or "", noun, *told)

    def _at(self, text: str, noun: Any, kind: str, who: str, at: datetime | None, address: str, whose: Any) -> Any:
        place = self.sought.within(text)
        if place is None:
            return
        start, end = place
        before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
        before = f"…{before}" if start > AROUND else before
        after = f"{after}…" if end + AROUND < len(text) else after
        engagement = _engagement_of(noun)
        yield Found(kind, who, at, address, before, text[start:end], after, engagement, noun, whose)


def _opener(noun: Any, name: str, whole: Engagement | Session) -> Opener:
    """Opens words under the key of what they belong to, asked for once; nothing where it was destroyed."""
    try:
        return opener(noun, name, _engagement_of(whole).key)
    except KeyDestroyed:  # erased in this very moment
        return lambda _pk, _sealed: b""


def _engagement_of(noun: Any) -> Engagement:
    if isinstance(noun, Engagement):
        return noun
    engagement: Engagement = noun.engagement if isinstance(noun, OF_TWO) else _session_of(noun).engagement
    return engagement


def _session_of(noun: Any) -> Session:
    if isinstance(noun, Session):
        return noun
    session: Session = noun.transcript.session if isinstance(noun, Mark) else noun.session
    return session


def _opened(noun: Any, name: str) -> Any:
    try:
        return getattr(noun, name)
    except KeyDestroyed:  # erased in this very moment
        return None


def _page(session: Session, part: str) -> str:
    return f"{session.get_absolute_url()}#{part}"


def _trace(person: User, found: list[Found]) -> None:
    """Note what was shown of another's words, as on their own page."""
    read: dict[tuple[UUID, UUID, UUID], dict[UUID, Any]] = {}
    for one in found:
        if isinstance(one.noun, (Note, Transcript, *OF_TWO)) and one.whose not in (None, person.pk):
            key = (one.engagement.practice_id, one.engagement.pk, one.whose)
            read.setdefault(key, {})[one.noun.pk] = one.noun  # type: ignore[arg-type]
    for (practice_id, engagement_id, whose), nouns in read.items():
        trail.leave_read(
            nouns.values(), by=person, practice_id=practice_id, subject_id=whose, engagement_id=engagement_id
        )
