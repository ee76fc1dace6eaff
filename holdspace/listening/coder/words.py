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


def located(text: str) -> list[tuple[str, int, int]]:
    """Lower-case words without apostrophes, with their offsets ("don’t", "don't" and "don t" all give "dont")."""
    found: list[tuple[str, int, int]] = []
    for match in WORD.finditer(text):
        word = match.group().lower().replace("'", "").replace("’", "")
        if word in TAILS and found and text[found[-1][2] : match.start()] == " ":
            found[-1] = found[-1][0] + word, found[-1][1], match.end()
        else:
            found.append((word, match.start(), match.end()))
    return found


def words_of(text: str) -> tuple[str, ...]:
    """The words of `located` alone, quicker."""
    words = [word.lower() for word in WORD.findall(text)]
    if not TAILS.isdisjoint(words):
        return tuple(word for word, _, _ in located(text))
    if "'" in text or "’" in text:
        return tuple(word.replace("'", "").replace("’", "") for word in words)
    return tuple(words)


def quiet(text: str) -> str:
    """The text without a transcriber's remarks ("[laughs]"), blanked so that offsets stay true."""
    if "[" not in text and "(" not in text:
        return text
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


def lacks_marks(text: str) -> bool:
    """Whether this turn, of some words, came without a single mark although its conversation has them."""
    return not any(mark in text for mark in ".,?!;:-–—…[(") and len(text.split()) >= LONE


LONE = 4
"""Shorter turns often go without marks even in punctuated text."""


def without_marks(text: str) -> str:
    """The text as raw speech recognition would give it: lower case, apostrophes but no other mark."""
    words = re.sub(r"[^\w\s']", " ", re.sub(r"\[[^\]]*\]", " ", text.lower().replace("’", "'")))
    return " ".join(words.split())
