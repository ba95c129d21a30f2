"""What the indexes are made of: rows under headings, their orders, and the facets they can be narrowed by."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

__all__ = ["Facet", "Group", "Order", "Row", "alphabetical", "facets", "grouped"]

T = TypeVar("T")
# A facet whose values take more letters than this is a list to choose from, not a row of chips.
LETTERS = 70


@dataclass(frozen=True, slots=True)
class Order:
    """One way to set an index out; each is a page of its own, so that it needs no script."""

    slug: str
    """The last part of its address; empty for the index itself."""
    words: str


@dataclass(frozen=True, slots=True)
class Row(Generic[T]):
    """One thing that is listed."""

    item: T
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """What it can be narrowed by: for each facet the values it has."""


@dataclass(frozen=True, slots=True)
class Group(Generic[T]):
    """Rows under one heading; without a title there is none."""

    id: str
    title: str
    rows: tuple[Row[T], ...]
    url: str | None = None
    """Leads to the page of what the rows have in common."""


@dataclass(frozen=True, slots=True)
class Facet:
    """One thing the rows of an index can be narrowed by."""

    name: str
    title: str
    values: tuple[tuple[str, str, int], ...]
    """Each value as it stands in the rows, in words, and how many rows have it."""

    @property
    def is_long(self) -> bool:
        return sum(len(words) for _, words, _ in self.values) > LETTERS


def facets(rows: Sequence[Row[T]], titles: Mapping[str, tuple[str, Callable[[str], str]]]) -> tuple[Facet, ...]:
    """The facets that part the rows: ``titles`` gives each one's title and the words for its values, in order.

    A facet on which all rows agree is left out. Values come as the rows bring them; numbers, by size.
    """
    found = []
    for name, (title, words) in titles.items():
        counted = Counter(value for row in rows for value in row.facets.get(name, ()))
        values = [(value, words(value), count) for value, count in counted.items()]
        if all(value.isdigit() for value in counted):
            values.sort(key=lambda each: int(each[0]))
        if len(values) > 1 or any(count < len(rows) for _, _, count in values):
            found.append(Facet(name, title, tuple(values)))
    return tuple(found)


def grouped(rows: Iterable[Row[T]], by: str, heads: Mapping[str, tuple[str, str | None]]) -> tuple[Group[T], ...]:
    """The rows under the values of a facet, in the order of ``heads`` (titles and addresses); the rest comes last."""
    held: dict[str, list[Row[T]]] = {value: [] for value in heads}
    rest: list[Row[T]] = []
    for row in rows:
        for value in row.facets.get(by, ()):
            held[value].append(row)
        if not row.facets.get(by):
            rest.append(row)
    groups = [Group(value, *_head(heads[value], held[value])) for value in heads if held[value]]
    return (*groups, Group("none", "Without", tuple(rest))) if rest else tuple(groups)


def alphabetical(name: str) -> str:
    """Sorts names as a reader looks for them: without regard to case and accents."""
    parted = unicodedata.normalize("NFKD", name)
    return "".join(letter for letter in parted if not unicodedata.combining(letter)).casefold()


def _head(head: tuple[str, str | None], rows: Sequence[Row[T]]) -> tuple[str, tuple[Row[T], ...], str | None]:
    return head[0], tuple(rows), head[1]
