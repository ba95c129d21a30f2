"""Follows a passage from an old text into a new one, or says why a person must look, or that it is gone.

We go where the passage went rather than look for it in the new text, because a sentence that was deleted nearly always
has a look-alike somewhere else. Every copy of the passage in the new text is first given to the old copy around which
the same words stand; only what is left over can be ours. What changed in anything that counts is never accepted.
"""

from __future__ import annotations

from archive_builder.aligning import align
from archive_builder.reanchoring.following import Outcome, Reanchored, Search

__all__ = ["Outcome", "Reanchored", "reanchor"]


def reanchor(old_text: str, new_text: str, start: int, end: int, *, language: str = "") -> Reanchored:
    """Where the passage from ``start`` to ``end`` of the old text stands in the new one; offsets are code points.

    Either text may be plain or Markdown. ``language`` is a BCP 47 tag: without it, or in a language whose number words
    and negations are not known here, no rewording is accepted by itself. What is kept or followed may be taken over;
    what is proposed waits for a person; what is gone has no place. Raises ValueError where there is no such passage.
    """
    if not 0 <= start < end <= len(old_text):
        raise ValueError(f"there is no passage from {start} to {end} in a text of {len(old_text)} code points")
    if old_text == new_text:
        return Reanchored(Outcome.KEPT, start, end, "the text is the same")
    return Search(align(old_text, new_text), start, end, language).result()
