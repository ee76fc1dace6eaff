"""Expiry: what has had its time is deleted every night, and the night's row says how much of what."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session as Browser
from django.db import connections, models, router, transaction
from django.db.models import F, Q
from django.utils import timezone

from holdspace.conversations.following import followers
from holdspace.conversations.intake import forget
from holdspace.conversations.models import Note, Transcript
from holdspace.engagements.keeping import NOTES_MONTHS, months_after
from holdspace.engagements.models import Pact
from holdspace.letters.models import Letter
from holdspace.people.models import OPEN_FOR, Invitation, Link
from holdspace.vault import trail

from . import ledger, periods
from .erase import settle
from .holdings import Holding, holding_of
from .models import Request, Sweep

LEDGER_EVERY = 30.0
"""Seconds after which the worker looks again for what the ledger should know."""


@dataclass(frozen=True)
class Rule:
    """Which rows of one table have had their time at a moment, and how they go."""

    label: str
    due: Callable[[datetime], Any]
    go: Callable[[Any], int]

    @property
    def holding(self) -> Holding:
        """What is said of this table."""
        return holding_of(self.label)


def transcripts(now: datetime) -> "models.QuerySet[Transcript]":
    """Transcripts whose days are over: as many as the two agreed on, or else the house's own number."""
    pacts = Pact.objects.access_system("how long the two agreed to keep it").in_force()
    agreed = dict(pacts.values_list("engagement", "transcript_days"))
    kept = Transcript.objects.access_system("what has had its time")
    over = [
        pk
        for pk, engagement, taken in kept.values_list("pk", "session__engagement", "taken_in_at")
        if taken < now - timedelta(days=agreed.get(engagement, periods.TRANSCRIPT))
    ]
    return kept.filter(pk__in=over).select_related("session__engagement")


def notes(now: datetime) -> "models.QuerySet[Note]":
    """Notes deleted a while ago, and a coach's own when their time after the ending is over.

    What the client wrote, and what the coach shared with them, stays the client's.
    """
    kept = Note.objects.access_system("what has had its time")
    own = kept.filter(writer=F("session__engagement__coach"), shared_at=None)
    pacts = Pact.objects.access_system("how long the two agreed to keep them").in_force()
    agreed = dict(pacts.values_list("engagement", "notes_months"))
    ended = own.filter(session__engagement__ended_on__isnull=False)
    over = [
        pk
        for pk, engagement, day in ended.values_list("pk", "session__engagement", "session__engagement__ended_on")
        if day and months_after(day, agreed.get(engagement, NOTES_MONTHS)) <= now.date()
    ]
    return kept.filter(Q(pk__in=over) | Q(pk__in=kept.over(now).values("pk")))


def letters(now: datetime) -> "models.QuerySet[Letter]":
    """Letters that were posted, or given up, long ago."""
    long_ago = now - timedelta(days=periods.LETTER)
    kept = Letter.objects.access_system("what has had its time")
    return kept.filter(Q(done_at__lt=long_ago) | Q(given_up_at__lt=long_ago))


def links(now: datetime) -> "models.QuerySet[Link]":
    """Links that stopped opening long ago."""
    long_ago = now - timedelta(days=periods.LINK)
    return Link.objects.filter(Q(used_at__lt=long_ago) | Q(withdrawn_at__lt=long_ago) | Q(expires_at__lt=long_ago))


def invitations(now: datetime) -> "models.QuerySet[Invitation]":
    """Invitations that nobody answered in time."""
    asked = Invitation.objects.access_system("what has had its time").waiting()
    return asked.filter(made_at__lt=now - timedelta(days=OPEN_FOR))


def browsers(now: datetime) -> "models.QuerySet[Browser]":
    """Sign-ins that have run out."""
    return Browser.objects.filter(expire_date__lt=now)


def seen_browsers(now: datetime) -> "models.QuerySet[UserSession]":
    """What was noted of browsers whose sign-in is gone."""
    return UserSession.objects.filter(created_at__lt=now - timedelta(seconds=settings.SESSION_COOKIE_AGE))


def requests(now: datetime) -> "models.QuerySet[Request]":
    """Wishes answered years ago."""
    kept = Request.objects.access_system("what has had its time")
    return kept.filter(answered_at__lt=now - timedelta(days=periods.REQUEST))


def take_out(rows: Any) -> int:
    """Delete rows that nobody needs to be told of."""
    _, counts = rows.delete()
    return counts.get(rows.model._meta.label, 0)


def let_go(rows: "models.QuerySet[Transcript]") -> int:
    """Forget transcripts one by one, each with a trace that the client sees."""
    return sum(_let_go(transcript) for transcript in list(rows))


def _let_go(transcript: Transcript) -> bool:
    session = transcript.session
    engagement = session.engagement
    with transaction.atomic():
        for follower in followers():
            follower.outlive(session)
        gone = forget(session, derived=False)
        if gone:
            trail.leave(
                "let a transcript go, its time was over",
                session,
                by=None,
                practice_id=engagement.practice_id,
                subject_id=engagement.client_id,
                engagement_id=engagement.pk,
            )
    return gone


RULES = (
    Rule("conversations.Transcript", transcripts, let_go),
    Rule("conversations.Note", notes, take_out),
    Rule("letters.Letter", letters, take_out),
    Rule("people.Link", links, take_out),
    Rule("people.Invitation", invitations, take_out),
    Rule("sessions.Session", browsers, take_out),
    Rule("usersessions.UserSession", seen_browsers, take_out),
    Rule("privacy.Request", requests, take_out),
)


def preview(now: datetime | None = None) -> Iterator[tuple[Holding, int]]:
    """What the next sweep would take, changing nothing."""
    for rule in RULES:
        yield rule.holding, rule.due(now or timezone.now()).count()


class Clear:
    """The worker's job of sweeping, once a day."""

    name = "sweeps"

    def __init__(self) -> None:
        self._noted: date | None = None
        self._written = -LEDGER_EVERY

    def claim(self) -> Sweep | None:
        """Today's sweep, leased; the first to ask on a new day writes its row."""
        if time.monotonic() > self._written + LEDGER_EVERY:  # a yes taken back reaches the ledger within the minute
            self._written = time.monotonic()
            ledger.write_down()
        today = timezone.now().date()
        if self._noted != today:
            Sweep.objects.bulk_create([Sweep(day=today)], ignore_conflicts=True)
            self._noted = today
        return Sweep.objects.claim()

    def run(self, sweep: Sweep) -> None:
        """Delete what has had its time, table by table; a crash on the way leaves the rest to the next try."""
        now = timezone.now()
        counts = {rule.label: rule.go(rule.due(now)) for rule in RULES}
        clear_cache(now)
        with sweep.holding():
            sweep.counts = {label: many for label, many in counts.items() if many}
            sweep.save(update_fields=["counts"])
            transaction.on_commit(settle)


def clear_cache(now: datetime) -> None:
    """Delete run-out rows of the cache, which the framework would leave lying until there are many."""
    table = settings.CACHES["default"]["LOCATION"]
    connection = connections[router.db_for_write(Browser)]
    with connection.cursor() as cursor:
        limit = connection.ops.adapt_datetimefield_value(now)
        cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)} WHERE expires < %s", [limit])  # noqa: S608
