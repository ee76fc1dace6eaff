"""What a host can set is written down, and so is why every part is here."""

import ast
import re
import tomllib
from pathlib import Path

from . import plan


def asked_for(path: Path) -> set[str]:
    """Names that a file reads from the environment."""
    found = set()
    for node in ast.walk(plan.tree(path)):
        text = node.value if isinstance(node, ast.Constant) else None
        if isinstance(text, str) and re.fullmatch(r"HOLDSPACE_[A-Z_]+|(?:DATABASE|EMAIL)_URL", text):
            found.add(text)
    return found


def documented() -> set[str]:
    """Names in the first column of docs/settings.md."""
    rows = [line for line in plan.read(Path("docs/settings.md")).splitlines() if line.startswith("| `")]
    return {name for row in rows for name in re.findall(r"`([A-Z_]+)`", row.split("|")[1])}


def test_every_setting_is_documented() -> None:
    house = [path for path in plan.ending(".py") if path.parts[0] == "holdspace" and not plan.is_test(path)]
    wanted = {name for path in house for name in asked_for(path)}
    assert "HOLDSPACE_HOME" in wanted
    assert wanted <= documented(), f"docs/settings.md says nothing of {sorted(wanted - documented())}"


def test_nothing_documented_is_gone() -> None:
    wanted = {name for path in plan.ending(".py") for name in asked_for(path)}
    wanted |= set(re.findall(r"HOLDSPACE_[A-Z_]+", plan.read(Path("bin/setup"))))
    assert {name for name in documented() if not name.endswith("_FILE")} <= wanted


def test_every_part_has_a_reason() -> None:
    text = plan.read(Path("pyproject.toml"))
    project = tomllib.loads(text)["project"]
    for part in project["dependencies"]:
        line = next(line for line in text.splitlines() if f'"{part}"' in line)
        assert re.search(r"#\s*\w+", line), f"no reason is written for {part}"


def test_the_locks_hold_every_part_with_its_hash() -> None:
    text = plan.read(Path("pyproject.toml"))
    project = tomllib.loads(text)["project"]
    wanted = {
        "run": project["dependencies"],
        "test": project["dependencies"] + project["optional-dependencies"]["test"],
    }
    for kind, parts in wanted.items():
        lock = plan.read(Path(f"requirements/{kind}.txt"))
        pinned = set(re.findall(r"^([a-z0-9-]+)==", lock, flags=re.MULTILINE))
        names = {re.split(r"[\[<>=~; ]", part)[0].lower().replace("_", "-") for part in parts}
        assert names <= pinned, f"run bin/lock: {sorted(names - pinned)} not in requirements/{kind}.txt"
        for entry in re.split(r"\n(?=[a-z0-9-]+==)", lock):
            assert "--hash=sha256:" in entry, entry[:60]
