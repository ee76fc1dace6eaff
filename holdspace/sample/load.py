"""Fills the house with the sample practice: invented people, some months into their work."""

import base64
import hashlib
import hmac
import json
import zoneinfo
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from holdspace.conversations.intake import Hear, take_in
from holdspace.conversations.models import Mark, Release, Session, Transcript, utc_of, write_note
from holdspace.conversations.release import answer, ask_to_release
from holdspace.engagements.models import Consent, Engagement, Pact, Signature, open_engagement
from holdspace.engagements.propose import propose, starting_words
from holdspace.engagements.wording import TO_FILL
from holdspace.letters.models import Letter
from holdspace.people.begin import found, seat
from holdspace.people.models import Seat, User
from holdspace.threads.models import Message
from holdspace.vault.models import new_id

from .promises import promise
from .road import walk

HERE = Path(__file__).parent
THREADS: dict[str, Any] = json.loads((HERE / "threads.json").read_text(encoding="utf-8"))["threads"]
FEE = "ninety pounds a session, paid within the month; one cancelled less than a day ahead is charged at half"
AGREED: dict[str, Any] = {
    "addressed": "",
    "channels": ["email", "phone"],
    "quiet_from": time(20),
    "quiet_to": time(8),
    "reply_hours": 48,
    "off_limits": [],
    "transcript_days": 90,
    "notes_months": 12,
    "recording": True,
    "analysis": True,
    "sponsor": False,
    "mentor": False,
}
"""What the sample people settled, besides their words."""
Told = dict[str, Any]


def load() -> str:
    """Make the sample practice, once, and say how its people sign in; what a crash left out is made up for."""
    told = json.loads((HERE / "practice.json").read_text())
    if not User.objects.filter(email=told["coaches"][0]["email"]).exists():
        with transaction.atomic():
            _people(told)
            _write_to_nobody()
    _transcripts(told)
    _releases(told)
    _endings(told)
    return sign_ins(told)


def password() -> str:
    """The sample people's password: another in every house, the same at every start."""
    made = hmac.digest(settings.SECRET_KEY.encode(), b"sample practice", hashlib.sha256)
    return "juniper-" + base64.b32encode(made)[:12].decode().lower()


def sign_ins(told: Told) -> str:
    """Who can sign in, and with what."""
    coaches = [f"  {coach['email']}  ({coach['name']}, coach)" for coach in told["coaches"]]
    mentors = [f"  {mentor['email']}  ({mentor['name']}, mentor)" for mentor in told["mentors"]]
    clients = [f"  {client['email']}  ({client['name']}, client)" for client in told["clients"] if client["email"]][:3]
    return "\n".join(
        [
            "Sample practice. Everybody in it is invented. Sign in as",
            *coaches,
            *mentors,
            *clients,
            f"  with the password {password()}",
        ]
    )


def _write_to_nobody() -> None:
    """What people do tells the other by letter; none goes to somebody invented."""
    coaches = [coach["email"] for coach in json.loads((HERE / "practice.json").read_text())["coaches"]]
    theirs = Engagement.objects.access_system("letters of the sample").filter(coach__email__in=coaches)
    Letter.objects.access_system("nobody invented is written to").filter(key__in=theirs.values("key")).delete()


def _people(told: Told) -> None:
    practice = found(told["practice"]["name"], told["practice"]["timezone"])
    coaches = {}
    for coach in told["coaches"]:
        user = coaches[coach["key"]] = _person(coach)
        roles = [Seat.Role.OWNER, Seat.Role.COACH] if coach["owner"] else [Seat.Role.COACH]
        seat(user, practice, *roles)
    for mentor in told["mentors"]:
        seat(_person(mentor), practice, Seat.Role.MENTOR)
    for client in told["clients"]:
        engagement = _engagement(coaches[client["coach"]], _person(client), client["engagement"])
        _messages(engagement, THREADS[client["key"]])
        walk(engagement, client["key"])


def _person(told: Told) -> User:
    return User.objects.create_user(
        told["email"], password() if told["email"] else None, name=told["name"], timezone=told["timezone"]
    )


def _engagement(coach: User, client: User, told: Told) -> Engagement:
    today = coach.today
    engagement = open_engagement(
        coach,
        client,
        called=client.name,
        purpose=told["purpose"],
        rhythm=told["rhythm"],
        started_on=today - timedelta(days=told["started"]),
        accepted_at=timezone.now() - timedelta(days=told["started"]),
    )
    if told["pact"]:
        _pact(engagement, both=told["pact"] == "signed", mentor="release" in told)
    for meeting in told["sessions"]:
        _session(engagement, today, meeting)
    for made in told["promises"]:
        promise(engagement, today, made)
    return engagement


def _messages(engagement: Engagement, told: list[Told]) -> None:
    """What the two wrote to each other in the past; nobody is told of it, and the last word hasn't been opened yet."""
    today = engagement.coach.today
    for number, one in enumerate(told, 1):
        wall = datetime.combine(today + timedelta(days=one["days"]), time.fromisoformat(one["time"]))
        at = utc_of(wall, engagement.coach.zone)
        writer = getattr(engagement, one["by"])
        read = at + timedelta(hours=2) if number < len(told) else None
        Message.objects.create(
            engagement=engagement, writer=writer, words=one["words"], written_at=at, goes_at=at, first_read_at=read
        )


def _pact(engagement: Engagement, *, both: bool, mentor: bool) -> None:
    """The agreement of the two, in the house's own words; signed by both, or still waiting for the client."""
    words = {key: text.replace(TO_FILL, FEE) for key, text in starting_words(engagement).items()}
    review = engagement.started_on + timedelta(days=365)
    pact = propose(engagement, words, AGREED | {"review_on": review, "mentor": mentor}, by=engagement.coach)
    signed = datetime.combine(engagement.started_on, time(15), engagement.coach.zone)
    for person in (engagement.coach, engagement.client) if both else (engagement.coach,):
        signature = pact.sign(person.name, by=person)
        if both:
            Signature.objects.access_system("a sample's past").filter(pk=signature.pk).update(signed_at=signed)
    if both:
        Pact.objects.access_system("a sample's past").filter(pk=pact.pk).update(proposed_at=signed, in_force_at=signed)


def _session(engagement: Engagement, today: Any, told: Told) -> None:
    wall = datetime.combine(today + timedelta(days=told["days"]), time.fromisoformat(told["time"]))
    session = Session.objects.create(
        engagement=engagement,
        title=told["title"],
        day=wall.date(),
        time=wall.time(),
        timezone=engagement.coach.timezone,
        starts_at=utc_of(wall, zoneinfo.ZoneInfo(engagement.coach.timezone)),
        minutes=told["minutes"],
        channel=told["channel"],
    )
    for note in told["notes"]:
        written = write_note(session, new_id(), note["text"], by=getattr(engagement, note["by"]))
        if note["shared"]:
            written.share(by=written.writer)
    agreed = {"both": ["coach", "client"], "withdrawn": ["coach"], "coach": ["coach"], "none": []}[told["consents"]]
    for who in agreed:
        consent = Consent.give(engagement, session.pk, by=getattr(engagement, who))
        given = min(session.starts_at, timezone.now()) - timedelta(minutes=5)
        Consent.objects.access_system("a sample's past").filter(pk=consent.pk).update(given_at=given)


def _transcripts(told: Told) -> None:
    for client in told["clients"]:
        coach = next(coach for coach in told["coaches"] if coach["key"] == client["coach"])
        for meeting in client["engagement"]["sessions"]:
            if meeting["transcript"]:
                _transcript(User.objects.get(email=coach["email"]), client["name"], meeting)
    job = Hear()
    while transcript := job.claim():
        job.run(transcript)
        _answer_some(transcript)


def _endings(told: Told) -> None:
    """Those whose work is done, ended some weeks ago; after the transcripts, since nothing new comes after an end."""
    for client in (one for one in told["clients"] if one["engagement"]["ended"] is not None):
        coach = User.objects.get(email=next(one["email"] for one in told["coaches"] if one["key"] == client["coach"]))
        mine = Engagement.objects.visible_to(coach).live().filter(coach=coach, called=client["name"])
        for engagement in mine:
            past = timedelta(days=client["engagement"]["ended"])
            engagement.end(coach.today - past, by=coach)
            rows = Engagement.objects.access_system("a sample's past").filter(pk=engagement.pk)
            rows.update(ended_at=timezone.now() - past)


def _releases(told: Told) -> None:
    """What somebody released to a mentor; after the transcripts, since a yes is to what is there."""
    emails = {mentor["key"]: mentor["email"] for mentor in told["mentors"]}
    for client in (one for one in told["clients"] if "release" in one["engagement"]):
        release, called = client["engagement"]["release"], client["name"]
        person = User.objects.get(email=client["email"])
        mine = Session.objects.visible_to(person).filter(engagement__called=called, transcript__isnull=False)
        session = next(one for one in mine if one.title == release["session"])
        if Release.objects.visible_to(person).filter(session=session).exists():
            continue
        mentor, coach = User.objects.get(email=emails[release["mentor"]]), session.engagement.coach
        with transaction.atomic():
            asked = ask_to_release(session, mentor, ["transcript"], release["question"], by=coach)
            answer(asked, yes=True, parts=["transcript"], by=person)
            _write_to_nobody()


def _transcript(coach: User, called: str, told: Told) -> None:
    mine = Session.objects.visible_to(coach).filter(engagement__coach=coach, engagement__called=called)
    bare = [session for session in mine.filter(transcript=None) if session.title == told["title"]]
    for session in bare:
        source = (HERE / "transcripts" / told["transcript"]).read_bytes()
        transcript = take_in(session, source, by=coach)
        if transcript.coach_speaker != told["coach"]:
            transcript.choose_coach(told["coach"], by=coach)


def _answer_some(transcript: Transcript) -> None:
    """The coach of an older session has looked at its first finds; the latest ones still wait."""
    coach = transcript.session.engagement.coach
    if transcript.session.starts_at > timezone.now() - timedelta(days=21):
        return
    with transaction.atomic():
        for mark in Mark.objects.visible_to(coach).for_transcript(transcript).order_by("turn")[:2]:
            mark.accept(by=coach)
        _write_to_nobody()
