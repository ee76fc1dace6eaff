"""Finding: promises and concerns in people's own words, proposed and never taken as true."""

from collections.abc import Sequence
from datetime import date

from holdspace.listening.values import CodedTurn, Suggestion

from .asked import accepted
from .completing import complete
from .concerns import concerns
from .promises import promises
from .treasures import treasures

__all__ = ["find"]


def find(turns: Sequence[CodedTurn], on: date | None = None) -> tuple[Suggestion, ...]:
    """Every promise, concern, strength and value of a conversation in the order it was said, none twice.

    Needs roles; what the coach did after a concern is told where the turns have codes. `on` is the day of the
    conversation, by which the words that say when become days. Found by rules on the wording alone; promises aim at
    nine right in ten; `p` is how often the rule was right where it was tried. Raises nothing for any turns.
    """
    found = [one for one in accepted(turns) if one.text]
    taken = [(one.turn, *one.span) for one in found]
    for coded in turns:
        for one in (*promises(coded), *concerns(coded), *treasures(coded)):
            if one.text and (one.kind != "promise" or not _overlaps(one, taken)):
                found.append(one)
    places = {coded.turn.index: at for at, coded in enumerate(turns)}
    ordered = _once(sorted(found, key=lambda one: (one.turn, one.span)))
    return tuple(complete(one, turns, places[one.turn], on) for one in ordered)


def _overlaps(one: Suggestion, taken: list[tuple[int, int, int]]) -> bool:
    return any(turn == one.turn and start < one.span[1] and one.span[0] < end for turn, start, end in taken)


def _once(found: list[Suggestion]) -> list[Suggestion]:
    """Without what the same person has said before in the same words."""
    seen: dict[tuple[str, str, str], Suggestion] = {}
    for one in found:
        seen.setdefault((one.kind, one.owner, one.text.casefold()), one)
    return list(seen.values())
