"""Holds which leaves of a page are taken for its article's text, and what the others are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from archive_builder.ingest.leaves import Leaf
from archive_builder.ingest.tree import Element
from archive_builder.ingest.witnesses import words_of

__all__ = ["LINKS", "SENTENCE_ENDS", "Choice", "is_prose", "outermost"]

LINKS = 0.5  # a leaf with more of its letters in links is a list of links
PROSE = 12  # words
SENTENCE_ENDS = (".", "!", "?", "…", "。", "！", "？", "۔", "؟", "”", "»", '"', ":", "।")


@dataclass
class Choice:
    """The leaves, chosen."""

    leaves: Sequence[Leaf]
    kept: set[int]
    reasons: dict[int, str] = field(default_factory=dict)
    """Of leaves that are left out: what they are."""
    doubts: dict[int, str] = field(default_factory=dict)
    """Of leaves kept or left out: why a person should look."""

    def drop(self, numbers: Iterable[int], reason: str) -> None:
        for number in numbers:
            self.kept.discard(number)
            self.reasons.setdefault(number, reason)

    def in_order(self) -> list[int]:
        return sorted(self.kept)

    def words(self) -> int:
        return sum(len(words_of(self.leaves[number].text)) for number in self.kept)


def is_prose(leaf: Leaf) -> bool:
    return leaf.linked < LINKS and len(words_of(leaf.text)) >= PROSE and leaf.text.endswith(SENTENCE_ENDS)


def outermost(element: Element, tag: str) -> Element | None:
    found = element if element.tag == tag else None
    for ancestor in element.iterancestors(tag):
        found = ancestor
    return found
