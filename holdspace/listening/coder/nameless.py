"""Names set aside before the transformer reads, so that whose name is said weighs nothing."""

import re
from collections.abc import Sequence

from .lexicon import KNOWN

NAMED = re.compile(r"(?<=[a-z,;:’'] )[A-Z][^\W\d_]+(?:[’'-][^\W\d_]+)*")
"""A word with a capital inside a sentence."""
SOMEBODY = "Alex"
CALENDAR = frozenset(
    (
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "english",
        "christmas",
        "easter",
        "internet",
        "cv",
    )
)


def nameless(texts: Sequence[str]) -> list[str]:
    """The turns of a conversation with one name for everybody and every place that is named in it."""
    names = {name for text in texts for name in NAMED.findall(text) if _is_name(name)}
    if not names:
        return list(texts)
    whole = re.compile(r"\b(?:" + "|".join(sorted(map(re.escape, names), key=len, reverse=True)) + r")\b")
    return [whole.sub(SOMEBODY, text) for text in texts]


def _is_name(word: str) -> bool:
    low = re.split(r"[’']", word.lower())[0]
    return low not in KNOWN and low not in CALENDAR
