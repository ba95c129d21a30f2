"""Tells in words how a newer text differs from an older one: what went out, what came in, and between which words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from archive_builder.aligning import KEPT, UNSURE, Alignment, Words, align

__all__ = ["Change", "Difference", "difference"]

AROUND = 4  # words shown before and after a change
NEAR = 3  # words at most between two changes that are told as one


@dataclass(frozen=True, slots=True)
class Change:
    """One place in which the texts differ, with some words around it."""

    old: str
    """What stood there, in square brackets what went out."""
    new: str
    """What stands there, in square brackets what came in."""


@dataclass(frozen=True, slots=True)
class Difference:
    """All places in which two texts differ."""

    changes: tuple[Change, ...]
    words_out: int
    words_in: int


def difference(old: str, new: str) -> Difference:
    """How ``new`` differs from ``old``; markup and the shape of quotation marks make no difference."""
    alignment = align(old, new)
    gaps = list(_gaps(alignment))
    before, after = alignment.old, alignment.new
    return Difference(
        tuple(Change(_shown(before, near, 0), _shown(after, near, 1)) for near in _together(gaps)),
        sum(map(before.is_word, (at for gap in gaps for at in range(*gap[0])))),
        sum(map(after.is_word, (at for gap in gaps for at in range(*gap[1])))),
    )


Gap = tuple[tuple[int, int], tuple[int, int]]
"""Words of the old text, and those of the new one that stand in their place."""


def _gaps(alignment: Alignment) -> Iterator[Gap]:
    """What lies between words that stayed."""
    end = (len(alignment.old.keys), len(alignment.new.keys))
    for (low, low_new), (high, high_new) in pairwise([(-1, -1), *_stayed(alignment), end]):
        if high - low > 1 or high_new - low_new > 1:
            yield (low + 1, high), (low_new + 1, high_new)


def _stayed(alignment: Alignment) -> Iterator[tuple[int, int]]:
    """The pairs of the same word, in the order of both texts."""
    last = -1
    old, new = alignment.old.keys, alignment.new.keys
    for at, (to, how) in enumerate(zip(alignment.to, alignment.how, strict=True)):
        if how in (KEPT, UNSURE) and last < to < len(new) and old[at] == new[to]:
            yield at, to
            last = to


def _together(gaps: list[Gap]) -> Iterator[list[Gap]]:
    """The gaps, those that are near one another in one list."""
    near: list[Gap] = []
    for gap in gaps:
        if near and gap[0][0] - near[-1][0][1] > NEAR:
            yield near
            near = []
        near.append(gap)
    if near:
        yield near


def _shown(words: Words, gaps: list[Gap], side: int) -> str:
    """One of the texts around the gaps, with what is in them in square brackets."""
    first, last = gaps[0][side][0], gaps[-1][side][1]
    low, high = max(first - AROUND, 0), min(last + AROUND, len(words.keys))
    parts = ["…"] if low else []
    for gap in gaps:
        start, end = gap[side]
        parts += [words.shown(low, start), f"[{words.shown(start, end)}]" if start < end else "[]"]
        low = end
    parts += [words.shown(low, high), "…" if high < len(words.keys) else ""]
    return " ".join(filter(None, parts))
