"""Promises in someone's own words: "I'll send you the list by Friday"."""

import re
from collections.abc import Iterator
from datetime import date
from functools import cache

from holdspace.listening.values import CodedTurn, Role, Suggestion

from .actions import STRONG, deed
from .clauses import Sentence, clause_end, in_quotes, lowered, marks_of, sentences
from .dates import resolved
from .due import Place, due_before, due_in, recurs
from .phrases import group, pattern, words
from .quoting import promised

LEAST = 0.6
"""What is less likely than this to be a promise is not suggested."""
ANY_DAY = date(2026, 1, 1)
KINDS = ("step", "vow", "will", "let", "now", "plan", "yours")
AND = re.compile(
    r",?\s+and\s+(?:then\s+|also\s+|i'll\s+|i will\s+|to\s+)*|,\s+(?=\w+\s+(?:my|the|a|an|it|you|her|him|them)\b)"
)
BACK = re.compile(r"\b(?:get back to you|let you know|come back to you|send (?:it|you)|email you)\b")
PLACE = re.compile(r"[A-Z][a-z]")
"""“I'm going to Leeds on Friday” tells where somebody will be."""
RIGHT_AWAY = re.compile(r"(?:send|email|forward|look into|find out)\b")


def promises(coded: CodedTurn) -> Iterator[Suggestion]:
    """The promises that the coach or client makes in this turn, each with its place and how likely it is one."""
    if coded.role == "other":
        return
    low, at, before = lowered(coded.turn.text), 0, ""
    for sentence in sentences(coded.turn.text):
        before = marks_of(before + low[at : sentence.start])
        at = sentence.start
        if not in_quotes(before):
            yield from _in_sentence(coded, sentence)


def _in_sentence(coded: CodedTurn, sentence: Sentence) -> Iterator[Suggestion]:
    done = sentence.start
    for anchor in _anchor().finditer(sentence.low):
        if not _worth_it(sentence.low, anchor):
            continue
        standing = _standing(sentence, anchor.start(), anchor.end())
        if standing and sentence.start + anchor.start() >= done:
            for found in _deeds(coded, sentence, anchor, standing):
                done = found.span[1]
                yield found


def _worth_it(low: str, anchor: re.Match[str]) -> bool:
    """Whether what follows a bare “I” or “you” could be a promise at all."""
    section = {"plan": "promises.planned", "yours": "promises.given"}.get(anchor.lastgroup or "")
    return section is None or pattern(section).match(low, after_filler(low, anchor.end())[0]) is not None


@cache
def _anchor() -> re.Pattern[str]:
    """How a promise begins; the group that matched is its kind."""
    return re.compile(
        r"(?<![\w'])(?:" + "|".join(f"(?P<{k}>{group(f'promises.anchor_{k}')})" for k in KINDS) + r")(?![\w'])"
    )


@cache
def _filler() -> re.Pattern[str]:
    """What may stand between the beginning and the deed."""
    return re.compile(rf"(?:[\s,–—-]*\b{group('promises.filler')}(?![\w'])[\s,–—-]*)+|[\s,–—-]+")


def after_filler(low: str, at: int) -> tuple[int, str]:
    """Where the deed begins after `at`, and what was skipped."""
    filler = _filler().match(low, at)
    return (filler.end(), filler.group()) if filler else (at, "")


def _standing(sentence: Sentence, begin: int, end: int) -> float:
    """How much the words around leave of a promise: 1 nothing against it, 0 it is none."""
    low = sentence.low
    near = low[:begin][-60:] if sentence.bare else low[:begin]
    if _told(near) or words("promises.habit").search(near) or words("promises.often").search(low, end, end + 120):
        return 0.0
    if pattern("promises.before_plan", r"\b").search(near[-40:]) and low[begin:end] == "i":
        return 0.0
    if words("promises.someday").search(low, max(0, begin - 60), end + 120):
        return 0.0
    if sentence.asks and not pattern("promises.tag", r"[,.–—]\s*(?:and |so |but )?", r"\b[^?]*\?$").search(low):
        return 0.0
    hedged = pattern("promises.hedge", r"\b", r"\b[\s\w,]{0,12}$").search(low[: end + 8])
    return _condition(near) * (0.88 if hedged else 1.0)


def _told(near: str) -> bool:
    """Whether the words before make it somebody's report, fear, doubt or question."""
    telling = pattern(
        "promises.telling", r"\b", r"\b(?:[\s,:“\"]+(?!so\b|then\b|and\b|but\b)[\w']+){0,3}[\s,:“\"]*$"
    ).search(near)
    return bool(telling or pattern("promises.doubting").search(near) or in_quotes(near))


def _condition(near: str) -> float:
    """1 without a condition, a little less for a polite one, 0 for any other."""
    if not words("promises.supposing").search(near):
        return 1.0
    return 0.9 if pattern("promises.courtesy", r"\b").search(near) else 0.0


def _deeds(coded: CodedTurn, sentence: Sentence, anchor: re.Match[str], standing: float) -> Iterator[Suggestion]:
    """The deeds after one beginning: as long as each is one, the next may be too."""
    low, kind = sentence.low, anchor.lastgroup or "will"
    begin, skipped = after_filler(low, anchor.end())
    if re.search(r"\beven\b", skipped) or (kind == "will" and skipped.endswith("be ")):
        return
    if low[anchor.start() : begin].endswith("going to ") and PLACE.match(coded.turn.text, sentence.start + begin):
        return
    weak = words("promises.weak").search(skipped) is not None
    start, stop = anchor.start(), clause_end(low, begin)
    for at, until in [(begin, stop)] if kind == "let" else _parts(low, begin, stop):
        due = due_in(low, at, until) or due_in(low, start, at) or due_before(low, anchor.start())
        dated = _dated(low, kind, due)
        if not dated and _too_vague(coded.role, sentence, kind, low[at:until]):
            return
        p = _likely(low, (at, until), kind, dated) * standing * (1.0 if not weak else 0.85 if dated else 0.6)
        if p < LEAST:
            return
        first = anchor.start() if kind == "yours" else at
        firm = not weak and standing == 1.0
        yield promised(coded, sentence, (start, until), first, due, coded.role, p, firm=firm)
        start = until


def _too_vague(role: Role, sentence: Sentence, kind: str, said: str) -> bool:
    """Without a day, a client's step counts only where it is announced as one or is for the coach, and in speech
    without marks nobody's does that is not for the other."""
    for_the_other = re.search(r"\byou\b|\blet .* know\b", said) is not None
    return (role == "client" or sentence.bare) and kind not in ("vow", "step") and not for_the_other


def _dated(low: str, kind: str, due: Place | None) -> bool:
    """Whether the words that say when count: no rhythm, and for “I do” and “I'm doing” a day that can be named."""
    if due is None or kind == "vow":
        return due is not None
    when = low[due[0] : due[1]]
    if re.search(r"\bnot (?:till |until |before )?$", low[: due[0]]):
        return False
    return not recurs(when) and (kind not in ("plan", "now") or resolved(when, ANY_DAY) is not None)


def _parts(low: str, begin: int, stop: int) -> list[Place]:
    """The deeds of one clause: "email her and update my CV" holds two."""
    cuts, at = [], begin
    for joint in AND.finditer(low, begin, stop):
        if deed(low, joint.end(), stop, dated=False) is not None:
            cuts.append((at, joint.start()))
            at = joint.end()
    return [*cuts, (at, stop)]


def _likely(low: str, place: Place, kind: str, dated: bool) -> float:
    """The chance that the words at this place, after a beginning of this kind, are a promise; 0 where they are none."""
    said = low[place[0] : place[1]]
    if kind == "yours":
        return 0.85 if dated and pattern("promises.given").match(said) else 0.0
    if kind == "let":
        return 0.9 if BACK.search(said) else 0.85 if RIGHT_AWAY.match(said) or (dated and _strong(low, place)) else 0.0
    if kind == "now" and not (dated and pattern("promises.be_doing").match(said)):
        return 0.0
    if kind == "plan" and not (dated and pattern("promises.planned", after=r"\b").match(said)):
        return 0.0
    p = deed(low, *place, dated)
    if p is None and dated and kind == "will":
        return 0.0 if pattern("promises.no_step", after=r"\b").match(said) else 0.82
    if p is None:
        return 0.85 if kind in ("vow", "now", "plan") and dated else 0.0
    return min(0.97, p + (0.06 if dated else 0) + (0.05 if kind in ("vow", "step") else 0))


def _strong(low: str, place: Place) -> bool:
    return deed(low, *place, dated=True) == STRONG
