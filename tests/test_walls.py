"""A room sees only the rooms to its left: imports, foreign keys, templates."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from . import plan

ROOMS = plan.rooms()
KNOW_LISTENING = {Path("holdspace/conversations/intake.py"), Path("holdspace/conversations/page.py")}
"""Besides the roof: where a transcript comes in, and where what was heard is shown."""
CODE = [path for path in plan.ending(".py") if plan.room_of(path) and not plan.is_test(path)]
TEMPLATES = [path for path in plan.ending(".html", ".txt", ".svg") if "templates" in path.parts and plan.room_of(path)]


def imported(module: ast.Module, path: Path) -> Iterator[str]:
    """Full names of what a file imports, inside functions too."""
    package = list(path.with_suffix("").parts)
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: -node.level] if node.level else []
            stem = ".".join([*base, *([node.module] if node.module else [])])
            yield from (f"{stem}.{name.name}" for name in node.names)


def trespasses(source: str, path: Path) -> list[str]:
    """Imports of one file that go through a wall."""
    room = plan.room_of(path)
    assert room
    found = []
    for name in imported(ast.parse(source), path):
        parts = name.split(".")
        if room == "listening" and parts[0] in {"django", "allauth", "whitenoise", "environs"}:
            found.append(name)
        if parts[0] != "holdspace" or name == "holdspace.__version__":
            continue
        target = parts[1] if len(parts) > 1 else ""
        if target == room:
            continue
        hidden = target == "listening" and path not in KNOW_LISTENING
        if target not in ROOMS or ROOMS.index(target) > ROOMS.index(room) or hidden:
            found.append(name)
    return found


@pytest.mark.parametrize("path", CODE, ids=str)
def test_imports_only_from_the_left(path: Path) -> None:
    assert trespasses(plan.read(path), path) == []


@pytest.mark.parametrize(
    ("where", "source"),
    [
        ("vault/models.py", "from holdspace.people.models import User"),
        ("vault/models.py", "from ..people import models"),
        ("people/views.py", "def f():\n    import holdspace.desk.today"),
        ("people/views.py", "from holdspace.urls import urlpatterns"),
        ("desk/views.py", "from holdspace.listening import read"),
        ("listening/roles.py", "from django.conf import settings"),
        ("listening/roles.py", "from ..shell import frame"),
    ],
)
def test_a_hole_in_a_wall_is_seen(where: str, source: str) -> None:
    assert trespasses(source, Path("holdspace") / where)


def test_an_open_door_is_no_hole() -> None:
    fine = "from holdspace.vault.models import Key\nfrom .models import Seat\nfrom ..shell import frame\nimport django"
    assert trespasses(fine, Path("holdspace/people/views.py")) == []
    assert trespasses("from holdspace.listening import read", Path("holdspace/conversations/intake.py")) == []


def test_foreign_keys_point_left() -> None:
    from django.apps import apps

    house = [model for model in apps.get_models() if model.__module__.startswith("holdspace.")]
    assert house
    for model in house:
        for field in model._meta.get_fields():
            target = field.related_model if field.concrete and field.is_relation else None
            if target and target.__module__.startswith("holdspace."):
                here, there = model._meta.app_label, target._meta.app_label
                assert ROOMS.index(there) <= ROOMS.index(here), f"{model.__name__}.{field.name} points right"


def named_templates(text: str) -> list[str]:
    """Names of the templates that a template includes or extends."""
    return re.findall(r"""{%-?\s*(?:include|extends)\s+["']([^"'#]+)""", text)


def homes() -> dict[str, str]:
    """Which room each template name is found in."""
    found: dict[str, str] = {}
    for path in TEMPLATES:
        room = plan.room_of(path)
        assert room
        found["/".join(path.parts[path.parts.index("templates") + 1 :])] = room
    return found


HOMES = homes()


@pytest.mark.parametrize("path", TEMPLATES, ids=str)
def test_templates_take_only_from_the_left(path: Path) -> None:
    room = plan.room_of(path)
    assert room
    for name in named_templates(plan.read(path)):
        assert name in HOMES or name.startswith(("allauth/", "account/", "mfa/")), f"{name} does not exist"
        if name in HOMES:
            assert ROOMS.index(HOMES[name]) <= ROOMS.index(room), f"{name} is to the right of {room}"


def test_parts_stand_in_their_own_rooms_folder() -> None:
    for name, room in HOMES.items():
        folder = name.partition("/")[0]
        assert folder == room or folder not in ROOMS, f"{name} stands in {room}"


@pytest.mark.parametrize("path", CODE, ids=str)
def test_pages_answer_with_templates_from_the_left(path: Path) -> None:
    room = plan.room_of(path)
    assert room
    for node in ast.walk(plan.tree(path)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in HOMES:
            assert ROOMS.index(HOMES[node.value]) <= ROOMS.index(room), f"{node.value} is to the right of {room}"
