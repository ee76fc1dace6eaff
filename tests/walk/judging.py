"""Judging one answer: what it shows, changes, writes, posts and gives away, against the table."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.apps import apps

from holdspace.letters.models import Letter
from holdspace.people.models import Link, User
from holdspace.privacy.said_yes import OF_CLIENTS

from . import canaries, table
from .planting import Cell
from .relations import Relations, relations, rows_of
from .visitor import Answer, Ask, Change, House, Rows, changes, snapshot, undone
from .world import World

SAFE = ("GET", "HEAD", "OPTIONS")
POLICY = ("default-src 'none'", "script-src 'self'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'")
HEADERS = {
    "X-Content-Type-Options": ("nosniff",),
    "X-Frame-Options": ("DENY",),
    "Referrer-Policy": ("no-referrer", "same-origin"),
}
HIDDEN = re.compile(rb'(name="csrfmiddlewaretoken" value=")[^"]*')
MALFORMED = ("not-an-id", "0", "%27%20or%201=1", "%00")
SEATED = {"dov", "ana", "eve", "vic", "rui", "kim", "mia", "ned"}


@dataclass(frozen=True)
class Fault:
    """One thing that must not be, and the request that showed it."""

    kind: str
    actor: str
    ask: Ask
    what: str

    def __str__(self) -> str:
        return f"{self.kind}: {self.actor} asked {self.ask}: {self.what}"


@dataclass
class Report:
    """What a walk came to."""

    faults: list[Fault] = field(default_factory=list)
    requests: int = 0
    seen: set[str] = field(default_factory=set)
    answered: dict[str, set[int]] = field(default_factory=dict)
    actors: Counter[str] = field(default_factory=Counter)

    def __str__(self) -> str:
        told = Counter(fault.kind for fault in self.faults)
        first = {fault.kind: fault for fault in reversed(self.faults)}
        lines = [f"{times} times {kind}, first {first[kind]}" for kind, times in told.items()]
        return "\n".join([f"{self.requests} requests", *lines])

    def note(self, actor: str, step: "Step", answer: Answer) -> None:
        """Count one request."""
        self.requests += 1
        self.actors[actor] += 1
        self.answered.setdefault(step.address, set()).add(answer.status)


@dataclass(frozen=True)
class Step:
    """One request of the walk, and what the walk knows about it."""

    ask: Ask
    address: str
    value: str = ""
    stranger: str = ""
    """The same path about something that doesn't exist, where there is one."""
    nothing: str = ""
    """What stands in that path's blank."""
    by_link: bool = False


class Judge:
    """Knows the world as it was, and finds everything wrong with an answer about it."""

    def __init__(self, world: World, house: House, report: Report) -> None:
        self.world, self.house, self.report = world, house, report
        self.people = world.kin
        self.actor, self.cookie = "nobody", ""
        self.before: Rows = {}
        self.strange: dict[Ask, tuple[Any, ...]] = {}

    def begin(self, actor: str, cookie: str) -> None:
        """Somebody else walks now."""
        self.actor, self.cookie, self.before = actor, cookie, snapshot()
        self.strange.clear()

    @property
    def person(self) -> UUID | None:
        """Who walks; None for nobody."""
        return self.world.people[self.actor].pk if self.actor in self.world.people else None

    def faults(self, step: Step, answer: Answer) -> Iterator[tuple[str, str]]:
        """Everything wrong with one answer: what kind of fault, and in words."""
        if answer.status >= 500:
            yield "broken", f"{answer.status} {answer.fault!r}"
        yield from self.judge_words(step, answer)
        yield from judge_headers(answer)
        if answer.wrote:
            yield from self.judge_changes(step, changes(self.before, snapshot(answer.wrote)))
        yield from self.judge_logs(step, answer)
        for letter in answer.mailed:
            yield from self.judge_letter(letter)
        yield from self.judge_stranger(step, answer)
        if step.ask.method == "HEAD":
            yield from self.judge_head(step, answer)

    def judge_words(self, step: Step, answer: Answer) -> Iterator[tuple[str, str]]:
        """Another's canary in body, header or cookie."""
        told = (f"{name}: {value}" for name, value in answer.headers if name != "Content-Length")
        headers = b"\n".join(canaries.unfold(one) for one in told)
        for place, text in (("body", canaries.unpacked(answer.body)), ("header", headers)):
            for one in canaries.heard_in(text) - self.sent(step):
                if one in self.world.tokens:
                    yield "leak", f"the token of {self.world.tokens[one]} in the {place}"
                elif one in self.world.cells:
                    yield from self.judge_canary(step, one, place)
            for name in canaries.heard_in_secrets(text, self.world.secrets):
                yield "leak", f"{name} in the {place}"

    def judge_canary(self, step: Step, one: str, place: str) -> Iterator[tuple[str, str]]:
        """One canary heard, against MAY_SEE; where several cells hold it, one open to the reader is enough."""
        cells = self.world.cells[one]
        allowed = [cell for cell in cells if self.stands(step, cell.people, table.MAY_SEE.get(cell.label, ""))]
        self.report.seen |= {cell.label for cell in allowed}
        if not allowed:
            yield "leak", f"{cells[0].label} of row {cells[0].row} in the {place}"

    def sent(self, step: Step) -> set[str]:
        """Canaries that the request itself carried: hearing one's own voice is no leak."""
        return canaries.heard_in(step.ask.body + b" " + step.ask.path.encode())

    def stands(self, step: Step, people: Relations, named: str) -> bool:
        """Whether this actor, with the link in hand, stands in one of the named relations."""
        wanted = {name.strip() for name in named.split(",")}
        if any(self.person in members for name, members in people.items() if name in wanted):
            return True
        if "anyone seated" in wanted and self.actor in SEATED:
            return True
        return "link" in wanted and bool(self.holds(step) & set().union(*people.values(), set()))

    def holds(self, step: Step) -> set[UUID]:
        """For whom the link in this request stands: its person and, for their names, the other of the two."""
        link = self.world.tokens.get(step.value)
        if link is None:
            name = self.world.door_keys.get(step.value)
            return {self.world.people[name].pk} if name else set()
        opens = OF_CLIENTS if step.address == "said_yes_by_link" else (LINKED.get(step.address),)
        return {link.person_id} if is_live(link) and link.person_id and link.purpose in opens else set()

    def judge_changes(self, step: Step, found: list[Change]) -> Iterator[tuple[str, str]]:
        """A safe request that changed something, or a change of another's row."""
        rules = {"added": table.MAY_ADD, "changed": table.MAY_CHANGE, "removed": table.MAY_REMOVE}
        for change in found:
            if change.label in table.HOUSEKEEPING and change.kind != "removed":
                continue
            if change.label == "sessions.Session":
                continue
            if step.ask.method in SAFE:
                yield "safe request acted", f"{change.label} {change.pk} was {change.kind}"
                continue
            named = rules[change.kind].get(change.label, "")
            sides = [self.people.get(change.pk)] if change.kind != "added" else []
            if change.kind != "removed":
                sides.append(relations(rows_of(apps.get_model(change.label)).get(pk=change.pk)))
            if (change.kind, change.label) == ("added", "letters.Letter"):
                yield from self.judge_letter(Letter._base_manager.get(pk=change.pk).message())
            if not all(side is not None and self.stands(step, side, named) for side in sides):
                yield "foreign row", f"{change.label} {change.pk} was {change.kind}"

    def judge_logs(self, step: Step, answer: Answer) -> Iterator[tuple[str, str]]:
        """Words in a log, as it is written or as it was given."""
        for record in answer.logged:
            written = self.house.ear.format(record).encode()
            raw = record.getMessage().encode()
            known = {one for one in canaries.heard_in(written) if one in self.world.cells or one in self.world.tokens}
            if known | (canaries.heard_in(raw) & self.world.cells.keys() - self.sent(step)):
                yield "log", f"{record.name} wrote a canary"

    def judge_letter(self, letter: Any) -> Iterator[tuple[str, str]]:
        """One e-mail against MAY_BE_MAILED, by how people stand to each other now that it was written."""
        to = set(rows_of(User).filter(email__in=letter.to).values_list("pk", flat=True))
        other = [str(part.content) for part in getattr(letter, "alternatives", ())]
        text = " ".join([letter.subject, letter.body, *other, *map(str, letter.extra_headers.values())]).encode()
        for one in canaries.heard_in(text) & self.world.cells.keys():
            cells = self.world.cells[one]
            if not any(to & self.may_be_mailed(cell) for cell in cells):
                yield "mail", f"{cells[0].label} went to {letter.to}"

    def may_be_mailed(self, cell: Cell) -> set[UUID]:
        """To whom this cell's words may go."""
        named = {name.strip() for name in table.MAY_BE_MAILED.get(cell.label, "").split(",")}
        model = apps.get_model(".".join(cell.label.split(".")[:2]))
        people = relations(rows_of(model).get(pk=cell.row)) if named - {""} else {}
        return set().union(*(some for name, some in people.items() if name in named))

    def judge_stranger(self, step: Step, answer: Answer) -> Iterator[tuple[str, str]]:
        """What isn't one's own must answer exactly like what doesn't exist; so must every dead link."""
        if not step.stranger or step.value in MALFORMED:
            return
        if step.by_link:
            near = bool(self.holds(step)) or step.value in self.live_elsewhere(step)
        else:
            people = self.people.get(step.value.replace("-", ""), {})
            near = any(self.person in some for some in people.values())
        if near or len(step.value) > 100:
            return
        if plain(answer, step.value) != self.strangers_answer(step):
            yield "not yours differs", "the answer tells it from what does not exist"

    def live_elsewhere(self, step: Step) -> set[str]:
        """Tokens of a live first-run link, which opens its page although the house is in use."""
        begin = {token for token, link in self.world.tokens.items() if link and link.purpose == Link.Purpose.BEGIN}
        return {token for token in begin if step.address == "begin"}

    def strangers_answer(self, step: Step) -> tuple[Any, ...]:
        """How the same request is answered about nothing at all."""
        ask = Ask(step.ask.method, step.stranger, step.ask.body, step.ask.hx)
        if ask not in self.strange:
            with undone():
                self.strange[ask] = plain(self.house.answer(ask, self.cookie), step.nothing)
        return self.strange[ask]

    def judge_head(self, step: Step, answer: Answer) -> Iterator[tuple[str, str]]:
        """HEAD says what GET would say."""
        with undone():
            read = self.house.answer(Ask("GET", step.ask.path), self.cookie)
        if read.status != answer.status:
            yield "HEAD differs", f"{answer.status} where GET says {read.status}"


LINKED = {
    "consent_by_link": Link.Purpose.CONSENT,
    "withdraw_by_link": Link.Purpose.WITHDRAW,
    "join_by_link": Link.Purpose.JOIN,
    "own_page": Link.Purpose.JOIN,
    "sign_by_link": Link.Purpose.PACT,
    "copy_by_link": Link.Purpose.COPY,
    "moment_by_link": Link.Purpose.MOMENT,
    "promise_by_link": Link.Purpose.PROMISE,
    "window_by_link": Link.Purpose.WINDOW,
    "handover_by_link": Link.Purpose.HANDOVER,
    "release_by_link": Link.Purpose.RELEASE,
}
"""Which address each kind of link opens; what one said yes to opens to any live link of a client's."""


def is_live(link: Link) -> bool:
    """Whether a link still opens."""
    return link.used_at is None and link.withdrawn_at is None and link.expires_at > link.made_at


def judge_headers(answer: Answer) -> Iterator[tuple[str, str]]:
    """Headers that every page of the house carries; nothing is kept by a cache, nobody is sent elsewhere."""
    if "no-store" not in answer.header("Cache-Control"):
        yield "header", "the answer may be kept by a cache"
    policy = answer.header("Content-Security-Policy")
    yield from (("header", f"the policy lacks {part}") for part in POLICY if part not in policy)
    for name, fit in HEADERS.items():
        if answer.header(name) not in fit:
            yield "header", f"{name} is not {fit[0]}"
    there = urlsplit(answer.header("Location"))
    if there.netloc and there.netloc != "testserver":
        yield "header", f"sends people to {there.netloc}"
    for name, value in answer.headers:
        if name == "Set-Cookie" and "Max-Age=0" not in value and not ("HttpOnly" in value and "SameSite=" in value):
            yield "header", f"the cookie {value.split('=')[0]} can be read by a script or sent from elsewhere"


def plain(answer: Answer, value: str) -> tuple[Any, ...]:
    """An answer without what differs by chance or merely repeats what was asked: to be compared byte by byte."""
    body = HIDDEN.sub(rb"\1", answer.body).replace(value.encode(), b"...")
    kept = [(name, said) for name, said in answer.headers if name not in ("Set-Cookie", "Content-Length")]
    headers = sorted((name, said.replace(value, "...")) for name, said in kept)
    return answer.status, headers, sorted(answer.cookies), body
