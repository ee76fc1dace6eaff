"""What the walk posts: every field of every form of the house, filled so that a deed would go through."""

import ast
import inspect
from collections.abc import Iterator
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import quote_plus

from django import forms
from django.conf import settings
from django.utils import timezone

import holdspace
from holdspace.people.forms import ZoneField
from holdspace.vault.models import new_id
from tests.cast import PASSWORD, TALK

Body = dict[str, str]
HOUSE = Path(holdspace.__file__).parent
NAMED: Body = {
    # Where a plausible value can't be told from the kind of field: the field's name, wherever it stands.
    "password": PASSWORD,
    "password1": "another quiet room with a door",
    "password2": "another quiet room with a door",
    "oldpassword": PASSWORD,
    "login": "nobody-here@walk.example",
    "pasted": TALK,
    "name": "Somebody New",
    "speaker": "Ana",
    "back": "https://evil.example/",
    "next": "https://evil.example/",
    "look": "dark",
    "letter": "",
    "code": "ABC-DEF",
    "browser": "1",
    "send": "",
    "remember": "on",
    "ended_on": str(timezone.localdate()),
    "quiet_to": "08:00",
    "readers": "both",
    "until": "",
    "seen": "",
    "sought": "cnry",
    "named": "Nobody of that name",
    "wanted": "no",
    "made_in": "",
    "work": "",
    **{f"line-{number}": "coach" for number in range(8)},
}


class UnknownField(AssertionError):
    """A view asks for a field that the walk would never post, so its deed would go unwalked."""


def house_forms() -> Iterator[type[forms.Form]]:
    """Every form class in a room's forms.py, or in a file of forms about one of its nouns."""
    files = (path for room in settings.ROOMS for path in sorted((HOUSE / room).glob("*forms.py")))
    for name in (f"holdspace.{path.parent.name}.{path.stem}" for path in files):
        module = import_module(name)
        for _, kind in inspect.getmembers(module, inspect.isclass):
            if issubclass(kind, forms.BaseForm) and kind.__module__ == name:
                yield kind  # type: ignore[misc]


def row_fields() -> list[str]:
    """Fields that name a row by its id: each is also tried with other people's ids."""
    fields = (item for form in house_forms() for item in form.base_fields.items())
    return sorted({name for name, field in fields if isinstance(field, forms.UUIDField | forms.ModelChoiceField)})


def full() -> Body:
    """Every field at once; a form takes what it knows and leaves the rest."""
    body = {name: _likely(name, field) for form in house_forms() for name, field in form.base_fields.items()}
    missing = {name for name in _asked_for() if name not in body and name not in NAMED}
    if missing:
        raise UnknownField(f"Say in bodies.py what to post as {sorted(missing)}.")
    return {name: value for name, value in body.items() if value} | NAMED


def _likely(name: str, field: forms.Field) -> str:
    soon = timezone.now() + timedelta(days=9)
    if isinstance(field, forms.FileField):
        return ""
    if isinstance(field, forms.UUIDField | forms.ModelChoiceField):
        return str(new_id())
    if isinstance(field, ZoneField):
        return "Europe/Dublin"
    if isinstance(field, forms.ChoiceField):
        choices: Any = field.choices
        return str(next(value for value, _ in choices if value))
    kinds: list[tuple[type[forms.Field], Any]] = [
        (forms.EmailField, f"new-{name}@walk.example"),
        (forms.DateTimeField, timezone.now() - timedelta(hours=1)),
        (forms.DateField, soon.date()),
        (forms.TimeField, "10:00"),
        (forms.IntegerField, 60),
        (forms.BooleanField, "on"),
        (forms.CharField, "Words of no bird"),
    ]
    for kind, value in kinds:
        if isinstance(field, kind):
            return str(value)
    raise UnknownField(f"Say in bodies.py what to post as {name}, a {type(field).__name__}.")


def _asked_for() -> set[str]:
    """Names that the house's views take from a post by hand."""
    asked: set[str] = set()
    for path in HOUSE.rglob("*.py"):
        if "tests" not in path.parts:
            asked |= set(_taken(ast.parse(path.read_text(encoding="utf-8"))))
    return asked


def _taken(module: ast.Module) -> Iterator[str]:
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("request.POST.get", "request.POST.getlist"):
            given: ast.expr | None = node.args[0]
        elif isinstance(node, ast.Subscript) and ast.unparse(node.value) == "request.POST":
            given = node.slice
        elif isinstance(node, ast.Compare) and "request.POST" in [ast.unparse(one) for one in node.comparators]:
            given = node.left
        else:
            continue
        if isinstance(given, ast.Constant):
            yield str(given.value)


def encoded(body: Body) -> bytes:
    """A body as a browser would send it."""
    return "&".join(f"{quote_plus(name)}={quote_plus(value)}" for name, value in body.items()).encode()
