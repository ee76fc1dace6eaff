"""Turns for a second coder who sees no codes, and how far the two agree: Cohen's kappa."""

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from training.sessions import CLIENT, COACH, FOLDER, Misspelt, Said, Session, sessions

SEED, EACH = 20261127, 6
"""The lot, and how many turns of every session it draws."""
CODED = re.compile(r"^(\S+)\.txt (\d+) main=([a-z]+) acts=([a-z,]+)$")
FILE = FOLDER / "second.coded"
"""The second coder's answers: one line a turn, `session.txt place main=code acts=code,code`, places counted from 0."""


def drawn(some: Sequence[Session]) -> Iterator[tuple[Session, int]]:
    """The turns drawn by lot, in the order of the sessions; never the first two or the last of one."""
    rng = random.Random(SEED)
    for session in some:
        yield from ((session, at) for at in sorted(rng.sample(range(2, len(session.turns) - 1), EACH)))


def sheet(some: Sequence[Session]) -> str:
    """The sheet for the second coder: every turn to be coded between the two before and the one after, no codes."""
    blocks = []
    for session, at in drawn(some):
        plain = [f"{turn.role}: {turn.text}" for turn in session.turns]
        said = f"  before: {plain[at - 2]}\n  before: {plain[at - 1]}\nCODE> {plain[at]}\n  after: {plain[at + 1]}\n"
        blocks.append(f"## {session.name}.txt {at}\ngoal: {session.head['goal']}\n{said}")
    return "\n".join(blocks)


def answers(path: Path) -> dict[tuple[str, int], tuple[str, ...]]:
    """The second coder's codes by session and place. Raises Misspelt for a code that is none."""
    found = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if hit := CODED.match(line):
            codes = tuple(hit[4].split(","))
            if wrong := set(codes) - set(COACH) - set(CLIENT):
                raise Misspelt(f"{path.name}, {hit[1]} {hit[2]}: {', '.join(sorted(wrong))} is no code")
            found[hit[1], int(hit[2])] = codes
    return found


def kappa(first: Sequence[str], second: Sequence[str]) -> float:
    """Cohen's kappa of two codings of the same turns (Cohen 1960)."""
    n = len(first)
    same = sum(a == b for a, b in zip(first, second, strict=True)) / n
    chance = sum(first.count(code) * second.count(code) for code in {*first, *second}) / n**2
    return 1.0 if chance == 1 else (same - chance) / (1 - chance)


def compared(path: Path = FILE) -> Iterator[str]:
    """One line for each head: how many turns both coded, in how many they agree, and kappa."""
    theirs = answers(path)
    pairs: dict[str, list[tuple[str, str]]] = {}
    for session in sessions():
        for at, turn in enumerate(session.turns):
            codes = theirs.get((session.name, at))
            if codes:
                for head, ours, other in _heads(turn, codes):
                    pairs.setdefault(head, []).append((ours, other))
    for head, both in pairs.items():
        ours, others = [a for a, _ in both], [b for _, b in both]
        same = sum(a == b for a, b in both)
        yield f"{head:<11} {len(both):>4} turns   {same / len(both):.3f} alike   kappa {kappa(ours, others):.3f}"


def _heads(turn: Said, codes: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """(head, first code, second code) as far as the codes of acts tell, whatever their length."""
    for head, code in kinds(turn.role, [act.code for act in turn.acts]).items():
        yield head, code, kinds(turn.role, codes)[head]


def kinds(role: str, codes: Sequence[str]) -> Mapping[str, str]:
    """By head what a turn of these acts holds; "several" where it holds more than one kind."""
    if role == "client":
        lean = set(codes) - {"neutral"}
        return {"talk": lean.pop() if len(lean) == 1 else "several" if lean else "neutral"}
    questions = [code for code in codes if code in ("open", "closed")]
    told = set(codes) & {"information", "advice", "offer"}
    return {
        "question": questions[0] if questions else "none",
        "reflection": "reflection" if "reflection" in codes else "none",
        "input": told.pop() if len(told) == 1 else "several" if told else "none",
    }
