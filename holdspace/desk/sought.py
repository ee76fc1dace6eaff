"""What somebody looks for, and where it stands in a text: without case, accents and order."""

import re
import unicodedata
from functools import lru_cache

ASCII = bytes(range(128))
FOREIGN = re.compile(rb"[\x80-\xff]+")
MANY = 64
"""So many different letters are replaced one after the other; more, such as a whole script, run by run."""


def folded(text: str) -> str:
    """Without case and accents, so that “Café” is found by “cafe”."""
    return _text(_folded(_bytes(text)))


def _folded(written: bytes) -> bytes:
    """The same on UTF-8, where most of a text is folded at once and no letter begins within another."""
    low = written.lower()
    if low.isascii():
        return low
    letters = set(_text(low.translate(None, ASCII)))
    other = {letter: plain for letter in letters if (plain := _plain(letter)) != letter}
    if len(other) > MANY:
        return FOREIGN.sub(lambda run: _bytes("".join(map(_plain, _text(run.group())))), low)
    for letter, plain in other.items():
        low = low.replace(_bytes(letter), _bytes(plain))
    return low


@lru_cache(maxsize=4096)
def _plain(letter: str) -> str:
    parted = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", letter).casefold())
    return "".join(part for part in parted if not unicodedata.combining(part)).lower()


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _text(written: bytes) -> str:
    return written.decode("utf-8", "surrogatepass")


class Sought:
    """What somebody looks for: words that must all stand in a text, in any order, as beginnings or in whole."""

    def __init__(self, asked: str) -> None:
        self.words = folded(asked).split()[:8]
        self._words = [_bytes(word) for word in self.words]

    def stands_in(self, written: bytes) -> bool:
        """Whether all the words stand in a text, given as UTF-8."""
        low = _folded(written)
        return all(word in low for word in self._words)

    def within(self, text: str) -> tuple[int, int] | None:
        """Where the first of the words stands in the text as written; None unless all do."""
        low = folded(text)
        if not all(word in low for word in self.words):
            return None
        at = low.index(self.words[0])
        if len(low) == len(text):
            return at, at + len(self.words[0])
        return self._as_written(text, at)

    def _as_written(self, text: str, at: int) -> tuple[int, int]:
        """Places in a text whose folding changed its length: letter by letter."""
        lengths, start = 0, None
        for place, letter in enumerate(text):
            if start is None and lengths >= at:
                start = place
            if start is not None and lengths >= at + len(self.words[0]):
                return start, place
            lengths += len(folded(letter))
        return start if start is not None else 0, len(text)
