"""What was found, made complete: a promise's deed and day, and what the coach did after a concern."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from holdspace.listening.values import CodedTurn, Suggestion

from .dates import resolved
from .imperative import imperative


def complete(found: Suggestion, turns: Sequence[CodedTurn], at: int, on: date | None) -> Suggestion:
    """The suggestion, found in the turn at this place, with all that the conversation tells of it."""
    if found.kind == "promise":
        return _promise(found, turns, turns[at], on)
    return _met(found, turns, at) if found.kind == "concern" else found


def _promise(found: Suggestion, turns: Sequence[CodedTurn], coded: CodedTurn, on: date | None) -> Suggestion:
    names = (coded.turn.speaker, _other(coded, turns))
    deed = found.text
    action = imperative(deed, found.due, found.owner == coded.role, names) or deed
    return replace(found, action=action, due_on=resolved(found.due, on) if found.due and on else None)


def _other(coded: CodedTurn, turns: Sequence[CodedTurn]) -> str | None:
    """What the other of the two is called."""
    role = "client" if coded.role == "coach" else "coach"
    return next((one.turn.speaker for one in turns if one.role == role and one.turn.speaker), None)


def _met(found: Suggestion, turns: Sequence[CodedTurn], at: int) -> Suggestion:
    """A concern with what the coach did in the turn that follows; a nod that lets the client go on does not count."""
    after = next((one for one in _following(at, turns) if not _nods(one)), None)
    if after is None or "main" not in after.codes:
        return found
    back = after.codes["reflection"].code == "reflection"
    return replace(found, acknowledged=back, met_with=after.codes["main"].code)


def _following(at: int, turns: Sequence[CodedTurn]) -> list[CodedTurn]:
    """The coach's turns after a place, until two have been heard."""
    return [one for one in turns[at + 1 : at + 5] if one.role == "coach"][:2]


def _nods(coded: CodedTurn) -> bool:
    return len(coded.turn.text.split()) <= 2 and "main" in coded.codes and coded.codes["main"].code == "other"
