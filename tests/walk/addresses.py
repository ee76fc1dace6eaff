"""Every address of the house, from the resolver itself, with every blank filled in every way."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RoutePattern

BLANK = re.compile(r"<(?:(\w+):)?(\w+)>|\(\?P<(\w+)>(?:[^()]|\([^()]*\))*\)")
KINDS = {
    # What fills a blank, by its converter and name: the walk must know every kind, or it would walk past a page.
    ("uuid", "pk"): "ids",
    ("str", "token"): "tokens",
    ("int", "pk"): "numbers",
    ("regex", "key"): "door keys",
    ("regex", "uidb36"): "door keys",
}


class UnknownBlank(AssertionError):
    """An address has a blank that the walk can't fill."""


@dataclass(frozen=True)
class Address:
    """One pattern of the resolver."""

    name: str
    template: str
    blanks: tuple[str, ...] = field(default=())

    def fill(self, values: tuple[str, ...]) -> str:
        """The path with its blanks filled in order."""
        parts = iter(values)
        return "/" + re.sub(r"\0", lambda _: next(parts), self.template)

    def paths(self, fillings: dict[str, list[str]]) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Every path with the values in it."""
        for values in product(*(fillings[kind] for kind in self.blanks)):
            yield self.fill(values), values


def addresses(resolver: URLResolver | None = None) -> list[Address]:
    """All of them, recursively."""
    return [_address(route, pattern) for route, pattern in _patterns(resolver or get_resolver(), "")]


def _patterns(resolver: URLResolver, before: str) -> Iterator[tuple[str, URLPattern]]:
    for pattern in resolver.url_patterns:
        route = before + _route(pattern)
        if isinstance(pattern, URLResolver):
            yield from _patterns(pattern, route)
        else:
            yield route, pattern


def _route(pattern: Any) -> str:
    route = str(pattern.pattern)
    return route if isinstance(pattern.pattern, RoutePattern) else re.sub(r"^\^|\$$", "", route)


def _address(route: str, pattern: URLPattern) -> Address:
    blanks = []
    for converter, name, group in BLANK.findall(route):
        kind = (converter or "str", name) if name else ("regex", group)
        if kind not in KINDS:
            raise UnknownBlank(f"{route}: teach the walk what may fill {kind} (KINDS in addresses.py)")
        blanks.append(KINDS[kind])
    template = BLANK.sub("\0", route).replace("\\/", "/").replace("\\Z", "")
    if re.search(r"[()<>\\^$?+*\[\]]", template):
        raise UnknownBlank(f"{route}: the walk can't read this pattern")
    return Address(str(pattern.name or route), template, tuple(blanks))
