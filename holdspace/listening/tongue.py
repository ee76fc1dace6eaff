"""Whether a conversation is in English, the only language the coder and the finder know."""

import re
from collections.abc import Iterable

COMMON = re.compile(
    r"the|and|to|of|you|that|it|is|i|have|with|this|but|not|what|do|my|for|are|we|they|your|be|can|just|like|about|how"
    r"|there|don't|it's|i'm|know|think|really|yeah|so|me|at|was|would"
)
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
FEW = 60
"""Fewer words than this tell nothing."""
SHARE = 0.2
"""In spoken English nearly half of all words are among the common ones; in other languages next to none."""


def is_english(texts: Iterable[str]) -> bool:
    """Whether these texts look like English; yes, too, where there are too few words to tell."""
    words = [word.lower().replace("’", "'") for text in texts for word in WORD.findall(text)]
    return len(words) < FEW or sum(bool(COMMON.fullmatch(word)) for word in words) / len(words) >= SHARE
