"""One request at a time, each in the same world: what it wrote is looked at, then undone."""

import logging
import re
from collections.abc import Callable, Collection, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.core import mail
from django.core.handlers.base import BaseHandler
from django.core.signals import got_request_exception
from django.db import connections, models, router, transaction
from django.http import QueryDict
from django.test import RequestFactory

from holdspace.crash import Plain

Rows = dict[str, dict[Any, tuple[Any, ...]]]
CHANGES = re.compile(r"\s*(?:INSERT|UPDATE|DELETE|REPLACE|TRUNCATE|DROP|ALTER|CREATE)", re.IGNORECASE)
TABLE = re.compile(r'\s*(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM)\s+"(\w+)"', re.IGNORECASE)
ANY = "any"
SIGNED = "session"
"""Name of the session's cookie; a house without TLS, such as a test, gives it no prefix."""


@dataclass
class Answer:
    """What came back, what was written, logged and mailed on the way."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes
    cookies: dict[str, str]
    wrote: set[str] = field(default_factory=set)
    """Names of the tables that were written to; ANY where a statement doesn't say."""
    logged: list[logging.LogRecord] = field(default_factory=list)
    mailed: list[Any] = field(default_factory=list)
    fault: BaseException | None = None

    def header(self, name: str) -> str:
        """One header's value, or nothing."""
        return next((value for known, value in self.headers if known.lower() == name.lower()), "")


@dataclass(frozen=True)
class Ask:
    """One request: method, path, body, and whether htmx sends it."""

    method: str
    path: str
    body: bytes = b""
    hx: bool = False

    def __str__(self) -> str:
        posted = f" with {self.body[:60].decode()}…" if self.body else ""
        return f"{self.method} {self.path[:120]}{' by htmx' if self.hx else ''}{posted}"


class Ear(logging.Handler):
    """Keeps every log record from INFO up."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.records: list[logging.LogRecord] = []
        self.setFormatter(Plain())

    def emit(self, record: logging.LogRecord) -> None:
        """Keep it."""
        self.records.append(record)


class House:
    """The whole middleware and all views, without a server around them."""

    def __init__(self) -> None:
        self.handler = BaseHandler()
        self.handler.load_middleware()
        self.factory = RequestFactory()
        self.ear = Ear()
        self.wrote: set[str] = set()
        self.read: set[str] = set()
        """Names of the fields that pages have read since this was last emptied."""
        self.fault: BaseException | None = None

    @contextmanager
    def open(self) -> Iterator["House"]:
        """Listen to logs, writes and faults for as long as the walk lasts."""
        root = logging.getLogger()
        with ExitStack() as stack:
            stack.callback(root.setLevel, root.level)
            stack.callback(setattr, root, "handlers", root.handlers)
            root.handlers = [self.ear]
            root.setLevel(logging.INFO)
            for alias in connections:
                stack.enter_context(connections[alias].execute_wrapper(self._watch))
            got_request_exception.connect(self._note)
            stack.callback(got_request_exception.disconnect, self._note)
            patch = stack.enter_context(pytest.MonkeyPatch.context())
            for way in ("__getitem__", "getlist"):
                patch.setattr(QueryDict, way, self._noting(getattr(QueryDict, way)))
            yield self

    def _noting(self, take: Callable[..., Any]) -> Callable[..., Any]:
        """A way to read what was sent that leaves word of the field."""

        def reading(sent: QueryDict, name: str, *more: Any) -> Any:
            self.read.add(name)
            return take(sent, name, *more)

        return reading

    def _watch(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if CHANGES.match(sql):
            named = TABLE.match(sql)
            self.wrote.add(named[1] if named else ANY)
        return execute(sql, params, many, context)

    def _note(self, **_: Any) -> None:
        import sys

        self.fault = sys.exc_info()[1]

    def answer(self, ask: Ask, cookie: str = "", csrf: bool = False) -> Answer:
        """Send one request. Whoever wants the same world again wraps it in `undone`."""
        named = {"HTTP_HX_REQUEST": "true"} if ask.hx else {}
        if cookie:
            named["HTTP_COOKIE"] = f"{SIGNED}={cookie}"
        form = "application/x-www-form-urlencoded"
        request = self.factory.generic(ask.method, ask.path, ask.body, content_type=form, **named)  # type: ignore[arg-type]
        vars(request)["_dont_enforce_csrf_checks"] = not csrf
        self.ear.records, self.wrote, self.fault = [], set(), None
        posted = len(mail.outbox)
        response = self.handler.get_response(request)
        said: Any = response
        body = b"".join(said.streaming_content) if said.streaming else said.content
        return Answer(
            status=response.status_code,
            headers=[
                *response.items(),
                *(("Set-Cookie", morsel.OutputString()) for morsel in response.cookies.values()),
            ],
            body=body,
            cookies={name: morsel.value for name, morsel in response.cookies.items()},
            wrote=self.wrote,
            logged=self.ear.records,
            mailed=mail.outbox[posted:],
            fault=self.fault,
        )


@contextmanager
def undone() -> Iterator[None]:
    """Whatever happens inside did not happen."""
    points = {alias: transaction.savepoint(using=alias) for alias in connections}
    try:
        yield
    finally:
        for alias, point in points.items():
            transaction.savepoint_rollback(point, using=alias)
            transaction.set_rollback(False, using=alias)
            transaction.savepoint_commit(point, using=alias)


def snapshot(tables: Collection[str] = (ANY,)) -> Rows:
    """Every row of every table that was written to, raw."""
    wanted = (model for model in apps.get_models() if model._meta.managed)
    return {
        model._meta.label: dict(_rows(model)) for model in wanted if ANY in tables or model._meta.db_table in tables
    }


def _rows(model: type[models.Model]) -> Iterator[tuple[Any, tuple[Any, ...]]]:
    place = model._meta.concrete_fields.index(model._meta.pk)
    table = connections[router.db_for_read(model)]
    columns = ", ".join(table.ops.quote_name(str(column.column)) for column in model._meta.concrete_fields)
    with table.cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM {table.ops.quote_name(model._meta.db_table)}")
        for row in cursor.fetchall():
            pk = row[place].hex if isinstance(row[place], UUID) else str(row[place])  # each database writes ids its way
            yield pk, tuple(bytes(one) if isinstance(one, memoryview) else one for one in row)


@dataclass(frozen=True)
class Change:
    """One row that is not what it was."""

    kind: str
    label: str
    pk: str


def changes(before: Rows, after: Rows) -> list[Change]:
    """Rows added, changed and removed."""
    found = []
    for label, rows in after.items():
        was = before[label]
        found += [Change("added", label, pk) for pk in rows.keys() - was.keys()]
        found += [Change("removed", label, pk) for pk in was.keys() - rows.keys()]
        found += [Change("changed", label, pk) for pk in rows.keys() & was.keys() if rows[pk] != was[pk]]
    return found
