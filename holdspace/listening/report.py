"""The report a terminal shows: who is who, measures, what was found, and questions worth a second look."""

from collections.abc import Iterator
from textwrap import wrap

from .hearing import TONGUE
from .measures import asked_in, questions_in
from .values import CodedTurn, Heard, Measure, Role, Suggestion
from .words import (
    CODES_NOTE,
    INTERVAL_NOTE,
    SUGGESTIONS_NOTE,
    say_chance,
    say_due,
    say_length,
    say_measure,
    say_who,
    turn_number,
)

WIDTH = 92
SHORT = 10
"""Lines of one kind that the report quotes before it says how many more there are."""


def report(name: str, heard: Heard, *, bright: bool = False) -> str:
    """The whole report of one file, lines of at most 92 characters, ending in a newline; `bright` for a terminal."""
    lines = [_title(name, bright), *_filled(f"{say_length(heard)}. {say_who(heard)}"), *_asks(heard)]
    lines += _section("Measures", _measures(heard), bright)
    lines += _section("Promises that wait for a person", _found(heard, "promise"), bright)
    lines += _section("Concerns that wait for a person", _found(heard, "concern"), bright)
    lines += _section("Strengths and values", [*_found(heard, "strength"), *_found(heard, "value")], bright)
    lines += _section("Worth another look", _moments(heard), bright)
    lines += _section("Stacked questions", _quotes(_stacked(heard)), bright)
    lines += _section("Closed questions", _quotes(_closed(heard)), bright)
    lines += _section("How to read this", _notes(heard), bright)
    return "\n".join(_plain(line) for line in lines) + "\n"


def _plain(line: str) -> str:
    """Without control characters other than our own brightness: a transcript must not move the cursor."""
    return "".join(char for char in line if char.isprintable() or char == "\x1b")


def _title(name: str, bright: bool) -> str:
    return _bold(_quiet(name), bright)


def _quiet(text: str) -> str:
    return "".join(char if char.isprintable() else " " for char in text)


def _bold(text: str, bright: bool) -> str:
    return f"\x1b[1m{text}\x1b[0m" if bright else text


def _filled(text: str, indent: int = 0, first: str = "") -> list[str]:
    """The text in lines that fit; `first` stands before the first, `indent` spaces before the others."""
    return wrap(
        _quiet(text), WIDTH, initial_indent=first.ljust(indent), subsequent_indent=" " * indent, break_on_hyphens=False
    )


def _section(title: str, lines: list[str], bright: bool) -> list[str]:
    return ["", _bold(title, bright), *lines] if lines else []


def _asks(heard: Heard) -> list[str]:
    """What only a person knows, and how to answer from the command line."""
    asked = [line for ask in heard.asks for line in ("", *_filled(ask, 2, "? "))]
    if not asked or heard.asks == (TONGUE,):
        return asked
    if not heard.transcript.speakers:
        how = "Put a name before each turn, such as “Ana: What would help?”, and hear it again."
    else:
        how = "Answer with --coach NAME, and --client NAME where more than two speak."
    return [*asked, *_filled(how, 2, "  ")]


def _measures(heard: Heard) -> list[str]:
    return [line for measure in heard.measures for line in _measure(measure)]


def _measure(measure: Measure) -> Iterator[str]:
    room = WIDTH - 4 - len(measure.label)
    figure = say_measure(measure)
    yield f"  {measure.label} {'.' * max(2, room - len(figure))} {figure}"
    yield from _filled(measure.reason or measure.caveat, 6, "")


def _found(heard: Heard, kind: str) -> list[str]:
    found = [one for one in heard.suggestions if one.kind == kind]
    first = sorted(found, key=lambda one: (one.owner != "coach", one.turn))
    return [line for one in first for line in _suggestion(one, heard)]


def _moments(heard: Heard) -> list[str]:
    return [line for one in heard.moments for line in _filled(one.text, 8, _at(one.turns[0]))]


def _suggestion(one: Suggestion, heard: Heard) -> list[str]:
    due = f" ({'; '.join(say_due(one))})" if say_due(one) else ""
    words = f"“{one.text}”{due}, {say_chance(one.p)}"
    return _filled(f"{_name(heard, one.owner)}: {words}", 8, _at(one.turn))


def _name(heard: Heard, role: Role) -> str:
    return next((coded.turn.speaker for coded in heard.turns if coded.role == role and coded.turn.speaker), role)


def _at(index: int) -> str:
    return f"  {turn_number(index)}".ljust(8)


def _stacked(heard: Heard) -> list[CodedTurn]:
    return [coded for coded in heard.turns if coded.role == "coach" and questions_in(coded) > 1]


def _closed(heard: Heard) -> list[CodedTurn]:
    return [coded for coded in heard.turns if "question" in coded.codes and coded.codes["question"].code == "closed"]


def _quotes(turns: list[CodedTurn]) -> list[str]:
    lines = [line for coded in turns[:SHORT] for line in _quote(coded)]
    return [*lines, f"        and {len(turns) - SHORT} more"] if len(turns) > SHORT else lines


def _quote(coded: CodedTurn) -> list[str]:
    words = " ".join(" / ".join(asked_in(coded)).split())
    short = words if len(words) < 240 else words[:240].rsplit(" ", 1)[0] + " …"
    return _filled(f"“{short}”", 8, _at(coded.turn.index))


def _notes(heard: Heard) -> list[str]:
    notes = [*heard.transcript.notes]
    if heard.measures:
        notes += [INTERVAL_NOTE, CODES_NOTE, SUGGESTIONS_NOTE, f"Coder: {heard.coder}."]
    return [line for note in notes for line in _filled(note, 2, "")]
