"""What the session page shows: the transcript as heard, in words a person would say."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from holdspace.engagements.models import Consent, Kind, Pact, agreed_between
from holdspace.engagements.offlimits import Topic, topics_in
from holdspace.engagements.recording import may_ask
from holdspace.listening import CodedTurn, Glance, Heard, Measure
from holdspace.listening.restoring import heard_from
from holdspace.listening.timeline import timeline
from holdspace.listening.words import Mark as Word
from holdspace.listening.words import marks as words_for
from holdspace.listening.words import say_count, say_time
from holdspace.people.models import User
from holdspace.shell.pictures import Picture, Stretch, strip
from holdspace.vault import trail
from holdspace.vault.models import Trace

from .consent import Keys, keys_for
from .following import derived_from
from .intake import spoken_in
from .models import Mark, Note, Opening, Release, Session, Transcript, may_be_asked, notes_of, releases_of

QUIET = {"other", "neutral"}
"""Codes that say nothing happened: shown only where the coder is sure of it."""


@dataclass(frozen=True)
class Piece:
    """A run of a turn's words; with `mark`, one in which something was found."""

    text: str
    mark: str = ""


@dataclass(frozen=True)
class ShownTurn:
    """A turn as the page shows it."""

    index: int
    who: str
    role: str
    at: str
    pieces: list[Piece]
    codes: tuple[Word, ...]

    @property
    def number(self) -> str:
        """Which turn it is, as people count."""
        return f"turn {self.index + 1}"

    @property
    def text(self) -> str:
        """All its words."""
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True)
class ShownMark:
    """A mark with the name of a person instead of a role."""

    mark: Mark
    owner: str

    @classmethod
    def of(cls, mark: Mark) -> "ShownMark":
        """A mark as this page calls its people."""
        engagement = mark.transcript.session.engagement
        return cls(mark, engagement.coach.first if mark.owner == Mark.Owner.COACH else engagement.first)


@dataclass(frozen=True)
class ShownMeasure:
    """A measure with its count in words and the lines behind it."""

    measure: Measure
    count: str
    lines: list[ShownTurn]


class SessionPage:
    """All that one person may see of one session, opened once."""

    def __init__(self, session: Session, reader: User, keys: Keys, transcript: Transcript | None) -> None:
        self.session, self.reader, self.keys, self.transcript = session, reader, keys, transcript
        self.all_notes = notes_of(session, reader)
        self.is_coach = session.is_coached_by(reader)

    @classmethod
    def open(cls, session: Session, reader: User) -> "SessionPage":
        """Find what there is, and note that somebody read another's words."""
        transcript = find_transcript(session, reader)
        page = cls(session, reader, keys_for(session, reader), transcript)
        engagement = session.engagement
        read = [*([transcript] if transcript else []), *page.notes_of_other]
        whose = engagement.client_id if page.is_coach else engagement.coach_id
        trail.leave_read(
            read, by=reader, practice_id=engagement.practice_id, subject_id=whose, engagement_id=engagement.pk
        )
        return page

    @property
    def notes(self) -> list[Note]:
        """One's own notes, and what the other shared."""
        return [note for note in self.all_notes if not note.deleted_at]

    @property
    def notes_of_other(self) -> list[Note]:
        """What the other shared."""
        return [note for note in self.all_notes if note.writer_id != self.reader.pk]

    @property
    def deleted_notes(self) -> list[Note]:
        """One's own that can still be brought back."""
        return [note for note in self.all_notes if note.deleted_at]

    @cached_property
    def openings(self) -> list[Opening]:
        """Openings of this engagement by an owner that hold now."""
        if vars(self.session).get("opened") is False:
            return []
        live = Opening.objects.visible_to(self.reader).live().filter(engagement=self.session.engagement_id)
        return list(live.select_related(None))

    @property
    def readers_line(self) -> str:
        """Who can read what stands on this page."""
        engagement = self.session.engagement
        read = ["You", engagement.other_name(self.reader), *self.next_coach, *self.mentors]
        if self.openings:
            return f"{', '.join(read)} and, for now, an owner of the practice"
        return f"{', '.join(read[:-1])} and {read[-1]}"

    @property
    def next_coach(self) -> list[str]:
        """The coach to whom the client released something of an earlier session, and what."""
        handed = self.session.engagement.handed_to
        shared = {Kind.NOTES: "shared notes", Kind.TRANSCRIPTS: "the transcript"}
        read = [words for kind, words in shared.items() if handed and kind in handed.kinds]
        return [f"{handed.successor.first} ({' and '.join(read)})"] if handed and read else []

    @cached_property
    def releases(self) -> list[Release]:
        """What was asked for a mentor of this session, the latest first."""
        return releases_of(self.session, self.reader)

    @property
    def mentors(self) -> list[str]:
        """Each mentor who reads something of it now, and what."""
        return [f"{one.named_for(self.reader)} ({one.short})" for one in self.releases if one.opens_now]

    @property
    def can_ask_mentor(self) -> bool:
        """Whether this is where the coach would ask for a mentor's eye."""
        return self.is_coach and self.session.has_begun and self.session.engagement.is_live

    @property
    def may_ask_mentor(self) -> bool:
        """Whether their agreement lets the coach ask."""
        return may_be_asked(self.agreed)

    @property
    def mine(self) -> bool:
        """Whether the reader has said yes."""
        return self.keys.of(self.reader) is not None

    @cached_property
    def off_limits(self) -> list[Topic]:
        """What the reader agreed not to bring up, for a quiet word while they write."""
        return topics_in(self.agreed) if self.is_coach else []

    @cached_property
    def agreed(self) -> Pact | None:
        """What the two agreed on."""
        return agreed_between(self.session.engagement)

    @property
    def taken_back(self) -> Consent | None:
        """The yes that the other took back, where it still counts."""
        return self.keys.taken_back_from(self.reader)

    @cached_property
    def names(self) -> dict[str, str]:
        """What the two are called here."""
        engagement = self.session.engagement
        return {"coach": engagement.coach.first, "client": engagement.first}

    @cached_property
    def heard(self) -> Heard | None:
        """What was heard; for the client, who spoke and when, without the coach's codes and measures."""
        transcript = self.transcript
        return heard_from(transcript.heard) if transcript is not None and transcript.heard else None

    @property
    def may_ask(self) -> bool:
        """Whether the coach may ask for the client's yes, as the two agreed."""
        return may_ask(self.agreed)

    @property
    def others_than_coach(self) -> list[str]:
        """Speakers who are not taken as the coach."""
        transcript = self.transcript
        return [name for name in transcript.speakers if name != transcript.coach_speaker] if transcript else []

    @property
    def client_speaker(self) -> str | None:
        """Who is taken as the client."""
        turns = self.heard.turns if self.heard else ()
        return next((coded.turn.speaker for coded in turns if coded.role == "client"), None)

    @cached_property
    def marks(self) -> list[ShownMark]:
        """What was found, in the order of the conversation."""
        if self.transcript is None or self.heard is None:
            return []
        return [ShownMark.of(mark) for mark in self.transcript.open_marks(self.reader)]

    @cached_property
    def promises(self) -> int:
        """How many promises would go with a yes taken back; where there are marks, they say so."""
        if self.heard is None:
            return derived_from(self.session, self.reader)
        return sum(one.mark.kind == Mark.Kind.PROMISE and one.mark.state == "accepted" for one in self.marks)

    @property
    def waiting(self) -> list[ShownMark]:
        """Found and not answered."""
        return [shown for shown in self.marks if shown.mark.state == "waiting"]

    @property
    def answered(self) -> list[ShownMark]:
        """Found and answered; accepted ones first."""
        return sorted((shown for shown in self.marks if shown.mark.state != "waiting"), key=lambda m: m.mark.state)

    @cached_property
    def turns(self) -> list[ShownTurn]:
        """The conversation."""
        if self.heard is None:
            return self._unheard()
        places: dict[int, list[Mark]] = {}
        for shown in self.marks:
            if shown.mark.state != "dismissed":
                places.setdefault(shown.mark.turn, []).append(shown.mark)
        return [self._shown(coded, places.get(coded.turn.index, [])) for coded in self.heard.turns]

    def _unheard(self) -> list[ShownTurn]:
        if self.transcript is None:
            return []
        turns = spoken_in(self.transcript).turns
        return [
            ShownTurn(turn.index, turn.speaker or "", "other", say_time(turn.start), [Piece(turn.text)], ())
            for turn in turns
        ]

    def _shown(self, coded: CodedTurn, found: Sequence[Mark]) -> ShownTurn:
        turn = coded.turn
        told = words_for(coded) if self.shows_codes_of(coded.role) else ()
        codes = tuple(word for word in told if word.sure or word.code not in QUIET)
        at = say_time(turn.start)
        who = self.names.get(coded.role, turn.speaker or "")
        return ShownTurn(turn.index, who, coded.role, at, cut(turn.text, found), codes)

    def shows_codes_of(self, role: str) -> bool:
        """Whether the reader sees what a line was read as."""
        return self.is_coach

    @property
    def moments(self) -> tuple[Glance, ...]:
        """The coach's moments worth another look."""
        return self.heard.moments if self.heard is not None and self.is_coach else ()

    @cached_property
    def measures(self) -> list[ShownMeasure]:
        """The coach's measures with the lines behind each."""
        if self.heard is None or not self.is_coach:
            return []
        return [
            ShownMeasure(measure, say_count(measure), [self.turns[index] for index in measure.turns])
            for measure in self.heard.measures
        ]

    @cached_property
    def picture(self) -> Picture | None:
        """Who spoke when."""
        if self.heard is None:
            return None
        stretches = timeline(self.heard)
        timed = bool(stretches) and stretches[0].unit == "seconds"
        names = self.names | ({"other": "Others"} if any(s.role == "other" for s in stretches) else {})
        shown = [Stretch(s.role, s.start, s.end, f"#turn-{s.turn}") for s in stretches]
        along = "along the session" if timed else "along the words, as this transcript carries no times"
        return strip(shown, names=names, caption=f"Who spoke when, {along}.", timed=timed)

    @cached_property
    def readers(self) -> list[Trace]:
        """Who opened this transcript, latest first. When the client reads is the client's own affair."""
        if self.transcript is None:
            return []
        traces = Trace.objects.visible_to(self.reader).filter(noun_id=self.transcript.pk, verb="read")
        if self.is_coach:
            traces = traces.exclude(actor_id=self.session.engagement.client_id)
        found = list(traces.order_by("-at")[:20])
        for trace in found:
            mentors = (one.named_for(self.reader) for one in self.releases if one.mentor_id == trace.actor_id)
            vars(trace)["mentor"] = next(mentors, "")
        return found


def find_transcript(session: Session, person: User) -> Transcript | None:
    """The transcript of a session, as this person may see it; not asked for again where it came along."""
    if Session.transcript.is_cached(session):
        return getattr(session, "transcript", None)
    transcript = Transcript.objects.visible_to(person).filter(session=session).first()
    if transcript is not None:
        transcript.session = session
    return transcript


def cut(text: str, found: Sequence[Mark]) -> list[Piece]:
    """A turn's words cut at what was found in them; overlapping finds are shown as one."""
    pieces, at = [], 0
    for mark in sorted(found, key=lambda mark: mark.span_start):
        start, end = max(at, mark.span_start), min(len(text), mark.span_end)
        if start >= end:
            continue
        if start > at:
            pieces.append(Piece(text[at:start]))
        pieces.append(Piece(text[start:end], str(mark.pk)))
        at = end
    if at < len(text) or not pieces:
        pieces.append(Piece(text[at:]))
    return pieces
