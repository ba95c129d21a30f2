"""Brings an index as Pagefind writes it into one order, so that the same archive gives the same bytes.

Pagefind keeps filters and their values in no order. They are sorted here, each filter's file is named by what is in it,
and the table of contents (``pf_meta``) is told the new names. Both are lists in CBOR (RFC 8949), compressed; of CBOR we
read and write the few kinds that stand in them, and refuse any other.
"""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

__all__ = ["SIGNATURE", "Unreadable", "settled"]

SIGNATURE = b"pagefind_dcd"
UNSIGNED, TEXT, LIST, SIMPLE = 0, 3, 4, 7
ENDLESS, BREAK = 31, 0xFF
SIMPLES = {20: False, 21: True, 22: None}
LEVEL = 9


class Unreadable(Exception):
    """The file is not what this version of Pagefind is known to write."""


def settled(contents: bytes, filters: Mapping[str, bytes]) -> tuple[bytes, dict[str, bytes]]:
    """The table of contents and the filters' files, by name without ending, in order."""
    table = _read(contents)
    if not (isinstance(table, list) and len(table) >= 5 and isinstance(table[3], list)):
        raise Unreadable("the index has a table of contents of an unknown form")
    files: dict[str, bytes] = {}
    named = []
    for name, old in sorted(table[3]):
        title, values = _read(filters[old])
        data = _write([title, sorted(values)])
        new = f"{old.partition('_')[0]}_{sha256(data).hexdigest()[:10]}"
        files[new] = data
        named.append([name, new])
    table[3] = named
    table[4] = sorted(table[4])
    return _write(table), files


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
