"""Guarded nouns: nothing of them is read, counted or changed but through visible_to(person) or a named access."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, NoReturn, Self, TypeVar

from django.db import models

Row = TypeVar("Row", bound=models.Model)
Method = TypeVar("Method", bound=Callable[..., Any])

if TYPE_CHECKING:

    class Rows(models.QuerySet[Row]):
        """A queryset with those of its own workings that the guard stands before."""

        def _chain(self) -> Self: ...
        def _clone(self) -> Self: ...
        def _fetch_all(self) -> None: ...
        def _update(self, values: Any) -> Any: ...
        def _raw_delete(self, using: str | None) -> int: ...

else:
    Rows = models.QuerySet


class Unguarded(Exception):
    """A guarded noun was about to be read or changed without asking who may."""


def alters(method: Method) -> Method:
    """Mark a queryset method that templates must never call."""
    vars(method)["alters_data"] = True
    return method


class GuardedQuerySet(Rows[Row]):
    """A queryset that stays shut until it was opened for a person, or by an access that gives its reason."""

    _way = ""

    def seen_by(self, person: Any) -> Self:
        """The rule: which rows this person may see. Each noun has its own."""
        raise NotImplementedError(f"{self.model._meta.label} does not say who may see it")

    def visible_to(self, person: Any) -> Self:
        """The rows this person may see; none for nobody."""
        if person is None or not person.is_authenticated or not person.is_active:
            return self._let_through("nobody").none()
        return self.seen_by(person)._let_through("person")

    def access_system(self, reason: str) -> Self:
        """All rows, for a deed of the house itself; the reason stands in the code for the reader."""
        if len(reason.split()) < 2:
            raise Unguarded("access_system wants its reason in words")
        return self._let_through("system")

    def _let_through(self, way: str) -> Self:
        opened = self._chain()
        opened._way = way
        return opened

    def _ask(self) -> None:
        if not self._way and not self.query.is_empty():
            raise Unguarded(f"{self.model._meta.label}: ask through visible_to(person)")

    def _ask_both(self, other: Any) -> None:
        self._ask()
        if isinstance(other, GuardedQuerySet):
            other._ask()

    def _clone(self) -> Self:
        twin = super()._clone()
        twin._way = self._way
        return twin

    def _fetch_all(self) -> None:
        self._ask()
        super()._fetch_all()

    def iterator(self, chunk_size: int | None = None) -> Iterator[Row]:
        """Rows in chunks, when opened."""
        self._ask()
        return super().iterator(chunk_size)

    def aiterator(self, chunk_size: int = 2000) -> Any:
        """Rows in chunks, when opened."""
        self._ask()
        return super().aiterator(chunk_size)

    def count(self) -> int:
        """How many, when opened."""
        self._ask()
        return super().count()

    def exists(self) -> bool:
        """Whether any, when opened."""
        self._ask()
        return super().exists()

    def contains(self, obj: models.Model) -> bool:
        """Whether this one, when opened."""
        self._ask()
        return super().contains(obj)

    def aggregate(self, *given: Any, **named: Any) -> dict[str, Any]:
        """Sums and the like, when opened."""
        self._ask()
        return super().aggregate(*given, **named)

    def explain(self, *given: Any, **named: Any) -> str:
        """The database's plan, when opened."""
        self._ask()
        return super().explain(*given, **named)

    @alters
    def update(self, **named: Any) -> int:
        """Change the rows, when opened."""
        self._ask()
        return super().update(**named)

    def _update(self, values: Any) -> Any:
        self._ask()
        return super()._update(values)

    def _raw_delete(self, using: str | None) -> int:
        self._ask()
        return super()._raw_delete(using)

    @alters
    def bulk_create(self, objs: Any, *given: Any, **named: Any) -> list[Row]:
        """Insert rows; changing those in the way is for opened querysets."""
        if any(given[1:]) or named.get("update_conflicts"):
            self._ask()
        return super().bulk_create(objs, *given, **named)

    def raw(self, *given: Any, **named: Any) -> NoReturn:
        """Never: raw SQL knows no rule."""
        raise Unguarded(f"{self.model._meta.label}: raw SQL knows no rule")

    def extra(self, *given: Any, **named: Any) -> NoReturn:
        """Never: raw SQL knows no rule."""
        raise Unguarded(f"{self.model._meta.label}: raw SQL knows no rule")

    def union(self, *others: Any, all: bool = False) -> Self:
        """Both sides must be opened."""
        for other in others:
            self._ask_both(other)
        return super().union(*others, all=all)

    def intersection(self, *others: Any) -> Self:
        """Both sides must be opened."""
        for other in others:
            self._ask_both(other)
        return super().intersection(*others)

    def difference(self, *others: Any) -> Self:
        """Both sides must be opened."""
        for other in others:
            self._ask_both(other)
        return super().difference(*others)

    def __or__(self, other: Any) -> Any:
        self._ask_both(other)
        return super().__or__(other)

    def __and__(self, other: Any) -> Any:
        self._ask_both(other)
        return super().__and__(other)

    def __xor__(self, other: Any) -> Any:
        self._ask_both(other)
        return super().__xor__(other)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {self.model._meta.label}>"


class Guarded(models.Model):
    """A noun whose rows are reached only by those who may; its `objects` come from a GuardedQuerySet of its own."""

    guarded = GuardedQuerySet.as_manager()
    """Stands in as the default where a noun forgets its own, which then lets nobody in."""

    class Meta:
        abstract = True
