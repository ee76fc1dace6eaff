"""A note's words as a page shows them: emphasis, lists, quotes and links, and nothing that could do harm."""

from collections.abc import Sequence
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


def as_html(text: str) -> SafeString:
    """The words as clean HTML: read strictly, without any HTML of the writer's own, and cleaned once more."""
    drawn = READER.render(text)
    clean = nh3.clean(drawn, tags=STAYS, attributes=FACES, url_schemes=SCHEMES, link_rel="noopener noreferrer nofollow")
    return mark_safe(clean)  # noqa: S308 just cleaned, by a list of what may stay
