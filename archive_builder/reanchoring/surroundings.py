"""Tells whether what stood beside a passage still does, and whether it has come to say something else."""

from __future__ import annotations

from collections.abc import Callable

from archive_builder.aligning import KEPT, Alignment, Words
from archive_builder.anchoring import Anchor, widened
from archive_builder.wording import negations

__all__ = ["changed_beside", "is_at_an_end", "is_cut", "is_supported"]

Row = tuple[int, int]

# How many of the words around a passage say that it is the same one, and how far from it they may stand.
NEIGHBOURS, NEAR = 3, 8
# How far from the passage, in words of its sentence, a negation turns its meaning round.
BESIDE = 3
# No number is longer, in code points.
NUMBER = 24


def is_supported(alignment: Alignment, passage: Row) -> bool:
    """Whether words that stood close to the passage still do; fewer are asked for where there are fewer."""
    low, high = passage
    to, how, is_word = alignment.to, alignment.how, alignment.old.is_word
    first, last = alignment.image(low, high)
    before, after = range(max(low - NEAR, 0), low), range(high, min(high + NEAR, len(to)))
    kept = [at for at in before if how[at] == KEPT and first - to[at] <= NEAR]
    kept += [at for at in after if how[at] == KEPT and to[at] - last < NEAR]
    there = sum(map(is_word, before)) + sum(map(is_word, after))
    return sum(map(is_word, kept)) >= min(NEIGHBOURS, max(there, 1))


def is_at_an_end(alignment: Alignment, passage: Row, place: Row) -> bool:
    """Whether no word stands before it, or none after it, in either text."""
    old, new = alignment.old, alignment.new
    is_first = not _has_word(old, 0, passage[0]) and not _has_word(new, 0, place[0])
    return is_first or not (_has_word(old, passage[1], len(old.keys)) or _has_word(new, place[1], len(new.keys)))


def changed_beside(alignment: Alignment, passage: Row, place: Row, language: str) -> str | None:
    """What came or went beside the passage, in its sentence, that turns its meaning round."""
    before = _negations(alignment.old, passage, language)
    return None if before == _negations(alignment.new, place, language) else "a negation beside it came or went"


def is_cut(text: str, start: int, end: int) -> bool:
    """Whether the stretch parts a word, a number or a range from the rest of it."""
    offset = max(start - NUMBER, 0)
    found = widened(text[offset : end + NUMBER], Anchor(start - offset, end - offset))
    return found.start < start - offset or found.end > end - offset


def _has_word(words: Words, low: int, high: int) -> bool:
    return any(map(words.is_word, range(low, high)))


def _negations(words: Words, row: Row, language: str) -> tuple[tuple[str, ...], ...]:
    low = _steps(words.begins_sentence, row[0], -1)
    high = _steps(words.begins_sentence, row[1], 1)
    return negations(words.keys[low : row[0]], language), negations(words.keys[row[1] : high], language)


def _steps(is_edge: Callable[[int], bool], at: int, way: int) -> int:
    """So many words that way, but not out of the sentence."""
    for _ in range(BESIDE):
        if at == 0 or is_edge(at):
            break
        at += way
    return at
