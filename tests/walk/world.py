"""Two practices full of people, with a canary in every private and sealed cell of theirs."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.account.utils import user_pk_to_url_str
from allauth.core.context import request_context
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.test import RequestFactory
from django.utils import timezone

from holdspace.conversations.consent import agree, ask_client
from holdspace.conversations.intake import take_in
from holdspace.conversations.models import Mark, Opening, Release, Session, Transcript, write_note
from holdspace.conversations.open import open_to_owner
from holdspace.conversations.release import answer, ask_to_release
from holdspace.engagements.models import Engagement, Handover, Kind, Pact, Sponsor, open_engagement
from holdspace.engagements.models.pact import SETTINGS
from holdspace.engagements.propose import propose
from holdspace.growth.models import Commitment, Goal, Moment
from holdspace.people.begin import found, seat
from holdspace.people.models import Link, Practice, Seat, User, digest
from holdspace.privacy.models import Breach, Request
from holdspace.privacy.window import approve
from holdspace.vault.models import new_id
from tests.cast import PASSWORD, TALK, both_agree, listen_now, meeting

from . import canaries
from .filling import fill, release_something
from .planting import Cell, NoCanary, plant_rest, register
from .relations import Relations, rows_of

JUNIPER = {"owner": ["dov"], "coach": ["ana", "eve", "max"], "mentor": ["mia", "ned"]}
ALDER = {"owner": ["vic"], "coach": ["vic", "rui", "kim", "sid"], "mentor": ["ned"]}
COACHED = (
    *("ana-ben", "ana-ida", "ana-zoe", "ana-lou", "eve-noa", "eve-kim", "eve-ivo", "max-pia", "max-amy"),
    *("rui-uma", "kim-ola", "kim-tib", "sid-tia"),
)
"""Who coaches whom. Kim coaches at Alder and is coached at Juniper. Zoe's work with Ana has ended. Max left his seat;
the accounts of Lou and Sid are closed. Ivo has not answered Eve yet; Tib began with Kim and without an address. Amy
went on from Max to Eve and released all of it; Ida is asked whether she would like to. Cleo signs in but belongs
nowhere. Mia mentors: Ben released a session to her, Noa is asked to. What was released to Ned, Uma took back."""
PEOPLE = sorted({name for pair in COACHED for name in pair.split("-")} | {"dov", "vic", "cleo", "mia", "ned"})
ACTORS = [*PEOPLE, "nobody"]
"""Who walks: everybody signed in, and nobody, who may hold one-tap links."""
BUSY = {"ana-ben", "eve-noa", "rui-uma"}
"""Pairs with a session in every state; the others have one that was heard."""


@dataclass
class World:
    """The people, what is private to them, and the links that were sent."""

    people: dict[str, User] = field(default_factory=dict)
    engagements: dict[str, Engagement] = field(default_factory=dict)
    sessions: dict[str, Session] = field(default_factory=dict)
    cells: dict[str, list[Cell]] = field(default_factory=lambda: defaultdict(list))
    kin: dict[str, Relations] = field(default_factory=dict)
    secrets: dict[bytes, str] = field(default_factory=dict)
    tokens: dict[str, Link | None] = field(default_factory=dict)
    numbers: list[str] = field(default_factory=lambda: ["0", "999999"])
    door_keys: dict[str, str] = field(default_factory=dict)
    speaker: str = ""
    moments: int = 0

    def cookie(self, name: str) -> str:
        """The session of this person, begun without the traces that signing in leaves; empty for nobody."""
        if name == "nobody":
            return ""
        store = SessionStore()
        person = self.people[name]
        store[SESSION_KEY] = str(person.pk)
        store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        store[HASH_SESSION_KEY] = person.get_session_auth_hash()
        store.create()
        return str(store.session_key)


def build() -> World:
    """The whole world: by the house's own deeds where there are any, then a canary in each cell that has none."""
    world = World()
    for name in PEOPLE:
        world.people[name] = _person(world, name)
    for roles in (JUNIPER, ALDER):
        practice = found(canaries.song(), "UTC")
        for role, names in roles.items():
            for name in names:
                seat(world.people[name], practice, role)
        _breach(practice, world.people[roles["owner"][0]])
    for pair in COACHED:
        _work_together(world, pair)
    _note_down(world)
    fill(world, BUSY)
    _hand_over(world)
    _release(world)
    _pay(world)
    _open(world)
    _end(world)
    _links(world)
    plant_rest(world)
    register(world)
    return world


def _breach(practice: Practice, owner: User) -> None:
    noticed = timezone.now() - timedelta(hours=1)
    breach = Breach.write_down(practice, what=canaries.song(), people=1, noticed_at=noticed, by=owner)
    breach.note("authority", by=owner, done=canaries.song())


def _person(world: World, name: str) -> User:
    email = canaries.address() if name != "tib" else None
    person = User(email=email, name=canaries.song(), timezone=canaries.PLACES[len(world.people)])
    person.password = canaries.password_hash(PASSWORD)
    person.save()
    if email:
        EmailAddress.objects.create(user=person, email=email, verified=True, primary=True)
    return person


def _work_together(world: World, pair: str) -> None:
    coach, client = (world.people[name] for name in pair.split("-"))
    words: dict[str, Any] = {name: canaries.song() for name in ("called", "purpose", "rhythm")}
    accepted_at = None if client is world.people["ivo"] else timezone.now()
    world.engagements[pair] = engagement = open_engagement(coach, client, **words, accepted_at=accepted_at)
    if accepted_at is None:
        return
    _agree(engagement, signed=True)
    if pair in BUSY:
        _agree(engagement, signed=False)
    kinds = ("heard", "waiting", "nameless", "agreed", "asked", "bare") if pair in BUSY else ("heard",)
    for days, kind in enumerate(kinds):
        world.sessions[f"{pair} {kind}"] = _meet(world, engagement, kind, -1 - days)


def _agree(engagement: Engagement, *, signed: bool) -> None:
    """A pact, in force or waiting for its signatures."""
    said: dict[str, Any] = dict.fromkeys(SETTINGS) | {"transcript_days": 30, "notes_months": 12, "channels": ["email"]}
    said |= {"recording": True, "analysis": True, "mentor": True, "sponsor": True}
    said |= {"addressed": canaries.song(), "off_limits": [canaries.song()]}
    pact = propose(engagement, {"goals": f"To {canaries.song()}."}, said, by=engagement.coach)
    for person in (engagement.coach, engagement.client) if signed else ():
        pact.sign(canaries.song(), by=person)


def _meet(world: World, engagement: Engagement, kind: str, days: int) -> Session:
    session = meeting(engagement, days if kind != "bare" else 3, title=canaries.song())
    if kind in ("heard", "waiting", "nameless", "agreed"):
        both_agree(session)
    elif kind == "asked":
        agree(session, by=engagement.coach)
    if kind in ("heard", "waiting"):
        _bring(world, session)
    elif kind == "nameless":
        take_in(session, nameless(), by=engagement.coach)
    if kind == "heard":
        listen_now()
        _answer(rows_of(Transcript).get(session=session), engagement.coach)
    return session


def _bring(world: World, session: Session) -> None:
    """The cast's talk with a third voice, and a canary for each speaker and in each line: no two cells share words."""
    names = {"Ana": canaries.song(), "Ben": canaries.song(), "Otto": canaries.song()}
    lines = [line.split(": ", 1) for line in (TALK + "Otto: Good morning to you both.\n").splitlines()]
    text = "".join(f"{names[who]}: {said} {canaries.song()}\n" for who, said in lines)
    transcript = take_in(session, text.encode(), by=session.engagement.coach)
    transcript.choose_coach(names["Ana"], by=session.engagement.coach)
    transcript.choose_client(names["Ben"], by=session.engagement.coach)
    world.speaker = world.speaker or names["Ben"]


def nameless() -> bytes:
    """The cast's talk as captions that name nobody."""
    said = [line.split(": ", 1)[1] for line in TALK.splitlines()]
    cues = (f"00:0{at}.000 --> 00:0{at}.900\n{words} {canaries.song()}\n\n" for at, words in enumerate(said))
    return ("WEBVTT\n\n" + "".join(cues)).encode()


def _note_down(world: World) -> None:
    """Notes of both, for oneself, shared and deleted."""
    for pair in sorted(BUSY):
        session = world.sessions[f"{pair} heard"]
        for writer in (session.engagement.coach, session.engagement.client):
            _, shared, deleted = (write_note(session, new_id(), canaries.song(), by=writer) for _ in range(3))
            shared.share(by=writer)
            deleted.share(by=writer)
            deleted.delete_softly(by=writer)


def _hand_over(world: World) -> None:
    """Amy has gone on with Eve, who reads all that is released; nobody else has said yes."""
    max_amy, eve = world.engagements["max-amy"], world.people["eve"]
    release_something(world.sessions["max-amy heard"])
    handed = Handover.propose(max_amy, eve, by=max_amy.coach)
    handed.release([*Kind], by=max_amy.client)
    handed.take_on(by=eve)
    assert handed.begun
    world.engagements["eve-amy"] = handed.begun
    Handover.propose(world.engagements["ana-ida"], eve, by=world.people["ana"])


def _release(world: World) -> None:
    """Mia reads a session of Ana and Ben; Noa hasn't answered whether she may; Ned read one and can't any more."""
    for pair, mentor in (("ana-ben", "mia"), ("eve-noa", "mia"), ("rui-uma", "ned")):
        session = world.sessions[f"{pair} heard"]
        coach, client = session.engagement.coach, session.engagement.client
        parts = ["notes", "transcript"]
        asked = ask_to_release(session, world.people[mentor], parts, canaries.song(), by=coach)
        if pair != "eve-noa":
            answer(asked, yes=True, parts=parts, by=client)
            write_note(session, new_id(), canaries.song(), by=coach).share(by=coach)
        if mentor == "ned":
            asked.close(by=client)


def _pay(world: World) -> None:
    """Somebody pays for each busy pair's work, and reads the title of a goal that the client approved."""
    for pair in sorted(BUSY):
        engagement = world.engagements[pair]
        words = (canaries.song() for _ in range(2))
        sponsor = Sponsor.add(engagement, *words, canaries.address(), by=engagement.coach)
        goals = rows_of(Goal).filter(engagement=engagement)
        window, _ = approve(sponsor, goals, by=engagement.client)
        for dates in ({}, {"withdrawn_at": timezone.now()}):
            world.tokens |= dict([_link(Link.Purpose.WINDOW, window, dates)])


def _open(world: World) -> None:
    """Dov has opened Eve's work with Noa, and Ana's with Ben until he closed it again."""
    dov = world.people["dov"]
    for pair in ("eve-noa", "ana-ben"):
        engagement = world.engagements[pair]
        opening = open_to_owner(
            engagement.practice, engagement.coach, engagement.called, canaries.song(), new_id(), by=dov
        )
    Opening.objects.visible_to(dov).get(pk=opening.pk).close(by=dov)


def _answer(transcript: Transcript, coach: User) -> None:
    """One mark accepted, one dismissed, the others waiting."""
    marks = list(Mark.objects.visible_to(coach).filter(transcript=transcript).order_by("turn", "span_start"))
    if len(marks) < 3:
        raise NoCanary("the cast's talk should hold three promises and concerns at least")
    marks[0].accept(by=coach)
    marks[1].dismiss(by=coach)


def _end(world: World) -> None:
    rows_of(Engagement).filter(pk=world.engagements["ana-zoe"].pk).update(ended_on=timezone.localdate())
    rows_of(Seat).filter(user=world.people["max"]).update(left_at=timezone.now())
    for name in ("lou", "sid"):
        rows_of(User).filter(pk=world.people[name].pk).update(closed_at=timezone.now())


def _links(world: World) -> None:
    """Links of every purpose: live, used, withdrawn and expired; letters; and the door's own keys."""
    now = timezone.now()
    states: dict[str, dict[str, Any]] = {
        "live": {},
        "used": {"used_at": now},
        "withdrawn": {"withdrawn_at": now},
        "expired": {"expires_at": now - timedelta(minutes=1)},
    }
    for engagement in (one for one in world.engagements.values() if one.is_invited or not one.client.email):
        world.tokens |= dict([_link(Link.Purpose.JOIN, engagement, dates) for dates in states.values()])
    offered = rows_of(Handover).get(engagement=world.engagements["ana-ida"])
    world.tokens |= dict([_link(Link.Purpose.HANDOVER, offered, dates) for dates in states.values()])
    waiting = rows_of(Release).get(session=world.sessions["eve-noa heard"])
    world.tokens |= dict([_link(Link.Purpose.RELEASE, waiting, dates) for dates in states.values()])
    for pair in sorted(BUSY):
        asked, heard = world.sessions[f"{pair} asked"], world.sessions[f"{pair} heard"]
        for dates in states.values():
            world.tokens |= dict(
                [_link(Link.Purpose.CONSENT, asked, dates), _link(Link.Purpose.WITHDRAW, heard, dates)]
            )
            world.tokens |= dict(_pact_link(world.engagements[pair], purpose, dates) for purpose in PACT_LINKS)
            moment = rows_of(Moment).filter(engagement=world.engagements[pair]).order_by("pk").last()
            world.tokens |= dict([_link(Link.Purpose.MOMENT, moment, dates)])
            world.tokens |= dict([_link(Link.Purpose.PROMISE, _due(world.engagements[pair]), dates)])
            world.tokens |= dict([_link(Link.Purpose.YES, world.engagements[pair], dates)])
            if pair == "ana-ben":
                world.tokens |= dict([_link(Link.Purpose.BEGIN, None, dates)])
        ask_client(world.sessions[f"{pair} bare"], post=True)
    receipt = canaries.song()
    Request.objects.create(kind=Request.Kind.ERASE, person_id=world.people["ben"].pk, digest=digest(receipt))
    world.tokens[receipt], world.door_keys[receipt] = None, "ben"
    world.tokens |= dict.fromkeys(("no-such-token", "A" * 43, "a%00b", "%F0%9F%97%9D", "..", "a" * 3000))
    for name in ("ben", "uma"):
        person = world.people[name]
        confirm = EmailConfirmationHMAC(EmailAddress.objects.get(user=person)).key
        world.door_keys |= {confirm: name, default_token_generator.make_token(person): name}
        world.door_keys[user_pk_to_url_str(person)] = name
        at_the_door = RequestFactory().get("/")
        vars(at_the_door)["user"] = person
        with request_context(at_the_door):
            world.numbers.append(str(TOTP.activate(person, generate_totp_secret()).instance.pk))


PACT_LINKS = (Link.Purpose.PACT, Link.Purpose.COPY)


def _due(engagement: Engagement) -> Commitment:
    """An open promise of the client's."""
    mine = Commitment.objects.visible_to(engagement.client).promised_by(engagement.client).open()
    return mine.filter(engagement=engagement, stuck_at=None).by_due()[0]


def _pact_link(engagement: Engagement, purpose: str, dates: dict[str, Any]) -> tuple[str, Link]:
    """A link to sign the version that waits, or to read the one in force."""
    pacts = rows_of(Pact).filter(engagement=engagement, in_force_at__isnull=purpose == Link.Purpose.PACT)
    return _link(purpose, pacts.order_by("-number").first(), dates)


def _link(purpose: str, about: Any, dates: dict[str, Any]) -> tuple[str, Link]:
    token = canaries.song()
    link = Link(purpose=purpose, digest=digest(token), about=about.pk if about else None)
    link.person = getattr(about, "engagement", about).client if about else None
    link.expires_at = timezone.now() + timedelta(days=1)
    for name, at in dates.items():
        setattr(link, name, at)
    link.save()
    return token, link
