"""What is written down when something breaks: where it broke, and nobody's words."""

import logging
import logging.config
import re
import secrets
import sys
import threading
import traceback
from collections.abc import ItemsView, Iterator
from datetime import UTC, datetime
from types import FrameType, TracebackType
from typing import Any

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.template import loader
from django.views.debug import SafeExceptionReporterFilter

PLAIN_SEGMENT = re.compile(r"[a-z][a-z-]{0,23}")
"""What may stand in a logged path; tokens, ids and whatever people typed do not look like this."""
LITERAL = ("holdspace", "django")
"""Whose messages are written in the code and filled in later; others may have put anything into theirs."""
Fault = tuple[type[BaseException], BaseException, TracebackType | None]


def set_logging() -> None:
    """One plain line for each event on standard error, and no words in it; harmless when repeated."""
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {"plain": {"()": "holdspace.crash.Plain"}},
            "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
            "root": {"handlers": ["stderr"], "level": "INFO"},
            "loggers": {
                "django.db.backends": {"level": "WARNING"},
                "django.template": {"level": "WARNING"},
                "psycopg.pool": {"level": "ERROR"},
                "django.server": {"handlers": [], "propagate": True},
            },
        }
    )
    logging.captureWarnings(True)
    sys.excepthook = _unhandled
    threading.excepthook = _unhandled_in_thread


class Plain(logging.Formatter):
    """Time, level, logger and the message's template; a fault by its type and places. Values never."""

    def format(self, record: logging.LogRecord) -> str:
        """One line for the event, one more for each frame of a fault."""
        at = datetime.fromtimestamp(record.created, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        parts = [at, record.levelname, record.name, _template(record), *_request(record)]
        lines = [" ".join(part for part in parts if part)]
        if record.exc_info and record.exc_info[1] is not None:
            lines += places(record.exc_info[1])
        return "\n".join(lines)


def _template(record: logging.LogRecord) -> str:
    if not isinstance(record.msg, str):
        return type(record.msg).__name__
    if record.name.partition(".")[0] not in LITERAL:
        return f"{record.pathname}:{record.lineno}"
    return " ".join(record.msg.split())


def _request(record: logging.LogRecord) -> Iterator[str]:
    request = getattr(record, "request", None)
    if not isinstance(request, HttpRequest):
        return
    yield f"status={getattr(record, 'status_code', '-')} {request.method} {route_of(request)}"
    if record.exc_info:
        yield f"reference={reference_of(request)}"


def places(fault: BaseException) -> Iterator[str]:
    """A fault's type and where it passed, and the same for those behind it; no message, no value."""
    seen: set[int] = set()
    link: BaseException | None = fault
    word = ""
    while link is not None and id(link) not in seen:
        seen.add(id(link))
        yield f"  {word}{type(link).__module__}.{type(link).__qualname__}"
        for frame in traceback.extract_tb(link.__traceback__, limit=-60):
            yield f"    {frame.filename}:{frame.lineno} {frame.name}"
        link, word = link.__cause__ or (None if link.__suppress_context__ else link.__context__), "from "


def route_of(request: HttpRequest) -> str:
    """The address as the house knows it, with its blanks unfilled; of an unknown one only its plain parts."""
    match = getattr(request, "resolver_match", None)
    if match is not None and match.route:
        return f"/{match.route}"
    return scrub(request.path)


def scrub(path: str) -> str:
    """A path without anything that could be a token, an id or a word somebody typed."""
    return "/".join(part if not part or PLAIN_SEGMENT.fullmatch(part) else "…" for part in path.split("/"))


def reference_of(request: HttpRequest) -> str:
    """Short letters that stand both on the person's page and in the log."""
    known = getattr(request, "crash_reference", None)
    if known is None:
        known = f"{secrets.token_hex(2)}-{secrets.token_hex(2)}"
        vars(request)["crash_reference"] = known
    return str(known)


CANNOT_STORE = ("disk is full", "disk i/o error", "readonly database", "read-only", "no space left")
"""How databases say that they can't write, in the words of SQLite and PostgreSQL."""


def kind_500(request: HttpRequest) -> HttpResponse:
    """The page for a fault of ours: kind words, and the reference that leads to the log."""
    status = 503 if cannot_store(sys.exc_info()[1]) else 500
    page = loader.get_template(f"{status}.html").render({"reference": reference_of(request)})
    return HttpResponse(page, status=status, headers={"Cache-Control": "no-store"})


def cannot_store(fault: BaseException | None) -> bool:
    """Whether what went wrong is that the database has no room or may not write."""
    return isinstance(fault, DatabaseError) and any(words in str(fault).lower() for words in CANNOT_STORE)


class Wordless(SafeExceptionReporterFilter):
    """Reports of a fault hold no posted, local, decrypted or configured value, with or without DEBUG."""

    def is_active(self, request: HttpRequest | None) -> bool:
        """Always."""
        return True

    def get_post_parameters(self, request: HttpRequest | None) -> dict[str, Any]:
        """None."""
        return {}

    def get_cleansed_multivaluedict(self, request: HttpRequest, multivaluedict: Any) -> QueryDict:
        """None."""
        return QueryDict()

    def get_traceback_frame_variables(self, request: HttpRequest | None, tb_frame: FrameType) -> ItemsView[str, Any]:
        """None."""
        nothing: dict[str, Any] = {}
        return nothing.items()

    def get_safe_settings(self) -> dict[str, Any]:
        """None."""
        return {}

    def get_safe_request_meta(self, request: HttpRequest | None) -> dict[str, Any]:
        """None."""
        return {}

    def get_safe_cookies(self, request: HttpRequest | None) -> dict[str, Any]:
        """None."""
        return {}


def _unhandled(kind: type[BaseException], fault: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        return
    logging.getLogger("holdspace").critical("stopped by a fault", exc_info=(kind, fault, trace))


def _unhandled_in_thread(args: Any) -> None:
    if args.exc_value is not None and not issubclass(args.exc_type, SystemExit):
        fault: Fault = (args.exc_type, args.exc_value, args.exc_traceback)
        logging.getLogger("holdspace").critical("a thread was stopped by a fault", exc_info=fault)


__all__ = ["Plain", "Wordless", "kind_500", "places", "reference_of", "route_of", "scrub", "set_logging"]
