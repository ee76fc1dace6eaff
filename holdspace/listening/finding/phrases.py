"""The phrase lists in `phrases/`, read as regular expressions: one alternative to a line, in sections."""

import re
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).with_name("phrases")
SECTION = re.compile(r"\[(\w+)\]")
NAME = re.compile(r"\{([a-z]\w*)\}")


@cache
def pattern(place: str, before: str = "", after: str = "") -> re.Pattern[str]:
    """The section named by `place` ("deeds.strong") as one pattern between `before` and `after`."""
    return re.compile(f"{before}{group(place)}{after}")


def words(place: str) -> re.Pattern[str]:
    """The section as whole words or phrases anywhere in a text."""
    return pattern(place, r"\b", r"\b")


@cache
def group(place: str) -> str:
    """The section as one group of alternatives, the names in braces filled in from the same file."""
    name, section = place.split(".")
    lines = _sections(name)[section]
    return "(?:" + "|".join(NAME.sub(lambda found: group(f"{name}.{found[1]}"), line) for line in lines) + ")"


@cache
def _sections(name: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if head := SECTION.fullmatch(line):
            lines = found.setdefault(head[1], [])
        elif line and not line.startswith("#"):
            lines.append(line)
    return found
