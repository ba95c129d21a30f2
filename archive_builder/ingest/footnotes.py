"""Finds the footnotes of an article: references that link to a place in the page, and the leaves that stand there."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from archive_builder.ingest.leaves import Leaf, Span
from archive_builder.ingest.tree import Element, classes

__all__ = ["footnotes"]

REFERENCE = re.compile(r"[\[(]?\s*(\d{1,3}|[*†‡a-z])\s*[\])]?")
NOTE = re.compile(r"(?:^|[\s_-])foot-?note(?:$|[\s_-])")
LEADING = re.compile(r"^\s*[\[(]?(?:\d{1,3}|[*†‡])[\])]?[.:)]?\s+")
BACK = re.compile(r"^[\s↑↩\ufe0e^⤴⏎«←]*$")


def footnotes(leaves: Sequence[Leaf]) -> tuple[list[Leaf], Mapping[str, str], dict[str, list[Leaf]]]:
    """The leaves that are no footnotes; the names of notes by the place they link to; and the leaves of each note."""
    places = _places(leaves)
    notes: dict[str, str] = {}
    noted: dict[str, list[Leaf]] = {}
    taken: set[int] = set()
    for at, leaf in enumerate(leaves):
        # What links out of a note leads back to its reference.
        for href in _referred(leaf) if at not in taken else ():
            numbers = [n for n in places.get(href[1:], ()) if n not in taken and leaves[n] is not leaf]
            if href in notes or not numbers:
                continue
            name = str(len(notes) + 1)
            note = [bare for each in numbers if (bare := _bare(leaves[each], first=each == numbers[0])).spans]
            if note:
                notes[href], noted[name] = name, note
                taken.update(numbers)
    if not _end_the_text(taken, len(leaves)):
        return list(leaves), {}, {}
    return [leaf for number, leaf in enumerate(leaves) if number not in taken], notes, noted


def _places(leaves: Sequence[Leaf]) -> dict[str, list[int]]:
    """The leaves that stand at each named place: in the element of that name, or beside an anchor of it."""
    found: dict[str, list[int]] = {}
    for number, leaf in enumerate(leaves):
        for name in set(_names(leaf.element)):
            found.setdefault(name, []).append(number)
    return found


def _names(element: Element) -> list[str]:
    """The ids of an element, of the item it is in, and of the anchors in it."""
    around = [element, *(each for each in element.iterancestors("li", "p", "div", "td", "dd", "aside"))][:3]
    inside = [each for each in element.iter("a", "span", "sup") if not each.get("href", "#").startswith("#fnref")]
    inside += _anchor_of_note(element)
    return [name for each in (*around, *inside) for name in (each.get("id"), each.get("name")) if name]


def _anchor_of_note(element: Element) -> list[Element]:
    """The only anchor of the footnote that an element is in."""
    for note in element.iterancestors("div", "li", "aside"):
        if NOTE.search(classes(note)):
            anchors = [each for each in note.iter("a") if each.get("id") or each.get("name")]
            if anchors:
                return anchors if len(anchors) == 1 else []
    return []


def _referred(leaf: Leaf) -> list[str]:
    """The places in the page that the references in a leaf link to."""
    return [
        span.href
        for span in leaf.spans
        if span.href.startswith("#") and len(span.href) > 1 and REFERENCE.fullmatch(span.text.strip())
    ]


def _bare(leaf: Leaf, *, first: bool) -> Leaf:
    """A note without its number and without the way back."""
    spans = [span for span in leaf.spans if not (span.href.startswith("#") and _is_way_back(span))]
    while spans and BACK.match(spans[-1].text):
        spans.pop()
    if first and spans:
        spans[0] = Span(LEADING.sub("", spans[0].text), spans[0].marks, spans[0].href)
    return replace(leaf, spans=tuple(span for span in spans if span.text))


def _is_way_back(span: Span) -> bool:
    return BACK.match(span.text) is not None or REFERENCE.fullmatch(span.text.strip()) is not None


def _end_the_text(taken: set[int], count: int) -> bool:
    """Whether the notes are the last leaves, but for a few, so that moving them to the end moves nothing."""
    return bool(taken) and min(taken) + len(taken) >= count - 1
