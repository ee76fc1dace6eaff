"""What somebody looks for, and where it stands in a text: without case, accents and order."""

import re
import unicodedata
from functools import lru_cache

FOREIGN = re.compile(r"[^\x00-\x7f]+")


def folded(text: str) -> str:
    """Without case and accents, so that “Café” is found by “cafe”."""
    return (text if text.isascii() else FOREIGN.sub(_plain, text)).lower()


def _plain(run: re.Match[str]) -> str:
    return _plain_run(run.group())


@lru_cache(maxsize=4096)
def _plain_run(run: str) -> str:
    parted = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", run).casefold())
    return "".join(letter for letter in parted if not unicodedata.combining(letter))


class Sought:
    """What somebody looks for: words that must all stand in a text, in any order, as beginnings or in whole."""

    def __init__(self, asked: str) -> None:
        self.words = folded(asked).split()[:8]

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
