"""Brings an index as Pagefind writes it into one order, so that the same archive gives the same bytes.

Pagefind keeps filters and their values in no order. They are sorted here, each filter's file is named by what is in it,
and the table of contents (``pf_meta``) is told the new names. Records are named by their number: every reader loads the
table, and names that are digests make most of it. Both are lists in CBOR (RFC 8949), compressed; of CBOR we
read and write the few kinds that stand in them, and refuse any other.
"""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

__all__ = ["SIGNATURE", "Settled", "Unreadable", "settled"]

SIGNATURE = b"pagefind_dcd"
UNSIGNED, TEXT, LIST, SIMPLE = 0, 3, 4, 7
ENDLESS, BREAK = 31, 0xFF
SIMPLES = {20: False, 21: True, 22: None}
LEVEL = 9


class Unreadable(Exception):
    """The file is not what this version of Pagefind is known to write."""


@dataclass(frozen=True, slots=True)
class Settled:
    """One part of the index, in order."""

    contents: bytes
    """The table of contents."""
    filters: Mapping[str, bytes]
    """The filters' files, by name without ending."""
    records: Mapping[str, str]
    """The new name of each record, by the old one; both without ending."""


def settled(contents: bytes, filters: Mapping[str, bytes]) -> Settled:
    """The part of an index with this table of contents and these filters, in order."""
    table = _read(contents)
    if not (isinstance(table, list) and len(table) >= 5 and all(isinstance(table[at], list) for at in (1, 3, 4))):
        raise Unreadable("the index has a table of contents of an unknown form")
    files: dict[str, bytes] = {}
    named = []
    for name, old in sorted(table[3]):
        title, values = _read(filters[old])
        data = _write([title, sorted(values)])
        new = f"{old.partition('_')[0]}_{sha256(data).hexdigest()[:10]}"
        files[new] = data
        named.append([name, new])
    records = {old: f"{old.partition('_')[0]}_{number:x}" for number, (old, *_) in enumerate(table[1])}
    table[1] = [[records[old], *rest] for old, *rest in table[1]]
    table[3] = named
    table[4] = sorted(table[4])
    return Settled(_write(table), files, records)


def _read(data: bytes) -> Any:
    plain = gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data
    if not plain.startswith(SIGNATURE):
        raise Unreadable("a file of the index does not begin as it should")
    value, end = _item(plain, len(SIGNATURE))
    if end != len(plain):
        raise Unreadable("a file of the index goes on after its end")
    return value


def _write(value: Any) -> bytes:
    out = bytearray(SIGNATURE)
    _put(value, out)
    return gzip.compress(bytes(out), LEVEL, mtime=0)


def _item(data: bytes, at: int) -> tuple[Any, int]:
    """The value that begins at ``at``, and where it ends."""
    kind, number = data[at] >> 5, data[at] & 0x1F
    at += 1
    if kind == SIMPLE and number in SIMPLES:
        return SIMPLES[number], at
    if kind == LIST and number == ENDLESS:
        values = []
        while data[at] != BREAK:
            value, at = _item(data, at)
            values.append(value)
        return values, at + 1
    if kind not in (UNSIGNED, TEXT, LIST) or number > 27:
        raise Unreadable(f"a file of the index holds a value of an unknown kind ({kind}/{number})")
    if number >= 24:
        size = 1 << (number - 24)
        number, at = int.from_bytes(data[at : at + size], "big"), at + size
    if kind == UNSIGNED:
        return number, at
    if kind == TEXT:
        return data[at : at + number].decode(), at + number
    values = []
    for _ in range(number):
        value, at = _item(data, at)
        values.append(value)
    return values, at


def _put(value: Any, out: bytearray) -> None:
    match value:
        case bool() | None:
            out.append(SIMPLE << 5 | next(number for number, known in SIMPLES.items() if known is value))
        case int():
            _head(UNSIGNED, value, out)
        case str():
            data = value.encode()
            _head(TEXT, len(data), out)
            out += data
        case _:
            _head(LIST, len(value), out)
            for each in value:
                _put(each, out)


def _head(kind: int, number: int, out: bytearray) -> None:
    if number < 24:
        out.append(kind << 5 | number)
        return
    size = next(size for size in (1, 2, 4, 8) if number < 1 << (8 * size))
    out.append(kind << 5 | 23 + size.bit_length())
    out += number.to_bytes(size, "big")
