"""A page as a tagged PDF, from the same template and styles as the page that prints."""

import logging
from functools import cache
from typing import Any, NoReturn

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

STYLES = ("shell/tokens.css", "shell/base.css", "shell/parts.css", "shell/print.css", "engagements/pact.css")


class NoPaper(Exception):
    """This server lacks the system's libraries that draw a PDF."""


class Refused(Exception):
    """A page on paper fetches nothing from anywhere."""


def pdf(template: str, context: dict[str, Any]) -> bytes:
    """The page as PDF/UA: tagged, with its title and language; raises NoPaper. About a third of a second."""
    drawing, styles = _drawing()
    page = render_to_string(template, context | {"on_paper": True})
    return bytes(drawing.HTML(string=page, url_fetcher=_refuse).write_pdf(stylesheets=styles, pdf_variant="pdf/ua-1"))


@cache
def _drawing() -> tuple[Any, list[Any]]:
    # Imported here: it takes half a second, and without the system's pango it raises OSError.
    try:
        import weasyprint
    except (ImportError, OSError) as missing:
        raise NoPaper from missing
    logging.getLogger("weasyprint").setLevel(logging.ERROR)  # it speaks at length of styles meant for screens
    found = [finders.find(style) for style in STYLES]
    return weasyprint, [weasyprint.CSS(filename=path) for path in found]


def _refuse(url: str, *given: object, **named: object) -> NoReturn:
    raise Refused(url[:60])
