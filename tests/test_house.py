"""The house rules that a machine can see: kinds of file, lengths, names, words that don't belong."""

import ast
import re
from pathlib import Path

import pytest

from . import plan

LONGEST_FILE = 400
LONGEST_FUNCTION = 60
NO_MODULE = {"utils", "util", "helpers", "helper", "services", "managers", "common", "core", "misc", "base_views"}
NO_NAME = {"data", "info", "manager", "helper"}
FOLDERS = {"models", "templates", "static", "migrations", "tests", "templatetags", "management", "locale"}
"""Folders that a room may have; `listening` is a library and keeps its own order."""
SKIPPING = re.compile(r"pytest\.(?:mark\.)?(?:skip|skipif|xfail)")

WRITTEN = [path for path in plan.ending(".py", ".html", ".css", ".js") if "migrations" not in path.parts]
CODE = [path for path in plan.ending(".py") if "migrations" not in path.parts]
TESTS = [path for path in CODE if plan.is_test(path)]
PAGES = [path for path in plan.ending(".html") if "templates" in path.parts]
TEXTS = plan.ending(".py", ".html", ".css", ".js", ".md", ".toml", ".txt", ".json", ".in", "")


@pytest.mark.parametrize("path", WRITTEN, ids=str)
def test_a_file_stops_at_400_lines(path: Path) -> None:
    assert plan.read(path).count("\n") <= LONGEST_FILE


@pytest.mark.parametrize("path", CODE, ids=str)
def test_a_function_stops_at_60_lines(path: Path) -> None:
    for node in ast.walk(plan.tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert (node.end_lineno or 0) - node.lineno < LONGEST_FUNCTION, node.name


@pytest.mark.parametrize("path", CODE, ids=str)
def test_names_say_what_they_are(path: Path) -> None:
    assert path.stem not in NO_MODULE
    assert not set(path.parts[:-1]) & NO_MODULE
    given = set()
    for node in ast.walk(plan.tree(path)):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            given.add(node.id)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            given.add(node.name)
        elif isinstance(node, ast.arg):
            given.add(node.arg)
    assert not given & NO_NAME


def test_rooms_hold_only_their_kinds_of_file() -> None:
    for path in plan.files():
        room = plan.room_of(path)
        if room is None or room == "listening":
            continue
        folder, *rest = path.parts[2:]
        assert folder in FOLDERS if rest else path.suffix == ".py", f"{path} has no place in a room"
        if folder == "static":
            assert rest[0] == room, f"{path} should stand in static/{room}/"


@pytest.mark.parametrize("path", PAGES, ids=str)
def test_no_script_or_style_inside_a_page(path: Path) -> None:
    text = plan.read(path)
    assert not re.search(r"<script(?![^>]*\bsrc=)", text), "script belongs in static files"
    assert not re.search(r"<style\b|\sstyle\s*=", text), "style belongs in static files"
    assert not re.search(r"\son[a-z]+\s*=\s*[\"']", text), "handlers belong in static files"
    assert not re.search(r"\|\s*safe\b|{%\s*autoescape\s+off", text), "nothing is unescaped in a page"
    assert not re.search(r"(?:src|href)=[\"'](?:https?:)?//", text.replace("https://www.w3.org/", "")), (
        "nothing is fetched from elsewhere"
    )


@pytest.mark.parametrize(
    "path", [path for path in plan.ending(".css") if "static" in path.parts and path.stem != "tokens"], ids=str
)
def test_colours_come_from_the_tokens(path: Path) -> None:
    rules = re.sub(r"/\*.*?\*/", "", plan.read(path), flags=re.DOTALL)
    assert not re.findall(r":[^;{}]*(#[0-9a-fA-F]{3,8}\b|\b(?:rgb|hsl|oklch|oklab)a?\()", rules)


@pytest.mark.parametrize("path", [path for path in plan.files() if "vendor" in path.parts], ids=str)
def test_what_others_wrote_names_its_version(path: Path) -> None:
    first = (plan.ROOT / path).read_bytes().split(b"\n", 1)[0].decode()
    assert path.name.startswith("LICENSE") or re.search(r"\d+\.\d+", first), f"no version in: {first[:80]}"


@pytest.mark.parametrize("path", TESTS, ids=str)
def test_nothing_is_skipped_in_silence(path: Path) -> None:
    explained = set()
    nodes = list(ast.walk(plan.tree(path)))
    for node in nodes:
        if isinstance(node, ast.Call) and SKIPPING.fullmatch(ast.unparse(node.func)):
            reasons = [word.value for word in node.keywords if word.arg == "reason"] or node.args[:1]
            assert any(isinstance(reason, ast.Constant | ast.JoinedStr) for reason in reasons), (
                "skipped without a reason"
            )
            explained.add(node.func)
    bare = [node for node in nodes if isinstance(node, ast.Attribute) and node not in explained]
    assert not [node for node in bare if SKIPPING.fullmatch(ast.unparse(node))]


def test_nothing_speaks_of_a_machine_or_a_registry() -> None:
    here = re.compile(
        r"(?<![\w.])/(?:root|work)/|/home/\w+/|--(?:extra-)?index-url|--find-links\s|"
        + "|".join(map(re.escape, ("files.python" + "hosted.org", "registry.npm" + "js.org", "pypi" + ".org/simple")))
    )
    for path in TEXTS:
        if path != Path("tests/test_house.py"):
            found = here.search(plan.read(path))
            assert not found, f"{path}: {found and found.group()}"


def test_the_row_of_rooms_is_told_to_whoever_builds() -> None:
    assert "\n" + "  ".join(plan.rooms()) + "\n" in plan.read(Path("CONTRIBUTING.md"))
