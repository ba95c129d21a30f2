"""Finds where the articles name each entity, in any of its spellings."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from archive_builder.anchoring import Anchor
from archive_builder.archive import Archive
from archive_builder.model import Entity
from archive_builder.projection import BARRIER, Prose, normalise

__all__ = ["Mention", "Spellings", "excerpt", "mentions", "named", "spellings"]

WORD = re.compile(r"[^\W_]+")
REACH = 90

Spellings = Mapping[str, Sequence[tuple[str, str]]]
"""Spellings with their entity, by first word; the longest first."""


class Mention(NamedTuple):
    """One place where an article names an entity."""

    article: str
    anchor: Anchor
    spelling: str


def mentions(archive: Archive) -> Mapping[str, tuple[Mention, ...]]:
    """The mentions of each entity, article by article in reading order."""
    known = spellings(archive.entities.values())
    found: dict[str, list[Mention]] = defaultdict(list)
    for article, prose in archive.proses.items():
        for entity, anchor in named(prose.text, known):
            found[entity].append(Mention(article, anchor, prose.text[anchor.start : anchor.end]))
    return {entity: tuple(found[entity]) for entity in archive.entities}


def excerpt(prose: Prose, anchor: Anchor) -> tuple[str, str, str]:
    """The passage with some words before and after it, never across an elision: before, passage, after."""
    text = prose.text
    low = max(anchor.start - REACH, 0)
    before = text[low : anchor.start].rpartition(BARRIER)[2]
    if low and len(before) == anchor.start - low:
        before = "… " + before.partition(" ")[2]
    high = min(anchor.end + REACH, len(text))
    after = text[anchor.end : high].partition(BARRIER)[0]
    if high < len(text) and len(after) == high - anchor.end:
        after = after.rpartition(" ")[0] + " …"
    return before.lstrip(), text[anchor.start : anchor.end], after.rstrip()


def spellings(entities: Iterable[Entity]) -> Spellings:
    """Every spelling of the entities, ready to be looked for."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for entity in entities:
        for name in dict.fromkeys((entity.name, *entity.aliases)):
            spelling = normalise(name)
            first = WORD.search(spelling)
            if first is not None and first.start() == 0:
                found[first[0]].append((spelling, entity.id))
    for known in found.values():
        known.sort(key=lambda each: (-len(each[0]), each))
    return found


def named(text: str, known: Spellings) -> Iterator[tuple[str, Anchor]]:
    """Each entity that a normalised text names, and where; of two that begin together, the longer."""
    position = 0
    for start, first in sorted(_begun(text, known)):
        if start < position:
            continue
        for spelling, entity in known[first]:
            end = start + len(spelling)
            if text.startswith(spelling, start) and not text[end : end + 1].isalnum():
                yield entity, Anchor(start, end)
                position = end
                break


def _begun(text: str, known: Spellings) -> Iterator[tuple[int, str]]:
    """Where the first words of spellings stand; few words of a text are any, so each is looked for by itself."""
    tokens = set(text.split())
    parted = (WORD.findall(token) for token in tokens if not token.isalnum())
    for word in known.keys() & tokens.union(*parted):
        start = text.find(word)
        while start >= 0:
            end = start + len(word)
            if not (text[max(start - 1, 0) : start].isalnum() or text[end : end + 1].isalnum()):
                yield start, word
            start = text.find(word, end)
