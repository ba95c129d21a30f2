"""Follows an annotated passage from an article's old text into its new one, or says why a person must look.

We align the two texts and go where the passage went rather than look for it in the new text, because a sentence that
was deleted nearly always has a look-alike somewhere else. Only what stays the passage in every word that counts is
followed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from archive_builder.aligning import KEPT, UNSURE, Alignment, align
from archive_builder.anchoring import Anchor, widened
from archive_builder.projection import BARRIER, Prose
from archive_builder.wording import differences, is_safe_rewording

__all__ = ["Followed", "NotFollowed", "follow"]

# The passage must still stand beside one of so many words that stood beside it.
NEIGHBOURS = 5
# How much of the new text around the place is shown to the person who decides, in code points.
SHOWN = 120
# Signs that change what is said: everything but the punctuation that parts a sentence.
TELLING_SIGN = re.compile(r"[^\w\s,.;:\"'()-]|(?<![\w])-(?=\d)")


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


def follow(old: Prose, new: Prose, anchor: Anchor, language: str) -> Followed | NotFollowed:
    """Where the passage at ``anchor`` of ``old`` stands in ``new``."""
    alignment = align(old.text, new.text)
    low, high = alignment.words_in(anchor.start, anchor.end)
    place = _place(old.text, anchor, alignment, low, high)
    passage = old.text[anchor.start : anchor.end]
    reason = _objection(passage, new.text, place, alignment, (low, high), language)
    if reason is None:
        return Followed(place, not alignment.is_kept(low, high))
    return NotFollowed(reason, passage, _around(new.text, place))


def _place(old: str, anchor: Anchor, alignment: Alignment, low: int, high: int) -> Anchor:
    """The stretch of the new text that the passage became; empty where it is gone."""
    first, last = alignment.image(low, high)
    if first >= last:
        at = alignment.new[first][0] if first < len(alignment.new) else alignment.new[-1][1] if alignment.new else 0
        return Anchor(at, at)
    return Anchor(alignment.new[first][0], alignment.new[last - 1][1])


def _objection(
    passage: str, new: str, place: Anchor, alignment: Alignment, words: tuple[int, int], language: str
) -> str | None:
    """Why the passage must not be followed to ``place``; None where it may be."""
    found = new[place.start : place.end]
    if alignment.how.count(UNSURE, *words):
        return "the change can be told in several ways"
    if not found:
        return "it was deleted"
    if BARRIER in found:
        return "part of it is not quoted any more"
    if not alignment.is_kept(*words) and not _is_safe(passage, found, language):
        told = differences(passage, found, language)
        return f"it was reworded ({told[0]})" if told else "its punctuation changed"
    if not _has_neighbour(alignment, *words):
        return "everything around it changed"
    return None if widened(new, place) == place else "it has become part of another word, number or range"


def _is_safe(passage: str, found: str, language: str) -> bool:
    same_signs = TELLING_SIGN.findall(passage) == TELLING_SIGN.findall(found)
    return same_signs and is_safe_rewording(passage, found, language)


def _has_neighbour(alignment: Alignment, low: int, high: int) -> bool:
    """Whether a word that stood close to the passage still does; at the ends of a text, the end itself."""
    first, last = alignment.image(low, high)
    if (low == 0 and first == 0) or (high == len(alignment.old) and last == len(alignment.new)):
        return True
    before = range(max(low - NEIGHBOURS, 0), low)
    after = range(high, min(high + NEIGHBOURS, len(alignment.old)))
    return any(alignment.how[word] == KEPT and first - alignment.to[word] <= NEIGHBOURS for word in before) or any(
        alignment.how[word] == KEPT and alignment.to[word] - last < NEIGHBOURS for word in after
    )


def _around(text: str, place: Anchor) -> str:
    start, end = max(place.start - SHOWN, 0), min(place.end + SHOWN, len(text))
    shown = widened(text, Anchor(start, end))
    opening, closing = "… " * (shown.start > 0), " …" * (shown.end < len(text))
    return f"{opening}{text[shown.start : shown.end]}{closing}".replace(BARRIER, "[…]")
