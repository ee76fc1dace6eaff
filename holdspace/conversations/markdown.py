"""A note's words as a page shows them: emphasis, lists, quotes and links, and nothing that could do harm."""

import re
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

STAYS = {"p", "br", "hr", "strong", "em", "s", "ul", "ol", "li", "blockquote", "code", "pre", "a"}
FACES = {"a": {"href"}, "ol": {"start"}}
SCHEMES = {"http", "https", "mailto"}


def _heading(tokens: Sequence[Token], at: int, _options: Any, _env: Any) -> str:
    # A note stands in a page that has headings of its own, so a line marked as one is only strong.
    return "<p><strong>" if tokens[at].nesting == 1 else "</strong></p>\n"


def _reader() -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"html": False, "breaks": True, "maxNesting": 20}).enable("strikethrough")
    reader.disable(["image", "html_block", "html_inline", "entity"])
    for rule in ("heading_open", "heading_close"):
        reader.add_render_rule(rule, lambda _self, *given: _heading(*given))
    return reader


READER = _reader()
PLAIN = re.compile(
    r"""(?:[^\W\d_]|[“"'‘(…])"""  # begins with a letter, or as speech does
    r"""[^\\`*_\[\]<>&~\x00-\x1f\x7f-\xa0\u1680\u2000-\u200f\u2028-\u202f\u205f\u3000\ufeff]*"""
)
"""A line in which no sign means anything but itself: by far the most of what people write, and quickly told."""


FAR = re.compile(r"```|~~~|\]:")
"""What reaches beyond an empty line: a fence, and the address of a link told elsewhere."""


def as_html(text: str) -> SafeString:
    """The words as clean HTML: read strictly, without any HTML of the writer's own, and cleaned once more."""
    said = text.replace("\r\n", "\n").strip("\n")
    parts = [said] if FAR.search(said) else said.split("\n\n")
    drawn = (_paragraphs(run) if plain else _read("\n\n".join(run)) for plain, run in groupby(parts, _is_plain))
    return mark_safe("".join(drawn))  # noqa: S308 each run is plain or was just cleaned


def _is_plain(part: str) -> bool:
    return bool(part) and all(not line or (PLAIN.fullmatch(line) and line[-1] != " ") for line in part.split("\n"))


def _read(said: str) -> str:
    drawn = READER.render(said)
    return nh3.clean(drawn, tags=STAYS, attributes=FACES, url_schemes=SCHEMES, link_rel="noopener noreferrer nofollow")


def _paragraphs(parts: Iterable[str]) -> str:
    """Plain lines as the reader would draw them, at a tenth of the cost; they hold nothing that could do harm."""
    lines = "\n\n".join(parts).split("\n")
    runs = ("<br>\n".join(run) for there, run in groupby(lines, bool) if there)
    return "".join(f"<p>{run}</p>\n" for run in runs)
