"""What the marks of a page mean: each standing and each kind that occurs on it, with how often."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from archive_builder.pages.views import STATUS_WORDS, Note

__all__ = ["NO_CLAIM", "Legend", "Meaning", "legend"]

NO_CLAIM = "none"

STATUSES = {
    "contested": "origins contradict one another on the claim",
    "agreed": "independent origins say the same of it",
    "single-origin": "everything said of it comes from one origin",
    "unsupported": "it is only denied or doubted here",
    "unreported": "no annotated passage speaks to it",
    NO_CLAIM: "a remark that bears on no claim",
}
KINDS = {
    "dispute": "somebody else says otherwise",
    "error": "it contradicts itself, arithmetic, or what can be looked up",
    "context": "what one needs to know to weigh it",
    "language": "a loaded word, a euphemism, a vague attribution",
    "translation": "another rendering of the same words differs",
    "source": "where it comes from, and through whom",
}
WORDS = {**STATUS_WORDS, NO_CLAIM: "no claim"}
"""What a standing is called; a kind is called what it is."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """One standing or kind."""

    value: str
    """As ``data-status`` or ``data-kind`` of a note has it."""
    words: str
    means: str
    count: int


class Legend(NamedTuple):
    statuses: tuple[Meaning, ...]
    kinds: tuple[Meaning, ...]


def legend(notes: Sequence[Note]) -> Legend:
    """The legend of these notes, in a fixed order."""
    statuses = Counter(str(note.standing.status) if note.standing else NO_CLAIM for note in notes)
    kinds = Counter(str(note.annotation.kind) for note in notes)
    return Legend(_meanings(STATUSES, statuses), _meanings(KINDS, kinds))


def _meanings(known: Mapping[str, str], counts: Mapping[str, int]) -> tuple[Meaning, ...]:
    return tuple(
        Meaning(value, WORDS.get(value, value), means, counts[value])
        for value, means in known.items()
        if value in counts
    )
