"""How good the finder is on our own sessions: `holdspace listening found`; a third of them never served its rules."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from holdspace.listening.finding import find
from holdspace.listening.values import CodedTurn, Suggestion, Turn
from training.sessions import FOLDER, Session, Span, sessions


@dataclass(frozen=True, slots=True)
class Case:
    """Something found, or marked by hand, or both: `right` where the two meet."""

    session: str
    turn: int
    text: str
    found: Suggestion | None
    marked: Span | None
    owner: str

    @property
    def right(self) -> bool:
        """Whether what was found is what was marked."""
        return self.found is not None and self.marked is not None


def parts(folder: Path = FOLDER) -> tuple[tuple[Session, ...], tuple[Session, ...]]:
    """The sessions the rules were made on, and those held back, which `held.txt` names."""
    lines = (folder / "held.txt").read_text(encoding="utf-8").splitlines()
    held = {line for line in lines if line and not line.startswith("#")}
    some = sessions(folder)
    return tuple(one for one in some if one.name not in held), tuple(one for one in some if one.name in held)


def cases(session: Session, kind: str) -> Iterator[Case]:
    """Everything of one kind in a session. What is found is right where it overlaps a span of that kind and owner."""
    found = [one for one in find(coded(session), date.fromisoformat(session.head["date"])) if one.kind == kind]
    for at, turn in enumerate(session.turns):
        here = [one for one in found if one.turn == at]
        for span in (span for span in turn.spans if span.kind == kind):
            owner = span.said.get("owner", turn.role)
            hit = next((one for one in here if one.owner == owner and _meet(one.span, span)), None)
            here = [one for one in here if one is not hit and not (one.owner == owner and _meet(one.span, span))]
            yield Case(session.name, at, turn.text, hit, span, owner)
        yield from (Case(session.name, at, turn.text, one, None, one.owner) for one in here)


def coded(session: Session) -> list[CodedTurn]:
    """The turns with their roles and the codes given by hand; the finder needs no more."""
    return [CodedTurn(Turn(at, one.role, one.text), one.role) for at, one in enumerate(session.turns)]


def _meet(place: tuple[int, int], span: Span) -> bool:
    return place[0] < span.end and span.start < place[1]


def table(some: Sequence[Session], kind: str) -> str:
    """One line: how many are there, found and right, precision and recall."""
    every = [case for session in some for case in cases(session, kind)]
    there, right = sum(case.marked is not None for case in every), sum(case.right for case in every)
    found = sum(case.found is not None for case in every)
    dated = [case for case in every if case.right and case.marked and case.marked.said.get("due")]
    dues = sum(bool(case.found and case.found.due) for case in dated)
    line = f"{kind:<9} {there:>4} there {found:>4} found {right:>4} right   precision {right / max(found, 1):.3f}   "
    line += f"recall {right / max(there, 1):.3f}"
    return line + (f"   when found in {dues} of {len(dated)}" if kind == "promise" else "")


def report() -> Iterator[str]:
    """The whole table."""
    made, held = parts()
    for name, some in (("made on", made), ("held back", held)):
        yield f"{name}: {len(some)} sessions"
        yield from (f"  {table(some, kind)}" for kind in ("promise", "concern", "strength", "value"))
