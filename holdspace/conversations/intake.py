"""A transcript comes in: read, kept sealed while both consent, and listened to by the worker."""

import hashlib
import hmac
from typing import Any

from django.conf import settings
from django.db import transaction

from holdspace.engagements.models import Consent, NoConsent, agreed_between
from holdspace.engagements.recording import may_look_through
from holdspace.listening import Guess, Heard, TranscriptError, Turn, guess_coach, listen, read
from holdspace.listening import Transcript as Spoken
from holdspace.people.models import User
from holdspace.vault import trail
from holdspace.vault.scrub import scrub_after_commit

from .following import followers
from .models import AlreadyThere, Mark, Session, Transcript

Kept = dict[str, Any]
MOST_TURNS = 6_000
"""Turns of one session: twice eight hours of talk. More would be one page that no browser opens in good time."""
AROUND = 160
"""How many characters of a turn are shown before and after what was found in it."""


class NotTheCoach(Exception):
    """Only the coach of a session brings its transcript."""


def take_in(session: Session, source: bytes, *, by: User) -> Transcript:
    """Read a transcript and keep it for the worker.

    Raises NoConsent unless both hold a live consent, TranscriptError for what can't be read, AlreadyThere for a
    second one, Over and NotYetAccepted where nobody works together. The uploaded bytes themselves are not kept.
    """
    if not session.is_coached_by(by):
        raise NotTheCoach
    session.engagement.require_live()
    Consent.require(session.engagement, session.pk)
    fingerprint = _fingerprint(session, source)
    spoken = read(source)
    _refuse_odd(spoken)
    guess = _known_coach(spoken, session) or guess_coach(spoken)
    with transaction.atomic():
        session = session.hold()
        session.engagement.require_live()
        Consent.require(session.engagement, session.pk)
        _refuse_second(session, fingerprint)
        transcript = Transcript(
            session=session,
            words=_keep(spoken),
            coach_speaker=guess.speaker,
            client_speaker=_called(spoken, session.engagement.called, guess.speaker),
            guess={"speaker": guess.speaker, "why": guess.why, "sure": guess.sure},
            fingerprint=fingerprint,
        )
        transcript.ask_again()
        leave_trace("took in a transcript", transcript, by)
    return transcript


def _refuse_odd(spoken: Spoken) -> None:
    """What can be read and still is no session: no words at all, or those of many."""
    if not any(turn.text.strip() for turn in spoken.turns):
        raise TranscriptError("There are no words in this file. Check that the transcript was saved with its text.")
    if (many := len(spoken.turns)) > MOST_TURNS:
        raise TranscriptError(
            f"This file has {many:,} turns, and one session has at most {MOST_TURNS:,}. "
            "Bring the transcript of this session alone."
        )


def name_speakers(transcript: Transcript, roles: list[str], *, by: User) -> None:
    """Say line by line who spoke ("coach", "client" or "other"), where the file did not."""
    engagement = transcript.session.engagement
    coach, client = engagement.coach.name, engagement.called
    names = {"coach": coach, "client": client if client != coach else f"{client} (client)", "other": "Somebody else"}
    turns = [[names[role], *turn[1:]] for role, turn in zip(roles, transcript.words["turns"], strict=True)]
    transcript.words = transcript.words | {"turns": turns}
    transcript.choose_coach(coach, by=by)


def spoken_in(transcript: Transcript) -> Spoken:
    """The kept words as listening knows them."""
    kept = transcript.words
    turns = tuple(Turn(index, *said) for index, said in enumerate(kept["turns"]))
    return Spoken(turns, kept["format"], kept["stamps"], tuple(kept["notes"]))


class Hear:
    """The worker's job of listening to transcripts."""

    name = "transcripts"

    def claim(self) -> Transcript | None:
        """The next transcript whose coach is known, leased."""
        due = Transcript.objects.access_system("listen to due transcripts")
        with_people = due.select_related(
            *(f"session__engagement__{part}" for part in ("key__parent", "coach", "client"))
        )
        return with_people.claim()

    def run(self, transcript: Transcript) -> None:
        """Listen outside any transaction, then keep all of it or nothing; without both consents, nothing is opened.

        Where the two agreed that no program looks through what is said, the words stay as they came.
        """
        session = transcript.session
        try:
            Consent.require(session.engagement, session.pk)
            if not may_look_through(agreed_between(session.engagement)):
                transcript.finish()
                return
            heard = listen(
                spoken_in(transcript),
                coach=transcript.coach_speaker,
                client=transcript.client_speaker,
                on=session.day,
            )
            with transaction.atomic():
                session.hold()
                Consent.require(session.engagement, session.pk)
                with transcript.holding():
                    _keep_heard(transcript, heard)
        except NoConsent:
            forget(session)


def _keep_heard(transcript: Transcript, heard: Heard) -> None:
    transcript.heard = heard.to_dict()
    transcript.save(update_fields=["heard"])
    marks = Mark.objects.access_system("what the coach answered stays")
    marks.filter(transcript=transcript).waiting().delete()
    answered = set(marks.filter(transcript=transcript).values_list("kind", "turn", "span_start"))
    found = [item for item in heard.suggestions if (item.kind, item.turn, item.span[0]) not in answered]
    Mark.objects.bulk_create(
        Mark(
            transcript=transcript,
            kind=item.kind,
            owner=item.owner,
            text=item.action or item.text,
            due=item.due,
            due_on=item.due_on,
            firm=item.firm,
            quote=_quote(heard.turns[item.turn].turn.text, *item.span),
            turn=item.turn,
            at=heard.turns[item.turn].turn.start,
            span_start=item.span[0],
            span_end=item.span[1],
            p=item.p,
        )
        for item in found
    )
    leave_trace("listened to a transcript", transcript, None)


def _known_coach(spoken: Spoken, session: Session) -> Guess | None:
    """The speaker who is called like the coach of this session, if just one is."""
    name = _called(spoken, session.engagement.coach.name, None)
    return (name and Guess(name, f"{name} is your name here.", sure=True)) or None


def _called(spoken: Spoken, name: str, taken: str | None) -> str | None:
    """The one speaker of this name, in full or by the first name alone; None when nobody or several are."""
    for wanted in (name.casefold(), name.casefold().split()[0]):
        found = [one for one in spoken.speakers if wanted in (one.casefold(), one.casefold().split()[0])]
        if len(found) == 1:
            return found[0] if found[0] != taken else None
    return None


def _quote(text: str, start: int, end: int) -> list[str]:
    """The words of a span with what stands around them, cut at words where the turn is long."""
    before, after = text[:start], text[end:]
    if len(before) > AROUND:
        before = "… " + before[-AROUND:].partition(" ")[2]
    if len(after) > AROUND:
        after = after[:AROUND].rpartition(" ")[0] + " …"
    return [before, text[start:end], after]


def forget(session: Session, *, derived: bool = True) -> bool:
    """Remove a session's transcript and all that was derived from it; False when there was none.

    `derived` is False only where its days are over and no yes was taken back: what was made of it may outlive it.
    """
    with transaction.atomic():
        session.hold()
        for follower in followers() if derived else ():
            follower.forget(session)
        kept = Transcript.objects.access_system("withdrawn or removed").filter(session=session)
        gone, _ = kept.delete()
        scrub_after_commit()
    return bool(gone)


def remove(session: Session, *, by: User) -> bool:
    """The coach removes the transcript of a session; the consents stay."""
    if not session.is_coached_by(by):
        raise NotTheCoach
    with transaction.atomic():
        if gone := forget(session):
            _leave_on(session, "removed a transcript", session, by)
    return gone


def leave_trace(verb: str, transcript: Transcript, by: User | None) -> None:
    """Note a deed on a transcript in the trail."""
    _leave_on(transcript.session, verb, transcript, by)


def _leave_on(session: Session, verb: str, noun: Session | Transcript, by: User | None) -> None:
    engagement = session.engagement
    trail.leave(
        verb,
        noun,
        by=by,
        practice_id=engagement.practice_id,
        subject_id=engagement.client_id,
        engagement_id=engagement.pk,
    )


def _keep(spoken: Spoken) -> Kept:
    turns = [[turn.speaker, turn.text, turn.start, turn.end] for turn in spoken.turns]
    return {"turns": turns, "format": spoken.format, "stamps": spoken.stamps, "notes": list(spoken.notes)}


def _fingerprint(session: Session, source: bytes) -> str:
    """Tells the same file twice in one session, and says nothing to anyone without the house's secret."""
    bound = settings.SECRET_KEY.encode() + session.pk.bytes
    return hmac.digest(bound, source, hashlib.sha256).hex()


def _refuse_second(session: Session, fingerprint: str) -> None:
    kept = Transcript.objects.access_system("one transcript a session").filter(session=session)
    there = kept.values_list("fingerprint", flat=True).first()
    if there is not None:
        raise AlreadyThere(same=there == fingerprint)
