"""A turn's text as word pieces, the way the small transformer learned to read."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache

from .words import quiet

LONGEST = 100
"""A longer run of letters is not spelled out."""
CHINESE = re.compile(r"([㐀-䶿一-鿿豈-﫿\U00020000-\U0002ebef])")
PLAIN = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"'})


class Pieces:
    """A vocabulary of word pieces; `##` stands before pieces that go on a word."""

    def __init__(self, places: Mapping[str, int]) -> None:
        self.places = places
        self.unknown = places["[UNK]"]
        self.run = lru_cache(maxsize=20_000)(self._run)

    def of(self, text: str) -> list[int]:
        """The places of all pieces of a text, a transcriber's remarks left out."""
        return [place for run in runs_in(quiet(text)) for place in self.run(run)]

    def _run(self, run: str) -> tuple[int, ...]:
        return tuple(place for word in _parted(run) for place in self._word(word))

    def _word(self, word: str) -> tuple[int, ...]:
        """The longest pieces from the left; one unknown piece where some part is in no vocabulary."""
        if len(word) > LONGEST:
            return (self.unknown,)
        found: list[int] = []
        begin = 0
        while begin < len(word):
            held = self._longest(word, begin)
            if held is None:
                return (self.unknown,)
            found.append(held[0])
            begin = held[1]
        return tuple(found)

    def _longest(self, word: str, begin: int) -> tuple[int, int] | None:
        before = "##" if begin else ""
        for end in range(len(word), begin, -1):
            place = self.places.get(before + word[begin:end])
            if place is not None:
                return place, end
        return None


def words_in(text: str) -> Iterator[str]:
    """Lower-case words without accents, every mark and every Chinese character a word of its own."""
    for run in runs_in(text):
        yield from _parted(run)


def runs_in(text: str) -> list[str]:
    """What stands between the spaces of a text, in lower case and without accents."""
    spaced = CHINESE.sub(r" \1 ", _clean(text.translate(PLAIN)))
    if not spaced.isascii():
        spaced = "".join(sign for sign in unicodedata.normalize("NFD", spaced) if unicodedata.category(sign) != "Mn")
    return spaced.split()


def _clean(text: str) -> str:
    """The text in lower case, all white space plain, without signs that steer a terminal."""
    kept = (" " if sign.isspace() else sign for sign in text if sign.isspace() or not _steers(sign))
    return "".join(kept).lower() if not (text.isascii() and text.isprintable()) else text.lower()


def _steers(sign: str) -> bool:
    return sign == "�" or unicodedata.category(sign).startswith("C")


def _parted(run: str) -> Iterator[str]:
    begin = 0
    for at, sign in enumerate(run):
        if _is_mark(sign):
            if begin < at:
                yield run[begin:at]
            yield sign
            begin = at + 1
    if begin < len(run):
        yield run[begin:]


@lru_cache(maxsize=4_000)
def _is_mark(sign: str) -> bool:
    return not sign.isalnum() if sign.isascii() else unicodedata.category(sign).startswith("P")
