"""Writes what the browser draws of records, and which records have each value of what they can be narrowed by."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256

from archive_builder.ordering import encode
from archive_builder.searching import Part, Record

__all__ = ["EACH", "filters", "packs"]

EACH: Mapping[str, int] = {"articles": 1, "passages": 8, "claims": 8, "names": 8, "pages": 1}
"""How many records of each group share a file: what is long has one of its own, so that little comes unasked."""
DRAWN = ("type", "kind", "status", "stance", "language", "outlet")
"""Of what a record can be narrowed by, what is drawn of it."""


def filters(key: str, records: Iterable[Record]) -> Mapping[str, tuple[str, bytes]]:
    """The file of each filter, its name and its bytes: for each value the numbers of the records that have it."""
    held: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for number, record in enumerate(records):
        for name, values in record.filters.items():
            for value in dict.fromkeys(values):
                held[name][value].append(number)
    files = {name: encode([name, sorted(values.items())]) for name, values in held.items()}
    return {name: (f"{key}_{sha256(data).hexdigest()[:10]}", data) for name, data in sorted(files.items())}


def packs(part: Part) -> Iterator[tuple[str, bytes]]:
    """The files of what is drawn; ``assets/search/records.js`` finds a record in them by its number."""
    each, records = EACH[part.group], part.records
    for start in range(0, len(records), each):
        told = [_drawn(record) for record in records[start : start + each]]
        data = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
        yield f"record/{part.key}-{start // each}.json", data


def _drawn(record: Record) -> dict[str, object]:
    told = {name: record.filters[name] for name in DRAWN if name in record.filters}
    return {"url": record.url, "content": record.content, "meta": record.meta, "filters": told}
