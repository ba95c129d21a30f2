"""Aligns an old text with a new one, word by word, in bounded time and memory.

Common ends go first; then runs of words that stand once in either text hold the two together, long runs before short
ones, so that a paragraph that stayed is never torn apart for the sake of a common phrase; what is left between them is
aligned by edit distance. Where too much is left, it counts as gone, and nobody is told that it corresponds.

What went out or came in between equal words can be told in several ways ("The guards [died. The guards] fled", or "[The
guards died.] The guards fled"): we take the one that parts whole sentences, and where none or several do, are unsure.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from archive_builder.aligning.words import CLOSERS, SENTENCE_ENDS, Words, cut

__all__ = ["GONE", "KEPT", "REPLACED", "UNSURE", "Alignment", "align"]

RUNS = (48, 12, 3)
# More pairs of words than this are not compared: half a second.
PAIRS = 400_000_000
# Every word gets a character of its own; there are no more.
VOCABULARY = 1_100_000
KEPT, REPLACED, GONE, UNSURE = 3, 2, 1, 0
# How far, in words, a change is looked after for other ways to tell it.
SLIDE = 1_000


class Stretch(NamedTuple):
    """Words of the old text and as many of the new one that correspond."""

    low: int
    high: int
    low_new: int
    kept: bool
    """Whether they are the same words."""

    @property
    def high_new(self) -> int:
        return self.low_new + self.high - self.low


@dataclass(frozen=True, slots=True)
class Alignment:
    """Where each word of an old text stands in a new one. A word is a run of letters and digits, or one sign."""

    old: Words
    new: Words
    codes: tuple[str, str]
    """Either text with one character for each word, the same for the same word; empty where there are too many."""
    to: tuple[int, ...]
    """For each old word, the new one it became, or before which it stood."""
    how: bytes
    """For each old word, KEPT, REPLACED, GONE or UNSURE."""

    def words_in(self, start: int, end: int) -> tuple[int, int]:
        """The old words in a stretch of the old text: the first, and the one after the last."""
        low = bisect_left(self.old.spans, start, key=lambda word: word[1] - 1)
        return low, bisect_left(self.old.spans, end, lo=low, key=lambda word: word[0])

    def is_kept(self, low: int, high: int) -> bool:
        """Whether the old words from ``low`` to ``high`` all stand in the new text, side by side."""
        kept = self.how.count(KEPT, low, high) == high - low
        return low < high and kept and self.to[high - 1] - self.to[low] == high - 1 - low

    def image(self, low: int, high: int) -> tuple[int, int]:
        """The new words that the old ones from ``low`` to ``high`` became."""
        first = self.to[low] if low < len(self.to) else len(self.new.keys)
        if low == high:
            return first, first
        return first, self.to[high - 1] + (self.how[high - 1] != GONE)


@lru_cache(maxsize=4)
def align(old: str, new: str) -> Alignment:
    """Align two texts."""
    before, after = cut(old), cut(new)
    codes: dict[str, str] = {}
    a, b = _coded(before.keys, codes), _coded(after.keys, codes)
    is_coded = len(codes) < VOCABULARY
    between = _stretches(a, b) if is_coded else ()
    stretches = [Stretch(0, 0, 0, True), *between, Stretch(len(a), len(a), len(b), True)]
    ends, closers = ("".join(codes.get(sign, "") for sign in signs) for signs in (SENTENCE_ENDS, CLOSERS))
    unsure = list(_settle(a, b, stretches, ends, closers))
    return Alignment(before, after, (a, b) if is_coded else ("", ""), *_told(stretches, unsure))


def _coded(words: Iterable[str], codes: dict[str, str]) -> str:
    """One character for each word, the same for the same word: then texts of words are compared as fast as texts."""
    return "".join(codes.setdefault(word, chr(min(len(codes) + 1, VOCABULARY))) for word in words)


def _told(stretches: Iterable[Stretch], unsure: Iterable[tuple[int, int]]) -> tuple[tuple[int, ...], bytes]:
    """Where each of the old words is, and how."""
    to: list[int] = []
    how = bytearray()
    for stretch in stretches:
        gone = stretch.low - len(to)
        to += [stretch.low_new] * gone
        to += range(stretch.low_new, stretch.high_new)
        how += bytes([GONE]) * gone + bytes([KEPT if stretch.kept else REPLACED]) * (stretch.high - stretch.low)
    for low, high in unsure:
        how[low:high] = bytes([UNSURE]) * (high - low)
    return tuple(to), bytes(how)


def _stretches(a: str, b: str) -> Iterator[Stretch]:
    """What corresponds, in order."""
    head = _common_length(a, b)
    left, right = a[head:], b[head:]
    tail = _common_length(left[::-1], right[::-1])
    if head:
        yield Stretch(0, head, 0, True)
    yield from _between(a, b, (head, len(a) - tail), (head, len(b) - tail), RUNS)
    if tail:
        yield Stretch(len(a) - tail, len(a), len(b) - tail, True)


def _common_length(a: str, b: str) -> int:
    """How many characters two texts have in common at their beginnings."""
    low, high = 0, min(len(a), len(b))
    while low < high:
        middle = (low + high + 1) // 2
        if a[low:middle] == b[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _between(a: str, b: str, old: tuple[int, int], new: tuple[int, int], runs: tuple[int, ...]) -> Iterator[Stretch]:
    """Hold the two together by runs of the first length, then what lies between them by shorter ones."""
    if old[0] == old[1] or new[0] == new[1]:
        return
    if not runs:
        yield from _edited(a, b, old, new)
        return
    low, low_new = old[0], new[0]
    for run in _common_runs(a, b, old, new, runs[0]):
        yield from _between(a, b, (low, run.low), (low_new, run.low_new), runs[1:])
        yield run
        low, low_new = run.high, run.high_new
    yield from _between(a, b, (low, old[1]), (low_new, new[1]), runs[1:])


def _common_runs(a: str, b: str, old: tuple[int, int], new: tuple[int, int], length: int) -> Iterator[Stretch]:
    """The runs of at least ``length`` words that stand once in either, as many as keep their order."""
    ours, theirs = _once(a, *old, length), _once(b, *new, length)
    pairs = sorted((start, theirs[run]) for run, start in ours.items() if run in theirs)
    low, low_new = old[0], new[0]
    for start, start_new in _rising(pairs):
        if start < low or start_new < low_new or a[start : start + length] != b[start_new : start_new + length]:
            continue
        while start > low and start_new > low_new and a[start - 1] == b[start_new - 1]:
            start, start_new = start - 1, start_new - 1
        longest = min(old[1] - start, new[1] - start_new)
        end = start + _common_length(a[start : start + longest], b[start_new : start_new + longest])
        yield Stretch(start, end, start_new, True)
        low, low_new = end, start_new + end - start


def _once(text: str, start: int, end: int, length: int) -> dict[int, int]:
    """The hashes of the runs that stand once, and where; the runs themselves would take a hundred times the text."""
    seen: dict[int, int] = {}
    for place in range(start, end - length + 1):
        run = hash(text[place : place + length])
        seen[run] = -1 if run in seen else place
    return {run: place for run, place in seen.items() if place >= 0}


def _rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest choice of pairs that rises on both sides (patience sorting)."""
    tops: list[int] = []
    indices: list[int] = []
    below: list[int] = []
    for index, (_, place) in enumerate(pairs):
        pile = bisect_left(tops, place)
        below.append(indices[pile - 1] if pile else -1)
        tops[pile : pile + 1] = [place]
        indices[pile : pile + 1] = [index]
    chosen: list[tuple[int, int]] = []
    index = indices[-1] if indices else -1
    while index >= 0:
        chosen.append(pairs[index])
        index = below[index]
    return chosen[::-1]


def _edited(a: str, b: str, old: tuple[int, int], new: tuple[int, int]) -> Iterator[Stretch]:
    if (old[1] - old[0]) * (new[1] - new[0]) > PAIRS:
        return
    for edit in Levenshtein.opcodes(a[slice(*old)], b[slice(*new)]):
        if edit.tag in ("equal", "replace"):
            low, high = old[0] + edit.src_start, old[0] + edit.src_end
            yield Stretch(low, high, new[0] + edit.dest_start, edit.tag == "equal")


def _settle(a: str, b: str, stretches: list[Stretch], ends: str, closers: str) -> Iterator[tuple[int, int]]:
    """Move each pure deletion and insertion to where it parts whole sentences; yield the old words that stay unsure."""
    for index in range(1, len(stretches)):
        before, after = stretches[index - 1], stretches[index]
        gone, come = after.low - before.high, after.low_new - before.high_new
        if not (before.kept and after.kept) or bool(gone) == bool(come):
            continue
        text, start, end = (a, before.high, after.low) if gone else (b, before.high_new, after.low_new)
        left = _slide(text, start, end, -1, before.high - before.low)
        right = _slide(text, start, end, 1, after.high - after.low)
        if not left and not right:
            continue
        begins = (_begins_sentence(text, at, ends, closers) for at in range(start - left, start + right + 1))
        also = (_begins_sentence(text, at, ends, closers) for at in range(end - left, end + right + 1))
        ways = [way for way, both in enumerate(zip(begins, also, strict=True), -left) if all(both)]
        if len(ways) != 1:
            yield before.high - left, after.low + right
            continue
        stretches[index - 1] = before._replace(high=before.high + ways[0])
        stretches[index] = after._replace(low=after.low + ways[0], low_new=after.low_new + ways[0])


def _slide(text: str, start: int, end: int, way: int, most: int) -> int:
    """By how many words a change can be told further left (-1) or right (1)."""
    offset = -1 if way < 0 else 0
    steps = 0
    while steps < min(most, SLIDE) and text[start + offset + way * steps] == text[end + offset + way * steps]:
        steps += 1
    return steps


def _begins_sentence(text: str, at: int, ends: str, closers: str) -> bool:
    while at > 0 and text[at - 1] in closers:
        at -= 1
    return at == 0 or text[at - 1] in ends
