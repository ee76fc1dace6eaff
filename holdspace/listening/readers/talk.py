"""Who speaks in each caption: by voice tags, else by `Name:` at the start of lines, else nobody is named."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from .joining import Cue
from .names import bare
from .speakers import Label, accepted, bracketed, labelled, recurring
from .voices import Spoken, plain, voiced


@dataclass(frozen=True, slots=True)
class Caption:
    """The text of one caption with its markup, its times in seconds, None where they could not be read,
    and whose voice it is where the file says so outside the text.
    """

    text: str
    start: float | None
    end: float | None
    voice: str | None = None


CARRIED = "Names stand only where the speaker changes; captions without a name were given to whoever was named last."


def cues_of(captions: Sequence[Caption], document: bool = False) -> tuple[list[Cue], list[str]]:
    """The captions as cues with their speakers, one for each voice in a caption; and notes.

    In a `document` names stand on lines of their own, above the words.
    """
    spoken = [[(voice or caption.voice, text) for voice, text in voiced(caption.text)] for caption in captions]
    notes: list[str] = []
    if not any(voice for pieces in spoken for voice, _ in pieces):
        spoken, notes = _by_labels(["\n".join(text for _, text in pieces) for pieces in spoken], document)
    cues = [
        Cue(voice, plain(text), caption.start, caption.end)
        for caption, pieces in zip(captions, spoken, strict=True)
        for voice, text in pieces
    ]
    return cues, notes


def _by_labels(texts: Sequence[str], document: bool) -> tuple[list[Spoken], list[str]]:
    """Voices from labels in the text, by whichever custom the file keeps throughout."""
    rows = [[line for piece in text.split("\n") if (line := plain(piece))] for text in texts]
    worded = [lines for lines in rows if lines]
    colons = [[labelled(line) for line in lines] for lines in rows]
    if names := accepted(_asked(colons), 0.1):
        return _named([_cut(lines, founds, names) for lines, founds in zip(rows, colons, strict=True)])
    brackets = [bracketed(lines[0]) for lines in worded]
    if names := recurring([found and found[0] for found in brackets], few=True):
        return [_opened(lines, bracketed, names) for lines in rows], []
    alone = [lines[0] if len(lines) > 1 else None for lines in worded]
    if names := recurring(alone, few=document):
        return [_opened(lines, lambda line: (line, ""), names) for lines in rows], []
    return [[(None, "\n".join(lines))] for lines in rows], []


def _asked(colons: Sequence[Sequence[Label]]) -> list[str | None]:
    """One label, or None, for each caption; and for its later lines only those that come more than once."""
    counts = Counter(found[0] for founds in colons for found in founds if found)
    heads = [founds[0] and founds[0][0] for founds in colons if founds]
    return heads + [found[0] for founds in colons for found in founds[1:] if found and counts[found[0]] > 1]


def _named(cut: list[Spoken]) -> tuple[list[Spoken], list[str]]:
    """Pieces of captions by `Name:`; where names are seldom said again, each holds until the next one."""
    opening = [pieces[0][0] for pieces in cut if pieces]
    repeated = sum(one is not None and one == other for one, other in pairwise(opening))
    dropped = sum(one is not None and other is None for one, other in pairwise(opening))
    if dropped <= repeated:
        return cut, []
    voice: str | None = None
    carried: list[Spoken] = []
    for pieces in cut:
        if pieces and pieces[0][0] is None and not _is_apart(pieces[0][1]):
            pieces = [(voice, pieces[0][1]), *pieces[1:]]
        voice = pieces[-1][0] if pieces else voice
        carried.append(pieces)
    return carried, [CARRIED]


def _is_apart(text: str) -> bool:
    """Another voice without a name, or a sound such as [Music]: not the words of whoever was named last."""
    return text.startswith((">>", "♪")) or (text[:1] in "[(" and text[-1:] in "])")


def _cut(lines: Sequence[str], founds: Sequence[Label], names: frozenset[str]) -> Spoken:
    pieces: list[tuple[str | None, list[str]]] = []
    for line, found in zip(lines, founds, strict=True):
        name = bare(found[0]) if found else None
        if found and name in names:
            pieces.append((name, [found[1]]))
        elif pieces:
            pieces[-1][1].append(line)
        else:
            pieces.append((None, [line]))
    return [(name, "\n".join(said)) for name, said in pieces]


def _opened(lines: Sequence[str], opening: Callable[[str], Label], names: frozenset[str]) -> Spoken:
    """One piece: the first line may open with a name, the rest are words."""
    found = opening(lines[0]) if lines else None
    name = bare(found[0]) if found else None
    if found and name in names:
        return [(name, "\n".join([found[1], *lines[1:]]))]
    return [(None, "\n".join(lines))]
