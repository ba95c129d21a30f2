"""Aligns the words around one passage by likeness, and says what became of the passage and how like it that is.

Between stretches that surely stayed, words that changed a little ("fifteen", "seventeen"; "guard", "guards") are paired
as well, because the edit distance of whole words cannot tell which of them became which.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz

from archive_builder.aligning.edits import KEPT, Alignment
from archive_builder.aligning.words import Words

__all__ = ["Rewording", "reworded", "weight"]

# A stretch of so many words side by side surely stayed.
SURE = 6
# How far around the passage, in words, we look for one.
REACH = 150
# More pairs of words than this are not compared: a tenth of a second.
PAIRS = 160_000
# What a pair of words adds: the same word, a word like it, another number, anything else.
LIKE, NUMBERS, ANYTHING = 0.65, 0.45, 0.01
COMMON, SIGN = 0.3, 0.05
LIKENESS = 72.0
TRUE_PAIR = 0.02
LONG = 4


@dataclass(frozen=True, slots=True)
class Rewording:
    """What a passage became."""

    low: int
    """The first of the new words."""
    high: int
    """The one after the last; the first where nothing is left."""
    likeness: float
    """How much of the passage is in it, from 0 to 1: long words, numbers and names count most."""
    is_held: bool
    """Whether the words on both sides of the passage, in its sentence, still stand there."""


def reworded(alignment: Alignment, low: int, high: int) -> Rewording:
    """What the old words from ``low`` to ``high`` became, where they stood."""
    old, new = _between(alignment, low, high)
    if (old[1] - old[0]) * (new[1] - new[0]) > PAIRS:
        first, last = alignment.image(low, high)
        return Rewording(first, max(first, last), _share(alignment, low, high), False)
    pairs = dict(_paired(alignment.old.keys, alignment.new.keys, old, new))
    return _told(alignment, pairs, (low, high), new)


@lru_cache(maxsize=65_536)
def weight(word: str) -> float:
    """How much a word says."""
    if not word[0].isalnum():
        return SIGN
    return 1.0 if len(word) >= LONG or word[0].isupper() or word[0].isdigit() or ord(word[0]) > 0x2E80 else COMMON


def _between(alignment: Alignment, low: int, high: int) -> tuple[tuple[int, int], tuple[int, int]]:
    """The old and the new words between the sure stretches to the left and to the right of the passage."""
    first = _sure(alignment, range(low - 1, max(low - REACH, 0) - 1, -1))
    last = _sure(alignment, range(high, min(high + REACH, len(alignment.to))))
    start, end = first + 1, last
    start_new = alignment.to[first] + 1 if first >= 0 and alignment.how[first] == KEPT else _before(alignment, start)
    end_new = alignment.to[last] if last < len(alignment.to) else len(alignment.new.keys)
    return (start, end), (start_new, max(start_new, end_new))


def _sure(alignment: Alignment, places: range) -> int:
    """The nearest of the places from which a run of kept words leads away; else the one after the last."""
    run = 0
    for at in places:
        is_next = alignment.how[at] == KEPT and (not run or abs(alignment.to[at] - alignment.to[at - places.step]) == 1)
        run = run + 1 if is_next else int(alignment.how[at] == KEPT)
        if run == SURE:
            return at - places.step * (SURE - 1)
    return places.stop


def _before(alignment: Alignment, start: int) -> int:
    return alignment.to[start] if 0 < start < len(alignment.to) else 0


def _share(alignment: Alignment, low: int, high: int) -> float:
    words = range(low, high)
    whole = sum(weight(alignment.old.keys[at]) for at in words)
    kept = sum(weight(alignment.old.keys[at]) for at in words if alignment.how[at] == KEPT)
    return kept / whole


def _paired(
    ours: tuple[str, ...], theirs: tuple[str, ...], old: tuple[int, int], new: tuple[int, int]
) -> Iterator[tuple[int, tuple[int, float]]]:
    """The pairs of words of the alignment that adds up to the most, last first; with what each adds."""
    before, after = ours[slice(*old)], theirs[slice(*new)]
    rows = [[0.0] * (len(after) + 1)]
    for word in before:
        above, row = rows[-1], [0.0]
        for at, other in enumerate(after):
            row.append(max(above[at] + _likeness(word, other), above[at + 1], row[at]))
        rows.append(row)
    i, j = len(before), len(after)
    while i and j:
        if rows[i][j] == rows[i - 1][j]:
            i -= 1
        elif rows[i][j] == rows[i][j - 1]:
            j -= 1
        else:
            i, j = i - 1, j - 1
            yield old[0] + i, (new[0] + j, _likeness(before[i], after[j]))


@lru_cache(maxsize=262_144)
def _likeness(word: str, other: str) -> float:
    if word == other:
        return weight(word)
    if not (word[0].isalnum() and other[0].isalnum()):
        return 0.0 if word[0].isalnum() or other[0].isalnum() else ANYTHING / 2
    if word[0].isdigit() and other[0].isdigit():
        return NUMBERS
    short = min(len(word), len(other))
    if short >= LONG:
        stem = max(LONG, round(0.6 * max(len(word), len(other))))
        if word[:stem].lower() == other[:stem].lower() or fuzz.ratio(word, other) >= LIKENESS:
            return LIKE
    return weight(word) * 0.9 if word.lower() == other.lower() else ANYTHING


def _told(
    alignment: Alignment, pairs: dict[int, tuple[int, float]], passage: tuple[int, int], new: tuple[int, int]
) -> Rewording:
    low, high = passage
    true = {old: place for old, (place, gain) in pairs.items() if gain > TRUE_PAIR and alignment.old.is_word(old)}
    left = max((old for old in true if old < low), default=None)
    right = min((old for old in true if old >= high), default=None)
    floor = new[0] if left is None else true[left] + 1
    ceiling = new[1] if right is None else true[right]
    inside = {old: place for old, (place, _) in pairs.items() if low <= old < high and floor <= place < ceiling}
    room = _Room(floor, ceiling, is_open_left=left != low - 1 or low in true, is_open_right=right != high)
    if high - 1 in true:
        room = room._replace(is_open_right=True)
    first, last = _edges(alignment.old, alignment.new, passage, room, sorted(inside.values()))
    whole = sum(weight(alignment.old.keys[at]) for at in range(low, high))
    gain = sum(pairs[old][1] for old in inside)
    return Rewording(first, last, gain / whole, _is_held(alignment, passage, (first, last)))


class _Room(NamedTuple):
    """The new words that may belong to the passage."""

    low: int
    high: int
    is_open_left: bool
    """Whether some of the first of them may as well belong to what stood before the passage."""
    is_open_right: bool


def _edges(ours: Words, theirs: Words, passage: tuple[int, int], room: _Room, inside: list[int]) -> tuple[int, int]:
    """Where what the passage became begins and ends: at a sentence, where the passage did; else at its outer pairs."""
    low, high = passage
    if not inside:
        first, last = (room.low, room.low) if room.is_open_left or room.is_open_right else (room.low, room.high)
        return (first, last) if any(theirs.is_word(at) for at in range(first, last)) else (first, first)
    first = inside[0] if room.is_open_left else room.low
    last = inside[-1] + 1 if room.is_open_right else room.high
    if ours.begins_sentence(low):
        first = next((at for at in range(inside[0], room.low - 1, -1) if theirs.begins_sentence(at)), first)
    if ours.begins_sentence(high):
        last = next((at for at in range(inside[-1] + 1, room.high + 1) if theirs.begins_sentence(at)), last)
    return first, last


def _is_held(alignment: Alignment, passage: tuple[int, int], image: tuple[int, int]) -> bool:
    low, high = passage
    return (
        low > 0
        and high < len(alignment.to)
        and alignment.how[low - 1] == alignment.how[high] == KEPT
        and alignment.to[low - 1] + 1 == image[0]
        and alignment.to[high] == image[1]
        and not alignment.old.begins_sentence(low)
    )
