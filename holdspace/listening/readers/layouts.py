"""How a written-out conversation is laid out, and so who speaks in it: by headers, by labels, by names alone."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from .lines import Line
from .names import bare, shape
from .speakers import accepted, recurring

Layout = tuple[list[Line], frozenset[str]]


def laid_out(lines: Sequence[Line], starts: set[int]) -> Layout:
    """The lines with every name in its place, and the names of the speakers; none where nobody is named.

    `starts` are the numbers of the lines that begin a paragraph.
    """
    folded = _folded(_believed(lines))
    names = _headed(folded) or _labelled(folded, starts)
    return (folded, names) if names else _alone(folded, starts)


def _believed(lines: Sequence[Line]) -> Sequence[Line]:
    """Times that begin lines now and then ("6:15 would do") are words; real ones come throughout and in order."""
    times = [line.start or 0.0 for line in lines if line.led]
    ordered = sum(one <= other for one, other in pairwise(times)) >= 0.7 * (len(times) - 1)
    if len(times) >= len(lines) / 10 and ordered and (len(times) > 1 or len(lines) < 4):
        return lines
    return [_said(line) if line.doubtful else line for line in lines]


def _said(line: Line) -> Line:
    if line.kind == "label":
        return replace(line, whole=line.doubtful, led=False)
    return Line(line.number, "words", line.doubtful, words=line.doubtful)


def _folded(lines: Sequence[Line]) -> list[Line]:
    """Names on a line of their own beside a line with only a time become headers, where the file does so throughout."""
    times = [at for at, line in enumerate(lines) if line.kind == "time"]
    for step in (-1, 1):
        beside = [at + step for at in times if 0 <= at + step < len(lines)]
        found = [at for at in beside if lines[at].kind == "words" and shape(lines[at].whole) == "name"]
        if times and len(found) >= 0.8 * len(times) and _recur([lines[at].whole for at in found]):
            return _fold(lines, {at - step: at for at in found})
    return list(lines)


def _fold(lines: Sequence[Line], pairs: dict[int, int]) -> list[Line]:
    """The lines without those that hold only a time (the keys), whose times go to their names (the values)."""
    times = {name: lines[time] for time, name in pairs.items()}
    kept = [(at, line) for at, line in enumerate(lines) if at not in pairs]
    return [_header(line, times[at].start, times[at].end) if at in times else line for at, line in kept]


def _header(line: Line, start: float | None = None, end: float | None = None) -> Line:
    return replace(line, kind="header", label=bare(line.whole), words="", start=start, end=end, plainly=True)


def _recur(names: Sequence[str | None]) -> bool:
    """In a conversation names come back; a list of headings does not."""
    return len(names) < 4 or len(set(names)) <= len(names) / 2


def _headed(lines: Sequence[Line]) -> frozenset[str]:
    """Speakers by headers such as `Name  0:03`; a name seen once counts if it cannot be words ("Lunch 12:30")."""
    headers = [line for line in lines if line.kind == "header"]
    if len(headers) < max(0.1 * len(lines), 1):
        return frozenset()
    counts = Counter(line.label or "" for line in headers)
    alone = _stands_alone(lines, headers)
    sure = {line.label for line in headers if line.plainly or alone} | _in_order(headers, counts)
    return frozenset(name for name in counts if (name in sure and shape(name) == "name") or counts[name] > 1)


def _in_order(headers: Sequence[Line], counts: Counter[str]) -> set[str | None]:
    """Names seen once whose time lies between those of the names about them that come back."""
    names: set[str | None] = set()
    latest: float | None = None
    waiting: list[Line] = []
    for line in headers:
        if counts[line.label or ""] == 1:
            waiting.append(line)
            continue
        now = line.start or 0.0
        names |= {held.label for held in waiting if latest is not None and latest <= (held.start or 0.0) <= now}
        latest, waiting = now, []
    return names


def _stands_alone(lines: Sequence[Line], headers: Sequence[Line]) -> bool:
    """Every time has only a name beside it, and the words come on the lines below: `[00:00:03] Name`."""
    led = [line for line in lines if line.led]
    below = len(lines) - len(led) >= max(len(led) / 2, 1)
    alone = bool(led) and all(line.kind == "header" for line in led)
    return below and alone and _recur([line.label for line in headers])


def _labelled(lines: Sequence[Line], starts: set[int]) -> frozenset[str]:
    """Speakers by labels such as `Name: words`; in a file with empty lines each paragraph's first line is asked."""
    asked = [line for line in lines if line.number in starts and line.kind != "time"]
    labels = [line.label if line.kind == "label" else None for line in asked]
    every = [line.label if line.kind == "label" else None for line in lines if line.kind != "time"]
    return (
        accepted(labels, 0.3)
        | _several(accepted(every, 0.02, once=False))
        | _several(accepted(_body(every), 0.02, once=False))
    )


def _body(labels: Sequence[str | None]) -> Sequence[str | None]:
    """From the first label on, where that is most of the file: titles and lists of those present come before."""
    first = next((at for at, label in enumerate(labels) if label and shape(label) == "name"), len(labels))
    return labels[first:] if first <= len(labels) / 2 else []


def _several(names: frozenset[str]) -> frozenset[str]:
    """In wrapped lines labels are rare, so one alone proves nothing."""
    return names if len(names) > 1 else frozenset()


def _alone(lines: Sequence[Line], starts: set[int]) -> Layout:
    """Paragraphs that all open with a name on a line of its own."""
    opens = [
        line.whole if after.number not in starts and line.kind == "words" and not line.led else None
        for line, after in pairwise(lines)
        if line.number in starts
    ]
    names = recurring(opens, few=len(opens) > 1)
    headed = [
        _header(line) if line.number in starts and line.kind == "words" and bare(line.whole) in names else line
        for line in lines
    ]
    return headed, names
