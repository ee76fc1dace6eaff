"""Every field of every form, filled with what nobody should ever type: refused or kept, and nothing breaks."""

import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote_plus, urljoin, urlsplit

import pytest
from django.apps import apps
from django.contrib.sessions.backends.db import SessionStore
from django.core.files.uploadedfile import SimpleUploadedFile

from holdspace.conversations.models import Session
from holdspace.people.models import User
from tests.cast import browser
from tests.walk import bodies
from tests.walk.addresses import Address, addresses
from tests.walk.conftest import world as world_of_the_walk
from tests.walk.judging import is_live
from tests.walk.relations import rows_of
from tests.walk.visitor import Answer, Ask, House, undone
from tests.walk.walker import NOUNS
from tests.walk.world import World

pytestmark = pytest.mark.django_db
world = world_of_the_walk

SCRIPT = "<script>alert(7)</script>"
PLANTED = "x-planted"
HOSTILE: dict[str, str] = {
    "nothing": "",
    "blanks": " \t\r\n ",
    "a null": "be\0fore",
    "only nulls": "\0" * 9,
    "control characters": "".join(map(chr, range(1, 32))) + "\x7f\x85",
    "a megabyte": "w" * 1_000_000,
    "a megabyte on one word's lines": "w\n" * 500_000,
    "right to left": "\u202eabc\u2066\u202d\u200f",
    "joined emoji": "👩🏽‍🚀🏳️‍🌈" * 40,
    "stacked marks": "Z" + "\u0301\u0327" * 400,
    "a byte order mark": "\ufeffBen",
    "no characters": "\ufffe\uffff\U0010ffff",
    "half a pair": "\ud83d",
    "widths": "ＡＤＭＩＮ１２３",
    "line separators": "a\u2028b\u2029c",
    "sql": "'; DROP TABLE people_user; --",
    "sql that waits": "1' OR randomblob(1000000000) --",
    "like": "%_\\%",
    "html": f'">{SCRIPT}',
    "an attribute": "' onmouseover=alert(7) x='",
    "a link of script": "javascript:alert(7)",
    "a template": "{{ request.user.password }}{% load static %}",
    "a format": "{0.__class__}%s%n%(name)s",
    "a formula": '=HYPERLINK("http://evil.example")',
    "a formula by sign": "@SUM(1+1)|cmd",
    "a header": f"x\r\n{PLANTED}: yes",
    "a header for mail": f"x@example.org\nBcc: {PLANTED}@example.org",
    "a path": "../../../../etc/passwd",
    "a path of a share": "\\\\evil.example\\share",
    "a shell": "$(sleep 5)`sleep 5`;sleep 5",
    "xml": '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
    "json": '{"__proto__": {"admin": true}}',
    "deep": "[" * 20_000,
    "a huge number": "9" * 400,
    "a number past 64 bits": str(2**63),
    "a number below nought": "-1",
    "no number": "NaN",
    "infinity": "1e999",
    "other digits": "١٢٣",
    "no id": "00000000-0000-0000-0000-00000000000g",
    "nobody's id": "00000000-0000-7000-8000-000000000000",
    "a day there isn't": "2026-02-30",
    "a day before all": "0001-01-01",
    "a day after all": "9999-12-31",
    "a moment after all": "9999-12-31T23:59:59",
    "a time there isn't": "25:61",
    "a place there isn't": "Europe/../etc/passwd",
    "an address of many parts": "a@" + "b." * 300 + "example",
    "another house": "https://evil.example/",
    "another house by slashes": "//evil.example\\@",
}
QUICK = ("a null", "a megabyte", "half a pair", "html", "a header", "a huge number", "no id", "a day after all")
WHO = ("ana", "ben", "dov", "ivo", "nobody")


@dataclass
class Form:
    """One place that takes words: where, from whom, and under which names."""

    address: str
    actor: str
    path: str
    method: str = "POST"
    names: set[str] = field(default_factory=set)

    def ask(self, body: bodies.Body) -> Ask:
        """The body sent the way this form is."""
        sent = encoded(body)
        return Ask("POST", self.path, sent) if self.method == "POST" else Ask("GET", f"{self.path}?{sent.decode()}")


def encoded(body: bodies.Body) -> bytes:
    """As a browser would, and half a character too."""
    return "&".join(
        f"{name}={quote_plus(value.encode('utf-8', 'surrogatepass'))}" for name, value in body.items()
    ).encode()


class Poster:
    """Fills forms, each as somebody who may; what came of it is undone."""

    def __init__(self, world: World) -> None:
        self.world, self.house = world, House()
        self.body = bodies.full() | {"speaker": world.speaker}
        self.cookies = {actor: self.cookie(actor) for actor in WHO}

    def cookie(self, actor: str) -> str:
        """Somebody who signed in just now, so that no fresh look is asked for."""
        key = self.world.cookie(actor)
        if key:
            store = SessionStore(key)
            store["account_authentication_methods"] = [
                {"method": "password", "at": time.time(), "reauthenticated": True}
            ]
            store["account_authentication_methods_user"] = str(self.world.people[actor].pk)
            store.save()
        return key

    def send(self, actor: str, ask: Ask) -> Answer:
        """One request."""
        with undone():
            return self.house.answer(ask, self.cookies[actor])

    def forms(self) -> list[Form]:
        """Every place that takes words, found by looking at what each view reads."""
        with self.house.open():
            posted = [self.form(address, "POST") for address in addresses()]
            asked = [self.form(address, "GET") for address in addresses() if not address.blanks]
        return [form for form in [*posted, *asked] if form is not None]

    def form(self, address: Address, method: str) -> Form | None:
        """Whoever gets most of their words read, on the first path where any are."""
        for path in self.paths(address):
            tries = [self.tried(Form(address.name, actor, path, method)) for actor in WHO]
            best = max(tries, key=lambda form: len(form.names))
            if best.names:
                return best
        return None

    def tried(self, form: Form) -> Form:
        """The names that are read of what this one sends; none where it is sent away."""
        self.house.read.clear()
        answer = self.send(form.actor, form.ask(self.body))
        away = answer.status == 405 or "/door/login/" in answer.header("Location")
        form.names = set() if away else self.house.read & (self.body.keys() - {"csrfmiddlewaretoken"})
        return form

    def paths(self, address: Address) -> list[str]:
        """An address with its blanks filled by what is there."""
        noun = NOUNS[address.template.split("/")[0]] if "ids" in address.blanks else "people.Practice"
        ids = [str(row.pk) for row in rows_of(apps.get_model(noun)).order_by("pk")[:6]]
        live = {link.purpose: token for token, link in self.world.tokens.items() if link and is_live(link)}
        fillings = {"ids": ids, "tokens": list(live.values()), "numbers": self.world.numbers[-1:], "door keys": ["x-y"]}
        return [path for path, _ in address.paths(fillings)]


@pytest.fixture(scope="module")
def poster(world: World) -> Poster:
    return Poster(world)


@pytest.fixture(scope="module")
def forms(poster: Poster) -> list[Form]:
    return poster.forms()


def trouble(answer: Answer) -> str:
    """What must not come of any words."""
    if answer.status >= 500 or answer.fault is not None:
        return f"{answer.status} {type(answer.fault).__name__}: {answer.fault}"[:300]
    if SCRIPT.encode() in answer.body:
        return "script in the page"
    if any(PLANTED in name.lower() for name, _ in answer.headers):
        return "a header of theirs"
    if "evil.example" in house_of(answer.header("Location")):
        return "a way to their house"
    if any(PLANTED in str(letter.recipients()) for letter in answer.mailed):
        return "a letter of theirs"
    return ""


def house_of(location: str) -> str:
    """Where a browser goes, which takes a backslash for a slash; an address without a house stays in ours."""
    return urlsplit(urljoin("http://ours/", location.strip().replace("\\", "/"))).netloc


@pytest.mark.parametrize("away", ["another house", "another house by slashes"])
def test_a_way_to_another_house_is_told_from_one_within(away: str) -> None:
    assert "evil.example" in house_of(HOSTILE[away])
    assert house_of(HOSTILE["a formula"]) == "ours"


WANTED = {
    ("add_client", "email"),
    ("add_session", "day"),
    ("edit_mark", "text"),
    ("propose_pact", "channels"),
    ("search", "sought"),
    ("account_login", "password"),
    ("begin", "practice"),
    ("new_address", "email"),
    ("add_breach", "noticed_at"),
    ("invite", "role"),
    ("add_promise", "action"),
    ("move_promise", "new_day"),
    ("promise_by_link", "became"),
}
"""Some fields that must be among those found: what is never filled never breaks."""


@pytest.mark.slow
def test_every_form_at_once(poster: Poster, forms: list[Form]) -> None:
    assert {(form.address, name) for form in forms for name in form.names} >= WANTED
    troubles = []
    with poster.house.open():
        for form in forms:
            for kind in QUICK:
                said = trouble(
                    poster.send(form.actor, form.ask(poster.body | dict.fromkeys(form.names, HOSTILE[kind])))
                )
                troubles += [f"{form.method} {form.address}, {kind}: {said}"] if said else []
    assert not troubles, "\n".join(troubles)


@pytest.mark.prove
def test_every_field_with_every_value(poster: Poster, forms: list[Form], record_property: Any) -> None:
    troubles, sent = [], 0
    with poster.house.open():
        for form, name in ((one, name) for one in forms for name in sorted(one.names)):
            for kind, value in HOSTILE.items():
                sent += 1
                said = trouble(poster.send(form.actor, form.ask(poster.body | {name: value})))
                troubles += [f"{form.method} {form.address}.{name}, {kind}: {said}"] if said else []
    assert not troubles, "\n".join(troubles)
    assert sent > 40 * 100
    fields = sum(len(form.names) for form in forms)
    record_property("measured", f"{sent:,} requests to {fields} fields of {len(forms)} forms, 0 faults")


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_file_of_anything_with_any_name(agreed: Session, ana: User, kind: str) -> None:
    there, value = browser(ana), HOSTILE[kind].encode("utf-8", "surrogatepass")
    name = HOSTILE[kind].encode("utf-8", "replace").decode()[:2000] or "empty"
    for file in (SimpleUploadedFile("talk.vtt", value), SimpleUploadedFile(f"{name}.txt", b"Ana: Hello.\nBen: Hi.\n")):
        answer = there.post(f"/sessions/{agreed.pk}/transcript/", {"file": file})
        assert answer.status_code < 500
        assert SCRIPT.encode() not in answer.content
