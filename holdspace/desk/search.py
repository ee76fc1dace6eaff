"""Searching one's own sealed words: opened in memory for one answer, and never kept as an index anywhere."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from itertools import islice
from typing import Any
from uuid import UUID

from django.urls import reverse

from holdspace.conversations.models import Mark, Note, Session, Transcript
from holdspace.engagements.models import Engagement
from holdspace.growth.models import Concern, Fact, Goal
from holdspace.people.models import User
from holdspace.vault import trail
from holdspace.vault.models import KeyDestroyed
from holdspace.vault.seal import Sealed, opener

Opener = Callable[[UUID, Sealed], str]

MOST = 50
"""Finds shown for one question; whoever finds more asks more narrowly."""
AROUND = 80
"""Characters shown on either side of what was found."""
FOREIGN = re.compile(r"[^\x00-\x7f]+")
CHUNK = 500


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


def folded(text: str) -> str:
    """Without case and accents, so that “Café” is found by “cafe”."""
    return (text if text.isascii() else FOREIGN.sub(_plain, text)).lower()


def _plain(run: re.Match[str]) -> str:
    return _plain_run(run.group())


@lru_cache(maxsize=4096)
def _plain_run(run: str) -> str:
    parted = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", run).casefold())
    return "".join(letter for letter in parted if not unicodedata.combining(letter))


class Sought:
    """What somebody looks for: words that must all stand in a text, in any order, as beginnings or in whole."""

    def __init__(self, asked: str) -> None:
        self.words = folded(asked).split()[:8]

    def within(self, text: str) -> tuple[int, int] | None:
        """Where the first of the words stands in the text as written; None unless all do."""
        low = folded(text)
        if not all(word in low for word in self.words):
            return None
        at = low.index(self.words[0])
        if len(low) == len(text):
            return at, at + len(self.words[0])
        return self._as_written(text, at)

    def _as_written(self, text: str, at: int) -> tuple[int, int]:
        """Places in a text whose folding changed its length: letter by letter."""
        lengths, start = 0, None
        for place, letter in enumerate(text):
            if start is None and lengths >= at:
                start = place
            if start is not None and lengths >= at + len(self.words[0]):
                return start, place
            lengths += len(folded(letter))
        return start if start is not None else 0, len(text)


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
    yield from look.marks()
    yield from look.sessions()
    yield from look.purposes()
    yield from look.goals()
    yield from look.concerns()
    yield from look.facts()
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
        """In notes: by far the most, so they are opened without making a row of each."""
        there = Note.objects.visible_to(self.person).there().order_by("-written_at")
        rows = there.select_related(None).values_list("pk", "session", "writer", "written_at", "text")
        openers: dict[UUID, Opener] = {}
        sealed: Any  # the stubs take the column for its bytes
        for pk, session_id, writer, at, sealed in rows.iterator(chunk_size=CHUNK):
            session = self.sessions_by_id[session_id]
            text = self._open_note(openers, session.engagement, pk, sealed)
            if self.sought.within(text) is not None:
                note, who = Note(pk=pk, session=session, writer_id=writer), self._called(session.engagement, writer)
                yield from self._at(text, note, "note", who, at, _page(session, f"note-{pk}"), writer)

    def _open_note(self, openers: dict[UUID, Opener], engagement: Engagement, pk: UUID, sealed: Sealed) -> str:
        try:
            if engagement.pk not in openers:
                openers[engagement.pk] = opener(Note, "text", engagement.key)
            return str(openers[engagement.pk](pk, sealed))
        except KeyDestroyed:  # erased in this very moment
            return ""

    def marks(self) -> Iterator[Found]:
        """In promises and concerns that the coach kept."""
        rows = Mark.objects.visible_to(self.person).filter(accepted_at__isnull=False)
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
            for name, whose in (("words", engagement.client_id), ("heard", engagement.coach_id)):
                who = self._called(engagement, whose)
                yield from self._in(concern, name, "concern", who, concern.raised_at, address, whose)

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
            for index, (speaker, text, *_) in enumerate(_opened(transcript, "words")["turns"]):
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


def _engagement_of(noun: Any) -> Engagement:
    if isinstance(noun, Engagement):
        return noun
    engagement: Engagement = (
        noun.engagement if isinstance(noun, Goal | Concern | Fact) else _session_of(noun).engagement
    )
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
        return {"turns": []} if name == "words" else ""


def _page(session: Session, part: str) -> str:
    return f"{session.get_absolute_url()}#{part}"


def _trace(person: User, found: list[Found]) -> None:
    """Note what was shown of another's words, as on their own page."""
    read: dict[tuple[UUID, UUID, UUID], dict[UUID, Any]] = {}
    for one in found:
        if isinstance(one.noun, Note | Transcript | Goal | Concern | Fact) and one.whose not in (None, person.pk):
            key = (one.engagement.practice_id, one.engagement.pk, one.whose)
            read.setdefault(key, {})[one.noun.pk] = one.noun  # type: ignore[arg-type]
    for (practice_id, engagement_id, whose), nouns in read.items():
        trail.leave_read(
            nouns.values(), by=person, practice_id=practice_id, subject_id=whose, engagement_id=engagement_id
        )
