"""Requests and offers that the other accepts: "Could you draft two points before next time?" – "Yes, I'll do that"."""

import re
from collections.abc import Iterator
from itertools import pairwise

from holdspace.listening.values import CodedTurn, Role, Suggestion

from .actions import deed
from .clauses import Sentence, clause_end, lowered, sentences
from .due import due_in
from .promises import FILLER, trimmed

REQUEST = re.compile(
    r"""\b(?:
      (?:could|can|will|would)\ you(?:\ be\ (?:willing|able|up\ for|ready|open)\ (?:to|for)|\ maybe|\ perhaps|\ please|\ try\ to)?
      | (?:i'd|i\ would)\ (?:like|love)\ (?:you\ to|for\ you\ to)
      | (?:i\ )?(?:invite|want|need)\ you\ to
      | (?:how|what)\ about\ you | why\ don't\ you | would\ you\ mind | are\ you\ (?:willing|able|up\ for|ready)(?:\ to)?
      | please
    )(?![\w'])\s*""",
    re.VERBOSE,
)
OFFER = re.compile(
    r"(?<!that )(?<!who )(?<!what )(?<!which )\b(?:shall i|should i|can i|could i|would you like me to|do you want me to|want me to|i (?:can|could))(?![\w'])\s*"
)
ACCEPTED = re.compile(
    r"""^[\s,]*(?:(?:oh|um+|uh+|mm+|hm+|ok|okay|well|right|alright),?\s+)*(?:
      yes|yeah|yep|yup|sure|ok|okay|alright|all\ right|definitely|absolutely|certainly|of\ course|gladly|happily|happy\ to|will\ do|deal
      |i\ (?:can|will|could)\ (?:do|try|definitely|certainly)\b|i'll\ (?:do|try|definitely|certainly)\b|i\ will\b|i'd\ (?:love|be\ happy|like)\b|sounds\ (?:good|great|fine)
      |that\ (?:works|would\ be\ (?:great|good|lovely|helpful)|sounds\ (?:good|great|fine))|please|no\ problem|consider\ it\ done|good\ idea
    )(?![\w'])""",
    re.VERBOSE,
)
REFUSED = re.compile(
    r"""\b(?:but|no|not|don't|can't|cannot|won't|didn't|unsure|depends|maybe|perhaps|though|although|however|i\ did|i\ have|i've|already|if
      |it\ was|i\ was|they\ were|i\ would)\b""",
    re.VERBOSE,
)
SUPPOSING = re.compile(r"\b(?:if|unless|suppose|imagine|let's say|were you)\b")


def accepted(turns: tuple[CodedTurn, ...] | list[CodedTurn]) -> Iterator[Suggestion]:
    """Promises that stand in one person's request or offer and the other's yes; the place is in the request's turn."""
    for before, after in pairwise(turns):
        if {before.role, after.role} == {"coach", "client"} and says_yes(after.turn.text):
            yield from _last_asked(before, after.role)


def says_yes(text: str) -> bool:
    """Whether an answer accepts without taking it back."""
    low = lowered(text)
    yes = ACCEPTED.match(low)
    return yes is not None and not REFUSED.search(low[yes.end() : yes.end() + 90])


def _last_asked(coded: CodedTurn, other: Role) -> Iterator[Suggestion]:
    """Only the last sentence or two of a turn are what an answer answers."""
    for sentence in list(sentences(coded.turn.text))[-2:]:
        for pattern, owner in ((REQUEST, other), (OFFER, coded.role)):
            yield from _asked(coded, sentence, pattern, owner)


def _asked(coded: CodedTurn, sentence: Sentence, pattern: re.Pattern[str], owner: Role) -> Iterator[Suggestion]:
    low = sentence.low
    for anchor in pattern.finditer(low):
        if low[: anchor.start()].count('"') % 2 or low[: anchor.start()].count("“") > low[: anchor.start()].count("”"):
            continue
        if SUPPOSING.search(low[max(0, anchor.start() - 60) :]) and not re.search(r"\bif (?:you|that|it)\b", low):
            continue
        filler = FILLER.match(low, anchor.end())
        begin = filler.end() if filler else anchor.end()
        end = clause_end(low, begin)
        due = due_in(low, begin, end)
        p = deed(low, begin, end, dated=due is not None)
        if p is None or SUPPOSING.search(low[begin : end + 12]):
            continue
        if (p < 0.9 and due is None) or (pattern is OFFER and not re.search(r"\b(?:you|your)\b", low[begin:end])):
            continue
        yield _suggestion(coded, sentence, (anchor.start(), begin, end), due, owner, p)
        return


def _suggestion(
    coded: CodedTurn,
    sentence: Sentence,
    places: tuple[int, int, int],
    due: tuple[int, int] | None,
    owner: Role,
    p: float,
) -> Suggestion:
    start, begin, end = (sentence.start + place for place in places)
    text = coded.turn.text
    when = text[sentence.start + due[0] : sentence.start + due[1]] if due else None
    until = sentence.start + due[0] if due and sentence.start + due[1] == end else end
    chance = min(0.95, p + (0.04 if due else -0.1))
    return Suggestion(
        "promise", trimmed(text[begin:until]), owner, coded.turn.index, (start, end), round(chance, 3), when
    )
