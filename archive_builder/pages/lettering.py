"""Finds room for the names on a map, so that none runs into another, into a place, or over the edge.

Room is measured on the narrowest page we know, where words are largest beside the map: what has room there has it
everywhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from archive_builder.pages.outlines import Box, Point
from archive_builder.pages.tracks import text_width

__all__ = ["Label", "inside_label", "place_labels"]

HEIGHT = 14
"""Of a line of words, in pixels."""
DOT = 6
BESIDE = 9
# How far below or above its place a name may be put, with a line that leads to it.
DISTANCES = (0, 18, -18, 34, -34, 50, -50, 66, -66, 82, -82)
LINES = 9


class Label(NamedTuple):
    """A name, as put beside its place."""

    text: str
    at: Point
    """Its place, in pixels of the narrowest map."""
    dx: float
    dy: float
    """From the place to where the words begin, end or have their middle."""
    anchor: str

    @property
    def box(self) -> Box:
        width = text_width(self.text)
        left = self.at[0] + self.dx - {"start": 0.0, "middle": width / 2, "end": width}[self.anchor]
        middle = self.at[1] + self.dy
        return Box(left, middle - HEIGHT / 2, left + width, middle + HEIGHT / 2)

    @property
    def leads(self) -> bool:
        """Whether it stands so far off that a line leads to it."""
        return abs(self.dy) > HEIGHT


def place_labels(places: Sequence[tuple[str, Point]], frame: Box, taken: Sequence[Box]) -> list[Label | None]:
    """A label for each place, in order; None where there is no room."""
    dots = [Box(x - DOT, y - DOT, x + DOT, y + DOT) for _, (x, y) in places]
    filled = [*taken, *dots]
    labels: list[Label | None] = []
    for index, (name, at) in enumerate(places):
        # A dot may stand in the way of every other name, but not of its own.
        others = [box for box in filled if box is not dots[index]]
        label = next((each for each in _candidates(name, at) if _free(each.box, frame, others)), None)
        labels.append(label)
        if label is not None:
            filled.append(label.box)
    return labels


def inside_label(name: str, ring: Sequence[Point], frame: Box, taken: Iterable[Box]) -> Label | None:
    """A label in the widest part of an area that has room for it."""
    spans = sorted(_spans(ring, Box.around(ring)), key=lambda span: span[0] - span[1])
    boxes = list(taken)
    for left, right, y in spans:
        label = Label(name, ((left + right) / 2, y), 0, 0, "middle")
        if right - left >= text_width(name) + DOT and _free(label.box, frame, boxes):
            return label
    return None


def _candidates(name: str, at: Point) -> Iterator[Label]:
    for distance in DISTANCES:
        yield Label(name, at, BESIDE, distance, "start")
        yield Label(name, at, -BESIDE, distance, "end")
        if distance:
            yield Label(name, at, 0, distance, "middle")


def _free(box: Box, frame: Box, taken: Iterable[Box]) -> bool:
    inside = frame.left <= box.left and box.right <= frame.right and frame.low <= box.low and box.high <= frame.high
    return inside and not any(box.meets(other) for other in taken)


def _spans(ring: Sequence[Point], box: Box) -> Iterator[tuple[float, float, float]]:
    """The stretches inside an area along a few level lines: left, right and height."""
    for index in range(1, LINES + 1):
        y = box.low + (box.high - box.low) * index / (LINES + 1)
        crossings = sorted(_crossings(ring, y))
        for left, right in zip(crossings[::2], crossings[1::2], strict=False):
            yield left, right, y


def _crossings(ring: Sequence[Point], y: float) -> Iterator[float]:
    before = ring[-1]
    for point in ring:
        if (before[1] > y) != (point[1] > y):
            yield before[0] + (y - before[1]) / (point[1] - before[1]) * (point[0] - before[0])
        before = point
