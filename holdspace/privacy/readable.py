"""An archive as one page that needs nothing else: for reading, printing and keeping."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime

from .archive import OwnArchive, Row, place_of, tables_of
from .holdings import Holding

STYLE = Path(__file__).parent / "static" / "privacy" / "archive.css"
TALK = "conversations.Transcript"
SILENT = {"id", "guess", "heard", "noun", "noun_id"}
"""Fields that the page leaves to the JSON: ids, and what listening made for the machine."""
TOP = """<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title>
<style>{style}</style></head><body>
<h1>{title}</h1>
<p>Everything that this house holds of yours and that you may read, as of {when}. The file holdspace.json beside this
page has the same for other programs.</p>
"""


def page(archive: OwnArchive) -> Iterator[str]:
    """The page, a row at a time."""
    style = mark_safe(STYLE.read_text(encoding="utf-8"))  # noqa: S308  a file of ours
    yield format_html(TOP, title=f"Archive of {archive.person.name}", style=style, when=_moment(archive.made_at))
    for holding, rows in tables_of(archive):
        first = True
        for row in rows:
            if first:
                yield _opening(holding)
            yield _article(holding, row, archive.names)
            first = False
        if not first:
            yield "</section>\n"
    yield "</body></html>\n"


def _opening(holding: Holding) -> str:
    words = "<section><h2>{}</h2><p class='quiet'>{} Kept {}.</p>\n"
    return format_html(words, holding.title, holding.why, holding.kept)


def _article(holding: Holding, row: Row, names: dict[str, str]) -> str:
    cells = [_cell(name, value, names) for name, value in row.items() if _worth(name, value)]
    if holding.label == TALK:
        cells = [cell for name, cell in zip(_shown(row), cells, strict=True) if name != "words"]
        cells.append(_talk(row["words"] or {}))
    if holding.as_file:
        link = format_html("<p><a href='{}'>{}</a></p>", quote(place_of(row["id"], row["name"])), row["name"])
        cells.append(link)
    return format_html("<article id='{}'>{}</article>\n", row["id"], SafeString("".join(cells)))


def _shown(row: Row) -> list[str]:
    return [name for name, value in row.items() if _worth(name, value)]


def _worth(name: str, value: Any) -> bool:
    return name not in SILENT and value not in (None, "")


def _cell(name: str, value: Any, names: dict[str, str]) -> str:
    label = name.removesuffix("_id").replace("_", " ").capitalize()
    return format_html("<p><b>{}</b> {}</p>", label, _said(value, names))


def _said(value: Any, names: dict[str, str]) -> str:
    """A value as a person would read it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return "".join(str(part) for part in value)
    text = str(value)
    if text in names:
        return names[text]
    if len(text) == 36 and text.count("-") == 4:
        return format_html("<a href='#{}'>see there</a>", text)
    moment = parse_datetime(text) if text[4:5] == "-" and "T" in text and text[:4].isdigit() else None
    return _moment(moment) if moment else text


def _moment(at: datetime) -> str:
    return date_format(localtime(at), "j F Y, H:i T")


def _talk(words: dict[str, Any]) -> str:
    turns = words.get("turns", [])
    lines = [f"<li><b>{escape(who or '')}</b> {escape(text)}</li>" for who, text, *_ in turns]
    return SafeString(f"<ol>{''.join(lines)}</ol>")
