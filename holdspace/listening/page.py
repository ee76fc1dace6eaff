"""One self-contained, printable HTML page for a heard conversation: no script, nothing fetched, everything escaped."""

from collections.abc import Iterator, Sequence
from functools import cache
from html import escape
from pathlib import Path

from .measures import asked_in, questions_in
from .picture import picture
from .timeline import timeline
from .values import CodedTurn, Heard, Measure, Role, Suggestion
from .words import (
    CODES_NOTE,
    INTERVAL_NOTE,
    ROLES,
    SUGGESTIONS_NOTE,
    Mark,
    marks,
    say_chance,
    say_due,
    say_length,
    say_measure,
    say_time,
    say_value,
    say_who,
    turn_number,
)


def page(name: str, heard: Heard, *, back: str | None = None) -> str:
    """The whole page of one file as HTML; `back` is the address of the index it belongs to."""
    parts = [
        ("measures", "What happened", _measures(heard)),
        ("promises", "Promises", _found(heard, "promise")),
        ("concerns", "Concerns", _found(heard, "concern")),
        ("treasures", "Strengths and values", _treasures(heard)),
        ("moments", "Worth another look", _moments(heard)),
        ("questions", "Questions worth a second look", _questions(heard)),
        ("conversation", "The conversation", _conversation(heard)),
    ]
    shown = [(key, title, body) for key, title, body in parts if body]
    head = f"<h1>{escape(Path(name).name)}</h1>{_p(f'{say_length(heard)}. {say_who(heard)}', 'soft')}{_asks(heard)}"
    home = f'<p><a href="{escape(back)}">All conversations</a></p>' if back else ""
    body = _who_spoke_when(heard) + "".join(_section(*part) for part in shown)
    return _html(Path(name).name, home + head + _contents(shown), body, _foot(heard))


def index_page(pages: Sequence[tuple[str, str, Heard]]) -> str:
    """The table of contents of several pages, given as (file, address, what was heard)."""
    rows = "".join(
        f'<li><a class="words" href="{escape(_address(href))}">{escape(Path(name).name)}</a>'
        f"{_p(f'{say_length(heard)}. {say_who(heard)}', 'small')}</li>"
        for name, href, heard in pages
    )
    count = f"{len(pages)} conversation{'' if len(pages) == 1 else 's'}"
    return _html("Conversations", f"<h1>{count}</h1>", f'<ol class="measures">{rows}</ol>', "")


def _address(href: str) -> str:
    from urllib.parse import quote

    return quote(href, errors="surrogateescape")


def _html(title: str, head: str, body: str, foot: str) -> str:
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="robots" content="noindex">\n<meta name="referrer" content="no-referrer">\n'
        f"<title>{escape(title)}</title>\n<style>\n{_style()}</style>\n</head>\n<body>\n"
        f"<header>{head}</header>\n<main>{body}</main>\n<footer>{foot}</footer>\n</body>\n</html>\n"
    )


@cache
def _style() -> str:
    return Path(__file__).with_name("page.css").read_text(encoding="utf-8")


def _p(words: str, kind: str = "") -> str:
    return f'<p class="{kind}">{escape(words)}</p>' if kind else f"<p>{escape(words)}</p>"


def _section(key: str, title: str, body: str) -> str:
    return f'<section id="{key}"><h2>{escape(title)}</h2>{body}</section>\n'


def _contents(parts: Sequence[tuple[str, str, str]]) -> str:
    links = "".join(f'<li><a href="#{key}">{escape(title)}</a></li>' for key, title, _ in parts)
    return f'<nav aria-label="On this page"><ul>{links}</ul></nav>'


def _asks(heard: Heard) -> str:
    return "".join(f'<p class="ask">{escape(ask)}</p>' for ask in heard.asks)


def _names(heard: Heard) -> dict[Role, str]:
    """A name for each role that speaks, the client's first; a role of several people by its role."""
    there: dict[Role, str] = {}
    for role in ("client", "coach", "other"):
        speakers = {coded.turn.speaker for coded in heard.turns if coded.role == role}
        if speakers:
            only = speakers.pop() if len(speakers) == 1 else None
            there[role] = only or (ROLES[role] if heard.coach else "nobody named")
    return there


def _who_spoke_when(heard: Heard) -> str:
    stretches = timeline(heard)
    return _section("when", "Who spoke when", picture(stretches, _names(heard))) if stretches else ""


def _measures(heard: Heard) -> str:
    if not heard.measures:
        return ""
    rows = "".join(f'<li class="measure">{_measure(one)}</li>' for one in heard.measures)
    return f'{_p(INTERVAL_NOTE, "small")}<ul class="measures">{rows}</ul>'


def _measure(one: Measure) -> str:
    figure = f'<p class="figure">{_figure(one)}</p>'
    reason = _p(one.reason, "small") if one.reason else ""
    said = f"<div><h3>{escape(one.label)}</h3>{figure}{reason}</div>"
    return f"{said}<div>{_p(one.caveat, 'small')}{_lines(one)}</div>"


def _figure(one: Measure) -> str:
    """The figure with its value standing out: the same words as `say_measure`."""
    said = say_measure(one)
    value = "–" if one.value is None else say_value(one.value, one.unit)
    return f'{escape(value)}<span class="range">{escape(said.removeprefix(value))}</span>'


def _lines(one: Measure) -> str:
    if not one.turns:
        return ""
    links = " ".join(_link(index) for index in one.turns)
    source = f'<p class="small">Source: {escape(one.source)}.</p>'
    return f'<details><summary>The lines behind it</summary><p class="lines">{links}</p>{source}</details>'


def _link(index: int) -> str:
    return f'<a href="#turn-{turn_number(index)}">{turn_number(index)}</a>'


def _found(heard: Heard, kind: str) -> str:
    found = sorted((one for one in heard.suggestions if one.kind == kind), key=_coach_first)
    if not found:
        return _p(f"No {kind}s were found by their wording.", "soft") if heard.measures else ""
    rows = "".join(f"<li>{_suggestion(one, _names(heard))}</li>" for one in found)
    return f'{_p(SUGGESTIONS_NOTE, "small")}<ul class="found">{rows}</ul>'


def _treasures(heard: Heard) -> str:
    found = [one for one in heard.suggestions if one.kind in ("strength", "value")]
    rows = "".join(f"<li>{_suggestion(one, _names(heard))}</li>" for one in found)
    return f'<ul class="found">{rows}</ul>' if found else ""


def _moments(heard: Heard) -> str:
    rows = "".join(
        f'<li>{escape(one.text)} <span class="small">Turn {" ".join(map(_link, one.turns))}</span></li>'
        for one in heard.moments
    )
    return f"<ul>{rows}</ul>" if rows else ""


def _coach_first(one: Suggestion) -> tuple[bool, int]:
    return one.owner != "coach", one.turn


def _suggestion(one: Suggestion, names: dict[Role, str]) -> str:
    who = escape(names.get(one.owner, ROLES[one.owner]))
    due = "".join(f", {escape(said)}" for said in say_due(one))
    where = f"Turn {_link(one.turn)}, {say_chance(one.p)}"
    return f'<blockquote>“{escape(one.text)}”</blockquote><p class="small">{who}{due}. {where}.</p>'


def _questions(heard: Heard) -> str:
    coach = [coded for coded in heard.turns if coded.role == "coach"]
    stacked = [coded for coded in coach if questions_in(coded) > 1]
    closed = [coded for coded in coach if "question" in coded.codes and coded.codes["question"].code == "closed"]
    return _quoted("Stacked, two or more before an answer", stacked) + _quoted("Closed", closed)


def _quoted(title: str, turns: Sequence[CodedTurn]) -> str:
    if not turns:
        return ""
    rows = "".join(
        f'<li>{_link(coded.turn.index)} <span class="words">“{escape(" / ".join(asked_in(coded)))}”</span></li>'
        for coded in turns
    )
    return f'<details><summary>{escape(title)}: {len(turns)}</summary><ul class="measures">{rows}</ul></details>'


def _conversation(heard: Heard) -> str:
    spans: dict[int, list[tuple[int, int]]] = {}
    for one in sorted(heard.suggestions, key=lambda one: one.span):
        spans.setdefault(one.turn, []).append(one.span)
    return "".join(_turn(coded, spans.get(coded.turn.index, [])) for coded in heard.turns)


def _turn(coded: CodedTurn, spans: Sequence[tuple[int, int]]) -> str:
    turn, number = coded.turn, turn_number(coded.turn.index)
    time = f" · {say_time(turn.start)}" if turn.start is not None else ""
    who = f'<p class="who"><a href="#turn-{number}">{number}</a> <b>{escape(turn.speaker or "")}</b>{time}</p>'
    words = f'<p class="words">{_words(turn.text, spans)}</p>'
    return f'<article class="turn {coded.role}" id="turn-{number}">{who}{words}{"".join(_marks(coded))}</article>\n'


def _words(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """A turn's words with the found places marked; `spans` in order."""
    parts, at = [], 0
    for start, end in spans:
        start = max(start, at)
        if end > start:
            parts += [escape(text[at:start]), f"<mark>{escape(text[start:end])}</mark>"]
            at = end
    return "".join([*parts, escape(text[at:])])


def _marks(coded: CodedTurn) -> Iterator[str]:
    """The codes of a turn in words; the quiet ones ("other", "neutral") are left to the JSON."""
    said = [one for one in marks(coded) if one.code not in ("other", "neutral")]
    if said:
        yield '<p class="marks">' + "<br>".join(_mark(one) for one in said) + "</p>"


def _mark(one: Mark) -> str:
    why = f": {one.why}" if one.why else ""
    kind = "sure" if one.sure else "perhaps"
    return f'<span class="{kind}"><b>{escape(one.words)}</b>{escape(why)}</span>'


def _foot(heard: Heard) -> str:
    notes = [*heard.transcript.notes]
    if heard.measures:
        notes += [CODES_NOTE, f"Heard with Holdspace, coder {heard.coder}; no person has checked it."]
    return "".join(_p(note) for note in notes)
