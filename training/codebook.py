"""The codebook as data, and the page printed from it: each code with an example, a near miss and figures."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from training.sessions import CLIENT, COACH

FILE = Path(__file__).with_name("codebook.txt")
PAGE = Path(__file__).resolve().parent.parent / "docs" / "codes.md"
FIGURES = Path(__file__).with_name("figures.json")
"""What `holdspace listening train` measured, for the pages that tell it."""
HEADS = {"open": "question", "closed": "question", "reflection": "reflection", "other": "main"}
PEOPLE = {
    "question": "present or not κ .87, open or closed κ .52",
    "reflection": "present or not κ .66",
    "input": "present or not κ .64",
    "main": "question, reflection, input or other κ .74",
    "talk": "κ .47",
}
"""Ten people on the same seven AnnoMI conversations, pairwise (216 coach and 212 client turns)."""


@dataclass(frozen=True, slots=True)
class Code:
    """One code of the book."""

    who: str
    code: str
    said: Mapping[str, str]

    @property
    def head(self) -> str:
        """The head of the coder that gives it."""
        return "talk" if self.who == "client" else HEADS.get(self.code, "input")


def codes(path: Path = FILE) -> tuple[Code, ...]:
    """All codes in the order of the book. Raises ValueError where one is missing or unknown."""
    text = "\n".join(line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    found = tuple(_code(block.strip().splitlines()) for block in text.strip().split("\n\n"))
    if [(one.who, one.code) for one in found] != [*(("coach", c) for c in COACH), *(("client", c) for c in CLIENT)]:
        raise ValueError("the codebook holds every code once, in the order of training/sessions.py")
    return found


def _code(lines: list[str]) -> Code:
    who, code = lines[0].split()
    return Code(who, code, dict(line.split(": ", 1) for line in lines[1:]))


def figures(path: Path = FIGURES) -> dict[str, dict[str, float]]:
    """By head, what was measured of each code."""
    found: dict[str, dict[str, float]] = json.loads(path.read_text(encoding="utf-8"))
    return found


def page() -> str:
    """docs/codes.md."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    measured = figures()
    yield "# What the codes mean"
    yield ""
    yield "Printed from `training/codebook.txt` by `holdspace listening codes`. A turn may do several things; each"
    yield "stretch that does one thing is an act and has one of these codes. People agree: how ten people agree on"
    yield "AnnoMI (κ). Our F1: the careful engine's for that code, on AnnoMI conversations it had not seen."
    for who, title in (("coach", "What a coach's words do"), ("client", "What a client's words lean to")):
        yield from ("", f"## {title}")
        for one in (code for code in codes() if code.who == who):
            yield from ("", f"### `{one.code}`", "", one.said["meaning"])
            yield from ("", f"- For example: “{one.said['example']}”", f"- A near miss: {one.said['near']}")
            yield f"- {one.said['rule']}"
            yield f"- People agree: {PEOPLE[one.head]}. Our F1: {_short(measured[one.head][one.code])}."


def _short(value: float) -> str:
    return f"{value:.2f}".removeprefix("0")
