"""Reads and writes the files of an index as Pagefind has them.

A file is a list in CBOR (RFC 8949), compressed; of CBOR we read and write the few kinds that stand in these files, and
refuse any other.
"""

from __future__ import annotations

import gzip
from functools import lru_cache
from typing import Any

__all__ = [
    "LEVEL",
    "LIST",
    "NEGATIVE",
    "SIGNATURE",
    "UNSIGNED",
    "Unreadable",
    "decode",
    "encode",
    "head",
    "packed",
    "text",
]

SIGNATURE = b"pagefind_dcd"
UNSIGNED, NEGATIVE, TEXT, LIST, SIMPLE = 0, 1, 3, 4, 7
ENDLESS, BREAK = 31, 0xFF
SIMPLES = {20: False, 21: True, 22: None}
LEVEL = 6


class Unreadable(Exception):
    """The file is not what this version of Pagefind is known to write."""


def decode(data: bytes) -> Any:
    """What is in a file of the index."""
    plain = gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data
    if not plain.startswith(SIGNATURE):
        raise Unreadable("a file of the index does not begin as it should")
    value, end = _item(plain, len(SIGNATURE))
    if end != len(plain):
        raise Unreadable("a file of the index goes on after its end")
    return value


def encode(value: Any) -> bytes:
    """A file of the index with this in it."""
    out = bytearray(SIGNATURE)
    _put(value, out)
    return packed(out)


def packed(data: bytes | bytearray) -> bytes:
    """A file, compressed: the same bytes at any time."""
    return gzip.compress(data, LEVEL, mtime=0)


def text(value: str) -> bytes:
    """A text as it is written."""
    data = value.encode()
    return head(TEXT, len(data)) + data


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
    if kind not in (UNSIGNED, NEGATIVE, TEXT, LIST) or number > 27:
        raise Unreadable(f"a file of the index holds a value of an unknown kind ({kind}/{number})")
    if number >= 24:
        size = 1 << (number - 24)
        number, at = int.from_bytes(data[at : at + size], "big"), at + size
    if kind in (UNSIGNED, NEGATIVE):
        return number if kind == UNSIGNED else -1 - number, at
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
            out += head(UNSIGNED, value)
        case str():
            out += text(value)
        case _:
            out += head(LIST, len(value))
            for each in value:
                _put(each, out)


# A filter is a long list of numbers, and every filter of the same ones.
@lru_cache(maxsize=1 << 16)
def head(kind: int, number: int) -> bytes:
    """What a value of a kind begins with: a number itself, and of text and lists how long they are."""
    if number < 24:
        return bytes((kind << 5 | number,))
    size = next(size for size in (1, 2, 4, 8) if number < 1 << (8 * size))
    return bytes((kind << 5 | 23 + size.bit_length(),)) + number.to_bytes(size, "big")
