"""Holds what is known of a text while it is read: a value that each step of the reading replaces by a fuller one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from archive_builder.ingest.extract import Doubt, Found, Removed
from archive_builder.ingest.paragraphs import Paragraph

__all__ = ["Reading"]


@dataclass(frozen=True, slots=True)
class Reading:
    """A text, half read."""

    kept: tuple[Paragraph, ...]
    """What is still taken for the article's text, in order."""
    removed: tuple[Removed, ...] = ()
    """What is not, in no order."""
    doubts: tuple[Doubt, ...] = ()
    """In no order; some may be of lines removed since."""
    title: Found | None = None
    authors: tuple[Found, ...] = ()
    published: Found | None = None

    def without(self, reasons: Mapping[int, str]) -> Reading:
        """The reading without the paragraphs at these places in ``kept``, each for its reason."""
        if not reasons:
            return self
        removed = (Removed(self.kept[place].line, self.kept[place].text, reasons[place]) for place in sorted(reasons))
        kept = tuple(paragraph for place, paragraph in enumerate(self.kept) if place not in reasons)
        return replace(self, kept=kept, removed=(*self.removed, *removed))

    def doubting(self, reasons: Mapping[int, str]) -> Reading:
        """The reading with a doubt on each of the paragraphs at these places in ``kept``."""
        doubts = (Doubt(self.kept[place].line, self.kept[place].text, reason) for place, reason in reasons.items())
        return replace(self, doubts=(*self.doubts, *doubts))
