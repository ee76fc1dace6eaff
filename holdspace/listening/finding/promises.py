"""Promises in someone's own words: "I'll send you the list by Friday"."""

import re
from collections.abc import Iterator

from holdspace.listening.values import CodedTurn, Role, Suggestion

from .actions import deed
from .clauses import Sentence, clause_end, lowered, sentences
from .due import due_in, recurs

LEAST = 0.6
"""What is less likely than this to be a promise is not suggested."""

ANCHOR = re.compile(
    r"""\b(?:
      (?P<step>(?:what|the\ (?:first|next|one)\ thing|one\ thing|the\ thing)\ (?:i'll|i\ will|i'm\ (?:going\ to|gonna))\ (?:definitely\ )?(?:try\ )?(?:do|try)\ (?:\w+\ ){0,2}is(?:\ to)?
        |my\ (?:next|first)\ step\ (?:is|will\ be)\ (?:going\ to\ be\ )?(?:to)?|my\ plan\ is\ to|the\ plan\ is\ that\ i)
      |(?P<vow>i\ (?:can\ )?(?:promise|commit|pledge|undertake)(?:\ you)?(?:\ (?:to|that\ i'll|that\ i\ will|i'll|i\ will))?)
      |(?P<will>(?:i'll|i\ will|i\ shall|ill|i'll\ be|i'm\ (?:going\ to|gonna|about\ to)|i\ am\ (?:going\ to|gonna)|im\ (?:going\ to|gonna)|i'mma))
      |(?P<let>let\ me|lemme)
      |(?P<now>i'm|i\ am)
      |(?P<yours>you'll|you\ will)
    )(?![\w'])""",
    re.VERBOSE,
)
FILLER = re.compile(
    r"""(?:[\s,–—-]*\b(?:um+|uh+|er+m?|hmm+|like|you\ know|i\ mean|just|also|definitely|certainly|actually|really|gladly|happily
      |absolutely|personally|quickly|then|first|at\ least|still|simply|even|now|today|tonight|tomorrow|next\ week
      |go\ ahead\ and|go\ and|go\ home\ and|sit\ down\ and|make\ (?:very\ )?sure(?:\ that\ i'll|\ that\ i|\ i|\ to)?|be\ sure\ to|make\ (?:it\ )?a\ point\ (?:of|to)
      |hopefully|probably|try\ (?:to|and)|be|do\ is|i'll|i\ will|i'm\ gonna|i'm\ going\ to|will|to|gonna|going\ to)(?![\w'])[\s,–—-]*)+|[\s,–—-]+""",
    re.VERBOSE,
)
TELLING = re.compile(
    r"""\b(?:said|says?|saying|told|tells?|telling|thought|thinking|goes|went|like|promised|texted|wrote|writes|asked|asks|heard|mean(?:s|t)?
      |worr(?:y|ied)|afraid|scared|terrified|nervous|fear|anxious|hop(?:e|ing)|wish(?:ed)?|pray|pretend(?:ing)?|imagin(?:e|ed|ing)|picture|dream(?:ed|ing)?
      |used\ to\ think|days|things|whether|until|how|what|where|why|who|which|not\ sure|believe)\b(?:[\s,:“"]+(?!so\b|then\b|and\b|but\b)[\w']+){0,3}[\s,:“"]*$""",
    re.VERBOSE,
)
DOUBTING = re.compile(
    r"\b(?:don't|do\ not|doubt|never|no\ way|not|can't\ say)\s+(?:\w+\s+){0,2}(?:that\s+)?$|\b(?:maybe|perhaps|possibly|suppose|might)\b[\s,]*(?:\w+[\s,]+){0,2}$",
    re.VERBOSE,
)
SUPPOSING = re.compile(
    r"\b(?:if|unless|whenever|each time|every time|suppose|supposing|imagine|even if|in case|as long as|provided|otherwise|or else|had i|i'd|would)\b"
)
COURTESY = re.compile(
    r"\bif (?:that|it|this)(?:'s| is| would be| works| helps| suits| sounds)|\bif (?:you(?:'d| would)?|we) (?:like|want|wish|prefer|agree|don't mind|need)|\bif (?:that's )?(?:ok|okay|alright|useful|helpful|possible)"
)
HABIT = re.compile(
    r"\b(?:usually|sometimes|normally|often|typically|generally|most times|every time|each time|whenever|some days|there are days|as a rule|used to|in the past|back then|some (?:clients|people)|someone|somebody|nobody|whatever happens|(?:mon|tues|wednes|thurs|fri|satur|sun)days)\b"
)
OFTEN = re.compile(r"\b(?:usually|sometimes|normally|typically|most times)\b")
SOMEDAY = re.compile(
    r"\b(?:someday|some day|one day|eventually|at some point|in another life|when i retire|in (?:five|ten|\d+) years|in the future|sooner or later)\b"
)
TAG = re.compile(
    r"[,.–—]\s*(?:and |so |but )?(?:does|would|will|is|are|how|shall|do|sounds?|ok|okay|right|alright|yeah|yes|deal|fair|what|can|could|good)\b[^?]*\?$"
)
HEDGE = re.compile(r"\b(?:i think|i guess|i suppose|i reckon|try to|try and|i could say)\b[\s\w,]{0,12}$")
BE_DOING = re.compile(
    r"(?:sending|emailing|e-mailing|mailing|forwarding|submitting|applying|calling|phoning|signing|booking|handing|registering|finishing|bringing|drafting)\b"
)
THEIRS = re.compile(r"(?:have|get|receive)\ (?P<thing>(?:my|the|a|an|it|them|that|those|all)\b.*)", re.VERBOSE)
AND = re.compile(
    r",?\s+and\s+(?:then\s+|also\s+|i'll\s+|i will\s+|to\s+)*|,\s+(?=\w+\s+(?:my|the|a|an|it|you|her|him|them)\b)"
)
NOISE = re.compile(
    r"(?:(?<=\s)|^)(?:,?\s*\b(?:um+|uh+|er+m?|hmm+|(?<!let )you know|i mean|basically|literally)\b,?\s*)+",
    re.IGNORECASE,
)
DANGLING = re.compile(r"[\s,]+(?:to|for|by|on|at|in|until|from|over|the day|the night|some ?time)\s*$", re.IGNORECASE)


def promises(coded: CodedTurn) -> Iterator[Suggestion]:
    """The promises that the coach or client makes in this turn, each with its place and how likely it is one."""
    if coded.role == "other":
        return
    for sentence in sentences(coded.turn.text):
        if not _open_quote(lowered(coded.turn.text[: sentence.start])):
            yield from _in_sentence(coded, sentence)


def _in_sentence(coded: CodedTurn, sentence: Sentence) -> Iterator[Suggestion]:
    done = 0
    for anchor in ANCHOR.finditer(sentence.low):
        if anchor.start() < done:
            continue
        standing = _standing(sentence, anchor.start(), anchor.end(), coded.role)
        if standing <= 0:
            continue
        for suggestion in _deeds(coded, sentence, anchor, standing):
            done = suggestion.span[1] - sentence.start
            yield suggestion


def _standing(sentence: Sentence, begin: int, end: int, role: Role) -> float:
    """How much the words around leave of a promise: 1 nothing against it, 0 it is none."""
    before, low = sentence.low[:begin], sentence.low
    near = before[-60:] if sentence.bare else before
    if (
        TELLING.search(near)
        or DOUBTING.search(near)
        or HABIT.search(near)
        or OFTEN.search(low, end, end + 120)
        or _open_quote(near)
    ):
        return 0.0
    if SOMEDAY.search(low[max(0, begin - 60) : end + 120]):
        return 0.0
    if sentence.asks and not TAG.search(low):
        return 0.0
    factor = 1.0
    if SUPPOSING.search(near):
        if not COURTESY.search(near):
            return 0.0
        factor *= 0.9
    return factor * (0.88 if HEDGE.search(low[: end + 8]) else 1.0)


def _open_quote(before: str) -> bool:
    return before.count("“") > before.count("”") or before.count('"') % 2 == 1


def _deeds(coded: CodedTurn, sentence: Sentence, anchor: re.Match[str], standing: float) -> Iterator[Suggestion]:
    low, kind = sentence.low, anchor.lastgroup or "will"
    begin = anchor.end()
    filler = FILLER.match(low, begin)
    begin = filler.end() if filler else begin
    said = filler.group() if filler else ""
    if re.search(r"\b(?:probably|hopefully|even)\b", said):
        standing *= 0.6
    if re.search(r"\btry\b", said):
        standing *= 0.85
    start, stop = anchor.start(), clause_end(low, begin)
    for piece, until in [(begin, stop)] if kind == "let" else _parts(low, begin, stop):
        due = due_in(low, piece, until) or due_in(low, start, piece) or _due_before(low, anchor.start())
        dated = due is not None and (kind == "vow" or not recurs(low[due[0] : due[1]]))
        p = _likely(low, piece, until, kind, dated, coded.role)
        if p is not None and p * standing >= LEAST:
            piece = anchor.start() if kind == "yours" else piece
            yield _suggestion(coded, sentence, (start, piece, until), due, p * standing)
        elif piece == begin:
            return
        start = until


def _due_before(low: str, begin: int) -> tuple[int, int] | None:
    """Words that say when, put first: "Before next time I'll …"."""
    due = due_in(low, max(0, begin - 60), begin)
    return due if due and not low[due[1] : begin].strip(" ,-so") else None


def _parts(low: str, begin: int, stop: int) -> list[tuple[int, int]]:
    """The deeds of one clause: "email her and update my CV" holds two."""
    cuts, at = [], begin
    for joint in AND.finditer(low, begin, stop):
        if deed(low, joint.end(), stop, dated=False) is not None:
            cuts.append((at, joint.start()))
            at = joint.end()
    return [*cuts, (at, stop)]


def _likely(low: str, begin: int, end: int, kind: str, dated: bool, role: Role) -> float | None:
    """The chance that these words, after this anchor, are a promise; None where they are no deed."""
    if kind == "yours":
        given = THEIRS.match(low, begin, end)
        return 0.85 if given and role == "coach" and dated else None
    if kind == "now" and not (dated and BE_DOING.match(low, begin)):
        return None
    if kind == "let":
        back = re.search(
            r"\b(?:get back to you|let you know|come back to you|send (?:it|you)|email you)\b", low[begin:end]
        )
        return (
            0.9
            if back
            else (0.85 if re.match(r"(?:send|email|forward|look into|find out)\b", low[begin:end]) else None)
        )
    p = deed(low, begin, end, dated)
    if p is None and kind == "vow" and dated:
        p = 0.85
    if p is None:
        return None
    return min(0.97, p + (0.06 if dated else 0) + (0.05 if kind in ("vow", "step") else 0))


def _suggestion(
    coded: CodedTurn, sentence: Sentence, places: tuple[int, int, int], due: tuple[int, int] | None, p: float
) -> Suggestion:
    start, piece, until = (sentence.start + place for place in places)
    text = coded.turn.text
    when = text[sentence.start + due[0] : sentence.start + due[1]] if due else None
    if due and sentence.start + due[0] < start:
        start = sentence.start + due[0]
    words = text[piece:until]
    if when and not recurs(lowered(when)):
        words = DANGLING.sub("", _before(text[piece:until], when))
    return Suggestion(
        "promise", trimmed(words), coded.role, coded.turn.index, (_skip(text, start), until), round(p, 3), when
    )


def _before(words: str, when: str) -> str:
    """The words without the when, where they end in it and something is left."""
    return words.removesuffix(when) if words != when else words


def _skip(text: str, start: int) -> int:
    while start < len(text) and text[start] in " ,;–—-":
        start += 1
    return start


def trimmed(words: str) -> str:
    """The words without hesitations, on one line."""
    quiet = " ".join(NOISE.sub(" ", words).split())
    return re.sub(r"\s*(?:,\s*)+(?=[,.?!]|$)", "", quiet).strip(" ,;:–—-")
