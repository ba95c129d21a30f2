"""Puts the words of a part into files, so small that a reader loads little besides what is asked.

A query loads at least one file of each part for each of its words; Pagefind's own have some thirty kilobytes. For a
word that is half typed the program loads one file too: so words that begin alike are kept in one where they fit, and
else the browser loads those that follow (``assets/search/part.js``).

Parts that are always loaded together share their files: each has a piece in every one of them. So there is one request
for a word and not one for each part, and a file has fewer words besides.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from heapq import merge
from itertools import groupby, pairwise
from operator import itemgetter

from archive_builder.ordering import LIST, SIGNATURE, head, packed

__all__ = ["Chunk", "chunks"]

ENOUGH, MOST = 8_000, 32_000
"""How many bytes a file has, before it is compressed, when the next may be begun, and when it must be."""
ALIKE = 4
"""How many letters words have in common that are kept together."""
SIZE = 4
"""How many bytes tell how long a piece is."""
ONE = head(LIST, 1)
"""A file is one list."""

Chunk = tuple[str, str, str]
"""From which word to which word, and the name of the file that has them."""


def chunks(key: str, parts: Sequence[Iterable[tuple[str, bytes]]]) -> tuple[list[Chunk], dict[str, bytes]]:
    """Which words of these parts are in which file, and the files by name.

    Names are numbers, as every reader loads the list of them; the browser asks for them with the tag of the index.
    """
    ends: list[Chunk] = []
    made: dict[str, bytes] = {}
    for held in _filled(_together(parts)):
        name = f"{key}_{len(ends):x}"
        ends.append((held[0][0], held[-1][0], name))
        pieces = [_piece([own[number] for _, own in held if number in own]) for number in range(len(parts))]
        # The piece of one part that shares with none is what Pagefind itself would read.
        sizes = b"".join(len(piece).to_bytes(SIZE, "big") for piece in pieces) if len(parts) > 1 else b""
        made[name] = packed(SIGNATURE + sizes + b"".join(pieces))
    return _shortened(ends), made


Held = tuple[str, dict[int, bytes]]
"""A word, and what is told of it by the number of the part."""


def _together(parts: Sequence[Iterable[tuple[str, bytes]]]) -> Iterator[Held]:
    """The words of all parts, each once."""
    numbered = (_numbered(number, words) for number, words in enumerate(parts))
    for word, own in groupby(merge(*numbered, key=itemgetter(0)), key=itemgetter(0)):
        yield word, {number: data for _, number, data in own}


def _numbered(number: int, words: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, int, bytes]]:
    return ((word, number, data) for word, data in words)


def _piece(words: Sequence[bytes]) -> bytes:
    return ONE + head(LIST, len(words)) + b"".join(words) if words else b""


def _filled(words: Iterable[Held]) -> Iterator[list[Held]]:
    """Words until there are enough; one that is more than fits a file has one of its own."""
    held: list[Held] = []
    size = 0
    for word, own in words:
        own_size = sum(map(len, own.values()))
        is_alike = held and held[-1][0][:ALIKE] == word[:ALIKE]
        if held and (size + own_size > MOST or (size >= ENOUGH and not is_alike)):
            yield held
            held, size = [], 0
        held.append((word, own))
        size += own_size
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
