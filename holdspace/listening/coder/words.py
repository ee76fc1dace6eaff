"""A turn's text as plain words and sentences, the same whether or not it was punctuated."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
NOISE = re.compile(r"\[[^\]\n]{0,40}\]|\((?:laugh|cross|inaudible|pause|chuckle)[^)\n]{0,30}\)", re.IGNORECASE)
TAILS = frozenset({"s", "t", "re", "ve", "ll", "d", "m"})
"""What is left of “you’re” or “don’t” when a machine writes the apostrophe as a space."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence as words, and the mark that closes it: "?", ".", "!" or "" where it is cut off or bare."""

    words: tuple[str, ...]
    mark: str


def words_of(text: str) -> tuple[str, ...]:
    """Lower-case words without apostrophes ("don’t", "don't" and "don t" all give "dont")."""
    found: list[str] = []
    for word in WORD.findall(text.lower()):
        if word in TAILS and found:
            found[-1] += word
        else:
            found.append(word.replace("'", "").replace("’", ""))
    return tuple(found)


def quiet(text: str) -> str:
    """The text without a transcriber's remarks ("[laughs]"), blanked so that offsets stay true."""
    return NOISE.sub(lambda found: " " * len(found.group()), text)


ENDS = re.compile(r"([?!.…]+)[\"'”’)]*(?=\s|$)|(\?)")


def sentences_of(text: str) -> tuple[Sentence, ...]:
    """Sentences in order; an unpunctuated turn is one sentence with no mark."""
    found: list[Sentence] = []
    begin = 0
    for end in ENDS.finditer(text):
        words = words_of(text[begin : end.start()])
        if words:
            found.append(Sentence(words, "?" if "?" in end.group() else end.group()[0]))
        begin = end.end()
    rest = words_of(text[begin:])
    if rest:
        found.append(Sentence(rest, ""))
    return tuple(found)


FEW = 20
"""With fewer turns than this, a text with full stops but no question mark may simply hold no question."""


def is_marked(texts: Sequence[str]) -> bool:
    """Whether the conversation is punctuated well enough to go by: it has question marks, or is short and has stops."""
    if any("?" in text for text in texts):
        return True
    return len(texts) < FEW and any(mark in text for text in texts for mark in ".!,")
