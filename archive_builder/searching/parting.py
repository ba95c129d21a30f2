"""Parts the index, so that a reader loads what is asked for.

Articles, passages, claims and events, names, and pages are indexes of their own: each has its place among the results,
and is ranked among its like. Each language has its own too, as it is stemmed by its own rules. Where there are many
articles or passages they are parted again, the newest first; older passages are loaded when a reader asks for them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from archive_builder.searching.records import Kind, Record

__all__ = ["Part", "parts"]

GROUPS: Mapping[Kind, str] = {
    Kind.ARTICLE: "articles",
    Kind.PASSAGE: "passages",
    Kind.CLAIM: "claims",
    Kind.EVENT: "claims",
    Kind.PERSON: "names",
    Kind.PLACE: "names",
    Kind.ORGANISATION: "names",
    Kind.OUTLET: "names",
    Kind.PAGE: "pages",
}
LETTERS = {"articles": "a", "passages": "p", "claims": "c", "names": "n", "pages": "w"}
# In a word that stands in every record Pagefind's program looks for each record from the beginning: ten times as many
# take it a hundred times as long, 1.2 s for 10,000. Each part costs a reader some eight kilobytes.
MOST = {"articles": 1_250, "passages": 4_000}
"""How many records a part may hold; the others are never parted."""


@dataclass(frozen=True, slots=True)
class Part:
    """One index: of one group, in one language."""

    key: str
    """A language tag of private use, under which Pagefind keeps it: ``en-x-a0``."""
    group: str
    records: tuple[Record, ...]

    @property
    def exact(self) -> str | None:
        """Where its records are long, the tag under which they are searched for what stands between quotation marks."""
        return f"{self.key}-exact" if self.group == "articles" else None

    @property
    def years(self) -> tuple[str, str]:
        """The first and the last year of its records; empty where none has one."""
        known = sorted(filter(None, (record.year for record in self.records)))
        return (known[0], known[-1]) if known else ("", "")


def parts(records: Iterable[Record]) -> tuple[Part, ...]:
    """Every record in one part, in the order in which parts are loaded."""
    held: dict[tuple[str, str], list[Record]] = defaultdict(list)
    for record in records:
        held[GROUPS[record.kind], record.language.partition("-")[0].lower()].append(record)
    order = list(dict.fromkeys(GROUPS.values()))
    groups = sorted(held.items(), key=lambda each: (order.index(each[0][0]), each[0][1]))
    return tuple(part for (group, language), own in groups for part in _parted(group, language, own))


def _parted(group: str, language: str, records: Sequence[Record]) -> Iterator[Part]:
    most = MOST.get(group, len(records))
    newest = sorted(records, key=lambda record: record.year, reverse=True) if len(records) > most else records
    for number, start in enumerate(range(0, len(records), most)):
        yield Part(f"{language}-x-{LETTERS[group]}{number}", group, tuple(newest[start : start + most]))
