"""A note's words as a page shows them: emphasis, lists, quotes and links, and nothing that could do harm."""

import re
from collections.abc import Sequence
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
CLEANER = nh3.Cleaner(tags=STAYS, attributes=FACES, url_schemes=SCHEMES, link_rel="noopener noreferrer nofollow")
SIGNS = r"\`*_[]<>&~"
"""What may mean something but itself anywhere in a line."""
BEGIN = "“\"'‘(…"
"""What a plain line may begin with besides a letter, as speech does."""
FAR = re.compile(r"```|~~~|\]:")
"""What reaches beyond an empty line: a fence, and the address of a link told elsewhere."""


def as_html(text: str) -> SafeString:
    """The words as clean HTML: read strictly, without any HTML of the writer's own, and cleaned once more."""
    said = text.replace("\r\n", "\n").strip("\n")
    return mark_safe(_paragraphs(said) if _is_plain(said) else _mixed(said))  # noqa: S308 each is plain or cleaned


def _mixed(said: str) -> str:
    parts = [said] if FAR.search(said) else said.split("\n\n")
    runs = ((plain, "\n\n".join(run)) for plain, run in groupby(parts, _is_plain))
    return "".join(_paragraphs(run) if plain else _read(run) for plain, run in runs)


def _is_plain(said: str) -> bool:
    """Whether no sign means anything but itself: so it is in most of what people write, and that is quickly told."""
    if not said or any(sign in said for sign in SIGNS):
        return False
    lines = [line for line in said.split("\n") if line]
    return all((line[0].isalpha() or line[0] in BEGIN) and line.isprintable() and line[-1] != " " for line in lines)


def _read(said: str) -> str:
    return CLEANER.clean(READER.render(said))


def _paragraphs(said: str) -> str:
    """Plain lines as the reader would draw them, at a tenth of the cost; they hold nothing that could do harm."""
    runs = (run.strip("\n").replace("\n", "<br>\n") for run in said.split("\n\n"))
    return "".join(f"<p>{run}</p>\n" for run in runs if run)
