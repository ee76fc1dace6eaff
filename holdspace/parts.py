"""The parts that are installed, against the list of their known holes that comes along; nobody outside is asked."""

import re
from collections.abc import Iterator
from importlib.metadata import distributions
from pathlib import Path
from typing import NamedTuple

LIST = Path(__file__).with_name("advisories.txt")
READ_ON = "# Last read: "


class Advisory(NamedTuple):
    """A hole that was published: in which part, without it from which version on, its name, and what it is."""

    part: str
    fixed_in: str
    name: str
    what: str


def advisories() -> Iterator[Advisory]:
    """The list, line by line."""
    for line in LIST.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            part, fixed_in, name, what = (cell.strip() for cell in line.split("|"))
            yield Advisory(part, fixed_in, name, what)


def last_read() -> str:
    """The day on which somebody last went through what was published."""
    lines = LIST.read_text(encoding="utf-8").splitlines()
    return next(line.removeprefix(READ_ON) for line in lines if line.startswith(READ_ON))


def installed() -> dict[str, str]:
    """Every part beside this house, and its version."""
    found = {plain(part.metadata["Name"]): part.version for part in distributions()}
    return dict(sorted(found.items()))


def plain(name: str) -> str:
    """A part's name as lists write it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def holes(parts: dict[str, str]) -> list[str]:
    """A sentence for each part that is older than a fix on the list."""
    return [
        f"{one.part} {parts[one.part]} has a known hole ({one.name}: {one.what}). It is mended in {one.fixed_in}."
        for one in advisories()
        if one.part in parts and _numbers(parts[one.part]) < _numbers(one.fixed_in)
    ]


def _numbers(version: str) -> list[int]:
    """The numbers of a version, to compare; 5.2 and 5.2.0 are the same."""
    numbers = [int(number) for number in re.findall(r"\d+", version.split("+")[0])]
    while numbers and numbers[-1] == 0:
        numbers.pop()
    return numbers
