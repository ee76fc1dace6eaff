"""Random histories of two keys: nobody listens, and nothing is kept, without a yes of both that holds just then."""

import random
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from holdspace.conversations import intake
from holdspace.conversations.consent import agree, ask_client, withdraw
from holdspace.conversations.models import AlreadyThere, Mark, Session, Transcript
from holdspace.engagements.models import Consent, Engagement, NoConsent, Over
from holdspace.people.models import Link, User
from tests.cast import TALK, browser, meeting

from .amount import amount

HISTORIES, QUICK, LONGEST = 10_000, 40, 16
pytestmark = pytest.mark.django_db


class Broken(AssertionError):
    """A history in which something was done without both keys."""


class History:
    """One history: what each of the two said about each of two sessions, kept plainly beside the house."""

    def __init__(self, sessions: list[Session], number: int) -> None:
        self.chance = random.Random(f"consent {number}")
        self.sessions = sessions
        engagement = sessions[0].engagement
        self.engagement: Engagement = engagement
        self.coach, self.client = engagement.coach, engagement.client
        self.yes: dict[Any, set[Any]] = {session.pk: set() for session in sessions}
        self.back: dict[Any, str] = {}
        self.ended = False
        self.at: Any = None
        self.during: Callable[[], None] | None = None
        self.deeds: list[str] = []

    def both(self, session: Session) -> bool:
        """Whether a transcript of this session may be worked on now."""
        return self.yes[session.pk] == {self.coach.pk, self.client.pk}

    def begin(self) -> None:
        """Most say yes to begin with; else most histories would be of refusals alone."""
        for session in self.sessions:
            for person in (self.coach, self.client):
                if self.chance.random() < 0.75:
                    self.agree(session, person)

    def step(self, came: Counter[str]) -> None:
        """One deed of somebody's, about one of the sessions; then look."""
        session, person = self.chance.choice(self.sessions), self.chance.choice((self.coach, self.client))
        deed = self.chance.choices(DEEDS, WEIGHTS)[0]
        self.deeds.append(f"{deed.__name__} {self.sessions.index(session)} {person.first}")
        came[deed.__name__ + ("" if deed(self, session, person) else ", refused")] += 1
        self.look()

    def look(self) -> None:
        """What is kept, against who said yes."""
        for session in self.sessions:
            kept = Transcript.objects.access_system("in a test").filter(session=session)
            marks = Mark.objects.access_system("in a test").filter(transcript__session=session)
            if not self.both(session) and (kept.exists() or marks.exists()):
                raise Broken(f"kept without both keys after {self.deeds}")

    def agree(self, session: Session, person: User) -> bool:
        """A yes."""
        try:
            agree(session, by=person)
        except (NoConsent, Over):
            return self.refused(self.ended)
        self.yes[session.pk].add(person.pk)
        return True

    def agree_by_link(self, session: Session, person: User) -> bool:
        """The client's yes without an account."""
        try:
            token = ask_client(session, post=False).rstrip("/").rpartition("/")[2]
            self.back[session.pk] = agree(session, by=self.client, link=Link.find(token, Link.Purpose.CONSENT))
        except (NoConsent, Over):
            return self.refused(self.ended)
        self.yes[session.pk].add(self.client.pk)
        return True

    def withdraw(self, session: Session, person: User) -> bool:
        """A yes taken back, or one that never was."""
        withdraw(session, by=person)
        self.yes[session.pk].discard(person.pk)
        return True

    def withdraw_by_link(self, session: Session, person: User) -> bool:
        """Taken back with the link that came with the yes."""
        token = self.back.pop(session.pk, None)
        if token is None:
            return False
        withdraw(session, by=self.client, link=Link.find(token, Link.Purpose.WITHDRAW))
        self.yes[session.pk].discard(self.client.pk)
        return True

    def withdraw_on_the_page(self, session: Session, person: User) -> bool:
        """Taken back in a browser."""
        browser(person).post(reverse("withdraw", args=[session.pk]))
        self.yes[session.pk].discard(person.pk)
        return True

    def take_in(self, session: Session, person: User) -> bool:
        """A transcript comes."""
        try:
            intake.take_in(session, TALK.encode(), by=self.coach)
        except (NoConsent, Over):
            return self.refused(self.ended or not self.both(session))
        except AlreadyThere:
            return False
        if not self.both(session) or self.ended:
            raise Broken(f"taken in without both keys: {self.deeds}")
        return True

    def work(self, session: Session, person: User) -> bool:
        """The worker does what is due; now and then somebody takes a yes back while it listens."""
        if self.chance.random() < 0.4:
            self.during = lambda: self.withdraw(session, person) and None
        job, done = intake.Hear(), False
        while transcript := job.claim():
            self.at = transcript.session_id
            job.run(transcript)
            done = True
        self.during = None
        return done

    def hear_again(self, session: Session, person: User) -> bool:
        """The coach asks for it to be listened to once more."""
        kept = Transcript.objects.visible_to(self.coach).filter(session=session).first()
        if kept is not None:
            kept.choose_coach(kept.speakers[0], by=self.coach)
        return kept is not None

    def remove(self, session: Session, person: User) -> bool:
        """The coach removes it; the keys stay."""
        return intake.remove(session, by=self.coach)

    def end(self, session: Session, person: User) -> bool:
        """The work ends, or goes on after all."""
        self.ended = not self.ended
        at = timezone.now() if self.ended else None
        changed = {"ended_on": at and at.date(), "ended_at": at}
        Engagement.objects.access_system("in a test").filter(pk=self.engagement.pk).update(**changed)
        for name, value in changed.items():
            for one in self.sessions:
                setattr(one.engagement, name, value)
        return True

    def refused(self, rightly: bool) -> bool:
        """A refusal, for a reason that is there."""
        if not rightly:
            raise Broken(f"refused without a reason: {self.deeds}")
        return False


DEEDS = [
    *(History.agree, History.agree_by_link, History.withdraw, History.withdraw_by_link, History.withdraw_on_the_page),
    *(History.take_in, History.work, History.hear_again, History.remove, History.end),
]
WEIGHTS = [16, 6, 6, 4, 2, 24, 24, 8, 2, 2]


def live_through(
    sessions: Callable[[], list[Session]], numbers: range, monkeypatch: pytest.MonkeyPatch
) -> Counter[str]:
    """Let each history happen, and undo it; counts what was done."""
    came: Counter[str] = Counter()
    now: list[History] = []
    real = intake.listen

    def listening(spoken: Any, **named: Any) -> Any:
        history = now[0]
        if history.yes[history.at] != {history.coach.pk, history.client.pk}:
            raise Broken(f"listened without both keys: {history.deeds}")
        came["listened"] += 1
        if history.during:
            came["withdrawn meanwhile"] += 1
            history.during()
        return heard(spoken, **named)

    known: dict[Any, Any] = {}

    def heard(spoken: Any, **named: Any) -> Any:
        key = (spoken, *named.items())
        if key not in known:
            known[key] = real(spoken, **named)
        return known[key]

    monkeypatch.setattr(intake, "listen", listening)
    for number in numbers:
        with transaction.atomic():
            now[:] = [History(sessions(), number)]
            now[0].begin()
            for _ in range(now[0].chance.randint(4, LONGEST)):
                now[0].step(came)
            transaction.set_rollback(True)
    return came


@pytest.fixture
def two(session: Session) -> Callable[[], list[Session]]:
    """Two sessions of the same two people, read anew: a yes for one says nothing about the other."""
    meeting(session.engagement, days=-9)
    return lambda: list(Session.objects.access_system("in a test").with_people().order_by("pk"))


def hold(came: Counter[str], histories: int) -> None:
    """Enough of each happened for the histories to prove something."""
    wanted = ("listened", "take_in", "take_in, refused", "withdraw", "withdraw_by_link", "withdrawn meanwhile")
    assert all(came[what] >= histories * 0.02 for what in wanted), came


@pytest.mark.slow
def test_some_histories(two: Callable[[], list[Session]], monkeypatch: pytest.MonkeyPatch) -> None:
    hold(live_through(two, range(QUICK), monkeypatch), QUICK)


@pytest.mark.prove
def test_ten_thousand_histories(
    two: Callable[[], list[Session]], monkeypatch: pytest.MonkeyPatch, record_property: Any
) -> None:
    histories = amount(HISTORIES, 100)
    came = live_through(two, range(histories), monkeypatch)
    hold(came, histories)
    record_property(
        "measured",
        f"{histories:,} histories, {came.total():,} deeds: listened {came['listened']:,} times, 0 without both keys; "
        f"{came['take_in, refused']:,} transcripts refused, {came['withdrawn meanwhile']:,} yeses taken back meanwhile",
    )


@pytest.mark.slow
@pytest.mark.parametrize("hole", ["require", "forget"])
def test_a_house_that_does_not_ask_is_noticed(
    hole: str, two: Callable[[], list[Session]], monkeypatch: pytest.MonkeyPatch
) -> None:
    if hole == "require":
        monkeypatch.setattr(Consent, "require", lambda *given, **named: None)
    else:
        monkeypatch.setattr("holdspace.conversations.consent.forget", lambda session: False)
    with pytest.raises(Broken):
        live_through(two, range(QUICK), monkeypatch)
