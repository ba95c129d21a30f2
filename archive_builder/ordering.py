"""Reads and writes the files of an index as Pagefind has them, and brings its table of contents into one order.

A file is a list in CBOR (RFC 8949), compressed; of CBOR we read and write the few kinds that stand in these files, and
refuse any other. In the table of contents (``pf_meta``) records are named by their number: every reader loads it, and
names that are digests make most of it.
"""

from __future__ import annotations

import gzip
import re
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

__all__ = [
    "LEVEL",
    "LIST",
    "SIGNATURE",
    "Chunk",
    "Contents",
    "Unreadable",
    "decode",
    "encode",
    "head",
    "item",
    "number_of",
]

SIGNATURE = b"pagefind_dcd"
UNSIGNED, NEGATIVE, TEXT, LIST, SIMPLE = 0, 1, 3, 4, 7
ENDLESS, BREAK = 31, 0xFF
SIMPLES = {20: False, 21: True, 22: None}
LEVEL = 9
GZIP = zlib.MAX_WBITS | 16
# Of a record's file only the beginning is read: its address comes first, and ours are short.
BEGINNING = 64
ADDRESS = re.compile(SIGNATURE + rb'\{"url":"[^"/]*/([0-9a-f]+)"')

Chunk = tuple[str, str, str]
"""From which word to which word, and the name of the file that has them."""


class Unreadable(Exception):
    """The file is not what this version of Pagefind is known to write."""


@dataclass(frozen=True, slots=True)
class Contents:
    """The table of contents of one part of an index."""

    version: str
    records: tuple[str, ...]
    """The name that Pagefind gave each record, in the order of their numbers."""
    lengths: tuple[int, ...]
    """How many different words each record has."""
    chunks: tuple[Chunk, ...]
    metas: tuple[str, ...]

    @classmethod
    def read(cls, data: bytes) -> Contents:
        match decode(data):
            case [str(version), [*pages], [*chunks], [*_], [], [*metas]]:
                try:
                    names, lengths = zip(*((str(name), int(length)) for name, length in pages), strict=True)
                    named = tuple((str(first), str(last), str(name)) for first, last, name in chunks)
                except (TypeError, ValueError):
                    raise Unreadable("the index has a table of contents of an unknown form") from None
                return cls(version, names, lengths, named, tuple(map(str, metas)))
            case _:
                raise Unreadable("the index has a table of contents of an unknown form")

    def written(self, key: str, chunks: Sequence[Chunk], filters: Mapping[str, str]) -> bytes:
        """The table with records named by number, and the files of these chunks and filters."""
        pages = [[f"{key}_{number:x}", length] for number, length in enumerate(self.lengths)]
        return encode([self.version, pages, chunks, sorted(filters.items()), [], self.metas])


def number_of(record: bytes) -> int:
    """Under which number, as its address, Pagefind was told of a record."""
    found = ADDRESS.match(zlib.decompressobj(GZIP).decompress(record, BEGINNING))
    if found is None:
        raise Unreadable("the index has a record of an unknown form")
    return int(found[1], 16)


def decode(data: bytes) -> Any:
    """What is in a file of the index."""
    plain = gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data
    if not plain.startswith(SIGNATURE):
        raise Unreadable("a file of the index does not begin as it should")
    value, end = item(plain, len(SIGNATURE))
    if end != len(plain):
        raise Unreadable("a file of the index goes on after its end")
    return value


def encode(value: Any) -> bytes:
    """A file of the index with this in it."""
    out = bytearray(SIGNATURE)
    _put(value, out)
    return gzip.compress(bytes(out), LEVEL, mtime=0)


def item(data: bytes, at: int) -> tuple[Any, int]:
    """The value that begins at ``at``, and where it ends."""
    kind, number = data[at] >> 5, data[at] & 0x1F
    at += 1
    if kind == SIMPLE and number in SIMPLES:
        return SIMPLES[number], at
    if kind == LIST and number == ENDLESS:
        values = []
        while data[at] != BREAK:
            value, at = item(data, at)
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
        value, at = item(data, at)
        values.append(value)
    return values, at


def _put(value: Any, out: bytearray) -> None:
    match value:
        case bool() | None:
            out.append(SIMPLE << 5 | next(number for number, known in SIMPLES.items() if known is value))
        case int():
            out += head(UNSIGNED, value)
        case str():
            data = value.encode()
            out += head(TEXT, len(data)) + data
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
