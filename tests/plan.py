"""The house as files: what the tests of its rules walk through."""

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOUSE = ROOT / "holdspace"


@cache
def files() -> tuple[Path, ...]:
    """Every file that is kept or about to be, relative to the root."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    ).stdout
    return tuple(sorted(Path(name) for name in listed.split("\0") if name and (ROOT / name).is_file()))


def ending(*kinds: str) -> list[Path]:
    """Files with one of these endings, without vendored ones."""
    return [path for path in files() if path.suffix in kinds and "vendor" not in path.parts]


def read(path: Path) -> str:
    """The text of a file."""
    return (ROOT / path).read_text(encoding="utf-8")


def tree(path: Path) -> ast.Module:
    """The syntax of a Python file."""
    return ast.parse(read(path), str(path))


def rooms() -> list[str]:
    """The row of rooms, as the settings have it."""
    for node in tree(Path("holdspace/settings.py")).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "ROOMS":
            return list(ast.literal_eval(node.value))
    raise AssertionError("the settings name no ROOMS")


def room_of(path: Path) -> str | None:
    """Which room a file stands in; None under the roof and outside."""
    parts = path.parts
    return parts[1] if len(parts) > 2 and parts[0] == "holdspace" and parts[1] in rooms() else None


def is_test(path: Path) -> bool:
    """Whether a file is a test or serves tests alone."""
    return "tests" in path.parts or path.name == "conftest.py"
