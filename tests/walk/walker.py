"""The walk: everybody asks for everything in every way."""

import random
import re
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cached_property
from uuid import UUID, uuid4

from holdspace.vault.classes import house_models

from . import bodies
from .addresses import Address, addresses
from .judging import MALFORMED, SAFE, Fault, Judge, Report, Step, is_live
from .relations import rows_of
from .visitor import Ask, House, undone
from .world import ACTORS, World

METHODS = (*SAFE, "POST", "PUT", "PATCH", "DELETE")
UUID_IN = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}")
QUERIES = ("?page=2", "?page=-1", "?page=x", "?next=https://evil.example/", "?next=//evil.example", "?format=json")
NOUNS = {
    "clients": "engagements.Engagement",
    "sessions": "conversations.Session",
    "marks": "conversations.Mark",
    "practice": "people.Practice",
    "seats": "people.Seat",
    "breaches": "privacy.Breach",
    "pacts": "engagements.Pact",
    "invitations": "engagements.Engagement",
    "sponsors": "engagements.Sponsor",
    "windows": "privacy.Window",
    "goals": "growth.Goal",
    "ratings": "growth.Rating",
    "milestones": "growth.Milestone",
    "progress": "growth.Progress",
    "concerns": "growth.Concern",
    "options": "growth.Option",
    "intensities": "growth.Intensity",
    "facts": "growth.Fact",
    "moments": "growth.Moment",
    "consents": "engagements.Consent",
    "starting-words": "engagements.PactTemplate",
    "notes": "conversations.Note",
    "openings": "conversations.Opening",
    "opened": "conversations.Session",
    "releases": "conversations.Release",
    "released": "conversations.Release",
    "handovers": "engagements.Handover",
    "handed": "engagements.Handover",
    "handed-sessions": "conversations.Session",
    "messages": "threads.Message",
    "attachments": "threads.Attachment",
    "commitments": "growth.Commitment",
    "moves": "growth.Move",
    "steps": "growth.Step",
}
"""Which noun a path speaks of; a path that isn't here is walked with one id of every noun."""


CLOSER = ("ana", "ben", "nobody")
"""Who asks in every way in a quick walk; the others read and post."""


FOREIGN = 8
"""So many rows of other nouns are tried in each field that names one, in a full walk."""


class Walk:
    """A walk through one world: everybody's rows in every way when `full`, else the first and last few of a noun.

    Of a full walk only a `share` of the paths is taken, by chance from a `seed`: another seed takes others.
    """

    def __init__(
        self,
        world: World,
        *,
        full: bool = False,
        share: float = 1.0,
        seed: int = 0,
        methods: tuple[str, ...] = METHODS,
        nearer: Collection[str] = CLOSER,
    ) -> None:
        self.world, self.full, self.methods, self.nearer = world, full, methods, nearer
        self.share, self.chance = share, random.Random(seed)
        self.house, self.report = House(), Report()
        self.judge = Judge(world, self.house, self.report)
        self.unknown = str(uuid4())
        self.fields = bodies.full() | {"speaker": world.speaker}
        self.body = bodies.encoded(self.fields)

    def run(self, actors: Iterable[str] = ACTORS, only: Callable[[Address], bool] = lambda _: True) -> Report:
        """Walk as each of these actors through the addresses wanted."""
        wanted = [address for address in addresses() if only(address)]
        with self.house.open():
            for actor in actors:
                cookie = self.world.cookie(actor)
                self.judge.begin(actor, cookie)
                for address in wanted:
                    for step in self.steps(address, actor):
                        if step.ask.method in self.methods:
                            self.take(actor, cookie, step)
        return self.report

    def steps(self, address: Address, actor: str) -> Iterator[Step]:
        """Every request for one address."""
        fillings = {kind: self.fillings(kind, address, actor) for kind in address.blanks}
        closer = self.closer(address, actor)
        for path, values in address.paths(fillings):
            if self.chance.random() >= self.share:
                continue
            value = values[0] if values else ""
            passing = not self.full and address.template.startswith("door/") and not closer
            for ask in [Ask("GET", path)] if passing else self.asks(path, value in closer):
                yield Step(ask, address.name, value, *self.stranger(address), address.blanks == ("tokens",))
        if not address.blanks:
            queries = QUERIES if self.full else QUERIES[1:4:2]
            yield from (Step(Ask("GET", address.fill(()) + query), address.name) for query in queries)

    def stranger(self, address: Address) -> tuple[str, str]:
        """The path about nothing that exists, and what stands in its blank."""
        nothing = {"ids": self.unknown, "tokens": "nothing-behind-it"}
        only = address.blanks[0] if len(address.blanks) == 1 else ""
        return (address.fill((nothing[only],)), nothing[only]) if only in nothing else ("", "")

    def asks(self, path: str, closer: bool) -> Iterator[Ask]:
        """One path in every way: all methods when looked at closer, else read and post."""
        self.house.read.clear()
        yield Ask("GET", path)
        yield Ask("POST", path, self.body)
        if not closer:
            return
        yield from (Ask(method, path) for method in SAFE if method != "GET")
        yield from (Ask(method, path, self.body) for method in ("PUT", "PATCH", "DELETE"))
        yield from (Ask("GET", path, hx=True), Ask("POST", path, self.body, hx=True), Ask("POST", path))
        if self.full or UUID_IN.search(path):
            yield from (Ask("POST", path, bodies.encoded(self.fields | named)) for named in self.foreign())

    def foreign(self) -> Iterator[bodies.Body]:
        """The fields that name a row, filled with other people's, one by one; in a quick walk with one practice's.

        Only those that the page asked for while it was walked just now: what nobody reads changes nothing.
        """
        rows = self.chance.sample(self.rows_by_noun, FOREIGN) if self.full else self.some_sessions()[:1]
        read = self.house.read
        fields = [name for name in bodies.row_fields() if name in read]
        return ({name: row} for name in fields for row in rows)

    def closer(self, address: Address, actor: str) -> set[str]:
        """Values looked at closer: all that matter in a full walk, else one's own first or one other's."""
        if not self.full and actor not in self.nearer:
            return set()
        if address.blanks != ("ids",):
            return {"", *self.live_tokens()[: None if self.full else 3 * (actor == "nobody")]}
        own, others = self.near(address, actor)
        return {*own, *others, self.unknown} if self.full else set((own or others[::-1])[:1])

    def fillings(self, kind: str, address: Address, actor: str) -> list[str]:
        """Everything that may stand in a blank."""
        if kind == "tokens":
            return list(self.world.tokens) if self.full or actor == "nobody" else self.live_tokens()[:2]
        if kind == "numbers":
            return self.world.numbers
        if kind == "door keys":
            return [*self.world.door_keys, "x-y", "0"] if self.full or actor == "nobody" else ["x-y"]
        own, others = self.near(address, actor)
        if self.full:
            return list(dict.fromkeys([self.unknown, *MALFORMED, *own, *others, *self.rows_by_noun]))
        strange = [self.unknown, MALFORMED[0]] if actor in self.nearer else []
        return [*strange, *own, *others] if own or others else [*strange, *self.rows_by_noun[::6]]

    def live_tokens(self) -> list[str]:
        """The tokens of links that still open."""
        live = [token for token, link in self.world.tokens.items() if link and is_live(link)]
        return [*live[:4], *(token for token in self.world.door_keys if token in self.world.tokens), *live[4:]]

    def some_sessions(self) -> list[str]:
        """One session of Juniper and one of Alder."""
        return [str(self.world.sessions[f"{pair} heard"].pk) for pair in ("eve-noa", "rui-uma")]

    def near(self, address: Address, actor: str) -> tuple[list[str], list[str]]:
        """Ids of the noun that the path speaks of: one's own, and other people's."""
        rows = self.rows.get(NOUNS.get(address.template.split("/")[0], ""), [])
        mine = self.world.people[actor].pk if actor in self.world.people else None
        own = [pk for pk, people in rows if mine in people]
        others = [pk for pk, people in rows if mine not in people]
        if self.full:
            return own, others
        return own[:6] if actor in self.nearer else ends(own, 1), ends(others, 1)

    @cached_property
    def rows(self) -> dict[str, list[tuple[str, set[UUID]]]]:
        """The id of every row of every noun, and all its people."""
        found: dict[str, list[tuple[str, set[UUID]]]] = {}
        for model in house_models():
            pks = [pk for pk in rows_of(model).order_by("pk").values_list("pk", flat=True) if isinstance(pk, UUID)]
            people = (self.judge.people[pk.hex].values() for pk in pks)
            found[model._meta.label] = [(str(pk), set().union(*each)) for pk, each in zip(pks, people, strict=True)]
        return found

    @cached_property
    def rows_by_noun(self) -> list[str]:
        """One id of every noun, of people at Juniper and at Alder."""
        return [pk for rows in self.rows.values() if rows for pk, _ in (rows[0], rows[-1])]

    def take(self, actor: str, cookie: str, step: Step) -> None:
        """One request, undone after it was judged."""
        with undone():
            answer = self.house.answer(step.ask, cookie)
            self.report.note(actor, step, answer)
            self.report.faults += [Fault(kind, actor, step.ask, what) for kind, what in self.judge.faults(step, answer)]


def ends(rows: list[str], number: int) -> list[str]:
    """The first and last few of a list, none twice."""
    return list(dict.fromkeys([*rows[:number], *rows[-number:]]))
