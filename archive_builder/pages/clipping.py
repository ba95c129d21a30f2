"""Cuts polygons and lines to a rectangle, after Sutherland and Hodgman, and Liang and Barsky."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from archive_builder.pages.outlines import Box, Point

__all__ = ["clip_line", "clip_ring"]


def clip_ring(points: Sequence[Point], box: Box) -> list[Point]:
    """The part of a polygon that lies in the box; where it leaves and comes back, it runs along the edge."""
    kept = list(points)
    for axis, bound, sign in ((0, box.left, 1), (0, box.right, -1), (1, box.low, 1), (1, box.high, -1)):
        kept = list(_cut(kept, axis, bound, sign))
        if not kept:
            break
    return kept


def clip_line(points: Sequence[Point], box: Box) -> Iterator[list[Point]]:
    """The stretches of a line that lie in the box."""
    stretch: list[Point] = []
    for start, end in pairwise(points):
        inside = _segment(start, end, box)
        if inside is None:
            continue
        if stretch and stretch[-1] != inside[0]:
            yield stretch
            stretch = []
        if not stretch:
            stretch.append(inside[0])
        stretch.append(inside[1])
    if stretch:
        yield stretch


def _cut(points: Sequence[Point], axis: int, bound: float, sign: int) -> Iterator[Point]:
    """What lies on one side of one edge."""
    before = points[-1]
    for point in points:
        inside, was_inside = sign * (point[axis] - bound) >= 0, sign * (before[axis] - bound) >= 0
        if inside != was_inside:
            share = (bound - before[axis]) / (point[axis] - before[axis])
            yield (before[0] + share * (point[0] - before[0]), before[1] + share * (point[1] - before[1]))
        if inside:
            yield point
        before = point


def _segment(start: Point, end: Point, box: Box) -> tuple[Point, Point] | None:
    """The part of a segment that lies in the box."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    enters, leaves = 0.0, 1.0
    edges = (
        (-dx, start[0] - box.left),
        (dx, box.right - start[0]),
        (-dy, start[1] - box.low),
        (dy, box.high - start[1]),
    )
    for slope, room in edges:
        if slope == 0:
            if room < 0:
                return None
            continue
        share = room / slope
        enters, leaves = (max(enters, share), leaves) if slope < 0 else (enters, min(leaves, share))
    if enters > leaves:
        return None
    first = start if enters == 0 else (start[0] + enters * dx, start[1] + enters * dy)
    return first, (end if leaves == 1 else (start[0] + leaves * dx, start[1] + leaves * dy))
