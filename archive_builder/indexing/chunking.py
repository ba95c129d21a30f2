"""Puts the words of a part into files, so small that a reader loads little besides what is asked.

A query loads at least one file of each part for each of its words; Pagefind's own have some thirty kilobytes. For a
word that is half typed the program loads one file too: so words that begin alike are kept in one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from archive_builder.ordering import LIST, SIGNATURE, head, packed

__all__ = ["Chunk", "chunks"]

ENOUGH, MOST = 8_000, 32_000
"""How many bytes a file has, before it is compressed, when the next may be begun, and when it must be."""
ALIKE = 4
"""How many letters words have in common that are kept together."""
ONE = head(LIST, 1)
"""A file is one list."""

Chunk = tuple[str, str, str]
"""From which word to which word, and the name of the file that has them."""


def chunks(key: str, words: Iterable[tuple[str, bytes]]) -> tuple[list[Chunk], dict[str, bytes]]:
    """Which words of a part are in which file, and the files by name.

    Names are numbers, as every reader loads the list of them; the browser asks for them with the tag of the index.
    """
    ends: list[Chunk] = []
    made: dict[str, bytes] = {}
    for held in _filled(words):
        name = f"{key}_{len(ends):x}"
        ends.append((held[0][0], held[-1][0], name))
        made[name] = packed(SIGNATURE + ONE + head(LIST, len(held)) + b"".join(data for _, data in held))
    return _shortened(ends), made


def _filled(words: Iterable[tuple[str, bytes]]) -> Iterator[list[tuple[str, bytes]]]:
    """Words until there are enough; one that is more than fits a file has one of its own."""
    held: list[tuple[str, bytes]] = []
    size = 0
    for word, data in words:
        is_alike = held and held[-1][0][:ALIKE] == word[:ALIKE]
        if held and (size + len(data) > MOST or (size >= ENOUGH and not is_alike)):
            yield held
            held, size = [], 0
        held.append((word, data))
        size += len(data)
    if held:
        yield held


def _shortened(ends: list[Chunk]) -> list[Chunk]:
    """With the words between two files told only as far as they differ, as Pagefind has them."""
    firsts, lasts = [first for first, _, _ in ends], [last for _, last, _ in ends]
    for place, (one, other) in enumerate(pairwise(ends)):
        last, first = one[1], other[0]
        shared = next((at for at, (a, b) in enumerate(zip(last, first, strict=False)) if a != b), len(last))
        lasts[place], firsts[place + 1] = last[: shared + 1], first[: shared + 1]
    return [(first, last, name) for first, last, (_, _, name) in zip(firsts, lasts, ends, strict=True)]
