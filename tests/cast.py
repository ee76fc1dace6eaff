"""One cast for all tests: Ana coaches Ben; Cleo is a stranger; Dov owns the practice; Eve coaches, Mira mentors."""

import uuid
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from holdspace.conversations.consent import agree
from holdspace.conversations.intake import Hear, take_in
from holdspace.conversations.models import Session, Transcript
from holdspace.engagements.models import Engagement, open_engagement
from holdspace.people.begin import found, seat
from holdspace.people.models import Practice, Seat, User

PASSWORD = "a quiet room with a window"


def person(name: str, *, zone: str = "Europe/London") -> User:
    """Somebody who can sign in."""
    return User.objects.create_user(f"{name.lower()}@example.org", PASSWORD, name=name, timezone=zone)


def browser(user: User | None = None) -> Client:
    """A browser in which this person is signed in."""
    there = Client(raise_request_exception=False)
    if user is not None:
        there.force_login(user)
    return there


def meeting(engagement: Engagement, days: int = -2, title: str | None = None) -> Session:
    """A session some days from now."""
    at = (timezone.now() + timedelta(days=days)).replace(minute=0, second=0, microsecond=0)
    return Session.objects.create(
        engagement=engagement,
        title=title,
        day=at.date(),
        time=at.time(),
        timezone="UTC",
        starts_at=at,
        minutes=60,
    )


def both_agree(session: Session) -> None:
    """Two keys for one session."""
    for one in (session.engagement.coach, session.engagement.client):
        agree(session, by=one)


def listen_now() -> None:
    """Let the worker do what is due."""
    job = Hear()
    while transcript := job.claim():
        job.run(transcript)


TALK = """\
Ana: Hello Ben. What would make today useful for you?
Ben: I'd like to sort out the interview. I'm worried that I'm not good enough for it.
Ana: So part of you wants this, and part of you is afraid of falling short.
Ben: Yes. I keep putting off the practice.
Ana: What would a first small step look like?
Ben: I'll write three stories down by Friday.
Ana: I'll send you the list of questions tomorrow.
Ben: Thank you. That helps.
"""


@pytest.fixture
def dov(db: None) -> User:
    return person("Dov")


@pytest.fixture
def practice(dov: User) -> Practice:
    made = found("Juniper House", "Europe/London")
    seat(dov, made, Seat.Role.OWNER)
    return made


@pytest.fixture
def ana(practice: Practice) -> User:
    coach = person("Ana")
    seat(coach, practice, Seat.Role.COACH)
    return coach


@pytest.fixture
def eve(practice: Practice) -> User:
    coach = person("Eve")
    seat(coach, practice, Seat.Role.COACH)
    return coach


@pytest.fixture
def mira(practice: Practice) -> User:
    mentor = person("Mira")
    seat(mentor, practice, Seat.Role.MENTOR)
    return mentor


@pytest.fixture
def ben(db: None) -> User:
    return person("Ben", zone="America/New_York")


@pytest.fixture
def cleo(db: None) -> User:
    return person("Cleo")


@pytest.fixture
def together(ana: User, ben: User) -> Engagement:
    return open_engagement(ana, ben, called="Ben", purpose="To find work that fits.", accepted_at=timezone.now())


@pytest.fixture
def session(together: Engagement) -> Session:
    return meeting(together, title="Before the interview")


@pytest.fixture
def agreed(session: Session) -> Session:
    both_agree(session)
    return session


@pytest.fixture
def heard(agreed: Session, ana: User) -> Transcript:
    """Ana and Ben's session, listened to."""
    take_in(agreed, TALK.encode(), by=ana)
    listen_now()
    return Transcript.objects.visible_to(ana).get(session=agreed)


def unknown() -> uuid.UUID:
    """An id that nothing has."""
    return uuid.uuid4()
