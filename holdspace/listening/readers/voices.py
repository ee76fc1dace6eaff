"""The text of one caption: its voices, its tags and its entities."""

import re
from html import unescape

from .names import bare

# Possessive, so that a line full of "<" is read once and not once per "<".
_TAG = re.compile(r"<([^<>]*+)>")
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_OVERRIDE = re.compile(r"\{\\[^{}]{0,200}\}")
_NAME = re.compile(r"/?\s*([A-Za-z]+)")
_MOMENT = re.compile(r"[0-9:.,\s]{4,20}")
_UNSEEN = dict.fromkeys(
    map(ord, "\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff")
)
_UNSEEN |= dict.fromkeys([*range(9), *range(14, 32), 127], " ")
_TAGS = ("b", "c", "i", "u", "v", "s", "p", "br", "em", "div", "rt", "ruby", "lang", "font", "span", "small", "strong")

Spoken = list[tuple[str | None, str]]


def plain(text: str) -> str:
    """Text as a person reads it: entities resolved, invisible marks gone, white space made single spaces."""
    if "&" in text:
        text = _ENTITY.sub(lambda entity: unescape(entity.group()), text)
    return " ".join(seen(text).split())


def seen(text: str) -> str:
    """The text without invisible marks, control characters made spaces; white space is left as it is."""
    return text if text.isascii() and text.isprintable() else text.translate(_UNSEEN)


def voiced(text: str) -> Spoken:
    """The pieces of a caption with the voice each is in, or None; tags are gone, line breaks within a piece stay."""
    if "{\\" in text:
        text = _OVERRIDE.sub("", text)
    if "<" not in text:
        return [(None, text)]
    pieces: Spoken = []
    voice: str | None = None
    gloss, kept, at = False, [""], 0
    for tag in _TAG.finditer(text):
        name = _name(tag.group(1))
        if name is None:
            continue
        kept.append("" if gloss else text[at : tag.start()])
        at = tag.end()
        closing = tag.group(1).startswith("/")
        if name == "v":
            pieces.append((voice, "".join(kept)))
            voice, kept = (None if closing else _speaker(tag.group(1))), []
        elif name in ("rt", "ruby"):
            gloss = name == "rt" and not closing
        elif name in ("br", "p", "div"):
            kept.append("\n")
    pieces.append((voice, "".join([*kept, "" if gloss else text[at:]])))
    return [piece for piece in pieces if piece[1].strip()]


def _name(inner: str) -> str | None:
    """The tag's name, "" for a moment such as <00:01.000>, None for what is no tag ("<3", "a < b > c")."""
    found = _NAME.match(inner)
    if found:
        name = found.group(1).lower()
        return name if name in _TAGS else None
    return "" if _MOMENT.fullmatch(inner) else None


def _speaker(inner: str) -> str | None:
    """Whose voice `v.loud Name` is."""
    parts = inner.split(None, 1)
    return bare(plain(parts[1])) if len(parts) == 2 else None
