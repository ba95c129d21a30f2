"""Knows every copy of a passage in two aligned texts, and to which old copy each of the new ones belongs."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from archive_builder.aligning import KEPT, SENTENCE_ENDS, Alignment

__all__ = ["Copies"]

LONGEST_RUN = 60
# More copies than this are not weighed against one another.
MOST = 2_000
# So many words on either side tell one copy from another.
BESIDE = 3
# Words in a row that stand near the passage in both texts, and how near.
ALONG, OLD_REACH, NEW_REACH = 5, 16, 40


class Copies:
    """The places where the passage from ``low`` to ``high`` stands word for word, in words."""

    def __init__(self, alignment: Alignment, low: int, high: int) -> None:
        self.alignment = alignment
        self.low, self.high = low, high
        self.ours, self.theirs = alignment.codes

    @cached_property
    def new(self) -> tuple[int, ...] | None:
        """In the new text; None where that is too often to tell."""
        found = tuple(_occurrences(self.theirs, self.ours[self.low : self.high]))
        return found if len(found) < MOST else None

    @cached_property
    def others(self) -> tuple[int, ...]:
        """In the old text, without the passage itself."""
        found = tuple(_occurrences(self.ours, self.ours[self.low : self.high]))
        return tuple(at for at in found if at != self.low) if len(found) < MOST else ()

    @cached_property
    def sentence(self) -> tuple[int, int]:
        """The old sentence, or sentences, that the passage is in."""
        begins, size = self.alignment.old.begins_sentence, len(self.ours)
        low = next((low for low in range(self.low, -1, -1) if begins(low)), 0)
        return low, next((high for high in range(self.high, size) if begins(high)), size)

    def unclaimed(self) -> list[tuple[int, int]]:
        """The new copies that are no kept one of the others, with the words that agree around each; the most first."""
        claimed = {self.alignment.to[at] for at in self.others if self._is_kept(at)}
        return sorted(((self.run(at), at) for at in self.new or () if at not in claimed), reverse=True)

    def run(self, new: int, old: int | None = None) -> int:
        """How many words stand side by side in both texts, around the new copy and the passage (or an old copy)."""
        old = self.low if old is None else old
        size = self.high - self.low
        left, right = 0, 0
        while left < min(old, new, LONGEST_RUN) and self.ours[old - left - 1] == self.theirs[new - left - 1]:
            left += 1
        most = min(len(self.ours) - old, len(self.theirs) - new, size + LONGEST_RUN) - size
        while right < most and self.ours[old + size + right] == self.theirs[new + size + right]:
            right += 1
        return sum(map(self.alignment.old.is_word, range(old - left, old + size + right)))

    def is_anothers(self, new: int) -> bool:
        """Whether around another old copy, not kept elsewhere, more of the same words stand than around the passage."""
        run = self.run(new)
        is_ours = self.alignment.how[self.low] == KEPT and self.alignment.to[self.low] == new
        rivals = (self.run(new, at) for at in self.others if not self._is_kept(at) or self.alignment.to[at] == new)
        return any(rival > run or (rival == run and not is_ours) for rival in rivals)

    def may_be_anothers(self) -> bool:
        """Whether a copy was deleted, and not all that stood on both sides of this one still does: which one went?"""
        if self.new is None or len(self.new) > len(self.others) or all(map(self._is_kept, self.others)):
            return False
        low, high = self.sentence
        if self.ours.count(self.ours[low:high]) == 1:
            low, high = self.low, self.high
        return not self.alignment.is_kept(max(low - BESIDE, 0), min(high + BESIDE, len(self.ours)))

    def has_whole_sentence(self, new: int) -> bool:
        """Whether the sentence of the passage stands word for word around the new copy."""
        low, high = self.sentence
        high -= self.alignment.old.keys[high - 1] in SENTENCE_ENDS
        start = new - (self.low - low)
        return start >= 0 and self.ours[low:high] == self.theirs[start : start + high - low]

    def came_along(self, low: int, high: int) -> bool:
        """Whether words near the passage's sentence, that do not stand where they stood, stand near this new place."""
        near = self.theirs[max(low - NEW_REACH, 0) : high + NEW_REACH]
        first, last = self.sentence
        before = range(max(first - OLD_REACH, 0), first - ALONG + 1)
        after = range(last, min(last + OLD_REACH, len(self.ours)) - ALONG + 1)
        rows = (row for part in (before, after) for row in part if not self.alignment.is_kept(row, row + ALONG))
        return any(self.ours[row : row + ALONG] in near for row in rows)

    def is_new(self, low: int, high: int) -> bool:
        """Whether the new text has these words of it more often than the old one beside the passage has them.

        Else they are another passage's.
        """
        words = self.theirs[low:high]
        beside = self.ours[: self.low].count(words) + self.ours[self.high :].count(words)
        return self.theirs.count(words) > beside

    def _is_kept(self, old: int) -> bool:
        return self.alignment.is_kept(old, old + self.high - self.low)


def _occurrences(text: str, words: str) -> Iterator[int]:
    at = text.find(words) if words else -1
    count = 0
    while at >= 0 and count < MOST:
        yield at
        count += 1
        at = text.find(words, at + 1)
