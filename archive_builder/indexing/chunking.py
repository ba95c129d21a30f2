"""Cuts the files of an index's words smaller than Pagefind does, so that a reader loads little besides what is asked.

Pagefind fills a file with twenty thousand places where words stand, some thirty kilobytes, and a query loads at least
one of each part for each of its words. A file is a list of words in CBOR, each a list that begins with the word; so it
is cut between two words without reading what stands in them.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from archive_builder.ordering import LEVEL, LIST, SIGNATURE, Chunk, Unreadable, head, item

__all__ = ["cut"]

ENOUGH = 8_000
"""How many bytes a file has, before it is compressed, when the next is begun."""
ONE, WORD = b"\x81", 0x83
"""Heads of lists: of the one list that a file is, and of the three things that are told of a word."""
# Numbers, heads of lists and what is neither true nor false: everything but text.
NO_TEXT = re.compile(
    rb"(?:[\x00-\x17\x20-\x37\x80-\x97\xf4-\xf6]|[\x18\x38\x98].|[\x19\x39\x99]..|[\x1a\x3a\x9a].{4})*+", re.DOTALL
)

Place = tuple[int, str]
"""Where a word begins, and the word."""


def cut(key: str, chunks: Sequence[Chunk], files: Mapping[str, bytes]) -> tuple[Sequence[Chunk], dict[str, bytes]]:
    """The files of words of a part, cut smaller: which words are in which file, and the files by name.

    Names are numbers, as every reader loads the list of them; the browser asks for them with the tag of the index.
    """
    ends: list[Chunk] = []
    made: dict[str, bytes] = {}
    for _, _, name in chunks:
        for first, last, data in _pieces(gzip.decompress(files[name])):
            own = f"{key}_{len(ends):x}"
            ends.append((first, last, own))
            made[own] = gzip.compress(data, LEVEL, mtime=0)
    return _shortened(ends), made


def _pieces(data: bytes) -> Iterator[tuple[str, str, bytes]]:
    """The first and the last word of each piece, and the piece as a file."""
    places = list(_places(data))
    starts = [0]
    for number, (at, _) in enumerate(places):
        if at - places[starts[-1]][0] >= ENOUGH:
            starts.append(number)
    for start, stop in pairwise([*starts, len(places)]):
        end = places[stop][0] if stop < len(places) else len(data)
        words = data[places[start][0] : end]
        yield places[start][1], places[stop - 1][1], SIGNATURE + ONE + head(LIST, stop - start) + words


def _places(data: bytes) -> Iterator[Place]:
    """Where each word begins. Of the lists in a file only a word's is of three things of which the first is text."""
    at, found = len(SIGNATURE), 0
    while (at := _text(data, at)) < len(data):
        word, after = item(data, at)
        if data[at - 1] == WORD:
            found += 1
            yield at - 1, str(word)
        at = after
    if not found or not data.startswith(SIGNATURE + ONE + head(LIST, found)):
        raise Unreadable("a file of the index's words is of an unknown form")


def _text(data: bytes, at: int) -> int:
    """Where the next text begins, or the end."""
    found = NO_TEXT.match(data, at)
    assert found is not None
    return found.end()


def _shortened(chunks: Sequence[Chunk]) -> list[Chunk]:
    """With the words between two files told only as far as they differ, as Pagefind has them."""
    firsts, lasts = [first for first, _, _ in chunks], [last for _, last, _ in chunks]
    for place, (one, other) in enumerate(pairwise(chunks)):
        last, first = one[1], other[0]
        shared = next((at for at, (a, b) in enumerate(zip(last, first, strict=False)) if a != b), len(last))
        lasts[place], firsts[place + 1] = last[: shared + 1], first[: shared + 1]
    return [(first, last, name) for first, last, (_, _, name) in zip(firsts, lasts, chunks, strict=True)]
