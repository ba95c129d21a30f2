"""Follows an annotated passage from an article's old text into its new one, or says why a person must look."""

from __future__ import annotations

from dataclasses import dataclass

from archive_builder.aligning import align
from archive_builder.anchoring import Anchor, widened
from archive_builder.projection import BARRIER, Prose
from archive_builder.reanchoring import Outcome, reanchor

__all__ = ["Followed", "NotFollowed", "follow"]

# How much of the new text around the place is shown to the person who decides, in code points.
SHOWN = 120


@dataclass(frozen=True, slots=True)
class Followed:
    """The passage is in the new text."""

    anchor: Anchor
    reworded: bool
    """Whether words of it changed, none of which counts."""


@dataclass(frozen=True, slots=True)
class NotFollowed:
    """The passage is not in the new text, or no program should say that it is."""

    reason: str
    """Why, in words."""
    old: str
    """The passage as it was."""
    new: str
    """What stands there now, with some of the text around it."""
    proposed: Anchor | None = None
    """What it seems to have become, for a person to accept."""


def follow(old: Prose, new: Prose, anchor: Anchor, language: str) -> Followed | NotFollowed:
    """Where the passage at ``anchor`` of ``old`` stands in ``new``."""
    found = reanchor(old.text, new.text, anchor.start, anchor.end, language=language)
    passage = old.text[anchor.start : anchor.end]
    if found.start is None or found.end is None:
        return NotFollowed(found.why, passage, _around(new.text, _stood(old.text, new.text, anchor)))
    place = Anchor(found.start, found.end)
    here = new.text[place.start : place.end]
    if BARRIER in here:
        return NotFollowed("part of it is not quoted any more", passage, _around(new.text, place))
    if found.outcome is Outcome.PROPOSED:
        return NotFollowed(found.why, passage, _around(new.text, place), place)
    return Followed(place, here != passage)


def _stood(old: str, new: str, anchor: Anchor) -> Anchor:
    """The empty place in the new text where the passage was."""
    alignment = align(old, new)
    at, _ = alignment.image(*alignment.words_in(anchor.start, anchor.end))
    spans = alignment.new.spans
    place = spans[at][0] if at < len(spans) else spans[-1][1] if spans else 0
    return Anchor(place, place)


def _around(text: str, place: Anchor) -> str:
    start, end = max(place.start - SHOWN, 0), min(place.end + SHOWN, len(text))
    shown = widened(text, Anchor(start, end))
    opening, closing = "… " * (shown.start > 0), " …" * (shown.end < len(text))
    return f"{opening}{text[shown.start : shown.end]}{closing}".replace(BARRIER, "[…]")
