"""Derives the body that an article may show from its full text: all of it, the annotated passages, or nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from archive_builder.anchoring import Anchor, Miss, find
from archive_builder.canonical import canonical
from archive_builder.model import Annotation, Display, Selector
from archive_builder.projection import Prose, normalise, project
from archive_builder.quoting import NotQuotable, quotations

__all__ = ["Derived", "derive", "full_prose"]


@dataclass(frozen=True, slots=True)
class Derived:
    """A body, and the annotations that do not anchor in the full text it was derived from."""

    body: str
    prose: Prose
    """Of the full text."""
    misses: tuple[tuple[Annotation, Miss], ...]


def full_prose(markdown: str) -> Prose:
    """What a full text reads like."""
    return project(canonical(markdown)[0])


def derive(markdown: str, display: Display, annotations: Iterable[Annotation]) -> Derived:
    """The body in which all annotations anchor that do in ``markdown``; raise NotQuotable where there is none."""
    prose = full_prose(markdown)
    found = [(each, find(each.target, prose)) for each in annotations if each.target is not None]
    misses = tuple((each, miss) for each, miss in found if isinstance(miss, Miss))
    if display is not Display.QUOTATIONS:
        return Derived(prose.source if display is Display.FULL else "", prose, misses)
    anchored = [(each.target, anchor) for each, anchor in found if each.target and isinstance(anchor, Anchor)]
    body = quotations(prose.source, [_with_context(*each, prose) for each in anchored], prose)
    quoted = project(body, elisions=True)
    for selector, _ in anchored:
        if isinstance(find(selector, quoted), Miss):
            raise NotQuotable(f"the passage {selector.exact!r} does not anchor in what is quoted")
    return Derived(body, prose, misses)


def _with_context(selector: Selector, anchor: Anchor, prose: Prose) -> Anchor:
    """The passage with the words that tell it from others, which must be quoted with it."""
    before, after = len(normalise(selector.prefix)), len(normalise(selector.suffix))
    start = anchor.start - before - 1 if before else anchor.start
    end = anchor.end + after + 1 if after else anchor.end
    return Anchor(max(start, 0), min(end, len(prose.text)))
